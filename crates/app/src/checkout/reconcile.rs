//! The reconciler: asks Stripe about every order that should have heard by now.
//!
//! With no webhook at all, an order is still confirmed by this, within a minute. It has no input: what
//! is due stands in the database.

use super::confirm::confirm_order;
use crate::cx::Actor;
use crate::error::Fault;
use crate::house::House;
use futures::stream::{self, StreamExt};
use model::ids::OrderId;
use store::orders::Unheard;

/// An order is asked about this long after it was placed, and again after as long, in seconds.
const QUIET_S: i64 = 45;
/// Canceled orders are asked about for so long, in case money came after all, in seconds.
const LOOK_BACK_S: i64 = 24 * 3_600;
const IN_ONE_GO: i64 = 200;
const AT_ONCE: usize = 6;

/// Asks about the orders that are due; says how many were.
pub async fn ask_stripe_about_open_orders(house: &House) -> Result<u64, Fault> {
    let now = house.now();
    let due = Unheard {
        created_before: now.plus_seconds(-QUIET_S),
        checked_before: now.plus_seconds(-QUIET_S),
        canceled_after: now.plus_seconds(-LOOK_BACK_S),
        limit: IN_ONE_GO,
    };
    let orders = store::orders::unheard(&mut *house.read().await?, &due).await?;
    if orders.is_empty() {
        return Ok(0);
    }
    // Marked before asking: an order that makes us fail must not be the first again, for ever.
    let mut tx = house.write().await?;
    store::orders::mark_checked(&mut tx, &orders, now).await?;
    tx.commit().await?;
    let one = |id: OrderId| async move {
        let mut cx = house.cx(Actor::System);
        if let Err(fault) = confirm_order(house, &mut cx, &id).await {
            tracing::warn!(target: "tickets::checkout", order = %id, %fault, "Stripe could not be asked about an order");
        }
    };
    let asked = orders.len() as u64;
    stream::iter(orders)
        .map(one)
        .buffer_unordered(AT_ONCE)
        .collect::<Vec<()>>()
        .await;
    metrics::counter!("tickets_orders_reconciled").increment(asked);
    Ok(asked)
}
