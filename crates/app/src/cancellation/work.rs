//! The work that follows: a few orders in each round, until none is left.

use crate::checkout::{as_new_order, job, mail, release_held};
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::jobs::kind;
use crate::refunds::{Wish, lock_order, take};
use model::ids::{EventId, OrderId};
use model::order::CancelReason;
use model::refund::{Ask, FeePolicy, RefundOrigin, RefundRefusal, RefundStatus, plan};
use store::cancellations::CancellationStatus;

/// The most refunds of one cancellation that wait for Stripe at a time.
const UNDER_WAY: i64 = 40;
/// How many orders are dealt with in one round.
const IN_ONE_GO: i64 = 20;

/// What a round found.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub(crate) enum Round {
    /// Nothing is left.
    Finished,
    /// More orders are left.
    More,
    /// Enough refunds are under way; look again in a moment.
    Wait,
}

/// Works through the orders of an event that was called off.
pub(crate) async fn work(house: &House, cx: &mut Cx, event: &EventId) -> Result<Round, Fault> {
    let mut read = house.read().await?;
    let cancellation = store::cancellations::by_event(&mut read, event).await?;
    let Some(cancellation) = cancellation else {
        return Err(Fault::Inconsistent(format!(
            "event {event} was not called off"
        )));
    };
    if cancellation.status == CancellationStatus::Done {
        return Ok(Round::Finished);
    }
    let progress = store::cancellations::progress(&mut read, event).await?;
    let waiting = progress.refunds.iter().filter(|(status, ..)| {
        RefundStatus::parse(status).is_some_and(|s| s == RefundStatus::Planned)
    });
    let waiting: i64 = waiting.map(|(_, count, _)| count).sum();
    if waiting >= UNDER_WAY {
        return Ok(Round::Wait);
    }
    let held = store::cancellations::held(&mut read, event, IN_ONE_GO).await?;
    let left = store::cancellations::left(&mut read, event, IN_ONE_GO).await?;
    drop(read);
    if held.is_empty() && left.is_empty() {
        let mut tx = house.write().await?;
        store::cancellations::finish(&mut tx, event, cx.now).await?;
        tx.commit().await?;
        return Ok(Round::Finished);
    }
    let mut stayed = 0;
    for order in &held {
        if !release_held(house, cx, order, CancelReason::EventCanceled).await? {
            stayed += 1;
        }
    }
    for order in &left {
        refund(house, cx, order).await?;
    }
    // Places whose payment is still on its way are looked at again later.
    if left.is_empty() && stayed == held.len() {
        return Ok(Round::Wait);
    }
    Ok(Round::More)
}

/// Refunds one order whole and tells its buyer, in one transaction.
async fn refund(house: &House, cx: &mut Cx, id: &OrderId) -> Result<(), Fault> {
    let mut tx = house.write().await?;
    let locked = lock_order(&mut tx, id).await?;
    let locked = locked.ok_or_else(|| Fault::Inconsistent(format!("order {id} is gone")))?;
    let plan = match plan(&locked.refundable, &Ask::Everything, FeePolicy::Return) {
        Ok(plan) => plan,
        // A refund of somebody else's was faster.
        Err(RefundRefusal::NothingLeft) => return Ok(()),
        Err(refusal) => return Err(Fault::Inconsistent(format!("order {id}: {refusal}"))),
    };
    let wish = Wish::new(RefundOrigin::Cancellation, "event_canceled", "");
    let refund = take(&mut tx, cx, &locked, &plan, wish).await?;
    if refund.status == RefundStatus::Planned {
        let make = job(cx, kind::MAKE_REFUND, refund.id.as_str());
        store::jobs::enqueue(&mut tx, &[make], cx.now).await?;
    }
    let (email, send) = mail(cx, "event_canceled", &as_new_order(&locked.order));
    store::emails::insert(&mut tx, &[email], cx.now).await?;
    store::jobs::enqueue(&mut tx, &[send], cx.now).await?;
    tx.commit().await?;
    house.bell.notify_one();
    Ok(())
}
