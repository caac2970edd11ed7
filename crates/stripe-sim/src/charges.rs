//! Charges, and the money that moves with them: processing fee, transfer and application fee.
//!
//! Destination charge: the platform takes the whole payment and pays Stripe's fee; the amount goes on to the organizer, and
//! the application fee comes back from there. Direct charge: all of it happens on the organizer's account.

use serde_json::{Value, json};

use crate::cards::{Behaviour, Submission, brand_and_country, parse_expiry};
use crate::error::{Answer, ApiError};
use crate::ledger::{BUYERS, Booking, Fee, SETTLEMENT_S, processing_fee};
use crate::objects::{int, or_null, text};
use crate::wire::call::Call;
use crate::wire::page;
use crate::world::{APPLICATION, PLATFORM, World, empty_address};

const KIND: &str = "charge";

/// What a charge is made from.
pub(crate) struct Draft<'a> {
    pub(crate) id: String,
    pub(crate) amount: i64,
    pub(crate) intent: &'a Value,
    pub(crate) digits: &'a str,
    pub(crate) email: &'a str,
    pub(crate) given: &'a Submission,
}

impl World {
    /// Charges an intent: the charge, its money and its events. Gives back the charge's id.
    pub(crate) fn charge_intent(
        &mut self,
        intent: &str,
        digits: &str,
        email: &str,
        given: &Submission,
    ) -> String {
        let owner = self.objects.owner(intent).to_owned();
        let body = self.snapshot(intent);
        let amount = int(&body, "amount");
        let prefix = if digits.is_empty() { "py" } else { "ch" };
        let id = self.entropy.id(prefix);
        let charge = self.charge_body(&Draft {
            id: id.clone(),
            amount,
            intent: &body,
            digits,
            email,
            given,
        });
        self.objects
            .insert(&owner, charge, json!({ "card": digits }));
        self.objects.link(intent, &id);
        let at_once = digits == "4000000000000077";
        let available_on = self.now() + if at_once { 0 } else { SETTLEMENT_S };
        if owner == PLATFORM {
            self.settle_on_platform(&id, &body, available_on);
        } else {
            self.settle_directly(&id, &owner, &body, available_on);
        }
        self.objects.set(intent, "status", "succeeded");
        self.objects.set(intent, "amount_received", amount);
        self.objects.set(intent, "latest_charge", id.clone());
        self.objects.set(intent, "last_payment_error", Value::Null);
        self.objects.set(
            intent,
            "payment_method",
            self.objects.body(&id)["payment_method"].clone(),
        );
        self.emit("charge.succeeded", &id);
        self.emit("payment_intent.succeeded", intent);
        id
    }

    fn settle_on_platform(&mut self, charge: &str, intent: &Value, available_on: i64) {
        let amount = int(intent, "amount");
        let fees = [Fee {
            kind: "stripe_fee",
            amount: processing_fee(amount),
        }];
        let txn = self.book_charge(charge, PLATFORM, "charge", amount, &fees, available_on);
        self.objects.set(charge, "balance_transaction", txn);
        let Some(destination) = intent["transfer_data"]["destination"]
            .as_str()
            .map(str::to_owned)
        else {
            return;
        };
        let part = intent["transfer_data"]["amount"].as_i64().unwrap_or(amount);
        let transfer = self.transfer_of_charge(charge, &destination, part, available_on);
        self.objects.set(charge, "transfer", transfer);
    }

