//! The kinds of jobs: what each does, how often it is tried, and which flag it waits for.

use model::flags::{Flag, FlagSet};

/// Acts on a webhook; subject: its id.
pub const PROCESS_WEBHOOK: &str = "process_webhook";
/// Sends a mail; subject: its id.
pub const SEND_EMAIL: &str = "send_email";
/// Makes a planned refund; subject: its id.
pub const MAKE_REFUND: &str = "make_refund";
/// Works through the orders of an event that was called off; subject: its id.
pub const CANCEL_EVENT: &str = "cancel_event";
/// Gives the places of lapsed holds back.
pub const RELEASE_HOLDS: &str = "release_holds";
/// Asks Stripe about orders that should have heard by now.
pub const RECONCILE_PAYMENTS: &str = "reconcile_payments";
/// Goes on with refunds of which nobody told us lately.
pub const RECONCILE_REFUNDS: &str = "reconcile_refunds";
/// Asks Stripe about disputes of which nobody told us lately.
pub const RECONCILE_DISPUTES: &str = "reconcile_disputes";
/// Reads Stripe's list of events for webhooks that never came.
pub const CATCH_UP: &str = "catch_up";
/// Asks Stripe about onboardings that are under way.
pub const REFRESH_ONBOARDING: &str = "refresh_onboarding";
/// Takes away what is past its time: finished jobs, idempotency keys, rate counters.
pub const SWEEP: &str = "sweep";

/// Timed work and its pause in seconds.
pub const TIMED: &[(&str, i64)] = &[
    (RELEASE_HOLDS, 2),
    (RECONCILE_PAYMENTS, 10),
    (RECONCILE_REFUNDS, 60),
    (RECONCILE_DISPUTES, 900),
    (CATCH_UP, 120),
    (REFRESH_ONBOARDING, 60),
    (SWEEP, 600),
];

const ALL: &[&str] = &[
    PROCESS_WEBHOOK,
    SEND_EMAIL,
    MAKE_REFUND,
    CANCEL_EVENT,
    RELEASE_HOLDS,
    RECONCILE_PAYMENTS,
    RECONCILE_REFUNDS,
    RECONCILE_DISPUTES,
    CATCH_UP,
    REFRESH_ONBOARDING,
    SWEEP,
];

/// How often a job is tried before it is a dead letter. With the pauses of [`pause_s`], 12 tries take
/// about two days: as long as Stripe itself keeps trying.
pub fn max_attempts(kind: &str) -> i64 {
    // Calling an event off takes as many rounds as it has orders, and must end whatever happens.
    if kind == CANCEL_EVENT || TIMED.iter().any(|(k, _)| *k == kind) {
        i64::MAX
    } else {
        12
    }
}

/// The pause before the next try, in seconds: 2, 8, 32, … at most 12 hours.
pub fn pause_s(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 9)).unwrap_or(9);
    (2i64.pow(2 * doublings - 1)).min(12 * 3_600)
}

/// The flag that a kind of job waits for, besides the global one.
pub const fn flag(kind: &str) -> Flag {
    match kind.as_bytes() {
        b"make_refund" | b"cancel_event" | b"reconcile_refunds" => Flag::Refunds,
        b"refresh_onboarding" => Flag::Payouts,
        _ => Flag::Ticketing,
    }
}

/// The kinds that may run now.
pub fn allowed(flags: FlagSet) -> Vec<&'static str> {
    ALL.iter()
        .copied()
        .filter(|kind| flags.is_on(flag(kind)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_ticketing_off_no_job_may_run() {
        assert!(allowed(FlagSet::all_on().with(Flag::Ticketing, false)).is_empty());
    }

    #[test]
    fn a_flag_holds_up_its_own_jobs_and_no_others() {
        let without_refunds = allowed(FlagSet::all_on().with(Flag::Refunds, false));
        for held_up in [MAKE_REFUND, CANCEL_EVENT, RECONCILE_REFUNDS] {
            assert!(!without_refunds.contains(&held_up));
        }
        assert_eq!(without_refunds.len(), ALL.len() - 3);
    }

    #[test]
    fn pauses_grow_and_end_at_half_a_day() {
        let pauses: Vec<i64> = (1..12).map(pause_s).collect();
        assert!(pauses.windows(2).all(|w| w[0] <= w[1]));
        assert_eq!((pauses[0], pauses[1], pauses[10]), (2, 8, 43_200));
    }
}
