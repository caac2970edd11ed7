//! What a Checkout Session may be created with, and the checks that need more than a name and a kind.
//!
//! Names at 2026-10-28.endive: `payment_method_types` is gone since 2026-09-30.endive, and `ui_mode` has only its new
//! words since 2026-03-25.dahlia, so both old forms are refused.

use crate::error::ApiError;
use crate::form::Form;
use crate::onboarding::is_web;
use crate::shape::{Kind, METADATA, Shape, check_metadata, opt, req};
use crate::world::{PLATFORM, World};

const FLAG: Kind = Kind::Bool;
const TEXT: Kind = Kind::Text;

pub(crate) const CREATE: &[Shape] = &[
    METADATA,
    LINE,
    INTENT,
    &[
        req("mode", Kind::OneOf(&["payment"])),
        opt(
            "ui_mode",
            Kind::OneOf(&["hosted_page", "embedded_page", "elements", "form"]),
        ),
        opt("success_url", TEXT),
        opt("cancel_url", TEXT),
        opt("return_url", TEXT),
        opt(
            "redirect_on_completion",
            Kind::OneOf(&["always", "if_required", "never"]),
        ),
        opt("client_reference_id", TEXT),
        opt("customer_email", TEXT),
        opt("customer_creation", Kind::OneOf(&["always", "if_required"])),
        opt("locale", TEXT),
        opt("expires_at", Kind::Int),
        opt("currency", Kind::OneOf(&["cad"])),
        opt(
            "submit_type",
            Kind::OneOf(&["auto", "book", "donate", "pay", "subscribe"]),
        ),
        opt(
            "billing_address_collection",
            Kind::OneOf(&["auto", "required"]),
        ),
        opt("phone_number_collection.enabled", FLAG),
        opt("adaptive_pricing.enabled", FLAG),
        opt("allow_promotion_codes", FLAG),
        opt("automatic_tax.enabled", FLAG),
        opt(
            "automatic_tax.liability.type",
            Kind::OneOf(&["account", "self"]),
        ),
        opt("automatic_tax.liability.account", TEXT),
        opt(
            "consent_collection.terms_of_service",
            Kind::OneOf(&["none", "required"]),
        ),
        opt(
            "consent_collection.promotions",
            Kind::OneOf(&["auto", "none"]),
        ),
        opt("custom_text.submit.message", TEXT),
        opt("custom_text.after_submit.message", TEXT),
        opt("custom_text.terms_of_service_acceptance.message", TEXT),
        opt("invoice_creation.enabled", FLAG),
        opt("integration_identifier", TEXT),
        opt("allowed_payment_method_types", TEXT),
        opt("allowed_payment_method_types.#", TEXT),
        opt("excluded_payment_method_types.#", TEXT),
        opt(
            "payment_method_options.card.request_three_d_secure",
            Kind::OneOf(&["any", "automatic", "challenge"]),
        ),
    ],
];

const LINE: Shape = &[
    req("line_items", TEXT),
    opt("line_items.#.quantity", Kind::Int),
    opt("line_items.#.price", TEXT),
    opt("line_items.#.metadata.*", TEXT),
    opt("line_items.#.price_data.currency", TEXT),
    opt("line_items.#.price_data.unit_amount", Kind::Int),
    opt(
        "line_items.#.price_data.tax_behavior",
        Kind::OneOf(&["exclusive", "inclusive", "unspecified"]),
    ),
    opt("line_items.#.price_data.product_data.name", TEXT),
    opt("line_items.#.price_data.product_data.description", TEXT),
    opt("line_items.#.price_data.product_data.images.#", TEXT),
    opt("line_items.#.price_data.product_data.metadata.*", TEXT),
    opt("line_items.#.price_data.product_data.tax_code", TEXT),
    opt(
        "line_items.#.price_data.product_data.tax_details.performance_location",
        TEXT,
    ),
    opt(
        "line_items.#.price_data.product_data.tax_details.tax_code",
        TEXT,
    ),
];

const INTENT: Shape = &[
    opt("payment_intent_data.application_fee_amount", Kind::Int),
    opt("payment_intent_data.transfer_data.destination", TEXT),
    opt("payment_intent_data.transfer_data.amount", Kind::Int),
    opt("payment_intent_data.on_behalf_of", TEXT),
    opt("payment_intent_data.transfer_group", TEXT),
    opt("payment_intent_data.description", TEXT),
    opt("payment_intent_data.statement_descriptor", TEXT),
    opt("payment_intent_data.statement_descriptor_suffix", TEXT),
    opt("payment_intent_data.receipt_email", TEXT),
    opt(
        "payment_intent_data.capture_method",
        Kind::OneOf(&["automatic", "automatic_async"]),
    ),
    opt("payment_intent_data.metadata.*", TEXT),
];

pub(crate) const UPDATE: &[Shape] = &[METADATA];

/// The least that a buyer can be asked for in Canada, in cents.
const LEAST: i64 = 50;
/// The most, in cents.
const MOST: i64 = 99_999_999;
/// Seconds between which `expires_at` must lie, from now.
const EXPIRY_S: std::ops::RangeInclusive<i64> = 1_800..=86_400;

