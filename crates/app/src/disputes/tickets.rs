//! What a dispute does to the tickets of its order.

use crate::cx::Cx;
use crate::error::Fault;
use crate::refunds::Locked;
use model::dispute::ticket_after;
use model::ticket::TicketStatus;
use store::WriteTx;
use store::disputes::Dispute;
use store::refund_work::{self, TicketState};

/// Freezes, thaws or ends tickets as the dispute stands.
pub(super) async fn move_tickets(
    tx: &mut WriteTx,
    cx: &Cx,
    locked: &Locked,
    dispute: &Dispute,
) -> Result<(), Fault> {
    let frozen = store::disputes::frozen(tx, &dispute.id).await?;
    let mut states = Vec::new();
    for ticket in &locked.tickets {
        let ours = frozen.contains(&ticket.id);
        let after = ticket_after(
            dispute.status,
            dispute.funds,
            dispute.policy,
            ticket.status,
            ours,
        );
        let Some(status) = after else { continue };
        if status == TicketStatus::Canceled {
            store::disputes::freeze(tx, &dispute.id, &ticket.id).await?;
        }
        states.push(TicketState {
            id: ticket.id.clone(),
            status,
            used_at: None,
            used_by: None,
            seat_released: ticket.seat_released,
        });
    }
    Ok(refund_work::set_tickets(tx, &states, cx.now).await?)
}
