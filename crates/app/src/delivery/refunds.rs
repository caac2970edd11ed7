//! Mails about money that goes back: which refund they are about stands after the colon of their `dedupe`.

use crate::error::Fault;
use crate::house::House;
use crate::orders::{self, OrderView, ReceiptError};
use crate::ports::{Attachment, DeadTicket, Letter, PapersError, RefundAskedPaper};
use crate::refund_requests;
use model::ids::{RefundId, RefundRequestId, TicketId};
use model::ticket::TicketStatus;
use store::emails::Email;
use store::refund_requests::RefundRequest;
use store::tickets::Ticket;

/// Composes a mail about a refund or a canceled event, with the credit note if there is one.
pub(super) async fn compose(
    house: &House,
    email: &Email,
    view: &OrderView,
    message_id: String,
) -> Result<Letter, Fault> {
    let failed = |why: PapersError| Fault::Workshop {
        what: "a mail",
        why: why.to_string(),
    };
    match email.kind.as_str() {
        "event_canceled" => {
            let paper = orders::canceled_paper(house, view).await?;
            house
                .papers
                .event_canceled(&paper, message_id)
                .map_err(failed)
        }
        "refund_declined" => {
            let request = request_of(house, email).await?;
            let paper = orders::paper_of(house, view).await?;
            house
                .papers
                .refund_declined(&paper, &request.answer, message_id)
                .map_err(failed)
        }
        refund_requests::MAIL_KIND => {
            let request = request_of(house, email).await?;
            let paper = RefundAskedPaper {
                order: orders::paper_of(house, view).await?,
                tickets: asked_for(view, &request.tickets),
                message: request.message,
            };
            let mut letter = house
                .papers
                .refund_asked(&paper, message_id)
                .map_err(failed)?;
            email.to_email.clone_into(&mut letter.to_email);
            email.to_name.clone_into(&mut letter.to_name);
            Ok(letter)
        }
        "refund_failed" => {
            let paper = orders::refund_paper(house, view, &refund_of(email)?).await?;
            house
                .papers
                .refund_failed(&paper, message_id)
                .map_err(failed)
        }
        _ => {
            let id = refund_of(email)?;
            let paper = orders::refund_paper(house, view, &id).await?;
            let mut letter = house.papers.refunded(&paper, message_id).map_err(failed)?;
            letter.attachments = credit_note(house, view, &id).await?;
            Ok(letter)
        }
    }
}

/// The request that a mail tells of or answers.
async fn request_of(house: &House, email: &Email) -> Result<RefundRequest, Fault> {
    let lost = || Fault::Inconsistent(format!("mail {} is about no request", email.id));
    let id = email.dedupe.split_once(':').map_or("", |(_, id)| id);
    let id = RefundRequestId::parse(id).map_err(|_| lost())?;
    let request = store::refund_requests::by_id(&mut *house.read().await?, &id).await?;
    request.ok_or_else(lost)
}

/// The tickets that a request is about; none named is all that still count.
fn asked_for(view: &OrderView, named: &[TicketId]) -> Vec<DeadTicket> {
    let counts = |t: &&Ticket| {
        named.contains(&t.id)
            || named.is_empty() && matches!(t.status, TicketStatus::Valid | TicketStatus::Used)
    };
    view.tickets
        .iter()
        .filter(counts)
        .map(|t| DeadTicket {
            tier_name: view
                .items
                .iter()
                .find(|item| item.id == t.order_item_id)
                .map_or_else(String::new, |item| item.tier_name.clone()),
            holder_name: t.holder_name.clone(),
            serial: t.serial.clone(),
        })
        .collect()
}

fn refund_of(email: &Email) -> Result<RefundId, Fault> {
    let id = email.dedupe.split_once(':').map_or("", |(_, id)| id);
    RefundId::parse(id)
        .map_err(|_| Fault::Inconsistent(format!("mail {} is about no refund", email.id)))
}

async fn credit_note(
    house: &House,
    view: &OrderView,
    refund: &RefundId,
) -> Result<Vec<Attachment>, Fault> {
    let note = orders::credit_note_of_refund(house, view, refund)
        .await
        .map_err(|error| match error {
            ReceiptError::Fault(fault) => fault,
            ReceiptError::NotFound | ReceiptError::NotPaid => {
                Fault::Inconsistent(format!("refund {refund} is of an order without a receipt"))
            }
        })?;
    let Some(note) = note else {
        return Ok(Vec::new());
    };
    let pdf = house.papers.credit_note_pdf(&note).await;
    Ok(vec![Attachment {
        name: format!("credit-note-{}.pdf", note.note.number),
        mime: "application/pdf",
        bytes: pdf.map_err(|why| Fault::Workshop {
            what: "the credit note",
            why: why.to_string(),
        })?,
    }])
}
