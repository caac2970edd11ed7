//! The confirmation once more, to the address that the order has.
//!
//! One in five minutes and ten in all: whoever has the order's link cannot use us to fill a mailbox.
//! That two who press at once send one mail is the work of the mail's `dedupe`, which is unique.

use crate::access;
use crate::checkout::{as_new_order, mail};
use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::house::House;
use crate::orders::{ShowError, show_for};
use model::ids::OrderId;
use model::ticket::TicketStatus;
use store::emails::EmailStatus;

/// How long there is between two, in seconds.
const PAUSE_S: i64 = 300;
/// How many there are in all.
const MOST: usize = 10;
const KIND: &str = "order_confirmation";

/// Why a mail was not sent again.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// There is no such order, or it is somebody else's.
    #[error("This order does not exist, or you need its link to see it.")]
    NotFound,
    /// It has no tickets to send.
    #[error("This order has no tickets to send.")]
    NoTickets,
    /// One was sent a moment ago, or many were sent before.
    #[error("The mail was sent a moment ago. Look among unwanted mail, or try again later.")]
    TooSoon,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ResendError: store::StoreError);

impl ResendError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::NoTickets => "no-tickets",
            Self::TooSoon => "rate-limited",
            Self::Fault(fault) => fault.code(),
        }
    }
}

/// Sends the tickets again, for the context's actor.
pub async fn resend(house: &House, cx: &mut Cx, id: &OrderId) -> Result<(), ResendError> {
    let view = show_for(house, cx, id).await.map_err(|error| match error {
        ShowError::NotFound => ResendError::NotFound,
        ShowError::Fault(fault) => ResendError::Fault(fault),
    })?;
    if !view
        .tickets
        .iter()
        .any(|ticket| ticket.status == TicketStatus::Valid)
    {
        return Err(ResendError::NoTickets);
    }
    let line = access::audit_line(cx, "order.mail_resent", "order", id.as_str());
    let (mut email, job) = mail(cx, KIND, &as_new_order(&view.order));
    email.dedupe = format!("{KIND}:{id}:again:{}", cx.now.seconds() / PAUSE_S);
    let mut tx = house.write().await?;
    let earlier = store::emails::of_order(&mut tx, id).await?;
    let own = earlier.iter().filter(|mail| mail.kind == KIND);
    // One that never left is no reason to wait: its failure is why somebody presses the button.
    let fresh = own.clone().any(|mail| {
        mail.status != EmailStatus::Failed && cx.now.seconds_since(mail.created_at) < PAUSE_S
    });
    if fresh || own.count() > MOST || store::emails::insert(&mut tx, &[email], cx.now).await? == 0 {
        return Err(ResendError::TooSoon);
    }
    store::jobs::enqueue(&mut tx, &[job], cx.now).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(())
}
