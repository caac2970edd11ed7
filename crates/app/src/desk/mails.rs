//! Mails that are sent again: the tickets, because they were lost, and any that failed.

use super::change::{ChangeError, correct_email};
use super::notes::own_order;
use crate::access;
use crate::checkout::job;
use crate::cx::{Actor, Cx};
use crate::error::{Fault, faults};
use crate::house::House;
use crate::jobs::kind;
use crate::orders::{OrderView, ShowError, show_for};
use model::ids::{EmailId, OrderId};
use model::ticket::TicketStatus;
use store::emails::{EmailStatus, NewEmail};
use store::jobs::NewJob;
use store::orders::Order;

/// How long lies between two copies of the same tickets at least, in seconds: whoever is impatient does not
/// fill a mailbox.
const PAUSE_S: i64 = 60;

/// Why nothing was sent again.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// There is no such order, or it is somebody else's.
    #[error("This order does not exist, or you need its link to see it.")]
    NotFound,
    /// No ticket of it admits anybody.
    #[error("This order has no tickets that could be sent.")]
    NoTickets,
    /// They were sent a moment ago.
    #[error("The tickets were sent a moment ago. Give the mail a minute to arrive.")]
    TooSoon,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ResendError: store::StoreError);

/// Another copy of the mail with the tickets, and the job that sends it.
pub(super) fn confirmation(
    cx: &mut Cx,
    view: &OrderView,
    order: &Order,
) -> Result<(NewEmail, NewJob), ResendError> {
    let lives = |s: TicketStatus| matches!(s, TicketStatus::Valid | TicketStatus::Used);
    if !view.tickets.iter().any(|t| lives(t.status)) {
        return Err(ResendError::NoTickets);
    }
    let id = cx.mint(EmailId::mint);
    let email = NewEmail {
        kind: "order_confirmation".to_owned(),
        order_id: Some(order.id.clone()),
        dedupe: format!("order_confirmation:{}:{id}", order.id),
        to_email: order.buyer_email.clone(),
        to_name: order.buyer_name.clone(),
        id,
    };
    let send = job(cx, kind::SEND_EMAIL, email.id.as_str());
    Ok((email, send))
}

/// Mails the tickets once more, to the buyer's address as it stands; the buyer, the organizer or an admin.
pub async fn resend(house: &House, cx: &mut Cx, id: &OrderId) -> Result<(), ResendError> {
    let view = match show_for(house, cx, id).await {
        Ok(view) => view,
        Err(ShowError::NotFound) => return Err(ResendError::NotFound),
        Err(ShowError::Fault(fault)) => return Err(fault.into()),
    };
    let (email, send) = confirmation(cx, &view, &view.order)?;
    let mails = store::emails::of_order(&mut *house.read().await?, id).await?;
    let recent = cx.now.plus_seconds(-PAUSE_S);
    if mails
        .iter()
        .any(|m| m.kind == "order_confirmation" && m.created_at > recent)
    {
        return Err(ResendError::TooSoon);
    }
    let line = access::audit_line(cx, "order.resent", "order", id.as_str());
    let mut tx = house.write().await?;
    store::emails::insert(&mut tx, &[email], cx.now).await?;
    store::jobs::enqueue(&mut tx, &[send], cx.now).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    house.bell.notify_one();
    Ok(())
}

/// Sends a mail that failed once more, to another address if one is given, which is the order's then.
/// One that has not failed is left alone.
pub async fn retry_mail(
    house: &House,
    cx: &mut Cx,
    id: &EmailId,
    address: Option<&str>,
) -> Result<OrderId, ChangeError> {
    if matches!(cx.actor, Actor::Buyer(_)) {
        return Err(ChangeError::NotFound);
    }
    let mail = store::emails::by_id(&mut *house.read().await?, id).await?;
    let mail = mail.ok_or(ChangeError::NotFound)?;
    let order = mail.order_id.clone().ok_or(ChangeError::NotFound)?;
    own_order(house, cx, &order)
        .await?
        .ok_or(ChangeError::NotFound)?;
    if mail.status != EmailStatus::Failed {
        return Ok(order);
    }
    if let Some(address) = address.map(str::trim).filter(|a| !a.is_empty()) {
        correct_email(house, cx, &order, address).await?;
    }
    let send = job(cx, kind::SEND_EMAIL, id.as_str());
    let line = access::audit_line(cx, "mail.retried", "order", order.as_str());
    let mut tx = house.write().await?;
    if store::order_changes::requeue_mail(&mut tx, id).await? {
        // The job that gave up goes on, so that it is no longer anybody's dead letter.
        let id = id.as_str();
        if store::jobs::revive_of(&mut tx, kind::SEND_EMAIL, id, cx.now).await? == 0 {
            store::jobs::enqueue(&mut tx, &[send], cx.now).await?;
        }
        store::audit::write(&mut tx, &[line], cx.now).await?;
        tx.commit().await?;
        house.bell.notify_one();
    }
    Ok(order)
}
