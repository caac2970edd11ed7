//! A buyer leaves: the payment page is closed and the places go back at once.

use super::confirm::confirm_session;
use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::house::House;
use crate::lanes::command::{Release, Released};
use crate::ports::SessionState;
use model::ids::OrderId;
use model::order::{CancelReason, Places};

/// Why an order was not let go.
#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    /// There is no such order.
    #[error("This order does not exist.")]
    NotFound,
    /// It holds no places: it is paid, or was let go before.
    #[error("This order is not waiting for a payment any more.")]
    NotPending,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(CancelError: store::StoreError, crate::lanes::LaneError, crate::ports::PaymentsError);

/// Lets a pending order go.
pub async fn cancel(house: &House, cx: &mut Cx, id: &OrderId) -> Result<(), CancelError> {
    let order = store::orders::by_id(&mut *house.read().await?, id)
        .await?
        .ok_or(CancelError::NotFound)?;
    if order.places != Places::Held {
        return Err(CancelError::NotPending);
    }
    if let Some(session_id) = &order.stripe_session_id {
        // Closed first, so that nobody pays for what was let go; if it is paid already, that stands.
        let closed = house.payments.close_checkout(session_id).await?;
        if closed.state != SessionState::Expired {
            confirm_session(house, cx, session_id).await?;
            return Err(CancelError::NotPending);
        }
    }
    let release = Release {
        order_id: order.id,
        event_id: order.event_id,
        reason: CancelReason::Buyer,
        only_if_lapsed: false,
        page_closed: true,
        now: cx.now,
    };
    match house.lanes.release(release).await? {
        Released::Done | Released::NotHeld(model::order::OrderStatus::Canceled) => Ok(()),
        Released::NotHeld(_) | Released::NotLapsed => Err(CancelError::NotPending),
    }
}
