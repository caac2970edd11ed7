//! Corrections: a buyer's address that was mistyped, and a ticket that somebody else comes with.
//!
//! A new name leaves the ticket's code as it is: what was mailed or printed still opens the door.

use super::mails::{ResendError, confirmation};
use super::notes::own_order;
use crate::access;
use crate::cx::{Actor, Cx};
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::email::Email;
use model::ids::{OrderId, TicketId};
use model::text;
use model::ticket::TicketStatus;
use store::audit::Line;
use store::tickets::Ticket;

/// Why nothing was corrected.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// There is no such order or ticket, or it is somebody else's.
    #[error("This does not exist, or it is not yours.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// The ticket admits nobody, or has admitted somebody.
    #[error("Only a ticket that is still valid can be given another name.")]
    Dead,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ChangeError: store::StoreError);

fn changed(mut line: Line, from: &str, to: &str) -> Line {
    line.meta_json = serde_json::json!({ "from": from, "to": to }).to_string();
    line
}

/// Gives an order another address, and mails the tickets there if it has some.
pub async fn correct_email(
    house: &House,
    cx: &mut Cx,
    id: &OrderId,
    typed: &str,
) -> Result<(), ChangeError> {
    let view = own_order(house, cx, id)
        .await?
        .ok_or(ChangeError::NotFound)?;
    let mut invalid = Invalid::default();
    let Some(email) = invalid.check("buyer_email", Email::parse(typed)) else {
        return Err(ChangeError::Invalid(invalid));
    };
    if email.as_str() == view.order.buyer_email {
        return Ok(());
    }
    let line = access::audit_line(cx, "order.email-corrected", "order", id.as_str());
    let line = changed(line, &view.order.buyer_email, email.as_str());
    let mut order = view.order.clone();
    email.as_str().clone_into(&mut order.buyer_email);
    let mail = match confirmation(cx, &view, &order) {
        Ok(mail) => Some(mail),
        Err(ResendError::Fault(fault)) => return Err(fault.into()),
        Err(ResendError::NoTickets | ResendError::NotFound | ResendError::TooSoon) => None,
    };
    let mut tx = house.write().await?;
    store::order_changes::set_email(&mut tx, id, &email, cx.now).await?;
    if let Some((mail, job)) = mail {
        store::emails::insert(&mut tx, &[mail], cx.now).await?;
        store::jobs::enqueue(&mut tx, &[job], cx.now).await?;
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    house.bell.notify_one();
    Ok(())
}

/// Whose ticket the actor may rename: their own order's, their own event's, any for an admin.
async fn may_rename(house: &House, cx: &Cx, ticket: &Ticket) -> Result<bool, Fault> {
    Ok(match &cx.actor {
        Actor::Buyer(order) => *order == ticket.order_id,
        _ => access::own_event(house, cx, &ticket.event_id)
            .await?
            .is_some(),
    })
}

/// Gives a ticket another holder; the buyer, the organizer or an admin.
pub async fn rename_holder(
    house: &House,
    cx: &mut Cx,
    id: &TicketId,
    typed: &str,
) -> Result<(), ChangeError> {
    let ticket = store::tickets::by_id(&mut *house.read().await?, id).await?;
    let ticket = ticket.ok_or(ChangeError::NotFound)?;
    if !may_rename(house, cx, &ticket).await? {
        return Err(ChangeError::NotFound);
    }
    let mut invalid = Invalid::default();
    let Some(name) = invalid.check("holder_name", text::line(typed, 120)) else {
        return Err(ChangeError::Invalid(invalid));
    };
    if ticket.status != TicketStatus::Valid {
        return Err(ChangeError::Dead);
    }
    if name == ticket.holder_name {
        return Ok(());
    }
    let order = ticket.order_id.as_str();
    let mut line = access::audit_line(cx, "ticket.renamed", "order", order);
    line.meta_json = serde_json::json!({
        "ticket": id.as_str(), "serial": ticket.serial, "from": ticket.holder_name, "to": name,
    })
    .to_string();
    let mut tx = house.write().await?;
    if !store::tickets::rename_holder(&mut tx, id, &name, cx.now).await? {
        return Err(ChangeError::NotFound);
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(())
}
