//! Refunds: never more than the charge, sometimes slow, and sometimes failing days after they succeeded.
//!
//! What a refund does later depends on the card that paid: ...7726 stays pending for an hour, ...5126 succeeds and fails a
//! day later. A failed refund gives the amount back to the balance and to what can be refunded.

use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::fees::share;
use crate::form::Form;
use crate::ledger::{BUYERS, Booking};
use crate::objects::{int, or_null, text};
use crate::shape::{Kind, METADATA, Shape, opt};
use crate::timers::Timer;
use crate::wire::call::Call;
use crate::wire::page;
use crate::world::{PLATFORM, World, metadata_of};

const KIND: &str = "refund";
const PENDING_FOR_S: i64 = 3_600;
const FAILS_AFTER_S: i64 = 86_400;
const LOOKS_AGAIN_S: i64 = 3_600;

pub(crate) const CREATE: &[Shape] = &[
    &[
        opt("charge", Kind::Text),
        opt("payment_intent", Kind::Text),
        opt("amount", Kind::Int),
        opt(
            "reason",
            Kind::OneOf(&["duplicate", "fraudulent", "requested_by_customer"]),
        ),
        opt("refund_application_fee", Kind::Bool),
        opt("reverse_transfer", Kind::Bool),
    ],
    METADATA,
];

pub(crate) const UPDATE: &[Shape] = &[METADATA];

/// A refund that has moved nothing yet.
pub(crate) fn blank(id: &str, now: i64, amount: i64, charge: &str, intent: &Value) -> Value {
    json!({
        "id": id, "object": KIND, "amount": amount, "balance_transaction": null, "charge": charge, "created": now,
        "currency": "cad", "customer": null, "customer_account": null,
        "destination_details": { "card": { "reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund" }, "type": "card" },
        "metadata": {}, "payment_intent": intent, "payment_method": null, "reason": null, "receipt_number": null,
        "source_transfer_reversal": null, "status": "pending", "transfer_reversal": null,
    })
}

pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    let form = &call.form;
    let charge = charge_of(world, call)?;
    let body = world.snapshot(&charge);
    let amount = check(&body, form.int("amount"))?;
    let (fee, back) = (
        form.flag("refund_application_fee") == Some(true),
        form.flag("reverse_transfer") == Some(true),
    );
    if fee && body["application_fee"].is_null() {
        let message = format!(
            "Attempting to refund_application_fee on {charge}, but it has no application fee"
        );
        return Err(ApiError::plain(message).with("param", "refund_application_fee"));
    }
    if back {
        check_reversal(world, &body, amount)?;
    }
    let id = world.entropy.id("re");
    let mut refund = blank(&id, world.now(), amount, &charge, &body["payment_intent"]);
    refund["metadata"] = metadata_of(form, "metadata");
    refund["reason"] = or_null(form.get("reason"));
    refund["payment_method"] = body["payment_method"].clone();
    world.objects.insert(&call.account, refund, Value::Null);
    world.objects.link(&charge, &id);
    world.count_refund(&charge, amount);
    world.start_refund(&id, &charge, amount);
    if back {
        world.reverse_share(&id, &body, amount);
    }
    if fee {
        world.return_fee_share(&charge, amount, int(&body, "amount"));
    }
    world.emit("refund.created", &id);
    world.emit("charge.refunded", &charge);
    Ok(world.snapshot(&id))
}

/// Checks that the share of a refund can be taken back from the account that it was transferred to.
fn check_reversal(world: &World, charge: &Value, amount: i64) -> Result<(), ApiError> {
    let (id, transfer) = (text(charge, "id"), text(charge, "transfer"));
    if transfer.is_empty() {
        let message = format!(
            "Cannot reverse transfer on charge {id} because it does not have an associated transfer."
        );
        return Err(ApiError::plain(message).with("param", "reverse_transfer"));
    }
    let body = world.objects.body(transfer);
    let destination = text(body, "destination");
    let part = share(int(body, "amount"), amount, int(charge, "amount"));
    if !world.may_go_negative(destination) && world.ledger.total(destination) < part {
        let message = "The connected account has insufficient funds for this reversal.";
        return Err(ApiError::refused("balance_insufficient", message));
    }
    Ok(())
}

