//! A repeated request: the order that an earlier run of it made, before it died without an answer.

use super::session;
use super::start::{Checkout, StartCheckout, StartCheckoutError};
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::ids::OrderId;
use model::order::{CancelReason, Places};
use store::orders::Order;

/// What an earlier run of the same deed has left.
pub(super) enum Resumed {
    /// An order that stands.
    Order(Box<Order>),
    /// Nothing, or only orders that a fault of ours undid; the next one is to have this id.
    Nothing(Option<OrderId>),
}

/// Looks for the order of an earlier run that died before its answer was kept.
pub(super) async fn resume(house: &House, input: &StartCheckout) -> Result<Resumed, Fault> {
    let Some(deed) = input.deed else {
        return Ok(Resumed::Nothing(None));
    };
    let mut read = house.read().await?;
    for attempt in 0.. {
        let id = deed.order_id(attempt);
        match store::orders::by_id(&mut read, &id).await? {
            Some(order) if order.cancel_reason == Some(CancelReason::PaymentUnavailable) => {}
            Some(order) => return Ok(Resumed::Order(Box::new(order))),
            None => return Ok(Resumed::Nothing(Some(id))),
        }
    }
    Ok(Resumed::Nothing(None))
}

/// The answer of an earlier run, made anew from its order.
pub(super) async fn answer_of(
    house: &House,
    cx: &mut Cx,
    order: &Order,
    with_page: bool,
) -> Result<Checkout, StartCheckoutError> {
    let url = if with_page && order.places == Places::Held {
        session::page_of(house, cx, &order.id).await?
    } else {
        None
    };
    Ok(Checkout {
        order_id: order.id.clone(),
        order_token: house.keyring.order_token(&order.id),
        status: order.status,
        total_cents: order.total_cents,
        currency: order.currency.as_str().to_owned(),
        url,
        expires_at: order
            .hold_expires_at
            .filter(|_| order.places == Places::Held),
    })
}
