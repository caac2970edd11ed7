//! How a call can fail, told by what the caller can do about it.
//!
//! Two questions matter more than the kind. May the same call with the same key be repeated
//! ([`Error::is_retryable`])? And could the write have happened although the call failed
//! ([`Error::is_ambiguous`])? A saga repeats the first sort with the same key, and for the second
//! looks Stripe's objects up before it tells anybody that nothing happened.
//!
//! No message here contains the key, a link or the body of an answer: messages end up in logs.

use std::time::Duration;

use serde::Deserialize;

/// What failed, by what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    /// The card was refused; the buyer can do something about it.
    #[error("Stripe refused the card ({}): {message}", code.as_deref().unwrap_or("no code"))]
    Card {
        code: Option<String>,
        decline_code: Option<String>,
        message: String,
    },
    /// The request is wrong or not possible in this state; repeating it changes nothing.
    #[error("Stripe refused the request ({}): {message}", code.as_deref().unwrap_or("no code"))]
    InvalidRequest {
        code: Option<String>,
        param: Option<String>,
        message: String,
    },
    /// The key is wrong or was rolled.
    #[error("Stripe does not accept the secret key: {message}")]
    Authentication { message: String },
    /// The key may not do this, or the connected account is not ours any more.
    #[error("The secret key may not do this: {message}")]
    Permission { message: String },
    /// There is no such object for this key and account.
    #[error("Stripe has no such object: {message}")]
    NotFound {
        code: Option<String>,
        param: Option<String>,
        message: String,
    },
    /// The idempotency key was used before with other parameters: a fault of ours.
    #[error("The idempotency key was used before with other parameters: {message}")]
    Idempotency { message: String },
    /// Stripe's limit was met, on every attempt.
    #[error("Stripe's rate limit was met: {message}")]
    RateLimited {
        code: Option<String>,
        message: String,
        retry_after: Option<Duration>,
    },
    /// Another request with the same idempotency key is still running.
    #[error("Another request with this idempotency key is running: {message}")]
    Conflict {
        code: Option<String>,
        message: String,
    },
    /// Stripe failed, or something between us and Stripe did.
    #[error("Stripe answered with status {status}: {message}")]
    Api { status: u16, message: String },
    /// No complete answer arrived. `ambiguous`: the request may have been carried out.
    #[error("No answer from Stripe: {message}")]
    Network { ambiguous: bool, message: String },
    /// An answer arrived that could not be read.
    #[error("Stripe's answer could not be read: {message}")]
    Decode { message: String },
    /// Our own turnstile had no place within the caller's patience; nothing was sent.
    #[error("Too many calls are waiting for Stripe; try again in {} s.", retry_after.as_secs().max(1))]
    Throttled { retry_after: Duration },
}

/// A failed call: its kind, Stripe's id of the request, and what may be done next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct Error {
    /// What failed.
    pub kind: ErrorKind,
    /// Stripe's `Request-Id` of the last attempt that had one, for a question to their support.
    pub request_id: Option<String>,
    pub(crate) retryable: bool,
    pub(crate) ambiguous: bool,
}

impl Error {
    /// A failure on our side of the wire: nothing was sent, and a repeat would fail alike.
    pub(crate) fn local(kind: ErrorKind) -> Self {
        Self {
            kind,
            request_id: None,
            retryable: false,
            ambiguous: false,
        }
    }

    /// Whether the same call with the same key, later, may succeed.
    pub fn is_retryable(&self) -> bool {
        self.retryable
    }

    /// Whether the write could have happened, in this attempt or in one before it. Never for reads.
    pub fn is_ambiguous(&self) -> bool {
        self.ambiguous
    }

    /// Stripe's machine-readable code, such as `charge_already_refunded`.
    pub fn code(&self) -> Option<&str> {
        match &self.kind {
            ErrorKind::Card { code, .. }
            | ErrorKind::InvalidRequest { code, .. }
            | ErrorKind::NotFound { code, .. }
            | ErrorKind::RateLimited { code, .. }
            | ErrorKind::Conflict { code, .. } => code.as_deref(),
            _ => None,
        }
    }

