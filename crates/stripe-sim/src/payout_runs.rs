//! Automatic payouts: a schedule sends everything that is available, and Stripe can say what was in it.
//!
//! An account whose schedule was never set makes none here, so that a test's balances move only when it
//! asks (Stripe's own default is daily). What a payout is made of is known a while after it was made:
//! until then `balance_transactions?payout=…` shows the payout's own transaction and nothing else.

use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::objects::{int, text};
use crate::payouts::KIND;
use crate::timers::Timer;
use crate::world::World;

const DAY_S: i64 = 86_400;
/// Seconds until Stripe has worked out which transactions a payout is made of.
const RECONCILED_AFTER_S: i64 = 3_600;

impl World {
    /// Follows the interval that an account's settings name, from now on.
    pub(crate) fn follow_schedule(&mut self, account: &str) {
        let schedule = &self.objects.body(account)["settings"]["payouts"]["schedule"];
        let Some(every_s) = interval_s(text(schedule, "interval")) else {
            self.objects.hide(account, "next_payout", Value::Null);
            return;
        };
        let now = self.now();
        let due = now - now.rem_euclid(DAY_S) + every_s;
        self.objects.hide(account, "next_payout", due);
        self.at(due, Timer::PayoutRun(account.to_owned(), due));
    }

    /// A schedule's hour has come; a timer of an older schedule means nothing any more.
    pub(crate) fn payout_run(&mut self, account: &str, due: i64) {
        if self.objects.hidden(account, "next_payout").as_i64() != Some(due) {
            return;
        }
        let _nothing_available = self.pay_out(account);
        self.follow_schedule(account);
    }

    /// Sends all that is available to the bank, as the schedule does.
    pub(crate) fn pay_out(&mut self, account: &str) -> Answer {
        let (lines, amount) = self.not_paid_out(account);
        if amount < 1 {
            return Err(ApiError::plain(format!(
                "Account {account} has nothing that could be paid out."
            )));
        }
        let id = self.entropy.id("po");
        let mut body = self.begin_payout(&id, account, amount);
        body["automatic"] = true.into();
        body["reconciliation_status"] = "in_progress".into();
        let own = text(&body, "balance_transaction").to_owned();
        self.objects.insert(account, body, Value::Null);
        for line in lines.iter().chain([&own]) {
            self.objects.hide(line, "payout", id.clone());
        }
        let due = self.now() + RECONCILED_AFTER_S;
        self.at(due, Timer::PayoutReconciled(id.clone()));
        self.emit("payout.created", &id);
        Ok(self.snapshot(&id))
    }

    pub(crate) fn payout_reconciled(&mut self, id: &str) {
        self.objects.set(id, "reconciliation_status", "completed");
        let before = json!({ "reconciliation_status": "in_progress" });
        self.emit_changed("payout.updated", id, before);
        self.emit("payout.reconciliation_completed", id);
    }

    /// The available transactions that no automatic payout holds, and their sum in cents.
    fn not_paid_out(&self, account: &str) -> (Vec<String>, i64) {
        let now = self.now();
        let mut sum = 0;
        let mut lines = Vec::new();
        for txn in self.objects.linked(account, "balance_transaction") {
            let held = txn.hidden.get("payout").is_some_and(|id| !id.is_null());
            if !held && int(&txn.body, "available_on") <= now {
                sum += int(&txn.body, "net");
                lines.push(text(&txn.body, "id").to_owned());
            }
        }
        (lines, sum)
    }

    /// Whether Stripe would list a transaction under a payout: its own always, the others once it knows them.
    pub(crate) fn is_line_of(&self, txn: &str, payout: &str) -> bool {
        let body = self.objects.body(payout);
        if body["object"] == KIND && text(body, "balance_transaction") == txn {
            return true;
        }
        body["reconciliation_status"] == "completed"
            && self.objects.hidden(txn, "payout").as_str() == Some(payout)
    }
}

fn interval_s(name: &str) -> Option<i64> {
    match name {
        "daily" => Some(DAY_S),
        "weekly" => Some(7 * DAY_S),
        "monthly" => Some(30 * DAY_S),
        _ => None,
    }
}
