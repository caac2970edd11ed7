//! Balances and payouts: what an account has, and how it leaves for its bank.
//!
//! A payout by request is here; those that a schedule makes are in `payout_runs`. Either can fail, days
//! after it was paid, and then the money is back in the balance.

use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::ledger::{BANKS, Booking};
use crate::objects::{int, or_null, text};
use crate::shape::{Kind, METADATA, Shape, opt, req};
use crate::timers::Timer;
use crate::wire::call::Call;
use crate::wire::page;
use crate::world::{World, metadata_of};

pub(crate) const KIND: &str = "payout";
const ARRIVES_AFTER_S: i64 = 2 * 86_400;

pub(crate) const CREATE: &[Shape] = &[
    &[
        req("amount", Kind::Int),
        req("currency", Kind::OneOf(&["cad"])),
        opt("description", Kind::Text),
        opt("method", Kind::OneOf(&["standard"])),
        opt("statement_descriptor", Kind::Text),
    ],
    METADATA,
];

pub(crate) const LIST: Shape = &[
    opt("status", Kind::Text),
    opt("arrival_date", Kind::Int),
    opt("arrival_date.gt", Kind::Int),
    opt("arrival_date.gte", Kind::Int),
    opt("arrival_date.lt", Kind::Int),
    opt("arrival_date.lte", Kind::Int),
];

#[expect(
    clippy::unnecessary_wraps,
    reason = "every handler in the table of routes has this type"
)]
pub(crate) fn balance(world: &mut World, call: &Call) -> Answer {
    let (available, pending) = world.balance_of(&call.account);
    let part = |amount: i64| json!([{ "amount": amount, "currency": "cad", "source_types": { "card": amount } }]);
    Ok(json!({
        "object": "balance", "available": part(available), "connect_reserved": [{ "amount": 0, "currency": "cad" }],
        "livemode": false, "pending": part(pending),
    }))
}

pub(crate) fn balance_transaction(world: &mut World, call: &Call) -> Answer {
    let mut body = world.require(&call.account, "balance_transaction", call.id(0))?;
    freshen(&mut body, world.now());
    Ok(body)
}

pub(crate) fn balance_transactions(world: &mut World, call: &Call) -> Answer {
    let (source, kind) = (call.form.get("source"), call.form.get("type"));
    let payout = call.form.get("payout");
    if let Some(id) = payout.filter(|id| world.objects.find(&call.account, KIND, id).is_none()) {
        return Err(ApiError::no_such_param(KIND, id, "payout"));
    }
    let mut answer = page::list(
        world,
        call,
        "balance_transaction",
        "/v1/balance_transactions",
        |body| {
            source.is_none_or(|wanted| text(body, "source") == wanted)
                && kind.is_none_or(|wanted| text(body, "type") == wanted)
                && payout.is_none_or(|wanted| world.is_line_of(text(body, "id"), wanted))
        },
    )?;
    if let Some(data) = answer["data"].as_array_mut() {
        for body in data {
            freshen(body, world.now());
        }
    }
    Ok(answer)
}

/// A balance transaction says itself whether its money is available yet.
pub(crate) fn freshen(body: &mut Value, now: i64) {
    let available = int(body, "available_on") <= now;
    body["status"] = if available { "available" } else { "pending" }.into();
}

pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    let amount = call.form.int("amount").unwrap_or_default();
    if amount < 1 {
        return Err(ApiError::param(
            Some("parameter_invalid_integer"),
            "amount",
            "This value must be greater than or equal to 1.",
        ));
    }
    if world.balance_of(&call.account).0 < amount {
        let message = "You have insufficient funds in your Stripe account for this transfer.";
        return Err(ApiError::refused("balance_insufficient", message));
    }
    let id = world.entropy.id("po");
    let mut body = world.begin_payout(&id, &call.account, amount);
    body["description"] = or_null(call.form.get("description"));
    body["statement_descriptor"] = or_null(call.form.get("statement_descriptor"));
    body["metadata"] = metadata_of(&call.form, "metadata");
    world
        .objects
        .insert(&call.account, body.clone(), Value::Null);
    world.emit("payout.created", &id);
    Ok(body)
}

impl World {
    /// Takes the money out of the balance, plans its arrival, and gives the payout's body: one by request.
    pub(crate) fn begin_payout(&mut self, id: &str, account: &str, amount: i64) -> Value {
        let now = self.now();
        let txn = self.book(&Booking {
            owner: account,
            kind: KIND,
            category: KIND,
            source: id,
            amount: -amount,
            fees: &[],
            against: BANKS,
            available_on: now,
        });
        self.at(now + ARRIVES_AFTER_S, Timer::PayoutArrives(id.to_owned()));
        json!({
            "id": id, "object": KIND, "amount": amount, "application_fee": null, "application_fee_amount": null,
            "arrival_date": now + ARRIVES_AFTER_S, "automatic": false, "balance_transaction": txn, "created": now,
            "currency": "cad", "description": null, "destination": "ba_1SimBankAccount0000000",
            "failure_balance_transaction": null, "failure_code": null, "failure_message": null, "livemode": false,
            "metadata": {}, "method": "standard", "original_payout": null, "payout_method": null,
            "reconciliation_status": "not_applicable", "reversed_by": null, "source_type": "card",
            "statement_descriptor": null, "status": "in_transit", "trace_id": null, "type": "bank_account",
        })
    }

    pub(crate) fn payout_arrives(&mut self, id: &str) {
        if self.objects.body(id)["status"] == "in_transit" {
            self.objects.set(id, "status", "paid");
            self.emit_changed("payout.paid", id, json!({ "status": "in_transit" }));
        }
    }

    /// The bank sends a payout back, even one that was paid: the money is in the balance again, for the next one.
    pub(crate) fn fail_payout(&mut self, id: &str, code: &str) -> Answer {
        let payout = self.snapshot(id);
        if text(&payout, "object") != KIND {
            return Err(ApiError::no_such(KIND, id, "id"));
        }
        let before = text(&payout, "status").to_owned();
        if !matches!(before.as_str(), "in_transit" | "paid") {
            return Err(ApiError::plain(format!("Payout {id} is {before}.")));
        }
        let (owner, available_on) = (self.objects.owner(id).to_owned(), self.now());
        let txn = self.book(&Booking {
            owner: &owner,
            kind: "payout_failure",
            category: "payout_reversal",
            source: id,
            amount: int(&payout, "amount"),
            fees: &[],
            against: BANKS,
            available_on,
        });
        self.objects.set(id, "status", "failed");
        self.objects.set(id, "failure_code", code);
        let words = "The bank account has been closed, or the bank refused the payout.";
        self.objects.set(id, "failure_message", words);
        self.objects.set(id, "failure_balance_transaction", txn);
        self.emit_changed("payout.failed", id, json!({ "status": before }));
        Ok(self.snapshot(id))
    }
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let status = call.form.get("status");
    page::list(world, call, KIND, "/v1/payouts", |body| {
        status.is_none_or(|wanted| text(body, "status") == wanted)
            && page::within(&call.form, "arrival_date", int(body, "arrival_date"))
    })
}
