//! Transfers to connected accounts, and their reversals.
//!
//! A transfer has two halves: money leaves the platform, and a payment (`py_…`) arrives at the account. A reversal is the
//! same backwards. Neither half is ever booked without the other.

use serde_json::{Value, json};

use crate::cards::Submission;
use crate::charges::Draft;
use crate::error::{Answer, ApiError};
use crate::ledger::{Booking, Fee, SETTLEMENT_S, TRANSFERS};
use crate::objects::{int, or_null, text};
use crate::shape::{Kind, METADATA, Shape, opt, req};
use crate::wire::call::Call;
use crate::wire::page;
use crate::world::{APPLICATION, PLATFORM, World, metadata_of};

const KIND: &str = "transfer";

pub(crate) const CREATE: &[Shape] = &[
    &[
        req("currency", Kind::OneOf(&["cad"])),
        req("destination", Kind::Text),
        opt("amount", Kind::Int),
        opt("description", Kind::Text),
        opt("source_transaction", Kind::Text),
        opt("transfer_group", Kind::Text),
    ],
    METADATA,
];

pub(crate) const REVERSE: &[Shape] = &[
    &[
        opt("amount", Kind::Int),
        opt("description", Kind::Text),
        opt("refund_application_fee", Kind::Bool),
    ],
    METADATA,
];

/// One transfer to make.
struct Plan<'a> {
    destination: &'a str,
    amount: i64,
    source: Option<&'a str>,
    group: Value,
    description: Value,
    metadata: Value,
    available_on: i64,
    /// The application fee that is taken out of the payment on arrival, in cents.
    fee: i64,
}

impl World {
    /// The transfer that a destination charge brings about, with its application fee.
    pub(crate) fn transfer_of_charge(
        &mut self,
        charge: &str,
        destination: &str,
        amount: i64,
        available_on: i64,
    ) -> String {
        let body = self.snapshot(charge);
        let fee = int(&body, "application_fee_amount");
        let (transfer, payment) = self.transfer(&Plan {
            destination,
            amount,
            source: Some(charge),
            group: body["transfer_group"].clone(),
            description: Value::Null,
            metadata: json!({}),
            available_on,
            fee,
        });
        if fee > 0 {
            let id = self.application_fee(destination, &payment, Some(charge), fee, available_on);
            self.objects.set(charge, "application_fee", id.clone());
            self.objects.set(&payment, "application_fee", id);
        }
        transfer
    }

    fn transfer(&mut self, plan: &Plan<'_>) -> (String, String) {
        let (id, payment, now) = (self.entropy.id("tr"), self.entropy.id("py"), self.now());
        let arrival = self.arrived_payment(&payment, &id, plan);
        self.objects.insert(plan.destination, arrival, Value::Null);
        let left = self.book(&Booking {
            owner: PLATFORM,
            kind: "transfer",
            category: "transfer",
            source: &id,
            amount: -plan.amount,
            fees: &[],
            against: TRANSFERS,
            available_on: plan.available_on,
        });
        let fees: Vec<Fee> = (plan.fee > 0)
            .then_some(Fee {
                kind: "application_fee",
                amount: plan.fee,
            })
            .into_iter()
            .collect();
        let arrived = self.book(&Booking {
            owner: plan.destination,
            kind: "payment",
            category: "charge",
            source: &payment,
            amount: plan.amount,
            fees: &fees,
            against: TRANSFERS,
            available_on: plan.available_on,
        });
        self.objects.set(&payment, "balance_transaction", arrived);
        let body = json!({
            "id": id, "object": KIND, "amount": plan.amount, "amount_reversed": 0, "balance_transaction": left,
            "created": now, "currency": "cad", "description": plan.description, "destination": plan.destination,
            "destination_payment": payment, "livemode": false, "metadata": plan.metadata,
            "reversals": page::sublist(Vec::new(), &format!("/v1/transfers/{id}/reversals")), "reversed": false,
            "source_transaction": or_null(plan.source), "source_type": "card", "transfer_group": plan.group,
        });
        self.objects.insert(PLATFORM, body, Value::Null);
        if let Some(charge) = plan.source {
            self.objects.link(charge, &id);
        }
        self.emit("transfer.created", &id);
        (id, payment)
    }

