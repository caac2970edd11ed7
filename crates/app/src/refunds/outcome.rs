//! How a refund ends: the money is on its way, or everything that was taken is put back.
//!
//! A refund that succeeded may still fail, days later, when the bank sends the money back. Then its
//! parts, counters and books are put back, its tickets live again (if the event takes place and their
//! places are still free), and whoever must look is told. Won disputes end here as well.

use super::locked::{Locked, lock_order};
use super::take::{count_payment, move_places, status_now};
use crate::checkout::{as_new_order, mail, posting_lines};
use crate::cx::Cx;
use crate::discounts;
use crate::error::Fault;
use model::ids::{CreditNoteId, RefundId, TicketId};
use model::ledger::{self, Posting};
use model::refund::{Part, RefundLine, RefundOrigin, RefundPlan, RefundStatus};
use model::stock::Stock;
use model::ticket::TicketStatus;
use store::WriteTx;
use store::credit_notes::{CreditNote, CreditNoteKind};
use store::orders::Order;
use store::refund_work::{self, DyingTicket, TicketState};
use store::refunds::Refund;

/// The series that credit notes are numbered in.
const SERIES: &str = "credit_note";

fn broken(error: &impl std::fmt::Display) -> Fault {
    Fault::Inconsistent(error.to_string())
}

/// Marks a refund as on its way and books it; false if that was done before, or if it failed meanwhile.
pub(super) async fn succeed(tx: &mut WriteTx, cx: &mut Cx, id: &RefundId) -> Result<bool, Fault> {
    let Some(refund) = store::refunds::lock(tx, id).await? else {
        return Err(Fault::Inconsistent(format!("there is no refund {id}")));
    };
    if !refund.status.may_become(RefundStatus::Succeeded) {
        return Ok(false);
    }
    let order = store::orders::by_id(tx, &refund.order_id).await?;
    let order = order.ok_or_else(|| Fault::Inconsistent(format!("refund {id} has no order")))?;
    store::refunds::set_status(tx, id, RefundStatus::Succeeded, None, cx.now).await?;
    book_success(tx, cx, &refund, &order).await?;
    Ok(true)
}

/// The books, the credit note and the mail of a refund whose money is on its way.
pub(super) async fn book_success(
    tx: &mut WriteTx,
    cx: &mut Cx,
    refund: &Refund,
    order: &Order,
) -> Result<(), Fault> {
    let as_new = as_new_order(order);
    let kind = match refund.origin {
        RefundOrigin::GiveBack => "payment_returned",
        RefundOrigin::Dispute => "dispute_withdrawn",
        RefundOrigin::Asked | RefundOrigin::Cancellation | RefundOrigin::Stripe => "refund_paid",
    };
    let paid = ledger::paid_back(refund.amount_cents).map_err(|e| broken(&e))?;
    store::ledger::write(tx, &posting_lines(cx, &as_new, kind, &paid)?).await?;
    let mailed = match refund.origin {
        RefundOrigin::GiveBack => {
            // It never became tickets, so it was no sale that anybody counted as refunded.
            if let Some(payment) = &refund.payment_id {
                store::payments::add_refunded(tx, payment, refund.amount_cents, refund.fee_cents)
                    .await?;
            }
            Some("money_back")
        }
        RefundOrigin::Asked | RefundOrigin::Stripe => Some("refunded"),
        // Whoever disputes knows of it, and whoever bought for an event that is called off hears of it once,
        // when it is called off.
        RefundOrigin::Dispute | RefundOrigin::Cancellation => None,
    };
    if refund.amount_cents > 0
        && !matches!(
            refund.origin,
            RefundOrigin::GiveBack | RefundOrigin::Dispute
        )
    {
        issue_note(tx, cx, refund, order, CreditNoteKind::Credit).await?;
    }
    match mailed {
        Some(kind) => tell(tx, cx, refund, order, kind).await,
        None => Ok(()),
    }
}

async fn tell(
    tx: &mut WriteTx,
    cx: &mut Cx,
    refund: &Refund,
    order: &Order,
    kind: &str,
) -> Result<(), Fault> {
    let (mut email, job) = mail(cx, kind, &as_new_order(order));
    email.dedupe = format!("{kind}:{}", refund.id);
    store::emails::insert(tx, &[email], cx.now).await?;
    store::jobs::enqueue(tx, &[job], cx.now).await?;
    Ok(())
}

async fn issue_note(
    tx: &mut WriteTx,
    cx: &mut Cx,
    refund: &Refund,
    order: &Order,
    kind: CreditNoteKind,
) -> Result<(), Fault> {
    let note = CreditNote {
        id: cx.mint(CreditNoteId::mint),
        organizer_id: order.organizer_id.clone(),
        number: refund_work::next_number(tx, &order.organizer_id, SERIES).await?,
        kind,
        refund_id: refund.id.clone(),
        order_id: order.id.clone(),
        amount_cents: refund.amount_cents,
        issued_at: cx.now,
    };
    Ok(store::credit_notes::insert(tx, &note).await?)
}

