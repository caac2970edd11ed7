//! Faults that can be armed, and the log that proves that they fired.
//!
//! A fault that never fires makes a test pass for nothing; so every firing is written down with what it hit.

use serde::{Deserialize, Serialize};

use crate::entropy::Entropy;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The answer takes `ms` longer; with `when: "after"` the wait comes after the commit.
    Latency,
    /// 429 with code `rate_limit`, before idempotency.
    RateLimit,
    /// 429 with code `lock_timeout`, before idempotency.
    LockTimeout,
    /// `status` (500) before anything happened; the key stays free.
    ErrorBefore,
    /// `status` (500) after everything happened, kept for the key.
    ErrorAfter,
    /// The connection is cut before anything happened.
    ResetBefore,
    /// The connection is cut after everything happened; the true answer is kept for the key.
    ResetAfter,
    /// The connection is cut in the middle of the answer.
    ResetMidBody,
    /// 200 with text that is not JSON.
    MalformedJson,
    /// At most `per_second` (25) requests a second per endpoint; the rest get 429 `rate_limit`.
    Bucket,
    /// The event is delivered twice.
    WebhookDuplicate,
    /// The event is delivered `ms` (60 000) later.
    WebhookDelay,
    /// The event waits until a later one has been delivered to the endpoint, or for `ms` (1 000).
    WebhookReorder,
    /// The first attempt is lost; the retry schedule goes on.
    WebhookDrop,
    /// The first attempt is signed with a wrong secret.
    WebhookBadSignature,
    /// The first attempt carries a signature time of an hour ago.
    WebhookOldTimestamp,
    /// The first attempt is made twice at the same moment.
    WebhookConcurrent,
    /// An event of a type that does not exist is delivered as well.
    WebhookUnknownType,
    /// The event carries fields that nobody knows.
    WebhookExtraFields,
    /// The amounts in the delivered event are one dollar too high; the API still tells the truth.
    WebhookWrongAmount,
    /// A second event is delivered whose object, reference and metadata nobody knows.
    WebhookUnknownOrder,
}

impl FaultKind {
    fn is_webhook(self) -> bool {
        use FaultKind as F;
        !matches!(
            self,
            F::Latency
                | F::RateLimit
                | F::LockTimeout
                | F::ErrorBefore
                | F::ErrorAfter
                | F::ResetBefore
                | F::ResetAfter
                | F::ResetMidBody
                | F::MalformedJson
                | F::Bucket
        )
    }
}

/// A fault to arm: what, where and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// Only requests with this method.
    #[serde(default)]
    pub method: Option<String>,
    /// Only requests whose path begins so.
    #[serde(default)]
    pub path: Option<String>,
    /// Only requests or events of this account.
    #[serde(default)]
    pub account: Option<String>,
    /// Only events of this type.
    #[serde(default)]
    pub event_type: Option<String>,
    /// Begin with the nth match (from 1).
    #[serde(default)]
    pub nth: Option<u32>,
    /// Fire this often; by default once, or without end when a probability or a bucket is given.
    #[serde(default)]
    pub times: Option<u32>,
    /// Chance of each match, in ppm.
    #[serde(default)]
    pub probability_ppm: Option<u32>,
    /// HTTP status of an error fault.
    #[serde(default)]
    pub status: Option<u16>,
    /// Milliseconds of a latency, delay or reorder fault.
    #[serde(default)]
    pub ms: Option<u64>,
    /// The `Stripe-Should-Retry` header of a refusal.
    #[serde(default)]
    pub should_retry: Option<bool>,
    /// `before` (default) or `after`, for latency.
    #[serde(default)]
    pub when: Option<String>,
    /// Requests a second of a bucket (25).
    #[serde(default)]
    pub per_second: Option<u32>,
}

impl Fault {
    /// A fault of this kind that hits the next match, whatever it is.
    pub fn new(kind: FaultKind) -> Self {
        Self {
            kind,
            method: None,
            path: None,
            account: None,
            event_type: None,
            nth: None,
            times: None,
            probability_ppm: None,
            status: None,
            ms: None,
            should_retry: None,
            when: None,
            per_second: None,
        }
    }