    /// The account keeps the payment; it or the platform pays Stripe's fee, as its controller says.
    fn settle_directly(&mut self, charge: &str, owner: &str, intent: &Value, available_on: i64) {
        let amount = int(intent, "amount");
        let fee = int(intent, "application_fee_amount");
        let stripe = processing_fee(amount);
        let platform_pays =
            text(&self.objects.body(owner)["controller"]["fees"], "payer") == "application";
        let mut fees = Vec::new();
        if !platform_pays {
            fees.push(Fee {
                kind: "stripe_fee",
                amount: stripe,
            });
        }
        if fee > 0 {
            fees.push(Fee {
                kind: "application_fee",
                amount: fee,
            });
        }
        let txn = self.book_charge(charge, owner, "charge", amount, &fees, available_on);
        self.objects.set(charge, "balance_transaction", txn);
        if platform_pays {
            let now = self.now();
            self.book(&Booking {
                owner: PLATFORM,
                kind: "stripe_fee",
                category: "fee",
                source: charge,
                amount: -stripe,
                fees: &[],
                against: crate::ledger::STRIPE,
                available_on: now,
            });
        }
        if fee > 0 {
            let id = self.application_fee(owner, charge, None, fee, available_on);
            self.objects.set(charge, "application_fee", id);
            self.objects.set(charge, "application", APPLICATION);
        }
    }

    fn book_charge(
        &mut self,
        charge: &str,
        owner: &str,
        kind: &str,
        amount: i64,
        fees: &[Fee],
        available_on: i64,
    ) -> String {
        let against = BUYERS;
        self.book(&Booking {
            owner,
            kind,
            category: "charge",
            source: charge,
            amount,
            fees,
            against,
            available_on,
        })
    }

    /// A charge that the bank refused, kept as Stripe keeps it.
    pub(crate) fn failed_charge(
        &mut self,
        intent: &str,
        digits: &str,
        email: &str,
        given: &Submission,
        error: &ApiError,
    ) -> String {
        let owner = self.objects.owner(intent).to_owned();
        let body = self.snapshot(intent);
        let id = self.entropy.id("ch");
        let draft = Draft {
            id: id.clone(),
            amount: int(&body, "amount"),
            intent: &body,
            digits,
            email,
            given,
        };
        let mut charge = self.charge_body(&draft);
        let said = |field: &str| error.body.get(field).cloned().unwrap_or(Value::Null);
        charge["status"] = "failed".into();
        charge["paid"] = false.into();
        charge["captured"] = false.into();
        charge["amount_captured"] = 0.into();
        charge["failure_code"] = said("code");
        charge["failure_message"] = said("message");
        let blocked = said("decline_code") == "fraudulent";
        charge["outcome"] = json!({
            "advice_code": null, "network_advice_code": null, "network_decline_code": if blocked { Value::Null } else { "05".into() },
            "network_status": if blocked { "not_sent_to_network" } else { "declined_by_network" },
            "reason": if said("decline_code").is_null() { said("code") } else { said("decline_code") },
            "risk_level": if blocked { "highest" } else { "normal" }, "risk_score": if blocked { 90 } else { 12 },
            "seller_message": "The bank did not return any further details with this decline.",
            "type": if blocked { "blocked" } else { "issuer_declined" },
        });
        self.objects
            .insert(&owner, charge, json!({ "card": digits }));
        self.objects.link(intent, &id);
        id
    }

    pub(crate) fn charge_body(&self, draft: &Draft<'_>) -> Value {
        let Draft {
            id,
            amount,
            intent,
            email,
            ..
        } = draft;
        let (details, method) = method_details(draft);
        json!({
            "id": id, "object": KIND, "amount": amount, "amount_captured": amount, "amount_refunded": 0,
            "application": null, "application_fee": null, "application_fee_amount": intent["application_fee_amount"],
            "balance_transaction": null,
            "billing_details": {
                "address": empty_address(), "email": or_null(Some(email).filter(|email| !email.is_empty()).copied()),
                "name": draft.given.name, "phone": null, "tax_id": null,
            },
            "calculated_statement_descriptor": "SIMULATOR", "captured": true, "created": self.now(), "currency": "cad",
            "customer": null, "description": intent["description"], "disputed": false,
            "failure_balance_transaction": null, "failure_code": null, "failure_message": null, "fraud_details": {},
            "livemode": false, "metadata": if intent["metadata"].is_object() { intent["metadata"].clone() } else { json!({}) },
            "on_behalf_of": intent["on_behalf_of"],
            "outcome": {
                "advice_code": null, "network_advice_code": null, "network_decline_code": null,
                "network_status": "approved_by_network", "reason": null, "risk_level": "normal", "risk_score": 12,
                "seller_message": "Payment complete.", "type": "authorized",
            },
            "paid": true, "payment_intent": intent["id"], "payment_method": method, "payment_method_details": details,
            "radar_options": {}, "receipt_email": intent["receipt_email"], "receipt_number": null,
            "receipt_url": format!("{}/c/receipt/{id}", self.base_url), "refunded": false, "review": null,
            "shipping": null, "source": null, "source_transfer": null,
            "statement_descriptor": intent["statement_descriptor"],
            "statement_descriptor_suffix": intent["statement_descriptor_suffix"], "status": "succeeded",
            "transfer_data": transfer_data(intent),
            "transfer_group": intent["transfer_group"],
        })
    }

