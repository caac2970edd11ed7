//! What happens by itself when the clock gets there.
//!
//! Due timers run at the start of every touch of the world, so nobody can see a state that the clock has passed.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::world::World;

/// Something that will happen.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Timer {
    ExpireSession(String),
    SettleAsync {
        session: String,
        succeeds: bool,
    },
    RefundSucceeds(String),
    RefundFails(String),
    RefundLooksForFunds(String),
    PayoutArrives(String),
    /// An account's schedule, and the second that this run was planned for.
    PayoutRun(String, i64),
    PayoutReconciled(String),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Timed {
    due_ms: i64,
    timer: Timer,
}

/// The timers, soonest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Timers(VecDeque<Timed>);

impl Timers {
    pub(crate) fn add(&mut self, due_ms: i64, timer: Timer) {
        let place = self.0.partition_point(|other| other.due_ms <= due_ms);
        self.0.insert(place, Timed { due_ms, timer });
    }

    fn pop_due(&mut self, now_ms: i64) -> Option<Timer> {
        if self.0.front()?.due_ms > now_ms {
            return None;
        }
        self.0.pop_front().map(|timed| timed.timer)
    }
}

impl World {
    /// Arms a timer for a Unix second.
    pub(crate) fn at(&mut self, due_s: i64, timer: Timer) {
        self.timers.add(due_s.saturating_mul(1000), timer);
    }

    /// Lets everything happen that is due.
    pub(crate) fn tick(&mut self) {
        let now_ms = self.clock.now_ms();
        while let Some(timer) = self.timers.pop_due(now_ms) {
            match timer {
                Timer::ExpireSession(id) => self.expire_by_clock(&id),
                Timer::SettleAsync { session, succeeds } => self.settle_async(&session, succeeds),
                Timer::RefundSucceeds(id) => self.refund_succeeds(&id),
                Timer::RefundFails(id) => {
                    let _already_final = self.fail_refund(&id, "lost_or_stolen_card");
                }
                Timer::RefundLooksForFunds(id) => self.refund_looks_for_funds(&id),
                Timer::PayoutArrives(id) => self.payout_arrives(&id),
                Timer::PayoutRun(account, due) => self.payout_run(&account, due),
                Timer::PayoutReconciled(id) => self.payout_reconciled(&id),
            }
        }
    }
}
