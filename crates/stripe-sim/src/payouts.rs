//! Balances and payouts: what an account has, and how it leaves for its bank.
//!
//! Payouts are made by request only; schedules are kept on the account and not acted upon.

use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::ledger::{BANKS, Booking};
use crate::objects::{int, or_null, text};
use crate::shape::{Kind, METADATA, Shape, opt, req};
use crate::timers::Timer;
use crate::wire::call::Call;
use crate::wire::page;
use crate::world::{World, metadata_of};

const KIND: &str = "payout";
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
    let mut answer = page::list(
        world,
        call,
        "balance_transaction",
        "/v1/balance_transactions",
        |body| {
            source.is_none_or(|wanted| text(body, "source") == wanted)
                && kind.is_none_or(|wanted| text(body, "type") == wanted)
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
    let (id, now) = (world.entropy.id("po"), world.now());
    let txn = world.book(&Booking {
        owner: &call.account,
        kind: KIND,
        category: KIND,
        source: &id,
        amount: -amount,
        fees: &[],
        against: BANKS,
        available_on: now,
    });
    let body = json!({
        "id": id, "object": KIND, "amount": amount, "application_fee": null, "application_fee_amount": null,
        "arrival_date": now + ARRIVES_AFTER_S, "automatic": false, "balance_transaction": txn, "created": now,
        "currency": "cad", "description": or_null(call.form.get("description")), "destination": "ba_1SimBankAccount0000000",
        "failure_balance_transaction": null, "failure_code": null, "failure_message": null, "livemode": false,
        "metadata": metadata_of(&call.form, "metadata"), "method": "standard", "original_payout": null, "payout_method": null,
        "reconciliation_status": "not_applicable", "reversed_by": null, "source_type": "card",
        "statement_descriptor": or_null(call.form.get("statement_descriptor")), "status": "in_transit", "trace_id": null,
        "type": "bank_account",
    });
    world
        .objects
        .insert(&call.account, body.clone(), Value::Null);
    world.at(now + ARRIVES_AFTER_S, Timer::PayoutArrives(id.clone()));
    world.emit("payout.created", &id);
    Ok(body)
}

impl World {
    pub(crate) fn payout_arrives(&mut self, id: &str) {
        self.objects.set(id, "status", "paid");
        self.emit_changed("payout.paid", id, json!({ "status": "in_transit" }));
    }
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let status = call.form.get("status");
    page::list(world, call, KIND, "/v1/payouts", |body| {
        status.is_none_or(|wanted| text(body, "status") == wanted)
    })
}
