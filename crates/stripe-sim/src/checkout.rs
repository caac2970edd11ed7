//! Checkout Sessions: open, then complete or expired, and never anything else again.
//!
//! Payment itself is in `checkout_pay`; here is everything that the platform does with a session.

use serde_json::{Value, json};

use crate::checkout_params;
use crate::error::{Answer, ApiError};
use crate::form::Form;
use crate::objects::{or_null, text};
use crate::timers::Timer;
use crate::wire::call::Call;
use crate::wire::page;
use crate::world::{World, metadata_of};

const KIND: &str = "checkout.session";
/// Seconds that a session lives when it does not say.
const LIFETIME_S: i64 = 86_400;

pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    let form = &call.form;
    let (lines, total) = crate::checkout_lines::read(world, form)?;
    checkout_params::check(world, form, &call.account, total)?;
    let tax = crate::tax::read(world, form, &call.account)?;
    let id = format!("cs_test_a1{}", world.entropy.text(56));
    let expires_at = form.int("expires_at").unwrap_or(world.now() + LIFETIME_S);
    let body = blank(world, &id, form, total, expires_at);
    let hidden = json!({ "line_items": lines, "intent": intent_data(form), "success_url": form.get("success_url"), "tax": tax });
    world.objects.insert(&call.account, body.clone(), hidden);
    world.at(expires_at, Timer::ExpireSession(id));
    Ok(body)
}

/// What the payment intent will be made from when the buyer submits.
fn intent_data(form: &Form) -> Value {
    let at = |field: &str| or_null(form.get(&format!("payment_intent_data.{field}")));
    json!({
        "application_fee_amount": form.int("payment_intent_data.application_fee_amount"),
        "destination": at("transfer_data.destination"), "transfer_amount": form.int("payment_intent_data.transfer_data.amount"),
        "on_behalf_of": at("on_behalf_of"), "transfer_group": at("transfer_group"), "description": at("description"),
        "statement_descriptor": at("statement_descriptor"), "statement_descriptor_suffix": at("statement_descriptor_suffix"),
        "receipt_email": at("receipt_email"), "metadata": metadata_of(form, "payment_intent_data.metadata"),
    })
}

fn blank(world: &mut World, id: &str, form: &Form, total: i64, expires_at: i64) -> Value {
    let given = |field: &str| or_null(form.get(field));
    let words = |field: &str| {
        form.get(field)
            .map_or(Value::Null, |message| json!({ "message": message }))
    };
    let ui_mode = form.get("ui_mode").unwrap_or("hosted_page");
    let hosted = ui_mode == "hosted_page";
    let taxed = form.flag("automatic_tax.enabled").unwrap_or(false);
    let mut body = json!({
        "id": id, "object": KIND, "adaptive_pricing": { "enabled": form.flag("adaptive_pricing.enabled").unwrap_or(true) },
        "after_expiration": null, "allow_promotion_codes": form.flag("allow_promotion_codes"),
        "allowed_payment_method_types": allowed(form), "amount_subtotal": total, "amount_total": total,
        "automatic_tax": automatic_tax(form, taxed), "billing_address_collection": given("billing_address_collection"),
        "cancel_url": given("cancel_url"), "client_reference_id": given("client_reference_id"),
        "client_secret": null, "collected_information": null, "consent": null, "consent_collection": consent(form),
        "created": world.now(), "currency": "cad", "currency_conversion": null, "custom_fields": [],
        "custom_text": {
            "after_submit": words("custom_text.after_submit.message"), "shipping_address": null,
            "submit": words("custom_text.submit.message"),
            "terms_of_service_acceptance": words("custom_text.terms_of_service_acceptance.message"),
        },
        "customer": null, "customer_account": null,
        "customer_creation": form.get("customer_creation").unwrap_or("if_required"),
        "customer_details": form.get("customer_email").map(|email| customer(email, None)),
        "customer_email": given("customer_email"), "discounts": [], "expires_at": expires_at,
        "integration_identifier": given("integration_identifier"), "invoice": null, "invoice_creation": null,
        "livemode": false, "locale": given("locale"), "managed_payments": { "enabled": false },
        "metadata": metadata_of(form, "metadata"),
        "mode": "payment", "origin_context": null, "payment_intent": null, "payment_link": null,
        "payment_method_collection": "if_required", "payment_method_configuration_details": null,
        "payment_method_options": { "card": { "request_three_d_secure": "automatic" } }, "payment_method_types": ["card"],
        "payment_status": "unpaid", "permissions": null,
        "phone_number_collection": { "enabled": form.flag("phone_number_collection.enabled").unwrap_or(false) },
        "recovered_from": null, "saved_payment_method_options": null, "setup_intent": null,
        "shipping_address_collection": null, "shipping_cost": null, "shipping_options": [], "status": "open",
        "submit_type": given("submit_type"), "subscription": null, "success_url": given("success_url"),
        "total_details": { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 },
        "ui_mode": ui_mode, "url": null, "wallet_options": null,
    });
    if hosted {
        body["url"] = format!("{}/c/pay/{id}", world.base_url).into();
    } else {
        body["client_secret"] = format!("{id}_secret_{}", world.entropy.text(24)).into();
        body["return_url"] = given("return_url");
        body["redirect_on_completion"] = form
            .get("redirect_on_completion")
            .unwrap_or("always")
            .into();
    }
    body
}

