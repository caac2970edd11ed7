//! "I need more time": a buyer keeps the places a little longer.

use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::house::House;
use model::ids::OrderId;
use model::order::Places;
use model::time::Time;

/// Why a hold was not extended.
#[derive(Debug, thiserror::Error)]
pub enum ExtendError {
    /// There is no such order.
    #[error("This order does not exist.")]
    NotFound,
    /// The order holds no places any more.
    #[error("The time for this order has run out, or it is paid already.")]
    NotHeld,
    /// It was extended as far as it can be.
    #[error("This order was given more time already; it cannot be extended again.")]
    NoMore,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ExtendError: store::StoreError);

/// Extends a hold, up to its longest life; says until when.
pub async fn extend(house: &House, cx: &Cx, id: &OrderId) -> Result<Time, ExtendError> {
    let order = store::orders::by_id(&mut *house.read().await?, id)
        .await?
        .ok_or(ExtendError::NotFound)?;
    let held_until = order
        .hold_expires_at
        .filter(|until| order.places == Places::Held && *until > cx.now);
    let held_until = held_until.ok_or(ExtendError::NotHeld)?;
    let longest = order.created_at.plus_seconds(house.settings.hold_most_s);
    let until = held_until
        .plus_seconds(house.settings.extend_s)
        .min(longest);
    if until <= held_until {
        return Err(ExtendError::NoMore);
    }
    let mut tx = house.write().await?;
    let extended = store::orders::extend_hold(&mut tx, id, until, cx.now).await?;
    tx.commit().await?;
    if extended {
        Ok(until)
    } else {
        Err(ExtendError::NotHeld)
    }
}
