//! Another name on a ticket, by whoever bought it, until its holder is let in.
//!
//! The code stays what it is: a mailed ticket must not die because a typo was put right.

use crate::access;
use crate::checkout::HOLDER_NAME_MOST;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use crate::orders::{ShowError, show_for};
use model::ids::{OrderId, TicketId};
use model::text;
use model::ticket::TicketStatus;

/// Why a name was not changed.
#[derive(Debug, thiserror::Error)]
pub enum RenameError {
    /// There is no such ticket in this order, or it is somebody else's.
    #[error("This ticket does not exist, or you need its order's link to change it.")]
    NotFound,
    /// The name is empty, too long, or cannot be shown.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Its holder was let in, its money went back, or it was canceled.
    #[error("The name on this ticket cannot be changed any more.")]
    TooLate,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(RenameError: store::StoreError);

impl RenameError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::TooLate => "dead-ticket",
            Self::Fault(fault) => fault.code(),
        }
    }
}

/// Puts a name on a ticket of an order, for the context's actor.
pub async fn rename(
    house: &House,
    cx: &mut Cx,
    order: &OrderId,
    ticket: &TicketId,
    name: &str,
) -> Result<(), RenameError> {
    let mut invalid = Invalid::default();
    let Some(name) = invalid.check("holder_name", text::line(name, HOLDER_NAME_MOST)) else {
        return Err(RenameError::Invalid(invalid));
    };
    let view = show_for(house, cx, order)
        .await
        .map_err(|error| match error {
            ShowError::NotFound => RenameError::NotFound,
            ShowError::Fault(fault) => RenameError::Fault(fault),
        })?;
    if view.tickets.iter().all(|own| own.id != *ticket) {
        return Err(RenameError::NotFound);
    }
    let line = access::audit_line(cx, "ticket.renamed", "ticket", ticket.as_str());
    let mut tx = house.write().await?;
    // Locked and read again: at the door it may have been used this very moment.
    let tickets = store::tickets::lock_of_order(&mut tx, order).await?;
    let own = tickets.iter().find(|own| own.id == *ticket);
    let own = own.ok_or(RenameError::NotFound)?;
    if own.status != TicketStatus::Valid {
        return Err(RenameError::TooLate);
    }
    if own.holder_name == name {
        return Ok(());
    }
    store::tickets::rename_holder(&mut tx, ticket, &name, cx.now).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(())
}