    fn arrived_payment(&self, id: &str, transfer: &str, plan: &Plan<'_>) -> Value {
        let given = Submission::default();
        let intent = json!({ "id": null });
        let draft = Draft {
            id: id.to_owned(),
            amount: plan.amount,
            intent: &intent,
            digits: "",
            email: "",
            given: &given,
        };
        let mut payment = self.charge_body(&draft);
        payment["source_transfer"] = transfer.into();
        payment["payment_method_details"] =
            json!({ "stripe_account": {}, "type": "stripe_account" });
        payment["receipt_url"] = Value::Null;
        if plan.fee > 0 {
            payment["application"] = APPLICATION.into();
            payment["application_fee_amount"] = plan.fee.into();
        }
        payment
    }

    /// Takes an amount of a transfer back; the amount was checked against what is left.
    pub(crate) fn reverse(
        &mut self,
        transfer: &str,
        amount: i64,
        metadata: &Value,
        refund: Option<&str>,
    ) -> Value {
        let body = self.snapshot(transfer);
        let (destination, payment) = (
            text(&body, "destination").to_owned(),
            text(&body, "destination_payment").to_owned(),
        );
        let (id, now) = (self.entropy.id("trr"), self.now());
        let back = self.returned_payment(&id, &payment, &destination, amount);
        let txn = self.book(&Booking {
            owner: PLATFORM,
            kind: "transfer_refund",
            category: "transfer_reversal",
            source: &id,
            amount,
            fees: &[],
            against: TRANSFERS,
            available_on: now,
        });
        let reversal = json!({
            "id": id, "object": "transfer_reversal", "amount": amount, "balance_transaction": txn, "created": now,
            "currency": "cad", "destination_payment_refund": back, "metadata": metadata,
            "source_refund": or_null(refund), "transfer": transfer,
        });
        self.objects.insert(PLATFORM, reversal.clone(), Value::Null);
        self.objects.link(transfer, &id);
        let reversed = int(&body, "amount_reversed") + amount;
        self.objects.set(transfer, "amount_reversed", reversed);
        self.objects
            .set(transfer, "reversed", reversed == int(&body, "amount"));
        let all = self
            .objects
            .linked(transfer, "transfer_reversal")
            .map(|object| object.body.clone())
            .collect();
        self.objects.set(
            transfer,
            "reversals",
            page::sublist(all, &format!("/v1/transfers/{transfer}/reversals")),
        );
        self.emit("transfer.reversed", transfer);
        reversal
    }

    /// The account's half of a reversal: a refund of the payment that had arrived.
    fn returned_payment(
        &mut self,
        reversal: &str,
        payment: &str,
        destination: &str,
        amount: i64,
    ) -> String {
        let (id, now) = (self.entropy.id("pyr"), self.now());
        let txn = self.book(&Booking {
            owner: destination,
            kind: "payment_refund",
            category: "refund",
            source: &id,
            amount: -amount,
            fees: &[],
            against: TRANSFERS,
            available_on: now,
        });
        let mut body = crate::refunds::blank(&id, now, amount, payment, &Value::Null);
        body["status"] = "succeeded".into();
        body["balance_transaction"] = txn.into();
        body["source_transfer_reversal"] = reversal.into();
        self.objects.insert(destination, body, Value::Null);
        self.objects.link(payment, &id);
        let refunded = int(self.objects.body(payment), "amount_refunded") + amount;
        self.objects.set(payment, "amount_refunded", refunded);
        self.objects.set(
            payment,
            "refunded",
            refunded == int(self.objects.body(payment), "amount"),
        );
        id
    }

    /// How much of a transfer can still be taken back, in cents.
    pub(crate) fn left_of_transfer(&self, transfer: &str) -> i64 {
        let body = self.objects.body(transfer);
        int(body, "amount") - int(body, "amount_reversed")
    }
}

pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    let form = &call.form;
    let destination = form.get("destination").unwrap_or_default();
    if crate::accounts::known(world, destination).is_err() {
        return Err(ApiError::no_such_param(
            "destination",
            destination,
            "destination",
        ));
    }
    crate::checkout_params::require_transfers(world, destination)?;
    let source = form.get("source_transaction");
    let Some(amount) = form
        .int("amount")
        .or_else(|| source.map(|id| int(world.objects.body(id), "amount")))
    else {
        return Err(ApiError::missing_param("amount"));
    };
    if amount < 1 {
        return Err(ApiError::param(
            Some("parameter_invalid_integer"),
            "amount",
            "This value must be greater than or equal to 1.",
        ));
    }
    let available_on = check_funds(world, source, amount)?;
    let (id, _) = world.transfer(&Plan {
        destination,
        amount,
        source,
        group: or_null(form.get("transfer_group")),
        description: or_null(form.get("description")),
        metadata: metadata_of(form, "metadata"),
        available_on,
        fee: 0,
    });
    Ok(world.snapshot(&id))
}

/// Checks that the money for a transfer is there; gives back when it is available.
fn check_funds(world: &World, source: Option<&str>, amount: i64) -> Result<i64, ApiError> {
    let Some(charge) = source else {
        if world.balance_of(PLATFORM).0 < amount {
            return Err(ApiError::refused(
                "balance_insufficient",
                "You have insufficient funds in your Stripe account.",
            ));
        }
        return Ok(world.now());
    };
    let Some(found) = world.objects.find(PLATFORM, "charge", charge) else {
        return Err(ApiError::no_such_param(
            "charge",
            charge,
            "source_transaction",
        ));
    };
    let spent: i64 = world
        .objects
        .linked(charge, KIND)
        .map(|transfer| int(&transfer.body, "amount"))
        .sum();
    if spent + amount > int(&found.body, "amount") {
        let message = "The transfer amount is larger than what is left of the source transaction.";
        return Err(ApiError::plain(message));
    }
    Ok(int(&found.body, "created") + SETTLEMENT_S)
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))
}

pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))?;
    world.merge_metadata(call.id(0), &call.form)?;
    world.emit("transfer.updated", call.id(0));
    Ok(world.snapshot(call.id(0)))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let (group, destination) = (
        call.form.get("transfer_group"),
        call.form.get("destination"),
    );
    page::list(world, call, KIND, "/v1/transfers", |body| {
        group.is_none_or(|wanted| text(body, "transfer_group") == wanted)
            && destination.is_none_or(|wanted| text(body, "destination") == wanted)
    })
}

pub(crate) fn create_reversal(world: &mut World, call: &Call) -> Answer {
    let id = call.id(0);
    let transfer = world.require(&call.account, KIND, id)?;
    let left = world.left_of_transfer(id);
    let amount = call.form.int("amount").unwrap_or(left);
    if left == 0 {
        return Err(ApiError::plain(format!(
            "Transfer {id} has already been fully reversed."
        )));
    }
    if amount < 1 {
        return Err(ApiError::param(
            Some("parameter_invalid_integer"),
            "amount",
            "This value must be greater than or equal to 1.",
        ));
    }
    if amount > left {
        let message = format!(
            "Reversal amount ({amount}) is greater than what is left of the transfer ({left})."
        );
        return Err(ApiError::plain(message).with("param", "amount"));
    }
    let destination = text(&transfer, "destination");
    if !world.may_go_negative(destination) && world.ledger.total(destination) < amount {
        return Err(ApiError::refused(
            "balance_insufficient",
            "The connected account has insufficient funds for this reversal.",
        ));
    }
    let reversal = world.reverse(id, amount, &metadata_of(&call.form, "metadata"), None);
    if call.form.flag("refund_application_fee") == Some(true) {
        world.return_fee_share(
            text(&transfer, "source_transaction"),
            amount,
            int(&transfer, "amount"),
        );
    }
    Ok(reversal)
}

pub(crate) fn reversals(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))?;
    let all: Vec<Value> = world
        .objects
        .linked(call.id(0), "transfer_reversal")
        .map(|object| object.body.clone())
        .collect();
    page::of(
        &call.form,
        &format!("/v1/transfers/{}/reversals", call.id(0)),
        &all,
    )
}

pub(crate) fn retrieve_reversal(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, "transfer_reversal", call.id(1))
}
