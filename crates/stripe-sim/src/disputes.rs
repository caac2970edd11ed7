//! Disputes: the bank takes the money back first and asks afterwards.
//!
//! The owner of the charge is debited with the amount and a fee; a transfer is not reversed by itself. An inquiry moves no
//! money. Winning returns the amount, never the fee.

use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::ledger::{BUYERS, Booking, DISPUTE_FEE, Fee};
use crate::objects::{int, text};
use crate::shape::{Kind, METADATA, Shape, opt};
use crate::wire::call::Call;
use crate::wire::page;
use crate::world::World;

const KIND: &str = "dispute";
/// Seconds to answer a dispute.
const DUE_S: i64 = 7 * 86_400;

const EVIDENCE: [&str; 27] = [
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
];

pub(crate) const UPDATE: &[Shape] = &[
    &[opt("evidence.*", Kind::Text), opt("submit", Kind::Bool)],
    METADATA,
];

impl World {
    /// Opens a dispute over what is left of a charge; an inquiry only asks.
    pub(crate) fn open_dispute(&mut self, charge: &str, reason: &str, inquiry: bool) -> Answer {
        let body = self.snapshot(charge);
        let amount = int(&body, "amount") - int(&body, "amount_refunded");
        if body["status"] != "succeeded" || body["disputed"] == true || amount == 0 {
            return Err(ApiError::plain(format!(
                "Charge {charge} cannot be disputed now."
            )));
        }
        let (id, now) = (self.entropy.id("du"), self.now());
        let evidence: Value = EVIDENCE
            .iter()
            .map(|name| ((*name).to_owned(), Value::Null))
            .collect();
        let mut dispute = json!({
            "id": id, "object": KIND, "amount": amount, "balance_transactions": [], "charge": charge, "created": now,
            "currency": "cad", "enhanced_eligibility_types": [], "evidence": evidence,
            "evidence_details": {
                "due_by": now + DUE_S, "enhanced_eligibility": {}, "has_evidence": false, "past_due": false,
                "submission_count": 0, "submission_method": "not_submitted",
            },
            "intended_submission_method": null, "is_charge_refundable": inquiry, "livemode": false, "metadata": {},
            "payment_intent": body["payment_intent"],
            "payment_method_details": {
                "card": { "brand": "visa", "case_type": if inquiry { "inquiry" } else { "chargeback" }, "network": "visa", "network_reason_code": "10.4" },
                "type": "card",
            },
            "reason": reason, "status": if inquiry { "warning_needs_response" } else { "needs_response" },
        });
        dispute["evidence"]["enhanced_evidence"] = json!({});
        let owner = self.objects.owner(charge).to_owned();
        self.objects.insert(&owner, dispute, Value::Null);
        self.objects.link(charge, &id);
        self.objects.set(charge, "disputed", !inquiry);
        if !inquiry {
            self.move_disputed(
                &id,
                &owner,
                -amount,
                &[Fee {
                    kind: "stripe_fee",
                    amount: DISPUTE_FEE,
                }],
                "dispute",
            );
        }
        self.emit("charge.dispute.created", &id);
        if !inquiry {
            self.emit("charge.dispute.funds_withdrawn", &id);
        }
        Ok(self.snapshot(&id))
    }

    fn move_disputed(&mut self, id: &str, owner: &str, amount: i64, fees: &[Fee], category: &str) {
        let available_on = self.now();
        let txn = self.book(&Booking {
            owner,
            kind: "adjustment",
            category,
            source: id,
            amount,
            fees,
            against: BUYERS,
            available_on,
        });
        let mut all = self.objects.body(id)["balance_transactions"].clone();
        if let Some(list) = all.as_array_mut() {
            list.push(self.snapshot(&txn));
        }
        self.objects.set(id, "balance_transactions", all);
    }

    /// The bank's word on a dispute.
    pub(crate) fn close_dispute(&mut self, id: &str, won: bool) -> Answer {
        let dispute = self.snapshot(id);
        let before = text(&dispute, "status").to_owned();
        if text(&dispute, "object") != KIND {
            return Err(ApiError::no_such(KIND, id, "id"));
        }
        if matches!(before.as_str(), "won" | "lost" | "warning_closed") {
            return Err(ApiError::plain("This dispute is already closed."));
        }
        let inquiry = before.starts_with("warning");
        let status = match (inquiry, won) {
            (true, _) => "warning_closed",
            (false, true) => "won",
            (false, false) => "lost",
        };
        self.objects.set(id, "status", status);
        self.objects.set(id, "is_charge_refundable", false);
        if !inquiry && won {
            let owner = self.objects.owner(id).to_owned();
            self.move_disputed(id, &owner, int(&dispute, "amount"), &[], "dispute_reversal");
            self.emit("charge.dispute.funds_reinstated", id);
        }
        self.emit_changed("charge.dispute.closed", id, json!({ "status": before }));
        Ok(self.snapshot(id))
    }
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let (charge, intent) = (call.form.get("charge"), call.form.get("payment_intent"));
    page::list(world, call, KIND, "/v1/disputes", |body| {
        charge.is_none_or(|wanted| text(body, "charge") == wanted)
            && intent.is_none_or(|wanted| text(body, "payment_intent") == wanted)
    })
}

pub(crate) fn update(world: &mut World, call: &Call) -> Answer {
    let id = call.id(0);
    let dispute = world.require(&call.account, KIND, id)?;
    if matches!(text(&dispute, "status"), "won" | "lost" | "warning_closed") {
        return Err(ApiError::plain("This dispute is already closed."));
    }
    let given = call.form.map("evidence");
    if let Some((name, _)) = given
        .iter()
        .find(|(name, _)| !EVIDENCE.contains(&name.as_str()))
    {
        let param = format!("evidence[{name}]");
        return Err(ApiError::param(
            Some("parameter_unknown"),
            &param,
            format!("Received unknown parameter: {param}"),
        ));
    }
    world.merge_metadata(id, &call.form)?;
    if let Some(body) = world.objects.body_mut(id) {
        for (name, value) in &given {
            body["evidence"][name] = value.as_str().into();
        }
        let details = &mut body["evidence_details"];
        details["has_evidence"] = (!given.is_empty() || details["has_evidence"] == true).into();
    }
    if call.form.flag("submit").unwrap_or(!given.is_empty()) {
        submit(world, id, text(&dispute, "status"));
    }
    world.emit("charge.dispute.updated", id);
    match text(&world.objects.body(id)["evidence"], "uncategorized_text") {
        "winning_evidence" => world.close_dispute(id, true),
        "losing_evidence" => world.close_dispute(id, false),
        _ => Ok(world.snapshot(id)),
    }
}

fn submit(world: &mut World, id: &str, status: &str) {
    let reviewed = if status.starts_with("warning") {
        "warning_under_review"
    } else {
        "under_review"
    };
    world.objects.set(id, "status", reviewed);
    if let Some(body) = world.objects.body_mut(id) {
        let details = &mut body["evidence_details"];
        details["submission_count"] = (int(details, "submission_count") + 1).into();
        details["submission_method"] = "manual".into();
    }
}

/// The platform accepts the dispute: it is lost.
pub(crate) fn close(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, KIND, call.id(0))?;
    world.close_dispute(call.id(0), false)
}
