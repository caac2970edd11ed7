//! Refunds for which something is still to be done at Stripe, and of which nobody told us lately.
//!
//! A slow refund whose webhook was lost, a step that Stripe refused for a while, a worker that died: they
//! all are found by the same question, which has no input.

use super::make::{Made, make};
use crate::cx::Actor;
use crate::error::Fault;
use crate::house::House;
use futures::stream::{self, StreamExt};
use store::refunds::Refund;

/// A refund is looked after when nobody touched it for so long, in seconds.
const QUIET_S: i64 = 300;
const IN_ONE_GO: i64 = 100;
const AT_ONCE: usize = 4;

/// Goes on with the refunds that are due; says how many were.
pub async fn look_after_open_refunds(house: &House) -> Result<u64, Fault> {
    let now = house.now();
    let due = store::refunds::unsettled(
        &mut *house.read().await?,
        now.plus_seconds(-QUIET_S),
        IN_ONE_GO,
    )
    .await?;
    if due.is_empty() {
        return Ok(0);
    }
    // Touched before asking: a refund that makes us fail must not be the first again, for ever.
    let mut tx = house.write().await?;
    store::refunds::touch(&mut tx, &due, now).await?;
    tx.commit().await?;
    let asked = due.len() as u64;
    let one = |refund: Refund| async move {
        let mut cx = house.cx(Actor::System);
        match make(house, &mut cx, &refund.id).await {
            Ok(Made::Done | Made::Pending) => {}
            Ok(Made::Stuck(why)) => {
                tracing::warn!(target: "tickets::refunds", refund = %refund.id, why, "a refund is stuck");
            }
            Err(fault) => {
                tracing::warn!(target: "tickets::refunds", refund = %refund.id, %fault, "a refund waits for the next round");
            }
        }
    };
    stream::iter(due)
        .map(one)
        .buffer_unordered(AT_ONCE)
        .collect::<Vec<()>>()
        .await;
    Ok(asked)
}
