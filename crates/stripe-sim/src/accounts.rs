//! Connected accounts: made by the platform, onboarded on a hosted page, and then able to be paid.
//!
//! Only what a platform sees is here: capabilities, requirements and the controller. Who an organizer is and whether the
//! papers are right is decided by a button on the onboarding page, since know-your-customer rules cannot be simulated.

use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::form::Form;
use crate::objects::{or_null, text};
use crate::shape::{Kind, METADATA, Shape, opt};
use crate::wire::call::Call;
use crate::wire::page;
use crate::world::{PLATFORM, World, empty_address, metadata_of};

const PROFILE: Shape = &[
    opt("email", Kind::Text),
    opt(
        "business_type",
        Kind::OneOf(&["company", "government_entity", "individual", "non_profit"]),
    ),
    opt("business_profile.name", Kind::Text),
    opt("business_profile.url", Kind::Text),
    opt("business_profile.mcc", Kind::Text),
    opt("business_profile.product_description", Kind::Text),
    opt("business_profile.support_email", Kind::Text),
    opt("business_profile.support_phone", Kind::Text),
    opt("business_profile.support_url", Kind::Text),
    opt("capabilities.card_payments.requested", Kind::Bool),
    opt("capabilities.transfers.requested", Kind::Bool),
    opt("default_currency", Kind::OneOf(&["cad"])),
    opt(
        "settings.payouts.schedule.interval",
        Kind::OneOf(&["manual", "daily", "weekly", "monthly"]),
    ),
    opt("settings.payouts.schedule.delay_days", Kind::Text),
    opt("settings.payouts.statement_descriptor", Kind::Text),
];

pub(crate) const CREATE: &[Shape] = &[
    PROFILE,
    METADATA,
    &[
        opt("type", Kind::OneOf(&["custom", "express", "standard"])),
        opt("country", Kind::Text),
        opt(
            "controller.fees.payer",
            Kind::OneOf(&["account", "application"]),
        ),
        opt(
            "controller.losses.payments",
            Kind::OneOf(&["application", "stripe"]),
        ),
        opt(
            "controller.requirement_collection",
            Kind::OneOf(&["application", "stripe"]),
        ),
        opt(
            "controller.stripe_dashboard.type",
            Kind::OneOf(&["express", "full", "none"]),
        ),
    ],
];

pub(crate) const UPDATE: &[Shape] = &[PROFILE, METADATA];

/// What an account still owes before anybody may pay it.
const DUE: [&str; 4] = [
    "business_profile.url",
    "external_account",
    "tos_acceptance.date",
    "tos_acceptance.ip",
];

/// The steps that an account can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing was filled in yet.
    Due,
    /// All was filled in and is being checked.
    Pending,
    /// All is well.
    Active,
    /// Something fell due later and was not given.
    Restricted,
}

impl World {
    pub(crate) fn found_platform(&mut self) {
        let mut body = blank(PLATFORM, self.now(), &Form::default());
        body["business_profile"]["name"] = "Simulated platform".into();
        stand(&mut body, Standing::Active);
        self.objects.insert("stripe", body, Value::Null);
    }

    /// Changes how an account stands and tells the Connect endpoints.
    pub(crate) fn set_standing(&mut self, id: &str, standing: Standing) {
        let before = self.snapshot(id);
        if let Some(body) = self.objects.body_mut(id) {
            stand(body, standing);
        }
        self.tell_account(id, &before);
        for name in ["card_payments", "transfers"] {
            let status = &self.objects.body(id)["capabilities"][name];
            if status.is_string() && *status != before["capabilities"][name] {
                let capability = capability(id, name, status, self.now());
                self.emit_as(id, "capability.updated", &capability, None);
            }
        }
    }

    fn tell_account(&mut self, id: &str, before: &Value) {
        let after = self.snapshot(id);
        let changed: Value = before
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(field, old)| after[field.as_str()] != **old)
            .map(|(field, old)| (field.clone(), old.clone()))
            .collect();
        self.emit_as(id, "account.updated", &after, Some(changed));
    }

    /// An account that is ready to be paid, without the detour over the pages.
    pub(crate) fn seed_active_account(&mut self, id: Option<&str>) -> String {
        let id = id.map_or_else(|| self.new_account_id(), str::to_owned);
        if self.objects.get(&id).is_none() {
            let wanted = b"type=express&capabilities[card_payments][requested]=true&capabilities[transfers][requested]=true";
            let body = blank(&id, self.now(), &Form::parse(wanted));
            self.objects.insert(PLATFORM, body, Value::Null);
        }
        self.set_standing(&id, Standing::Active);
        id
    }

    fn new_account_id(&mut self) -> String {
        format!("acct_1{}", self.entropy.text(15))
    }

    pub(crate) fn deauthorize(&mut self, id: &str) {
        let application = json!({ "id": crate::world::APPLICATION, "object": "application", "name": "Simulated platform" });
        self.emit_as(id, "account.application.deauthorized", &application, None);
        self.objects.hide(id, "deauthorized", true);
    }

    /// Whether a capability of an account is active.
    pub(crate) fn is_capable(&self, account: &str, capability: &str) -> bool {
        self.objects
            .find(PLATFORM, "account", account)
            .is_some_and(|found| {
                !found.hidden.contains_key("deauthorized")
                    && text(&found.body["capabilities"], capability) == "active"
            })
    }
}

