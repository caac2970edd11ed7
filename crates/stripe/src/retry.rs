//! Whether to try again, and how long to wait before it.
//!
//! Stripe's rules as its own libraries follow them (stripe-node 23.1.0, read November 2026): the
//! header `Stripe-Should-Retry` decides; without it a call is repeated after a broken connection,
//! a 409 and any status from 500 up. Two things differ here. A 429 is repeated as well, because our
//! calls pass a turnstile and wait their turn again. And a 500 that Stripe replays from its memory
//! of the key is not repeated, because it would be replayed for a day.
//!
//! The waiting is exponential with full jitter: anything between nothing and the bound, so that
//! many callers that failed together do not come back together.

use std::time::Duration;

use crate::config::Config;
use crate::pace::Pace;

/// What an answer said about itself besides its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub status: u16,
    /// `Stripe-Should-Retry`, when it was there and readable.
    pub should_retry: Option<bool>,
    /// `Idempotent-Replayed: true`: this is the remembered answer of an earlier attempt.
    pub replayed: bool,
}

impl Verdict {
    /// Whether the same call with the same key may end differently.
    pub fn is_retryable(self) -> bool {
        if let Some(decided) = self.should_retry {
            return decided;
        }
        match self.status {
            409 | 429 => true,
            500.. => !self.replayed,
            _ => false,
        }
    }
}

/// The wait before attempt `next` (2 is the first repeat): jittered, but never less than Stripe asked.
pub fn backoff(
    config: &Config,
    pace: &dyn Pace,
    next: u32,
    retry_after: Option<Duration>,
) -> Duration {
    let doublings = next.saturating_sub(2).min(16);
    let bound = config
        .base_delay
        .saturating_mul(1 << doublings)
        .min(config.max_delay);
    pace.jitter(bound).max(retry_after.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::Verdict;

    #[test]
    fn the_header_decides_and_without_it_the_status_does() {
        let verdict = |status, should_retry, replayed| Verdict {
            status,
            should_retry,
            replayed,
        };
        for status in [400, 401, 402, 403, 404, 409, 424, 429, 500, 502, 503] {
            assert!(verdict(status, Some(true), false).is_retryable());
            assert!(!verdict(status, Some(false), false).is_retryable());
            let expected = matches!(status, 409 | 429) || status >= 500;
            assert_eq!(
                verdict(status, None, false).is_retryable(),
                expected,
                "{status}"
            );
        }
        assert!(!verdict(500, None, true).is_retryable());
    }
}