/// Checks everything about a new session except its lines.
pub(crate) fn check(world: &World, form: &Form, account: &str, total: i64) -> Result<(), ApiError> {
    check_urls(form)?;
    check_metadata(form, "payment_intent_data.metadata")?;
    if let Some(email) = form.get("customer_email").filter(|email| !is_email(email)) {
        let message = format!("Invalid email address: {email}");
        return Err(ApiError::param(
            Some("email_invalid"),
            "customer_email",
            message,
        ));
    }
    if form
        .get("client_reference_id")
        .is_some_and(|id| id.chars().count() > 200)
    {
        return Err(ApiError::param(
            None,
            "client_reference_id",
            "Invalid string: must be at most 200 characters",
        ));
    }
    if let Some(expires_at) = form.int("expires_at") {
        let left = expires_at - world.now();
        if left < *EXPIRY_S.start() {
            let message = "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.";
            return Err(ApiError::param(None, "expires_at", message));
        }
        if left > *EXPIRY_S.end() {
            let message = "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.";
            return Err(ApiError::param(None, "expires_at", message));
        }
    }
    if total < LEAST {
        let message = "The Checkout Session's total amount due must add up to at least $0.50 cad";
        return Err(ApiError::refused("amount_too_small", message));
    }
    if total > MOST {
        let message =
            "The Checkout Session's total amount due must be no more than $999,999.99 cad";
        return Err(ApiError::refused("amount_too_large", message));
    }
    check_charge_type(world, form, account, total)
}

pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    !local.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !text.contains(char::is_whitespace)
}

fn check_urls(form: &Form) -> Result<(), ApiError> {
    let hosted = matches!(form.get("ui_mode"), None | Some("hosted_page"));
    let (wanted, unwanted): (&str, &[&str]) = if hosted {
        ("success_url", &["return_url", "redirect_on_completion"])
    } else {
        ("return_url", &["success_url", "cancel_url"])
    };
    if let Some(field) = unwanted.iter().find(|field| form.has(field)) {
        let message = format!("`{field}` is not allowed with this `ui_mode`.");
        return Err(ApiError::param(None, field, message));
    }
    if form.get(wanted).is_none() && form.get("redirect_on_completion") != Some("never") {
        return Err(ApiError::missing_param(wanted));
    }
    for field in ["success_url", "cancel_url", "return_url"] {
        if form.get(field).is_some_and(|url| !is_web(url)) {
            return Err(ApiError::param(
                Some("url_invalid"),
                field,
                "Not a valid URL",
            ));
        }
    }
    Ok(())
}

/// Destination charge, direct charge or neither: what each of them asks for.
fn check_charge_type(
    world: &World,
    form: &Form,
    account: &str,
    total: i64,
) -> Result<(), ApiError> {
    let direct = account != PLATFORM;
    let destination = form.get("payment_intent_data.transfer_data.destination");
    let fee = form.int("payment_intent_data.application_fee_amount");
    let part = form.int("payment_intent_data.transfer_data.amount");
    let fee_param = "payment_intent_data[application_fee_amount]";
    if let Some(id) = destination {
        let param = "payment_intent_data[transfer_data][destination]";
        if crate::accounts::known(world, id).is_err() {
            return Err(ApiError::no_such_param("destination", id, param));
        }
        require_transfers(world, id)?;
    }
    if direct && !world.is_capable(account, "card_payments") {
        let name = crate::wire::auth::display_name(world, account);
        let message = format!(
            "Your account ({name}) cannot currently make charges: the card_payments capability is not active."
        );
        return Err(ApiError::refused("capability_not_active", message));
    }
    if fee.is_some() && destination.is_none() && !direct {
        let message = "Can only apply an application_fee_amount when the request is made on behalf of another account (using an OAuth key, the Stripe-Account header, or the destination parameter).";
        return Err(
            ApiError::refused("application_fees_not_allowed", message).with("param", fee_param)
        );
    }
    if fee.is_some() && part.is_some() {
        return Err(ApiError::param(
            None,
            fee_param,
            "You may only specify one of these parameters: application_fee_amount, transfer_data[amount].",
        ));
    }
    if fee.is_some_and(|fee| fee < 0 || fee > total) {
        return Err(ApiError::param(
            None,
            fee_param,
            "Your application fee cannot be negative or larger than the payment.",
        ));
    }
    if part.is_some_and(|part| part < 1 || part > total) {
        let param = "payment_intent_data[transfer_data][amount]";
        return Err(ApiError::param(
            None,
            param,
            "The transfer amount must be at least 1 and no more than the payment.",
        ));
    }
    match form.get("payment_intent_data.on_behalf_of") {
        Some(id) if !world.is_capable(id, "card_payments") => Err(ApiError::no_such_param(
            "account",
            id,
            "payment_intent_data[on_behalf_of]",
        )),
        _ => Ok(()),
    }
}

/// Refuses a destination that cannot take transfers now.
pub(crate) fn require_transfers(world: &World, id: &str) -> Result<(), ApiError> {
    if world.is_capable(id, "transfers") {
        return Ok(());
    }
    let message = "Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments";
    Err(ApiError::refused(
        "insufficient_capabilities_for_transfer",
        message,
    ))
}
