//! The kinds of jobs: what each does, how often it is tried, and which flag it waits for.

use model::flags::{Flag, FlagSet};
use model::time::Time;

/// A day, in seconds.
const DAY_S: i64 = 86_400;

/// Acts on a webhook; subject: its id.
pub const PROCESS_WEBHOOK: &str = "process_webhook";
/// Sends a mail; subject: its id.
pub const SEND_EMAIL: &str = "send_email";
/// Makes a planned refund; subject: its id.
pub const MAKE_REFUND: &str = "make_refund";
/// Works through the orders of an event that was called off; subject: its id.
pub const CANCEL_EVENT: &str = "cancel_event";
/// Makes the mails of an organizer's message; subject: its id.
pub const SEND_MESSAGE: &str = "send_message";
/// Makes the reminders of events that start within a day.
pub const REMIND: &str = "remind";
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
/// Reads a payout as Stripe has it; subject: `acct_…/po_…`.
pub const IMPORT_PAYOUT: &str = "import_payout";
/// Looks at every organizer's payouts, and finishes those whose lines are not all here.
pub const LOOK_AT_PAYOUTS: &str = "look_at_payouts";
/// Sends what events that are over have earned to their organizers' banks.
pub const PAY_ORGANIZERS: &str = "pay_organizers";
/// Reads what moved on our balance at Stripe, and books what Stripe kept.
pub const READ_MOVEMENTS: &str = "read_movements";
/// Holds our books against Stripe's.
pub const COMPARE_BOOKS: &str = "compare_books";
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
    (READ_MOVEMENTS, 900),
    (LOOK_AT_PAYOUTS, 3_600),
    (PAY_ORGANIZERS, 3_600),
    (REMIND, 60),
    (COMPARE_BOOKS, DAY_S),
    (SWEEP, 600),
];

const ALL: &[&str] = &[
    PROCESS_WEBHOOK,
    SEND_EMAIL,
    MAKE_REFUND,
    CANCEL_EVENT,
    SEND_MESSAGE,
    REMIND,
    RELEASE_HOLDS,
    RECONCILE_PAYMENTS,
    RECONCILE_REFUNDS,
    RECONCILE_DISPUTES,
    CATCH_UP,
    REFRESH_ONBOARDING,
    IMPORT_PAYOUT,
    LOOK_AT_PAYOUTS,
    PAY_ORGANIZERS,
    READ_MOVEMENTS,
    COMPARE_BOOKS,
    SWEEP,
];

/// How often a job is tried before it is a dead letter. With the pauses of [`pause_s`], 12 tries take
/// about two days: as long as Stripe itself keeps trying.
pub fn max_attempts(kind: &str) -> i64 {
    // Calling an event off takes as many rounds as it has orders, a message as many as it has readers, and
    // both must end whatever happens.
    if kind == CANCEL_EVENT || kind == SEND_MESSAGE || TIMED.iter().any(|(k, _)| *k == kind) {
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

/// The hour at which nightly work begins: three or four in the morning in British Columbia; UTC.
const NIGHT_S: i64 = 11 * 3_600;

/// When timed work comes round again: after its pause, and what is done once a day at night.
pub fn again_at(every_s: i64, now: Time) -> Time {
    if every_s < DAY_S {
        return now.plus_seconds(every_s);
    }
    let since_night_s = (now.seconds() - NIGHT_S).rem_euclid(DAY_S);
    now.plus_seconds(DAY_S - since_night_s)
}

/// The flag that a kind of job waits for, besides the global one.
pub const fn flag(kind: &str) -> Flag {
    match kind.as_bytes() {
        b"make_refund" | b"cancel_event" | b"reconcile_refunds" => Flag::Refunds,
        b"refresh_onboarding" | b"import_payout" | b"look_at_payouts" | b"pay_organizers" => {
            Flag::Payouts
        }
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
    fn nightly_work_comes_round_at_night_and_the_rest_after_its_pause() {
        let noon = Time::from_seconds(1_790_000_000 - 1_790_000_000 % DAY_S + 12 * 3_600);
        assert_eq!(again_at(60, noon), noon.plus_seconds(60));
        assert_eq!(again_at(DAY_S, noon), noon.plus_seconds(23 * 3_600));
        let night = noon.plus_seconds(-3_600);
        assert_eq!(again_at(DAY_S, night), night.plus_seconds(DAY_S));
        assert_eq!(again_at(DAY_S, night.plus_seconds(-1)), night);
    }

    #[test]
    fn pauses_grow_and_end_at_half_a_day() {
        let pauses: Vec<i64> = (1..12).map(pause_s).collect();
        assert!(pauses.windows(2).all(|w| w[0] <= w[1]));
        assert_eq!((pauses[0], pauses[1], pauses[10]), (2, 8, 43_200));
    }
}
