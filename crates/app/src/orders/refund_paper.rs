//! What mails about refunds and canceled events tell, from the rows as they stand when the mail is made.

use super::credit_note::buyers_parts;
use super::paper::paper_of;
use super::receipt::{credit_number, sums};
use super::show::OrderView;
use crate::error::Fault;
use crate::house::House;
use crate::ports::{CanceledPaper, DeadTicket, RefundPaper};
use model::ids::RefundId;
use model::pricing::{FeeMode, PricedOrder};
use model::refund::{Part, RefundOrigin, RefundStatus};
use store::credit_notes::CreditNoteKind;
use store::tickets::TicketPart;

/// What a mail about a refund tells.
pub(crate) async fn refund_paper(
    house: &House,
    view: &OrderView,
    id: &RefundId,
) -> Result<RefundPaper, Fault> {
    let refund = view.refunds.iter().find(|r| r.id == *id);
    let refund = refund.ok_or_else(|| {
        Fault::Inconsistent(format!("order {} has no refund {id}", view.order.id))
    })?;
    let taken = buyers_parts(house, view, id).await?;
    let (tickets, fee) = sums(taken.iter().map(|(part, cents)| (part, *cents)))?;
    let mut read = house.read().await?;
    let dying = store::refund_work::dying(&mut read, id).await?;
    let charged = store::tickets::parts_of_order(&mut read, &view.order.id).await?;
    let notes = store::credit_notes::of_refund(&mut read, id).await?;
    drop(read);
    let died: Vec<&str> = dying.iter().map(|d| d.ticket_id.as_str()).collect();
    let dead = view
        .tickets
        .iter()
        .filter(|t| died.contains(&t.id.as_str()));
    let dead = dead.map(|t| DeadTicket {
        serial: t.serial.clone(),
        tier_name: view
            .items
            .iter()
            .find(|i| i.id == t.order_item_id)
            .map_or_else(String::new, |i| i.tier_name.clone()),
        holder_name: t.holder_name.clone(),
    });
    Ok(RefundPaper {
        order: paper_of(house, view).await?,
        amount_cents: refund.amount_cents,
        tickets,
        fee,
        kept_fee_cents: kept_fee(view, &charged, &died)?,
        dead: dead.collect(),
        credit_note: notes
            .iter()
            .find(|n| n.kind == CreditNoteKind::Credit)
            .map(|n| credit_number(n.number)),
    })
}

/// What is left of the fee that the buyer paid for these tickets, in cents.
fn kept_fee(view: &OrderView, charged: &[TicketPart], tickets: &[&str]) -> Result<i64, Fault> {
    let priced: PricedOrder = serde_json::from_str(&view.order.pricing_json)
        .map_err(|e| Fault::Inconsistent(format!("order {}: {e}", view.order.id)))?;
    if priced.mode == FeeMode::Absorb {
        return Ok(0);
    }
    let fees = charged
        .iter()
        .filter(|p| tickets.contains(&p.ticket_id.as_str()))
        .filter(|p| Part::parse(&p.part).is_ok_and(Part::is_fee));
    Ok(fees.map(|p| p.amount_cents - p.refunded_cents).sum())
}

/// What a mail about a canceled event tells: the refund that was made for it, or all that is left.
pub(crate) async fn canceled_paper(
    house: &House,
    view: &OrderView,
) -> Result<CanceledPaper, Fault> {
    let event = &view.event.id;
    let canceled = store::cancellations::by_event(&mut *house.read().await?, event).await?;
    let made = view
        .refunds
        .iter()
        .filter(|r| r.origin == RefundOrigin::Cancellation && r.status != RefundStatus::Failed);
    let made: Vec<i64> = made.map(|r| r.amount_cents).collect();
    Ok(CanceledPaper {
        order: paper_of(house, view).await?,
        note: canceled.map_or_else(String::new, |c| c.note),
        amount_cents: if made.is_empty() {
            view.order.paid_cents - view.order.refunded_cents
        } else {
            made.iter().sum()
        },
    })
}
