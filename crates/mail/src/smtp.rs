//! Sending by SMTP through lettre's pool, with TLS by rustls.
//!
//! Three URL forms: `smtps://user:pass@host` (TLS from the first byte, port 465), `smtp+starttls://user:pass@host` (TLS required
//! after the greeting, port 587), `smtp://host:port` (plain: for a relay on the same machine or the catcher). A failed sign-in
//! counts as unreachable and not as refused, so that a wrong password keeps mail waiting instead of killing it.

use std::{fmt, time::Duration};

use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{
        Error, PoolConfig,
        response::{Category, Severity},
    },
};

use crate::{Message, Receipt, SendError, Transport};

/// How long one step of the conversation may take.
const STEP_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a whole delivery may take, whatever its steps do.
const SEND_TIMEOUT: Duration = Duration::from_secs(90);
/// Connections that stay open at most; providers dislike more.
const POOL_SIZE: u32 = 4;

/// Why an SMTP URL cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SmtpUrlError {
    /// The scheme is none of ours.
    #[error("the mail server's URL must begin with smtp://, smtps:// or smtp+starttls://")]
    Scheme,
    /// The rest of the URL cannot be read.
    #[error("the mail server's URL cannot be read: {0}")]
    Unreadable(String),
}

/// An SMTP server, reached through a small pool of connections.
#[derive(Clone)]
pub struct Smtp {
    inner: AsyncSmtpTransport<Tokio1Executor>,
    server: String,
}

impl Smtp {
    /// A transport for the server that the URL names; connects on first use. User and password are percent-encoded.
    /// Must be called (and dropped) inside a tokio runtime, because the pool keeps house in one.
    pub fn from_url(url: &str) -> Result<Self, SmtpUrlError> {
        let (scheme, rest) = url.split_once("://").ok_or(SmtpUrlError::Scheme)?;
        if rest.contains(['?', '#']) {
            return Err(SmtpUrlError::Unreadable(
                "it must not hold a query or a fragment".to_owned(),
            ));
        }
        let (credentials, server) = rest.rsplit_once('@').unwrap_or(("", rest));
        let translated = match scheme {
            "smtp" if !credentials.is_empty() => {
                tracing::warn!(
                    server,
                    "the mail password travels unencrypted; use smtps://"
                );
                url.to_owned()
            }
            "smtp" | "smtps" => url.to_owned(),
            "smtp+starttls" => format!("smtp://{rest}?tls=required"),
            _ => return Err(SmtpUrlError::Scheme),
        };
        let inner = AsyncSmtpTransport::<Tokio1Executor>::from_url(&translated)
            .map_err(|error| SmtpUrlError::Unreadable(error.to_string()))?
            .timeout(Some(STEP_TIMEOUT))
            .pool_config(PoolConfig::new().max_size(POOL_SIZE))
            .build();
        Ok(Self {
            inner,
            server: format!("{scheme}://{server}"),
        })
    }
}

/// Shows the server only: credentials never reach a log.
impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Transport for Smtp {
    async fn send(&self, message: &Message) -> Result<Receipt, SendError> {
        let composed = message.compose()?;
        let beyond_ascii = !message.to.address().is_ascii() || !message.from.address().is_ascii();
        let sent = tokio::time::timeout(SEND_TIMEOUT, self.inner.send(composed)).await;
        let response = sent
            .map_err(|_| SendError::Unreachable("no answer in time".to_owned()))?
            .map_err(|error| judge(&error, beyond_ascii))?;
        Ok(Receipt {
            message_id: message.message_id.clone(),
            answer: response.message().collect::<Vec<_>>().join(" "),
        })
    }

    async fn check(&self) -> Result<(), SendError> {
        match tokio::time::timeout(SEND_TIMEOUT, self.inner.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(SendError::Unreachable(
                "the server hung up on us".to_owned(),
            )),
            Ok(Err(error)) => Err(judge(&error, false)),
            Err(_) => Err(SendError::Unreachable("no answer in time".to_owned())),
        }
    }
}

/// Sorts lettre's error into what a queue should do (reply codes: RFC 5321 §4.2.1 and RFC 4954 §6, read 2026-11).
fn judge(error: &Error, beyond_ascii: bool) -> SendError {
    let words = explain(error);
    if let Some(code) = error.status() {
        // 53x speaks of our sign-in (530, 534, 535, 538), not of the message.
        let about_us = code.category == Category::Unspecified3;
        return match code.severity {
            Severity::PermanentNegativeCompletion if about_us => SendError::Unreachable(words),
            Severity::PermanentNegativeCompletion => SendError::Refused(words),
            _ => SendError::Temporary(words),
        };
    }
    if error.is_client() && beyond_ascii {
        // The server lacks SMTPUTF8, so an address beyond ASCII cannot pass through it.
        return SendError::Refused(words);
    }
    SendError::Unreachable(words)
}

/// The error with all its causes in one line.
fn explain(error: &Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_words = inner.to_string();
        if !words.contains(&inner_words) {
            words.push_str(": ");
            words.push_str(&inner_words);
        }
        cause = inner.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn credentials_never_show_in_debug_output() {
        let smtp = Smtp::from_url("smtps://post:s3cret@mail.example.ca").unwrap();
        let shown = format!("{smtp:?}");
        assert!(shown.contains("mail.example.ca"));
        assert!(
            !shown.contains("s3cret") && !shown.contains("post"),
            "{shown}"
        );
    }

    #[tokio::test]
    async fn nonsense_urls_are_refused_with_a_sentence() {
        for bad in [
            "mail.example.ca",
            "http://x",
            "smtp://h?tls=required",
            "smtps://",
        ] {
            assert!(Smtp::from_url(bad).is_err(), "{bad}");
        }
        assert!(Smtp::from_url("smtp+starttls://a:b@mail.example.ca:587").is_ok());
    }
}