fn allowed(form: &Form) -> Value {
    match form.list("allowed_payment_method_types") {
        kinds if kinds.is_empty() => Value::Null,
        kinds => kinds.into(),
    }
}

fn automatic_tax(form: &Form, enabled: bool) -> Value {
    if !enabled {
        return json!({ "enabled": false, "liability": null, "provider": null, "status": null });
    }
    let mut liability =
        json!({ "type": form.get("automatic_tax.liability.type").unwrap_or("self") });
    if let Some(account) = form.get("automatic_tax.liability.account") {
        liability["account"] = account.into();
    }
    json!({ "enabled": true, "liability": liability, "provider": "stripe", "status": "requires_location_inputs" })
}

fn consent(form: &Form) -> Value {
    if !form.has("consent_collection") {
        return Value::Null;
    }
    let given = |field: &str| or_null(form.get(&format!("consent_collection.{field}")));
    json!({ "payment_method_reuse_agreement": null, "promotions": given("promotions"), "terms_of_service": given("terms_of_service") })
}

/// The buyer as the session shows them.
pub(crate) fn customer(email: &str, name: Option<&str>) -> Value {
    json!({
        "address": null, "business_name": null, "email": email, "individual_name": null, "name": name, "phone": null,
        "tax_exempt": "none", "tax_ids": [],
    })
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let (status, intent) = (call.form.get("status"), call.form.get("payment_intent"));
    page::list(world, call, KIND, "/v1/checkout/sessions", |body| {
        status.is_none_or(|wanted| text(body, "status") == wanted)
            && intent.is_none_or(|wanted| text(body, "payment_intent") == wanted)
    })
}

pub(crate) fn line_items(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))?;
    let lines = world
        .objects
        .hidden(call.id(0), "line_items")
        .as_array()
        .cloned()
        .unwrap_or_default();
    page::of(
        &call.form,
        &format!("/v1/checkout/sessions/{}/line_items", call.id(0)),
        &lines,
    )
}

pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))?;
    world.merge_metadata(call.id(0), &call.form)?;
    Ok(world.snapshot(call.id(0)))
}

pub(crate) fn expire(world: &mut World, call: &Call) -> Answer {
    let session = world.require(&call.account, KIND, call.id(0))?;
    if session["status"] != "open" {
        let message = format!(
            "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of `{}`.",
            text(&session, "status")
        );
        return Err(ApiError::plain(message));
    }
    world.close_session(call.id(0));
    Ok(world.snapshot(call.id(0)))
}

impl World {
    /// Expires a session whose time has come, unless something else came first.
    pub(crate) fn expire_by_clock(&mut self, id: &str) {
        if self.objects.body(id)["status"] == "open" {
            self.close_session(id);
        }
    }

    fn close_session(&mut self, id: &str) {
        self.objects.set(id, "status", "expired");
        self.objects.set(id, "url", Value::Null);
        self.objects.set(id, "client_secret", Value::Null);
        let intent = text(self.objects.body(id), "payment_intent").to_owned();
        if !intent.is_empty() {
            self.objects.set(&intent, "status", "canceled");
            self.objects.set(&intent, "canceled_at", self.now());
            self.objects
                .set(&intent, "cancellation_reason", "automatic");
            self.objects.set(&intent, "next_action", Value::Null);
            self.emit("payment_intent.canceled", &intent);
        }
        self.emit("checkout.session.expired", id);
    }
}