fn stand(body: &mut Value, standing: Standing) {
    let active = standing == Standing::Active;
    let (due, past, pending, reason, capability) = match standing {
        Standing::Due => (
            json!(DUE),
            json!(DUE),
            json!([]),
            json!("requirements.past_due"),
            "inactive",
        ),
        Standing::Pending => {
            let checked = json!(["individual.verification.document"]);
            (
                json!([]),
                json!([]),
                checked,
                json!("requirements.pending_verification"),
                "pending",
            )
        }
        Standing::Active => (json!([]), json!([]), json!([]), Value::Null, "active"),
        Standing::Restricted => {
            let missing = json!(["individual.verification.document"]);
            (
                missing.clone(),
                missing,
                json!([]),
                json!("requirements.past_due"),
                "inactive",
            )
        }
    };
    body["details_submitted"] = (standing != Standing::Due).into();
    body["payouts_enabled"] = active.into();
    for name in ["card_payments", "transfers"] {
        if body["capabilities"][name].is_string() {
            body["capabilities"][name] = capability.into();
        }
    }
    body["charges_enabled"] = (active && body["capabilities"]["card_payments"].is_string()).into();
    let requirements = &mut body["requirements"];
    requirements["currently_due"] = due.clone();
    requirements["eventually_due"] = due;
    requirements["past_due"] = past;
    requirements["pending_verification"] = pending;
    requirements["disabled_reason"] = reason;
}

fn capability(account: &str, name: &str, status: &Value, now: i64) -> Value {
    json!({
        "id": name, "object": "capability", "account": account, "future_requirements": no_requirements(),
        "requested": true, "requested_at": now, "requirements": no_requirements(), "status": status,
    })
}

fn no_requirements() -> Value {
    json!({
        "alternatives": [], "current_deadline": null, "currently_due": [], "disabled_reason": null, "errors": [],
        "eventually_due": [], "past_due": [], "pending_verification": [],
    })
}

/// The controller, from its own parameters or from the older `type`.
fn controller(form: &Form) -> Value {
    let kind = form.get("type").unwrap_or(if form.has("controller") {
        ""
    } else {
        "standard"
    });
    let (dashboard, fees, losses, collection) = match kind {
        "express" => ("express", "application", "application", "stripe"),
        "custom" => ("none", "application", "application", "application"),
        _ => ("full", "account", "stripe", "stripe"),
    };
    json!({
        "type": "application", "is_controller": true,
        "fees": { "payer": form.get("controller.fees.payer").unwrap_or(fees) },
        "losses": { "payments": form.get("controller.losses.payments").unwrap_or(losses) },
        "requirement_collection": form.get("controller.requirement_collection").unwrap_or(collection),
        "stripe_dashboard": { "type": form.get("controller.stripe_dashboard.type").unwrap_or(dashboard) },
    })
}

fn blank(id: &str, now: i64, form: &Form) -> Value {
    let controller = controller(form);
    let kind = match (
        form.get("type"),
        text(&controller["stripe_dashboard"], "type"),
    ) {
        (Some(kind), _) => kind.to_owned(),
        (None, "express") => "express".to_owned(),
        (None, "full") => "standard".to_owned(),
        (None, _) => "none".to_owned(),
    };
    let mut body = json!({
        "id": id, "object": "account", "business_type": null, "capabilities": {}, "charges_enabled": false,
        "controller": controller, "country": form.get("country").unwrap_or("CA"), "created": now,
        "default_currency": "cad", "details_submitted": false, "email": null,
        "external_accounts": page::sublist(Vec::new(), &format!("/v1/accounts/{id}/external_accounts")),
        "future_requirements": no_requirements(), "metadata": metadata_of(form, "metadata"),
        "payouts_enabled": false, "requirements": no_requirements(), "settings": settings(),
        "tos_acceptance": { "date": null, "ip": null, "user_agent": null }, "type": kind,
        "business_profile": {
            "annual_revenue": null, "estimated_worker_count": null, "mcc": null, "minority_owned_business_designation": null,
            "name": null, "product_description": null, "specified_commercial_transactions_act_url": null, "support_address": empty_address(), "support_email": null,
            "support_phone": null, "support_url": null, "url": null,
        },
    });
    stand(&mut body, Standing::Due);
    fill_in(&mut body, form);
    body
}

