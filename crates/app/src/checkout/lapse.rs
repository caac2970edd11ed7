//! Holds that have lapsed: first the payment page is closed, then the places go back.
//!
//! In that order, because a page that is still open could be paid a second later. If closing shows that
//! the buyer has paid, the payment is applied instead. If Stripe cannot be asked, the places are kept
//! for a little grace and then go back all the same; money that comes later is dealt with as late.

use super::confirm::{Confirmed, confirm_session};
use crate::cx::{Actor, Cx};
use crate::error::Fault;
use crate::house::House;
use crate::lanes::command::{Release, Released};
use crate::ports::SessionState;
use futures::stream::{self, StreamExt};
use model::ids::OrderId;
use model::order::{CancelReason, Places};

/// How long places are kept beyond their hold while Stripe cannot be asked, in seconds.
const GRACE_S: i64 = 120;
/// How many lapsed orders are dealt with in one go, and how many at once.
const IN_ONE_GO: i64 = 500;
const AT_ONCE: usize = 8;

/// Releases every hold that has lapsed; says how many orders gave their places back.
pub async fn release_lapsed(house: &House) -> Result<u64, Fault> {
    let cx = house.cx(Actor::System);
    let lapsed = store::orders::lapsed(&mut *house.read().await?, cx.now, IN_ONE_GO).await?;
    let one = |id: OrderId| async move {
        let mut cx = house.cx(Actor::System);
        let done = release_held(house, &mut cx, &id, CancelReason::Expired).await;
        done.unwrap_or_else(|fault| {
            tracing::warn!(target: "tickets::checkout", order = %id, %fault, "a lapsed hold waits for the next round");
            false
        })
    };
    let released: Vec<bool> = stream::iter(lapsed)
        .map(one)
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let count = released.into_iter().filter(|done| *done).count() as u64;
    metrics::counter!("tickets_holds_lapsed").increment(count);
    Ok(count)
}

/// Gives an order's held places back before their time: the payment page is closed first, and a payment
/// that had come is dealt with instead; false if the places stay held for now. A hold that lapsed by
/// itself is given back only if nobody has prolonged it meanwhile.
pub(crate) async fn release_held(
    house: &House,
    cx: &mut Cx,
    id: &OrderId,
    reason: CancelReason,
) -> Result<bool, Fault> {
    let order = store::orders::by_id(&mut *house.read().await?, id).await?;
    let Some(order) = order.filter(|o| o.places == Places::Held) else {
        return Ok(false);
    };
    let mut page_closed = true;
    if let Some(session_id) = &order.stripe_session_id {
        let overdue = order
            .hold_expires_at
            .is_some_and(|until| cx.now.seconds_since(until) > GRACE_S);
        match house.payments.close_checkout(session_id).await {
            Ok(closed) if closed.state == SessionState::Expired => {}
            Ok(_) => match confirm_session(house, cx, session_id).await? {
                // A method whose money takes days: the places stay held until Stripe knows more.
                Confirmed::Processing if !overdue => return Ok(false),
                Confirmed::Paid(_) | Confirmed::Settled(_) => return Ok(false),
                Confirmed::Expired => return Ok(true),
                Confirmed::Open | Confirmed::Processing | Confirmed::Unknown => page_closed = false,
            },
            Err(error) if !overdue => return Err(error.into()),
            Err(error) => {
                page_closed = false;
                tracing::warn!(target: "tickets::checkout", order = %id, %error, "places go back without Stripe's word");
            }
        }
    }
    let release = Release {
        order_id: order.id,
        event_id: order.event_id,
        reason,
        only_if_lapsed: reason == CancelReason::Expired,
        page_closed,
        now: cx.now,
    };
    Ok(house.lanes.release(release).await? == Released::Done)
}