/// Marks a refund as failed and puts back everything that it took; false if that was done before.
///
/// `why` is kept for whoever must look. The order is locked here, so the caller must hold no other lock.
pub(crate) async fn fail(
    tx: &mut WriteTx,
    cx: &mut Cx,
    id: &RefundId,
    why: &str,
) -> Result<bool, Fault> {
    let order_id = match store::refunds::by_id(tx, id).await? {
        Some(refund) => refund.order_id,
        None => return Err(Fault::Inconsistent(format!("there is no refund {id}"))),
    };
    let locked = lock_order(tx, &order_id).await?;
    let locked = locked.ok_or_else(|| Fault::Inconsistent(format!("order {order_id} is gone")))?;
    let refund = store::refunds::lock(tx, id).await?;
    let Some(refund) = refund.filter(|r| r.status.may_become(RefundStatus::Failed)) else {
        return Ok(false);
    };
    store::refunds::set_status(tx, id, RefundStatus::Failed, Some(why), cx.now).await?;
    let had_succeeded = refund.status == RefundStatus::Succeeded;
    if refund.origin == RefundOrigin::GiveBack {
        if had_succeeded {
            unbook_give_back(tx, cx, &refund, &locked.order).await?;
        }
        return Ok(true);
    }
    let plan = plan_of(tx, &refund, &locked).await?;
    refund_work::put_parts_back(tx, id).await?;
    store::metrics::undo_refund(tx, id).await?;
    let revived = revive(tx, cx, &refund, &locked).await?;
    let alive = !revived.is_empty()
        || locked
            .tickets
            .iter()
            .any(|t| matches!(t.status, TicketStatus::Valid | TicketStatus::Used));
    let status = status_now(tx, &locked, -refund.amount_cents, alive).await?;
    refund_work::set_order(tx, &order_id, status, -refund.amount_cents, cx.now).await?;
    discounts::follow(tx, &order_id, status, cx.now).await?;
    count_payment(tx, refund.payment_id.as_ref(), &refund, -1).await?;
    unbook(tx, cx, &refund, &locked.order, &plan).await?;
    if had_succeeded && refund.amount_cents > 0 && refund.origin != RefundOrigin::Dispute {
        issue_note(tx, cx, &refund, &locked.order, CreditNoteKind::Reversal).await?;
    }
    if refund.origin != RefundOrigin::Dispute {
        tell(tx, cx, &refund, &locked.order, "refund_failed").await?;
    }
    Ok(true)
}

/// What a refund took, as the plan that it was.
async fn plan_of(tx: &mut WriteTx, refund: &Refund, locked: &Locked) -> Result<RefundPlan, Fault> {
    let mut lines = Vec::new();
    for row in refund_work::parts(tx, &refund.id).await? {
        lines.push(RefundLine {
            ticket: TicketId::parse(&row.ticket_id).map_err(|e| broken(&e))?,
            part: Part::parse(&row.part).map_err(|e| broken(&e))?,
            cents: row.amount_cents,
        });
    }
    Ok(RefundPlan {
        mode: locked.refundable.mode,
        lines,
        tickets: Vec::new(),
    })
}

/// Turns the postings of a refund around: what was owed, and what was paid if it was.
async fn unbook(
    tx: &mut WriteTx,
    cx: &mut Cx,
    refund: &Refund,
    order: &Order,
    plan: &RefundPlan,
) -> Result<(), Fault> {
    let mut back = ledger::refund(plan).map_err(|e| broken(&e))?;
    if refund.status == RefundStatus::Succeeded {
        let paid = ledger::paid_back(refund.amount_cents).map_err(|e| broken(&e))?;
        let both = back.lines().iter().chain(paid.lines()).copied();
        back = Posting::new(both).map_err(|e| broken(&e))?;
    }
    let undone = back.reversed().map_err(|e| broken(&e))?;
    let kind = if refund.origin == RefundOrigin::Dispute {
        "dispute_reinstated"
    } else {
        "refund_undone"
    };
    let lines = posting_lines(cx, &as_new_order(order), kind, &undone)?;
    Ok(store::ledger::write(tx, &lines).await?)
}

/// A payment that was given back came back to us: it is owed to the buyer again.
async fn unbook_give_back(
    tx: &mut WriteTx,
    cx: &mut Cx,
    refund: &Refund,
    order: &Order,
) -> Result<(), Fault> {
    let paid = ledger::paid_back(refund.amount_cents).map_err(|e| broken(&e))?;
    let owed = paid.reversed().map_err(|e| broken(&e))?;
    let lines = posting_lines(cx, &as_new_order(order), "payment_came_back", &owed)?;
    store::ledger::write(tx, &lines).await?;
    count_payment(tx, refund.payment_id.as_ref(), refund, -1).await
}

/// Brings the tickets that died with a refund back to life, all or none: not for an event that was
/// called off, nor where their places were sold again.
async fn revive(
    tx: &mut WriteTx,
    cx: &Cx,
    refund: &Refund,
    locked: &Locked,
) -> Result<Vec<TicketId>, Fault> {
    let dead = refund_work::dying(tx, &refund.id).await?;
    if locked.called_off() || dead.is_empty() {
        return Ok(Vec::new());
    }
    let needs_place: Vec<TicketId> = dead
        .iter()
        .filter(|d| d.released)
        .map(|d| d.ticket_id.clone())
        .collect();
    if move_places(tx, locked, &needs_place, Stock::sell)
        .await?
        .is_err()
    {
        return Ok(Vec::new());
    }
    let states: Vec<TicketState> = dead.iter().map(|d| as_before(d, locked)).collect();
    refund_work::set_tickets(tx, &states, cx.now).await?;
    Ok(dead.into_iter().map(|d| d.ticket_id).collect())
}

fn as_before(dead: &DyingTicket, locked: &Locked) -> TicketState {
    let released = locked
        .ticket(&dead.ticket_id)
        .is_some_and(|t| t.seat_released);
    TicketState {
        id: dead.ticket_id.clone(),
        status: dead.prior_status,
        used_at: dead.prior_used_at,
        used_by: dead.prior_used_by.clone(),
        seat_released: released && !dead.released,
    }
}