fn settings() -> Value {
    json!({
        "bacs_debit_payments": { "display_name": null, "service_user_number": null },
        "branding": { "icon": null, "logo": null, "primary_color": null, "secondary_color": null },
        "card_issuing": { "tos_acceptance": { "date": null, "ip": null } },
        "card_payments": {
            "decline_on": { "avs_failure": false, "cvc_failure": true }, "statement_descriptor_prefix": null,
            "statement_descriptor_prefix_kana": null, "statement_descriptor_prefix_kanji": null,
        },
        "dashboard": { "display_name": null, "timezone": "America/Vancouver" },
        "invoices": { "default_account_tax_ids": null, "hosted_payment_method_save": null },
        "payments": {
            "statement_descriptor": null, "statement_descriptor_kana": null, "statement_descriptor_kanji": null,
            "statement_descriptor_prefix_kana": null, "statement_descriptor_prefix_kanji": null,
        },
        "payouts": {
            "debit_negative_balances": true, "schedule": { "delay_days": 2, "interval": "daily" }, "statement_descriptor": null,
        },
        "sepa_debit_payments": {},
    })
}

/// Writes the profile parameters of a form into an account.
fn fill_in(body: &mut Value, form: &Form) {
    for field in ["email", "business_type", "default_currency"] {
        if form.raw(field).is_some() {
            body[field] = or_null(form.get(field));
        }
    }
    for (field, value) in form.map("business_profile") {
        body["business_profile"][field] = value.into();
    }
    for name in ["card_payments", "transfers"] {
        if form.flag(&format!("capabilities.{name}.requested")) == Some(true)
            && body["capabilities"][name].is_null()
        {
            let ready = body["payouts_enabled"] == true;
            body["capabilities"][name] = if ready { "active" } else { "inactive" }.into();
        }
    }
    let payouts = &mut body["settings"]["payouts"];
    if let Some(interval) = form.get("settings.payouts.schedule.interval") {
        payouts["schedule"]["interval"] = interval.into();
    }
    if let Some(days) = form.int("settings.payouts.schedule.delay_days") {
        payouts["schedule"]["delay_days"] = days.into();
    }
    if let Some(words) = form.get("settings.payouts.statement_descriptor") {
        payouts["statement_descriptor"] = words.into();
    }
}

pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    if call.form.has("type") && call.form.has("controller") {
        return Err(ApiError::param(
            None,
            "type",
            "You may only specify one of these parameters: type, controller.",
        ));
    }
    if call
        .form
        .get("country")
        .is_some_and(|country| country != "CA")
    {
        return Err(
            ApiError::param(None, "country", "The stand-in knows accounts in CA only.")
                .code("country_unsupported"),
        );
    }
    let id = world.new_account_id();
    let body = blank(&id, world.now(), &call.form);
    world.objects.insert(PLATFORM, body.clone(), Value::Null);
    if call.form.has("settings.payouts.schedule.interval") {
        world.follow_schedule(&id);
    }
    Ok(body)
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    let id = if call.ids.is_empty() {
        call.account.as_str()
    } else {
        call.id(0)
    };
    if id == PLATFORM {
        return Ok(world.snapshot(PLATFORM));
    }
    known(world, id)?;
    Ok(world.snapshot(id))
}

/// Refuses accounts that this platform does not have, as Stripe does: with 403.
pub(crate) fn known(world: &World, id: &str) -> Result<(), ApiError> {
    match world.objects.find(PLATFORM, "account", id) {
        Some(found) if !found.hidden.contains_key("deauthorized") => Ok(()),
        _ => Err(ApiError::forbidden(id)),
    }
}

pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    let id = call.id(0);
    known(world, id)?;
    world.merge_metadata(id, &call.form)?;
    let before = world.snapshot(id);
    if let Some(body) = world.objects.body_mut(id) {
        fill_in(body, &call.form);
    }
    if call.form.has("settings.payouts.schedule.interval") {
        world.follow_schedule(id);
    }
    world.tell_account(id, &before);
    Ok(world.snapshot(id))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    page::list(world, call, "account", "/v1/accounts", |_| true)
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Answer {
    known(world, call.id(0))?;
    if world.ledger.total(call.id(0)) != 0 {
        return Err(ApiError::plain(
            "You cannot delete this account because it has a balance that is not zero.",
        ));
    }
    world.objects.remove(call.id(0));
    Ok(json!({ "id": call.id(0), "object": "account", "deleted": true }))
}