    /// The same, for one method and a path prefix only.
    #[must_use]
    pub fn on(mut self, method: &str, path: &str) -> Self {
        self.method = Some(method.to_owned());
        self.path = Some(path.to_owned());
        self
    }

    /// The same, for one type of event only.
    #[must_use]
    pub fn on_event(mut self, event_type: &str) -> Self {
        self.event_type = Some(event_type.to_owned());
        self
    }

    /// The same, this often.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }
}

/// A fault that fired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Firing {
    /// What went wrong.
    pub kind: FaultKind,
    /// Milliseconds since 1970 on the stand-in's clock.
    pub at_ms: i64,
    /// The request (`POST /v1/refunds`) or the event (`evt_… refund.created`) that it hit.
    pub hit: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Armed {
    fault: Fault,
    seen: u32,
    fired: u32,
}

/// Armed faults and the log.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Faults {
    armed: Vec<Armed>,
    pub(crate) log: Vec<Firing>,
    #[serde(skip)]
    pub(crate) buckets: std::collections::BTreeMap<String, crate::bucket::Bucket>,
}

/// What a fault can be matched against.
pub(crate) enum Subject<'a> {
    Request {
        method: &'a str,
        path: &'a str,
        account: &'a str,
    },
    Event {
        kind: &'a str,
        account: &'a str,
    },
}

impl Faults {
    pub(crate) fn arm(&mut self, fault: Fault) {
        self.armed.push(Armed {
            fault,
            seen: 0,
            fired: 0,
        });
    }

    pub(crate) fn disarm(&mut self) {
        self.armed.clear();
        self.buckets.clear();
    }

    pub(crate) fn record(&mut self, kind: FaultKind, at_ms: i64, hit: String) {
        self.log.push(Firing { kind, at_ms, hit });
    }

    /// The faults that hit this subject now. They count as fired here; the log is written where they act.
    pub(crate) fn strike(&mut self, subject: &Subject<'_>, entropy: &mut Entropy) -> Vec<Fault> {
        let mut struck = Vec::new();
        for armed in &mut self.armed {
            if !fits(&armed.fault, subject) {
                continue;
            }
            armed.seen += 1;
            let endless =
                armed.fault.probability_ppm.is_some() || armed.fault.kind == FaultKind::Bucket;
            let left = armed
                .fault
                .times
                .map_or(endless || armed.fired == 0, |times| armed.fired < times);
            let lucky = armed
                .fault
                .probability_ppm
                .is_none_or(|ppm| entropy.chance(ppm));
            if left && armed.seen >= armed.fault.nth.unwrap_or(1) && lucky {
                armed.fired += 1;
                struck.push(armed.fault.clone());
            }
        }
        struck
    }
}

fn fits(fault: &Fault, subject: &Subject<'_>) -> bool {
    match subject {
        Subject::Request {
            method,
            path,
            account,
        } => {
            !fault.kind.is_webhook()
                && fault
                    .method
                    .as_deref()
                    .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
                && fault
                    .path
                    .as_deref()
                    .is_none_or(|prefix| path.starts_with(prefix))
                && fault
                    .account
                    .as_deref()
                    .is_none_or(|wanted| wanted == *account)
        }
        Subject::Event { kind, account } => {
            fault.kind.is_webhook()
                && fault
                    .event_type
                    .as_deref()
                    .is_none_or(|wanted| wanted == *kind)
                && fault
                    .account
                    .as_deref()
                    .is_none_or(|wanted| wanted == *account)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_fires_on_its_nth_match_only_as_often_as_it_may_and_only_where_it_fits() {
        let mut faults = Faults::default();
        let mut entropy = Entropy::new(1);
        faults.arm(Fault {
            nth: Some(2),
            ..Fault::new(FaultKind::ErrorBefore).on("POST", "/v1/refunds")
        });
        let mut hits = |method, path| {
            faults
                .strike(
                    &Subject::Request {
                        method,
                        path,
                        account: "acct_1",
                    },
                    &mut entropy,
                )
                .len()
        };
        assert_eq!(hits("GET", "/v1/refunds"), 0);
        assert_eq!(hits("POST", "/v1/refunds"), 0);
        assert_eq!(hits("POST", "/v1/refunds/re_1"), 1);
        assert_eq!(hits("POST", "/v1/refunds"), 0);
    }
}
