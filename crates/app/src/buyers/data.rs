//! Everything that we hold about an order's buyer, for them to take home.
//!
//! PIPA of British Columbia gives a person access to their own information (S.B.C. 2003, c. 63, s. 23;
//! read in November 2026). Secrets are left out: what opens the door or the order is in the mail already.

use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::orders::{OrderView, ShowError, show_for};
use crate::refund_requests;
use model::ids::OrderId;
use serde_json::{Value, json};
use store::consents::Consent;
use store::emails::Email;

/// The data as JSON, for the context's actor.
pub async fn held_about(house: &House, cx: &Cx, id: &OrderId) -> Result<Value, ShowError> {
    let view = show_for(house, cx, id).await?;
    let mut read = house.read().await.map_err(Fault::from)?;
    let consents = store::consents::of_order(&mut read, id).await?;
    let mails = store::emails::of_order(&mut read, id).await?;
    drop(read);
    Ok(json!({
        "about": "Everything that Jugnu Tickets holds about this order and whoever bought it.",
        "made_at": cx.now.to_iso(),
        "order": order(&view),
        "tickets": view.tickets.iter().map(|ticket| json!({
            "serial": ticket.serial,
            "name": ticket.holder_name,
            "status": ticket.status.code(),
            "used_at": ticket.used_at.map(model::time::Time::to_iso),
            "used_by": ticket.used_by,
        })).collect::<Vec<_>>(),
        "payments": view.payments.iter().map(|payment| json!({
            "amount_cents": payment.amount_cents,
            "currency": payment.currency,
            "card": payment.card,
            "stripe_payment_intent": payment.stripe_payment_intent,
            "received_at": payment.received_at.to_iso(),
        })).collect::<Vec<_>>(),
        "refunds": view.refunds.iter().map(|refund| json!({
            "amount_cents": refund.amount_cents,
            "reason": refund.reason,
            "at": refund.created_at.to_iso(),
        })).collect::<Vec<_>>(),
        // What was written to the organizer is not about the buyer's address.
        "mails": mails.iter().filter(|m| m.kind != refund_requests::MAIL_KIND).map(mail).collect::<Vec<_>>(),
        "consents": consents.iter().map(consent).collect::<Vec<_>>(),
    }))
}

fn order(view: &OrderView) -> Value {
    let order = &view.order;
    json!({
        "number": order.code,
        "event": view.event.title,
        "organizer": view.organizer.name,
        "name": order.buyer_name,
        "email": order.buyer_email,
        "language": order.locale,
        "status": order.status.code(),
        "total_cents": order.total_cents,
        "refunded_cents": order.refunded_cents,
        "currency": order.currency.as_str(),
        "discount_code": order.discount_code,
        "terms_version": order.terms_version,
        "created_at": order.created_at.to_iso(),
    })
}

fn mail(mail: &Email) -> Value {
    json!({
        "kind": mail.kind,
        "to": mail.to_email,
        "subject": mail.subject,
        "status": mail.status.code(),
        "sent_at": mail.sent_at.map(model::time::Time::to_iso),
    })
}

fn consent(consent: &Consent) -> Value {
    json!({
        "sender": consent.sender.code(),
        "wording": consent.wording,
        "version": consent.version,
        "language": consent.locale,
        "given_at": consent.given_at.to_iso(),
        "withdrawn_at": consent.withdrawn_at.map(model::time::Time::to_iso),
    })
}
