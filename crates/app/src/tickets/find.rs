//! Finding a ticket's order, and opening a ticket by the secret of its own page.

use crate::error::Fault;
use crate::house::House;
use crate::orders::{OrderView, ShowError, show};
use model::ids::{OrderId, TicketId};
use store::tickets::Ticket;

/// The order that a ticket belongs to.
pub async fn order_of(house: &House, id: &TicketId) -> Result<Option<OrderId>, Fault> {
    let ticket = store::tickets::by_id(&mut *house.read().await?, id).await?;
    Ok(ticket.map(|t| t.order_id))
}

/// A ticket with its order, for whoever holds the secret of the ticket's own page.
pub async fn shown_alone(
    house: &House,
    id: &TicketId,
    secret: &str,
) -> Result<(Ticket, OrderView), ShowError> {
    let ticket = store::tickets::by_id(&mut *house.read().await?, id).await?;
    let ticket = ticket
        .filter(|t| house.keyring.is_ticket_link(id, t.qr_generation, secret))
        .ok_or(ShowError::NotFound)?;
    let view = show(house, &ticket.order_id).await?;
    Ok((ticket, view))
}
