//! Application fees: what the platform earns of a payment, and what it gives back of it.

use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::ledger::{Booking, FEES};
use crate::objects::{int, or_null, text};
use crate::shape::{Kind, METADATA, Shape, opt};
use crate::wire::call::Call;
use crate::wire::page;
use crate::world::{APPLICATION, PLATFORM, World, metadata_of};

const KIND: &str = "application_fee";

pub(crate) const REFUND: &[Shape] = &[&[opt("amount", Kind::Int)], METADATA];

impl World {
    /// Gives the platform its fee of a payment on `account`. The account's half is part of that payment's booking.
    pub(crate) fn application_fee(
        &mut self,
        account: &str,
        payment: &str,
        origin: Option<&str>,
        amount: i64,
        available_on: i64,
    ) -> String {
        let (id, now) = (self.entropy.id("fee"), self.now());
        let txn = self.book(&Booking {
            owner: PLATFORM,
            kind: "application_fee",
            category: "platform_earning",
            source: &id,
            amount,
            fees: &[],
            against: FEES,
            available_on,
        });
        let body = json!({
            "id": id, "object": KIND, "account": account, "amount": amount, "amount_refunded": 0, "application": APPLICATION,
            "balance_transaction": txn, "charge": payment, "created": now, "currency": "cad",
            "fee_source": { "charge": payment, "type": "charge" }, "livemode": false, "originating_transaction": or_null(origin),
            "refunded": false, "refunds": page::sublist(Vec::new(), &format!("/v1/application_fees/{id}/refunds")),
        });
        self.objects.insert(PLATFORM, body, Value::Null);
        self.emit("application_fee.created", &id);
        id
    }

    /// Gives an amount of a fee back to the account; the amount was checked against what is left.
    pub(crate) fn refund_fee(&mut self, fee: &str, amount: i64, metadata: &Value) -> Value {
        let body = self.snapshot(fee);
        let account = text(&body, "account").to_owned();
        let (id, now) = (self.entropy.id("fr"), self.now());
        let booking = Booking {
            owner: PLATFORM,
            kind: "application_fee_refund",
            category: "platform_earning_refund",
            source: &id,
            amount: -amount,
            fees: &[],
            against: FEES,
            available_on: now,
        };
        let txn = self.book(&booking);
        self.book(&Booking {
            owner: &account,
            category: "fee",
            amount,
            ..booking
        });
        let refund = json!({
            "id": id, "object": "fee_refund", "amount": amount, "balance_transaction": txn, "created": now,
            "currency": "cad", "fee": fee, "metadata": metadata,
        });
        self.objects.insert(PLATFORM, refund.clone(), Value::Null);
        self.objects.link(fee, &id);
        let refunded = int(&body, "amount_refunded") + amount;
        self.objects.set(fee, "amount_refunded", refunded);
        self.objects
            .set(fee, "refunded", refunded == int(&body, "amount"));
        let all = self
            .objects
            .linked(fee, "fee_refund")
            .map(|object| object.body.clone())
            .collect();
        self.objects.set(
            fee,
            "refunds",
            page::sublist(all, &format!("/v1/application_fees/{fee}/refunds")),
        );
        self.emit("application_fee.refunded", fee);
        refund
    }

    /// Stripe's own proportional return of a fee. How Stripe rounds the share is not documented; half up is a guess.
    pub(crate) fn return_fee_share(&mut self, charge: &str, amount: i64, of: i64) {
        let fee = text(self.objects.body(charge), "application_fee").to_owned();
        let left = self.left_of_fee(&fee);
        let share = share(int(self.objects.body(&fee), "amount"), amount, of).min(left);
        if share > 0 {
            self.refund_fee(&fee, share, &json!({}));
        }
    }

    fn left_of_fee(&self, fee: &str) -> i64 {
        let body = self.objects.body(fee);
        int(body, "amount") - int(body, "amount_refunded")
    }
}

/// `whole * part / of`, rounded half up, in cents.
pub(crate) fn share(whole: i64, part: i64, of: i64) -> i64 {
    if of <= 0 {
        return 0;
    }
    let exact = i128::from(whole) * i128::from(part);
    let of = i128::from(of);
    i64::try_from((2 * exact + of) / (2 * of)).unwrap_or(whole)
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let charge = call.form.get("charge");
    page::list(world, call, KIND, "/v1/application_fees", |body| {
        charge.is_none_or(|wanted| {
            text(body, "charge") == wanted || text(body, "originating_transaction") == wanted
        })
    })
}

pub(crate) fn create_refund(world: &mut World, call: &Call) -> Answer {
    let id = call.id(0);
    world.require(&call.account, KIND, id)?;
    let left = world.left_of_fee(id);
    let amount = call.form.int("amount").unwrap_or(left);
    if left == 0 {
        return Err(ApiError::plain(format!(
            "Application fee {id} has already been refunded."
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
            "Refund amount ({amount}) is greater than the unrefunded amount of the fee ({left})."
        );
        return Err(ApiError::plain(message).with("param", "amount"));
    }
    Ok(world.refund_fee(id, amount, &metadata_of(&call.form, "metadata")))
}

pub(crate) fn refunds(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))?;
    let all: Vec<Value> = world
        .objects
        .linked(call.id(0), "fee_refund")
        .map(|object| object.body.clone())
        .collect();
    page::of(
        &call.form,
        &format!("/v1/application_fees/{}/refunds", call.id(0)),
        &all,
    )
}

pub(crate) fn retrieve_refund(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, "fee_refund", call.id(1))
}
