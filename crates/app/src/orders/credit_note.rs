//! Credit notes: that a price was lowered after the sale, ticket by ticket and tax by tax.

use super::receipt::{ReceiptError, credit_line, credit_number, receipt_of, sums, workshop};
use super::show::{OrderView, show_for};
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::ports::{CreditNotePaper, CreditTicket};
use model::ids::{CreditNoteId, OrderId, RefundId};
use model::pricing::{FeeMode, PricedOrder};
use model::refund::Part;
use std::collections::BTreeMap;
use store::credit_notes::{CreditNote, CreditNoteKind};
use store::tickets::TicketPart;

/// A credit note of an order, for whoever may see the order.
pub async fn credit_note(
    house: &House,
    cx: &Cx,
    order: &OrderId,
    id: &CreditNoteId,
) -> Result<CreditNotePaper, ReceiptError> {
    let view = show_for(house, cx, order).await?;
    let note = store::credit_notes::by_id(&mut *house.read().await?, id).await?;
    let note = note
        .filter(|n| n.order_id == *order)
        .ok_or(ReceiptError::NotFound)?;
    paper(house, &view, &note).await
}

/// A credit note as a PDF, with its number for people.
pub async fn credit_note_pdf(
    house: &House,
    cx: &Cx,
    order: &OrderId,
    id: &CreditNoteId,
) -> Result<Vec<u8>, ReceiptError> {
    let paper = credit_note(house, cx, order, id).await?;
    let pdf = house.papers.credit_note_pdf(&paper).await;
    Ok(pdf.map_err(workshop("the credit note"))?)
}

/// The credit note that was issued for a refund, if one was.
pub(crate) async fn of_refund(
    house: &House,
    view: &OrderView,
    refund: &RefundId,
) -> Result<Option<CreditNotePaper>, ReceiptError> {
    let notes = store::credit_notes::of_refund(&mut *house.read().await?, refund).await?;
    match notes.iter().find(|n| n.kind == CreditNoteKind::Credit) {
        Some(note) => Ok(Some(paper(house, view, note).await?)),
        None => Ok(None),
    }
}

async fn paper(
    house: &House,
    view: &OrderView,
    note: &CreditNote,
) -> Result<CreditNotePaper, ReceiptError> {
    let taken = buyers_parts(house, view, &note.refund_id).await?;
    let notes = store::credit_notes::of_refund(&mut *house.read().await?, &note.refund_id).await?;
    let first = notes.iter().find(|n| n.kind == CreditNoteKind::Credit);
    let (tickets, fee) = sums(taken.iter().map(|(part, cents)| (part, *cents)))?;
    let paper = CreditNotePaper {
        receipt: receipt_of(house, view).await?,
        note: credit_line(note),
        takes_back: first
            .filter(|_| note.kind == CreditNoteKind::Reversal)
            .map(|n| credit_number(n.number)),
        lines: lines(view, &taken)?,
        tickets,
        fee,
    };
    let adds_up = paper.tickets.total_cents() + paper.fee.total_cents();
    if adds_up == note.amount_cents {
        Ok(paper)
    } else {
        Err(Fault::Inconsistent(format!(
            "the parts of credit note {} add up to {adds_up} cents instead of {}",
            note.id, note.amount_cents
        ))
        .into())
    }
}

/// What a refund takes of each part of each ticket, with the rate at which it was charged; only what the
/// buyer had paid, since an absorbed fee goes back to the organizer.
pub(crate) async fn buyers_parts(
    house: &House,
    view: &OrderView,
    refund: &RefundId,
) -> Result<Vec<(TicketPart, i64)>, Fault> {
    let priced: PricedOrder = serde_json::from_str(&view.order.pricing_json)
        .map_err(|e| Fault::Inconsistent(format!("order {}: {e}", view.order.id)))?;
    let mut read = house.read().await?;
    let charged = store::tickets::parts_of_order(&mut read, &view.order.id).await?;
    let taken = store::refund_work::parts(&mut read, refund).await?;
    drop(read);
    let mut found = Vec::with_capacity(taken.len());
    for row in taken {
        let part = charged
            .iter()
            .find(|p| p.ticket_id.as_str() == row.ticket_id && p.part == row.part);
        let part = part.ok_or_else(|| {
            Fault::Inconsistent(format!("refund {refund} takes what was not charged"))
        })?;
        if is_buyers(&row.part, priced.mode)? {
            found.push((part.clone(), row.amount_cents));
        }
    }
    Ok(found)
}

fn is_buyers(part: &str, mode: FeeMode) -> Result<bool, Fault> {
    let part = Part::parse(part).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    Ok(part.is_buyers(mode))
}

/// Ticket by ticket, in the order of their numbers.
fn lines(view: &OrderView, taken: &[(TicketPart, i64)]) -> Result<Vec<CreditTicket>, Fault> {
    let mut by_ticket: BTreeMap<&str, Vec<(&TicketPart, i64)>> = BTreeMap::new();
    for (part, cents) in taken {
        let of_ticket = by_ticket.entry(part.ticket_id.as_str()).or_default();
        of_ticket.push((part, *cents));
    }
    let mut lines = Vec::with_capacity(by_ticket.len());
    for ticket in &view.tickets {
        let Some(parts) = by_ticket.remove(ticket.id.as_str()) else {
            continue;
        };
        let tier = view.items.iter().find(|i| i.id == ticket.order_item_id);
        let (own, fee) = sums(parts)?;
        lines.push(CreditTicket {
            serial: ticket.serial.clone(),
            tier_name: tier.map_or_else(String::new, |i| i.tier_name.clone()),
            ticket: own,
            fee,
        });
    }
    Ok(lines)
}
