//! What a bank is shown when a buyer disputes a payment: our records of the sale, gathered anew.

use crate::cx::Cx;
use crate::disputes::{self, ListError};
use crate::error::{Fault, faults};
use crate::house::House;
use crate::orders::{OrderView, ReceiptError, receipt_of, show};
use crate::ports::{DisputedPayment, EvidenceLine, EvidencePaper, EvidenceTicket};
use crate::refund_requests;
use model::ids::DisputeId;
use model::money::Money;
use model::refund::{RefundOrigin, RefundStatus};
use model::ticket::TicketStatus;
use store::disputes::Dispute;
use store::emails::{Email, EmailStatus};
use store::scans::Scan;
use store::tickets::Ticket;

/// Why there is no evidence.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// There is no such dispute, or it is somebody else's: the same answer.
    #[error("This dispute does not exist.")]
    NotFound,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(EvidenceError: store::StoreError);

impl From<ListError> for EvidenceError {
    fn from(error: ListError) -> Self {
        match error {
            ListError::NotFound => Self::NotFound,
            ListError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// The evidence about a dispute, for its organizer and for admins.
pub async fn evidence(
    house: &House,
    cx: &Cx,
    id: &DisputeId,
) -> Result<EvidencePaper, EvidenceError> {
    let dispute = disputes::show_for(house, cx, id).await?;
    let gone = |what: &str| Fault::Inconsistent(format!("the {what} of dispute {id} is gone"));
    let view = show(house, &dispute.order_id)
        .await
        .map_err(|_| gone("order"))?;
    let receipt = receipt_of(house, &view)
        .await
        .map_err(|error| match error {
            ReceiptError::Fault(fault) => fault,
            ReceiptError::NotFound | ReceiptError::NotPaid => gone("receipt"),
        })?;
    let mut read = house.read().await?;
    let mails = store::emails::of_order(&mut read, &view.order.id).await?;
    let mut scans = Vec::new();
    for ticket in &view.tickets {
        let seen = store::scans::of_ticket(&mut read, &ticket.id).await?;
        scans.extend(seen.into_iter().map(|scan| (ticket, scan)));
    }
    drop(read);
    scans.sort_by_key(|(_, scan)| scan.received_at);
    Ok(EvidencePaper {
        dispute: disputed(&dispute, &view),
        terms_version: view.order.terms_version.clone(),
        refunds_until_shown: view.order.refunds_until_shown,
        tickets: view.tickets.iter().map(|t| ticket(&view, t)).collect(),
        mails: mails
            .iter()
            .filter(|m| m.kind != refund_requests::MAIL_KIND)
            .filter_map(mail)
            .collect(),
        scans: scans.iter().map(|(t, scan)| seen(t, scan)).collect(),
        refunds: refunds(&view),
        receipt,
    })
}

/// The evidence as a PDF.
pub async fn evidence_pdf(
    house: &House,
    cx: &Cx,
    id: &DisputeId,
) -> Result<Vec<u8>, EvidenceError> {
    let paper = evidence(house, cx, id).await?;
    let pdf = house.papers.evidence_pdf(&paper).await;
    Ok(pdf.map_err(|why| Fault::Workshop {
        what: "the evidence",
        why: why.to_string(),
    })?)
}

fn disputed(dispute: &Dispute, view: &OrderView) -> DisputedPayment {
    let payment = view.payments.iter().find(|p| p.id == dispute.payment_id);
    DisputedPayment {
        stripe_id: dispute.stripe_dispute_id.clone(),
        reason: dispute.reason.clone(),
        amount_cents: dispute.amount_cents,
        opened_at: dispute.opened_at,
        due_at: dispute.due_at,
        payment_id: payment.map_or_else(String::new, |p| p.stripe_payment_intent.clone()),
    }
}

/// A ticket that was admitted and refunded after that has lost its mark; its scans still tell.
fn ticket(view: &OrderView, ticket: &Ticket) -> EvidenceTicket {
    let tier = view.items.iter().find(|i| i.id == ticket.order_item_id);
    EvidenceTicket {
        serial: ticket.serial.clone(),
        tier_name: tier.map_or_else(String::new, |i| i.tier_name.clone()),
        holder_name: ticket.holder_name.clone(),
        status: match ticket.status {
            TicketStatus::Valid => "it still opens the door".to_owned(),
            other => other.code().to_owned(),
        },
        admitted: ticket
            .used_at
            .map(|at| (at, ticket.used_by.clone().unwrap_or_default())),
    }
}

fn mail(email: &Email) -> Option<EvidenceLine> {
    let sent = email
        .sent_at
        .filter(|_| email.status == EmailStatus::Sent)?;
    Some(EvidenceLine {
        at: sent,
        what: format!("“{}”, to {}", email.subject, email.to_email),
    })
}

fn seen(ticket: &Ticket, scan: &Scan) -> EvidenceLine {
    EvidenceLine {
        at: scan.scanned_at,
        what: format!(
            "{} at {}: {}",
            ticket.serial,
            scan.device,
            scan.result.replace('_', " ")
        ),
    }
}

/// Refunds that went to the buyer; what the bank took by this very dispute is none.
fn refunds(view: &OrderView) -> Vec<EvidenceLine> {
    let made = view.refunds.iter().filter(|r| {
        r.status != RefundStatus::Failed && r.origin != RefundOrigin::Dispute && r.amount_cents > 0
    });
    made.map(|refund| EvidenceLine {
        at: refund.created_at,
        what: format!(
            "{} refunded to the card ({})",
            Money::new(refund.amount_cents, refund.currency),
            match refund.status {
                RefundStatus::Succeeded => "on its way or arrived",
                _ => "being made",
            }
        ),
    })
    .collect()
}
