//! Payment intents: made by Checkout when a buyer submits, read by everybody else.

use serde_json::{Value, json};

use crate::error::Answer;
use crate::objects::or_null;
use crate::shape::{METADATA, Shape};
use crate::wire::call::Call;
use crate::wire::page;
use crate::world::World;

const KIND: &str = "payment_intent";

pub(crate) const UPDATE: &[Shape] = &[METADATA];

impl World {
    /// A new intent for an amount in cents, from what the session was told about it.
    pub(crate) fn new_intent(&mut self, amount: i64, data: &Value) -> Value {
        let id = self.entropy.id("pi");
        let mut body = json!({
            "id": id, "object": KIND, "allowed_payment_method_types": null, "amount": amount, "amount_capturable": 0,
            "amount_details": { "tip": {} }, "amount_received": 0, "application": null,
            "application_fee_amount": data["application_fee_amount"],
            "automatic_payment_methods": null, "canceled_at": null, "cancellation_reason": null,
            "capture_method": "automatic_async", "client_secret": format!("{id}_secret_{}", self.entropy.text(24)),
            "confirmation_method": "automatic", "created": self.now(), "currency": "cad", "customer": null,
            "customer_account": null, "description": data["description"], "excluded_payment_method_types": null,
            "last_payment_error": null, "latest_charge": null, "livemode": false, "managed_payments": null,
            "metadata": data["metadata"], "next_action": null, "on_behalf_of": data["on_behalf_of"], "payment_method": null,
            "payment_method_configuration_details": null,
            "payment_method_options": { "card": { "installments": null, "mandate_options": null, "network": null, "request_three_d_secure": "automatic" } },
            "payment_method_types": ["card"], "payment_record": null, "processing": null,
            "receipt_email": data["receipt_email"], "review": null, "setup_future_usage": null, "shipping": null,
            "source": null, "statement_descriptor": data["statement_descriptor"],
            "statement_descriptor_suffix": data["statement_descriptor_suffix"],
            "status": "requires_payment_method", "transfer_data": transfer_data(data),
            "transfer_group": data["transfer_group"],
        });
        if body["transfer_group"].is_null() && data["destination"].is_string() {
            body["transfer_group"] = format!("group_{id}").into();
        }
        body
    }
}

/// The `transfer_data` of an intent or a charge.
pub(crate) fn transfer_data(data: &Value) -> Value {
    let Some(destination) = data["destination"].as_str() else {
        return Value::Null;
    };
    let mut body = json!({ "destination": destination });
    if data["transfer_amount"].is_i64() {
        body["amount"] = data["transfer_amount"].clone();
    }
    body
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))
}

pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))?;
    world.merge_metadata(call.id(0), &call.form)?;
    Ok(world.snapshot(call.id(0)))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let customer = or_null(call.form.get("customer"));
    page::list(world, call, KIND, "/v1/payment_intents", |body| {
        customer.is_null() || body["customer"] == customer
    })
}