fn charge_of(world: &World, call: &Call) -> Result<String, ApiError> {
    match (call.form.get("charge"), call.form.get("payment_intent")) {
        (Some(id), _) => match world.objects.find(&call.account, "charge", id) {
            Some(_) => Ok(id.to_owned()),
            None => Err(ApiError::no_such("charge", id, "charge")),
        },
        (None, Some(id)) => {
            let Some(intent) = world.objects.find(&call.account, "payment_intent", id) else {
                return Err(ApiError::no_such("payment_intent", id, "payment_intent"));
            };
            if intent.body["status"] != "succeeded" {
                let message = format!(
                    "This PaymentIntent ({id}) does not have a successful charge to refund."
                );
                return Err(ApiError::refused(
                    "payment_intent_unexpected_state",
                    message,
                ));
            }
            Ok(text(&intent.body, "latest_charge").to_owned())
        }
        (None, None) => Err(ApiError::param(
            Some("parameter_missing"),
            "payment_intent",
            "One of the following params should be provided for this request: payment_intent or charge.",
        )),
    }
}

/// Checks that a charge can be refunded; gives back the amount in cents.
fn check(charge: &Value, wanted: Option<i64>) -> Result<i64, ApiError> {
    let id = text(charge, "id");
    if charge["status"] != "succeeded" {
        return Err(ApiError::plain(format!(
            "Charge {id} was not successful and cannot be refunded."
        )));
    }
    if charge["disputed"] == true {
        return Err(ApiError::refused(
            "charge_disputed",
            format!("Charge {id} has been charged back; cannot issue a refund."),
        ));
    }
    let left = int(charge, "amount") - int(charge, "amount_refunded");
    if left == 0 {
        return Err(ApiError::refused(
            "charge_already_refunded",
            format!("Charge {id} has already been refunded."),
        ));
    }
    let amount = wanted.unwrap_or(left);
    if amount < 1 {
        return Err(ApiError::param(
            Some("parameter_invalid_integer"),
            "amount",
            "This value must be greater than or equal to 1.",
        ));
    }
    if amount > left {
        let message = format!(
            "Refund amount ({amount}) is greater than unrefunded amount on charge ({left})"
        );
        return Err(ApiError::plain(message).with("param", "amount"));
    }
    Ok(amount)
}

impl World {
    fn count_refund(&mut self, charge: &str, more: i64) {
        let refunded = int(self.objects.body(charge), "amount_refunded") + more;
        let full = refunded == int(self.objects.body(charge), "amount");
        self.objects.set(charge, "amount_refunded", refunded);
        self.objects.set(charge, "refunded", full);
    }

    fn start_refund(&mut self, id: &str, charge: &str, amount: i64) {
        let owner = self.objects.owner(charge).to_owned();
        if !self.may_go_negative(&owner) && self.balance_of(&owner).0 < amount {
            self.objects.set(id, "pending_reason", "insufficient_funds");
            let due = self.now() + LOOKS_AGAIN_S;
            return self.at(due, Timer::RefundLooksForFunds(id.to_owned()));
        }
        self.pay_refund(id, charge, amount);
    }

    /// Takes the money of a refund out of the balance, and decides what becomes of it.
    fn pay_refund(&mut self, id: &str, charge: &str, amount: i64) {
        let owner = self.objects.owner(charge).to_owned();
        let now = self.now();
        let txn = self.book(&Booking {
            owner: &owner,
            kind: "refund",
            category: "refund",
            source: id,
            amount: -amount,
            fees: &[],
            against: BUYERS,
            available_on: now,
        });
        self.objects.set(id, "balance_transaction", txn);
        match self.objects.hidden(charge, "card").as_str() {
            Some("4000000000007726") => {
                self.objects.set(id, "pending_reason", "processing");
                self.at(now + PENDING_FOR_S, Timer::RefundSucceeds(id.to_owned()));
            }
            Some("4000000000005126") => {
                self.objects.set(id, "status", "succeeded");
                self.at(now + FAILS_AFTER_S, Timer::RefundFails(id.to_owned()));
            }
            _ => self.objects.set(id, "status", "succeeded"),
        }
    }

