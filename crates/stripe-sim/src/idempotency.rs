//! Idempotency keys of v1, after docs.stripe.com/api/idempotent_requests and /error-low-level (read November 2026).
//!
//! POST only; the answer is kept from the moment execution begins, even a 500; the same key with other parameters is
//! refused; while the first request runs the second gets 409; after 24 hours the key is free again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::ApiError;

const KEPT_MS: i64 = 24 * 3600 * 1000;
const LONGEST: usize = 255;

/// An answer that was kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Saved {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Record {
    fingerprint: String,
    begun_ms: i64,
    /// None while the first request is running.
    answer: Option<Saved>,
}

/// All keys in use, by account and key.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Keys(BTreeMap<String, Record>);

/// What to do with a request that carries a key.
#[derive(Debug, PartialEq)]
pub(crate) enum Start {
    /// Run it; the key is now taken.
    Run,
    /// Answer again what was answered.
    Replay(Saved),
}

/// Where a key lives: Stripe separates keys by the account that is acted on.
pub(crate) fn scope(account: &str, key: &str) -> String {
    format!("{account} {key}")
}

impl Keys {
    /// Takes the key for a request with this fingerprint, or says why not.
    pub(crate) fn begin(
        &mut self,
        scope: &str,
        fingerprint: &str,
        now_ms: i64,
    ) -> Result<Start, ApiError> {
        let key = scope.split_once(' ').map_or(scope, |(_, key)| key);
        if key.chars().count() > LONGEST {
            return Err(ApiError::idempotency(
                "Idempotency keys must be at most 255 characters long.",
            ));
        }
        if let Some(record) = self
            .0
            .get(scope)
            .filter(|record| now_ms - record.begun_ms < KEPT_MS)
        {
            if record.fingerprint != fingerprint {
                return Err(ApiError::idempotency(format!(
                    "Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '{key}' if you meant to execute a different request."
                )));
            }
            return record
                .answer
                .clone()
                .map(Start::Replay)
                .ok_or_else(|| ApiError::key_in_use(key));
        }
        let record = Record {
            fingerprint: fingerprint.to_owned(),
            begun_ms: now_ms,
            answer: None,
        };
        self.0.insert(scope.to_owned(), record);
        Ok(Start::Run)
    }

    /// Keeps the answer for the key.
    pub(crate) fn finish(&mut self, scope: &str, answer: Saved) {
        if let Some(record) = self.0.get_mut(scope) {
            record.answer = Some(answer);
        }
    }

    /// Frees the key, because nothing was executed.
    pub(crate) fn release(&mut self, scope: &str) {
        self.0.remove(scope);
    }

    /// Frees keys whose request never ended, as after a restart.
    pub(crate) fn release_running(&mut self) {
        self.0.retain(|_, record| record.answer.is_some());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(status: u16) -> Saved {
        Saved {
            status,
            body: Value::Null,
        }
    }

    #[test]
    fn a_key_runs_once_then_replays_even_a_500_and_is_free_after_a_day() {
        let mut keys = Keys::default();
        let at = scope("acct_1", "k");
        assert_eq!(keys.begin(&at, "f", 0), Ok(Start::Run));
        assert_eq!(keys.begin(&at, "f", 1).map_err(|e| e.status), Err(409));
        assert_eq!(keys.begin(&at, "g", 1).map_err(|e| e.status), Err(400));
        keys.finish(&at, saved(500));
        assert_eq!(
            keys.begin(&at, "f", KEPT_MS - 1),
            Ok(Start::Replay(saved(500)))
        );
        assert_eq!(
            keys.begin(&at, "g", KEPT_MS - 1).map_err(|e| e.status),
            Err(400)
        );
        assert_eq!(keys.begin(&at, "g", KEPT_MS), Ok(Start::Run));
    }

    #[test]
    fn a_released_key_runs_again_and_accounts_do_not_share_keys() {
        let mut keys = Keys::default();
        let at = scope("acct_1", "k");
        assert_eq!(keys.begin(&at, "f", 0), Ok(Start::Run));
        assert_eq!(keys.begin(&scope("acct_2", "k"), "f", 0), Ok(Start::Run));
        keys.release(&at);
        assert_eq!(keys.begin(&at, "g", 0), Ok(Start::Run));
        let long = scope("acct_1", &"k".repeat(256));
        assert!(keys.begin(&long, "f", 0).is_err());
    }
}