    /// How long to leave Stripe alone, where somebody said so.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.kind {
            ErrorKind::RateLimited { retry_after, .. } => *retry_after,
            ErrorKind::Throttled { retry_after } => Some(*retry_after),
            _ => None,
        }
    }
}

/// The `error` object of a refusal (docs.stripe.com/api/errors, read November 2026).
#[derive(Debug, Default, Deserialize)]
pub struct Refusal {
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub code: Option<String>,
    pub decline_code: Option<String>,
    pub message: Option<String>,
    pub param: Option<String>,
}

impl Refusal {
    /// Sorts a refusal by its type where that is telling, and by its status otherwise.
    pub fn into_kind(self, status: u16, retry_after: Option<Duration>, secret: &str) -> ErrorKind {
        let message = self
            .message
            .as_deref()
            .map_or_else(|| format!("status {status}"), |text| scrub(text, secret));
        let (code, param) = (self.code, self.param);
        match (status, self.kind.as_deref()) {
            (409, _) => ErrorKind::Conflict { code, message },
            (_, Some("idempotency_error")) => ErrorKind::Idempotency { message },
            (401, _) => ErrorKind::Authentication { message },
            (402, _) | (_, Some("card_error")) => ErrorKind::Card {
                code,
                decline_code: self.decline_code,
                message,
            },
            (403, _) => ErrorKind::Permission { message },
            (404, _) => ErrorKind::NotFound {
                code,
                param,
                message,
            },
            (429, _) => ErrorKind::RateLimited {
                code,
                message,
                retry_after,
            },
            (400..=423 | 425..=499, _) => ErrorKind::InvalidRequest {
                code,
                param,
                message,
            },
            _ => ErrorKind::Api { status, message },
        }
    }
}

/// Takes the key and every link out of a text, and bounds its length.
pub fn scrub(text: &str, secret: &str) -> String {
    let without_key = if secret.is_empty() {
        text.to_owned()
    } else {
        text.replace(secret, "[key]")
    };
    without_key
        .split_whitespace()
        .map(|word| if word.contains("://") { "[link]" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(500)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{ErrorKind, Refusal, scrub};

    #[test]
    fn neither_the_key_nor_a_link_survives_in_a_message() {
        let text = "Bad sk_test_1 at\nhttps://connect.stripe.com/setup/e/acct_1/x, see docs";
        assert_eq!(scrub(text, "sk_test_1"), "Bad [key] at [link] see docs");
        assert_eq!(scrub(&"é".repeat(9_000), "k").chars().count(), 500);
    }

    #[test]
    fn a_refusal_is_sorted_by_type_and_status() {
        let sorted = |status, kind: Option<&str>| {
            let refusal = Refusal {
                kind: kind.map(str::to_owned),
                ..Refusal::default()
            };
            refusal.into_kind(status, None, "k")
        };
        let invalid = Some("invalid_request_error");
        assert!(matches!(
            sorted(400, invalid),
            ErrorKind::InvalidRequest { .. }
        ));
        assert!(matches!(sorted(404, invalid), ErrorKind::NotFound { .. }));
        assert!(matches!(
            sorted(401, invalid),
            ErrorKind::Authentication { .. }
        ));
        assert!(matches!(sorted(403, invalid), ErrorKind::Permission { .. }));
        let reused = Some("idempotency_error");
        assert!(matches!(sorted(400, reused), ErrorKind::Idempotency { .. }));
        assert!(matches!(sorted(409, reused), ErrorKind::Conflict { .. }));
        assert!(matches!(sorted(402, None), ErrorKind::Card { .. }));
        assert!(matches!(sorted(429, None), ErrorKind::RateLimited { .. }));
        assert!(matches!(sorted(424, None), ErrorKind::Api { .. }));
        assert!(matches!(
            sorted(418, Some("new_error")),
            ErrorKind::InvalidRequest { .. }
        ));
        assert!(matches!(
            sorted(503, None),
            ErrorKind::Api { status: 503, .. }
        ));
        assert!(matches!(
            sorted(302, None),
            ErrorKind::Api { status: 302, .. }
        ));
    }
}