    /// Disputes and warnings that some cards bring about.
    pub(crate) fn after_charge(&mut self, charge: &str, what: Behaviour) {
        match what {
            Behaviour::Disputed(reason) => drop(self.open_dispute(charge, reason, false)),
            Behaviour::Inquiry => drop(self.open_dispute(charge, "general", true)),
            Behaviour::FraudWarning => {
                let warning = json!({
                    "id": self.entropy.id("issfr"), "object": "radar.early_fraud_warning", "actionable": true,
                    "charge": charge, "created": self.now(), "fraud_type": "misc", "livemode": false,
                    "payment_intent": self.objects.body(charge)["payment_intent"],
                });
                let owner = self.objects.owner(charge).to_owned();
                let id = self.objects.insert(&owner, warning, Value::Null);
                self.emit("radar.early_fraud_warning.created", &id);
            }
            _ => {}
        }
    }
}

/// The `transfer_data` of an intent as a charge shows it: with its amount even when that is none.
fn transfer_data(intent: &Value) -> Value {
    let given = &intent["transfer_data"];
    if given.is_null() {
        return Value::Null;
    }
    json!({ "amount": given["amount"], "destination": given["destination"] })
}

/// The payment method's details and id.
fn method_details(draft: &Draft<'_>) -> (Value, Value) {
    if draft.digits.is_empty() {
        return (json!({ "type": "simulated_bank_debit" }), Value::Null);
    }
    let (brand, country) = brand_and_country(draft.digits);
    let (month, year) = parse_expiry(&draft.given.expiry).unwrap_or((12, 2034));
    let last4 = draft
        .digits
        .get(draft.digits.len().saturating_sub(4)..)
        .unwrap_or_default();
    let secure = draft.given.three_ds.map(|_| {
        json!({
            "authentication_flow": "challenge", "electronic_commerce_indicator": "05", "exemption_indicator": null,
            "result": "authenticated", "result_reason": null, "transaction_id": null, "version": "2.2.0",
        })
    });
    let card = json!({
        "amount_authorized": draft.amount, "authorization_code": null, "brand": brand,
        "checks": { "address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass" },
        "country": country, "electronic_commerce_indicator": null, "exp_month": month, "exp_year": year, "extended_authorization": { "status": "disabled" },
        "fingerprint": "Simulator0000000", "funding": "credit", "incremental_authorization": { "status": "unavailable" },
        "installments": null, "last4": last4, "mandate": null, "multicapture": { "status": "unavailable" },
        "network": brand, "network_token": { "used": false }, "network_transaction_id": null,
        "overcapture": { "maximum_amount_capturable": draft.amount, "status": "unavailable" },
        "regulated_status": "unregulated", "three_d_secure": secure, "transaction_link_id": null, "wallet": null,
    });
    let method = draft.id.replacen("ch_", "pm_", 1);
    (json!({ "card": card, "type": "card" }), method.into())
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let (intent, group) = (
        call.form.get("payment_intent"),
        call.form.get("transfer_group"),
    );
    page::list(world, call, KIND, "/v1/charges", |body| {
        intent.is_none_or(|wanted| text(body, "payment_intent") == wanted)
            && group.is_none_or(|wanted| text(body, "transfer_group") == wanted)
    })
}