    pub(crate) fn refund_looks_for_funds(&mut self, id: &str) {
        let refund = self.snapshot(id);
        let (charge, amount) = (text(&refund, "charge").to_owned(), int(&refund, "amount"));
        if refund["status"] != "pending" {
            return;
        }
        if let Some(body) = self.objects.body_mut(id).and_then(Value::as_object_mut) {
            body.remove("pending_reason");
        }
        self.start_refund(id, &charge, amount);
        if self.objects.body(id)["status"] != "pending" {
            self.emit("refund.updated", id);
        }
    }

    pub(crate) fn refund_succeeds(&mut self, id: &str) {
        if self.objects.body(id)["status"] == "pending" {
            if let Some(body) = self.objects.body_mut(id).and_then(Value::as_object_mut) {
                body.remove("pending_reason");
            }
            self.objects.set(id, "status", "succeeded");
            self.emit_changed("refund.updated", id, json!({ "status": "pending" }));
            self.emit_changed("charge.refund.updated", id, json!({ "status": "pending" }));
        }
    }

    /// Lets a refund fail, however long ago it succeeded; false when it is final already or was never paid.
    pub(crate) fn fail_refund(&mut self, id: &str, reason: &str) -> bool {
        let refund = self.snapshot(id);
        let before = text(&refund, "status").to_owned();
        if !matches!(before.as_str(), "pending" | "succeeded")
            || !refund["source_transfer_reversal"].is_null()
        {
            return false;
        }
        let (charge, amount, now) = (
            text(&refund, "charge").to_owned(),
            int(&refund, "amount"),
            self.now(),
        );
        if refund["balance_transaction"].is_string() {
            let owner = self.objects.owner(id).to_owned();
            let txn = self.book(&Booking {
                owner: &owner,
                kind: "refund_failure",
                category: "refund_failure",
                source: id,
                amount,
                fees: &[],
                against: BUYERS,
                available_on: now,
            });
            self.objects.set(id, "failure_balance_transaction", txn);
        }
        self.objects.set(id, "status", "failed");
        self.objects.set(id, "failure_reason", reason);
        if let Some(body) = self.objects.body_mut(id).and_then(Value::as_object_mut) {
            body.remove("pending_reason");
        }
        self.count_refund(&charge, -amount);
        for kind in ["refund.updated", "refund.failed", "charge.refund.updated"] {
            self.emit_changed(kind, id, json!({ "status": before }));
        }
        true
    }

    /// Stripe's own proportional reversal. How Stripe rounds the share is not documented; half up is a guess.
    fn reverse_share(&mut self, refund: &str, charge: &Value, amount: i64) {
        let transfer = text(charge, "transfer");
        let whole = int(self.objects.body(transfer), "amount");
        let part = share(whole, amount, int(charge, "amount")).min(self.left_of_transfer(transfer));
        if part > 0 {
            let reversal = self.reverse(transfer, part, &json!({}), Some(refund));
            self.objects
                .set(refund, "transfer_reversal", reversal["id"].clone());
        }
    }
}

/// A refund that a person makes in the dashboard: no metadata, no key, and the same events.
pub(crate) fn by_hand(world: &mut World, form: Form) -> Answer {
    crate::shape::check(&form, CREATE)?;
    let call = Call {
        account: PLATFORM.to_owned(),
        ids: Vec::new(),
        form,
    };
    create(world, &call)
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))
}

pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))?;
    world.merge_metadata(call.id(0), &call.form)?;
    world.emit("refund.updated", call.id(0));
    Ok(world.snapshot(call.id(0)))
}

pub(crate) fn cancel(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))?;
    Err(ApiError::plain(
        "You can only cancel refunds that have a status of requires_action; card refunds never have.",
    ))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let (charge, intent) = (call.form.get("charge"), call.form.get("payment_intent"));
    page::list(world, call, KIND, "/v1/refunds", |body| {
        charge.is_none_or(|wanted| text(body, "charge") == wanted)
            && intent.is_none_or(|wanted| text(body, "payment_intent") == wanted)
    })
}
