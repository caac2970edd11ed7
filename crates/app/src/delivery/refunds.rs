//! Mails about money that goes back: which refund they are about stands after the colon of their `dedupe`.

use crate::error::Fault;
use crate::house::House;
use crate::orders::{self, OrderView, ReceiptError};
use crate::ports::{Attachment, Letter, PapersError};
use model::ids::{RefundId, RefundRequestId};
use store::emails::Email;

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
            let id = email.dedupe.split_once(':').map_or("", |(_, id)| id);
            let id = RefundRequestId::parse(id)
                .map_err(|_| Fault::Inconsistent(format!("mail {} answers nothing", email.id)))?;
            let request = store::refund_requests::by_id(&mut *house.read().await?, &id).await?;
            let answer = request.map(|r| r.answer).unwrap_or_default();
            let paper = orders::paper_of(house, view)?;
            house
                .papers
                .refund_declined(&paper, &answer, message_id)
                .map_err(failed)
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
