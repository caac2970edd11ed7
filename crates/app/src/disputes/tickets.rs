//! What a dispute does to the tickets of its order.

use crate::cx::Cx;
use crate::error::Fault;
use crate::refunds::Locked;
use model::dispute::ticket_after;
use model::ids::TicketId;
use model::order::status_after_refund;
use model::ticket::TicketStatus;
use store::WriteTx;
use store::disputes::Dispute;
use store::refund_work::{self, TicketState};
use store::tickets::Ticket;

/// Freezes, thaws or ends tickets as the dispute stands.
pub(super) async fn move_tickets(
    tx: &mut WriteTx,
    cx: &Cx,
    locked: &Locked,
    dispute: &Dispute,
) -> Result<(), Fault> {
    let frozen = store::disputes::frozen(tx, &dispute.id).await?;
    let (mut states, mut freezing) = (Vec::new(), Vec::new());
    for ticket in &locked.tickets {
        let ours = frozen.contains(&ticket.id);
        let after = ticket_after(
            dispute.status,
            dispute.funds,
            dispute.policy,
            ticket.status,
            ours,
        );
        let Some(next) = after else { continue };
        if next == TicketStatus::Canceled {
            freezing.push(ticket.id.clone());
        }
        states.push(TicketState {
            id: ticket.id.clone(),
            status: next,
            used_at: None,
            used_by: None,
            seat_released: ticket.seat_released,
        });
    }
    if states.is_empty() {
        return Ok(());
    }
    store::disputes::freeze(tx, &dispute.id, &freezing).await?;
    refund_work::set_tickets(tx, &states, cx.now).await?;
    follow_order(tx, cx, locked, &states).await
}

/// The order's status follows its tickets: one whose money is gone and whose last ticket died is refunded.
async fn follow_order(
    tx: &mut WriteTx,
    cx: &Cx,
    locked: &Locked,
    states: &[TicketState],
) -> Result<(), Fault> {
    let now = |ticket: &Ticket| {
        let moved = states.iter().find(|s| s.id == ticket.id);
        moved.map_or(ticket.status, |s| s.status)
    };
    // A frozen ticket may live again, so it does not end the order.
    let alive = locked
        .tickets
        .iter()
        .any(|t| now(t) != TicketStatus::Refunded);
    let ids: Vec<TicketId> = locked.tickets.iter().map(|t| t.id.clone()).collect();
    let left = refund_work::own_left_cents(tx, &ids).await?;
    let next = status_after_refund(locked.order.refunded_cents, left, alive);
    Ok(refund_work::set_order(tx, &locked.order.id, next, 0, cx.now).await?)
}
