//! A ticket as a pass for a phone's wallet.
//!
//! A pass is made when it is asked for and kept nowhere; it is a copy, as a PDF is, and does not follow what happens to the ticket. The
//! door asks the ticket itself (`docs/adr/0016-a-pass-is-a-copy.md`). Deliberately not here: pushing changes to phones.

use super::codes::CodeError;
use super::find::shown_alone;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::orders::{self, OrderView};
use crate::ports::{Offered, OrderPaper, PapersError, TicketPaper};
use model::event::EventStatus;
use model::ids::{OrderId, TicketId};
use model::ticket::TicketStatus;
use model::time::Time;
use store::tickets::Ticket;

/// The most passes that are put into one file: what Apple said of bundles when it introduced them (WWDC 2021, “What's new in
/// Wallet and Apple Pay”). Each ticket of a larger order has a file of its own.
pub const BUNDLE_MOST: usize = 10;

/// By what somebody may have a ticket's pass.
#[derive(Copy, Clone, Debug)]
pub enum Claim<'a> {
    /// They may see its order.
    Order,
    /// They hold the secret of the ticket's own page.
    Link(&'a str),
}

/// Which wallets a ticket can go into now: none once it admits nobody, or its event is over or called off.
pub fn wallets_for(house: &House, now: Time, view: &OrderView, ticket: &Ticket) -> Offered {
    if waits(now, view, ticket) {
        house.wallets.offered(now)
    } else {
        Offered::default()
    }
}

/// Whether a ticket still waits to be shown at the door.
fn waits(now: Time, view: &OrderView, ticket: &Ticket) -> bool {
    let goes_on = view.event.status != EventStatus::Canceled && view.event.end_at > now;
    goes_on && ticket.status == TicketStatus::Valid
}

/// The papers of an order with those of its tickets that wait.
fn waiting_papers(house: &House, now: Time, view: &OrderView) -> Result<OrderPaper, Fault> {
    let mut order = orders::plain_paper_of(house, view)?;
    let waiting: Vec<&TicketId> = view
        .tickets
        .iter()
        .filter(|ticket| waits(now, view, ticket))
        .map(|ticket| &ticket.id)
        .collect();
    order.tickets.retain(|ticket| waiting.contains(&&ticket.id));
    Ok(order)
}

/// Whether all of an order's tickets are offered as one file for Apple's wallet: several, but not too many.
pub fn bundled(house: &House, now: Time, view: &OrderView) -> bool {
    let offered = |t: &&Ticket| wallets_for(house, now, view, t).apple;
    (2..=BUNDLE_MOST).contains(&view.tickets.iter().filter(offered).count())
}

/// A ticket as a file for Apple's wallet.
pub async fn apple_pass(
    house: &House,
    cx: &Cx,
    id: &TicketId,
    claim: Claim<'_>,
) -> Result<Vec<u8>, CodeError> {
    offered(house.wallets.offered(cx.now).apple)?;
    let (order, ticket) = papers(house, cx, id, claim).await?;
    let made = house.wallets.apple_pass(&order, &ticket, cx.now).await;
    made.map_err(|why| broken(&why))
}

/// The tickets of an order that wait to be shown, as one file for Apple's wallet; for whoever may see the order.
pub async fn apple_bundle(house: &House, cx: &Cx, id: &OrderId) -> Result<Vec<u8>, CodeError> {
    offered(house.wallets.offered(cx.now).apple)?;
    let view = orders::show_for(house, cx, id).await?;
    if view.event.status == EventStatus::Canceled {
        return Err(CodeError::Dead);
    }
    let order = waiting_papers(house, cx.now, &view)?;
    if order.tickets.is_empty() {
        return Err(CodeError::NoTickets);
    }
    if order.tickets.len() > BUNDLE_MOST {
        return Err(CodeError::TooMany);
    }
    let made = house.wallets.apple_bundle(&order, cx.now).await;
    made.map_err(|why| broken(&why))
}

/// The address at which Google saves a ticket. Whoever has it has the ticket's code.
pub async fn google_link(
    house: &House,
    cx: &Cx,
    id: &TicketId,
    claim: Claim<'_>,
) -> Result<String, CodeError> {
    offered(house.wallets.offered(cx.now).google)?;
    let (order, ticket) = papers(house, cx, id, claim).await?;
    let made = house.wallets.google_link(&order, &ticket, cx.now);
    made.map_err(|why| broken(&why))
}

fn offered(offered: bool) -> Result<(), CodeError> {
    if offered {
        Ok(())
    } else {
        Err(CodeError::NoWallet)
    }
}

fn broken(why: &PapersError) -> CodeError {
    let fault = Fault::Workshop {
        what: "the pass",
        why: why.to_string(),
    };
    fault.into()
}

/// A ticket with its order, as papers show them; only while it admits somebody to an event that takes place.
async fn papers(
    house: &House,
    cx: &Cx,
    id: &TicketId,
    claim: Claim<'_>,
) -> Result<(OrderPaper, TicketPaper), CodeError> {
    let view = match claim {
        Claim::Link(secret) => shown_alone(house, id, secret).await?.1,
        Claim::Order => {
            let ticket = store::tickets::by_id(&mut *house.read().await?, id).await?;
            let ticket = ticket.ok_or(CodeError::NotFound)?;
            orders::show_for(house, cx, &ticket.order_id).await?
        }
    };
    let mut order = waiting_papers(house, cx.now, &view)?;
    let at = order.tickets.iter().position(|ticket| ticket.id == *id);
    let ticket = order.tickets.swap_remove(at.ok_or(CodeError::Dead)?);
    Ok((order, ticket))
}
