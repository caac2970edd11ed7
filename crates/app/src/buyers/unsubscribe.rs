//! Leaving an organizer's own words, and coming back to them.
//!
//! Such a mail is about a purchase, so it needs no consent; it must say all the same how to leave (Canada's
//! anti-spam law, s. 6(2)(c) and s. 6(6), and s. 11: without signing in, at once, and for 60 days at least;
//! read in November 2026). The link is an order's: whoever has the mail may leave, and nothing else.

use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use store::Session;
use store::orders::Order;

/// Who writes to whom, and whether they may.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Subscription {
    /// The organizer's name.
    pub organizer: String,
    /// The buyer's address.
    pub email: String,
    /// Whether the address has left.
    pub left: bool,
}

/// What a link's key is about; `None` if we did not make it.
pub async fn subscription(house: &House, key: &str) -> Result<Option<Subscription>, Fault> {
    let Some(order) = order_of(house, key).await? else {
        return Ok(None);
    };
    let mut read = house.read().await?;
    let (organizer, email) = (&order.organizer_id, &order.buyer_email_folded);
    let left = store::unsubscribes::has(&mut read, organizer, email).await?;
    told(&mut read, order, left).await.map(Some)
}

/// Leaves (`true`) or comes back, and says how it is now; `None` if the key is none of ours. Doing it again
/// changes nothing.
pub async fn set_unsubscribed(
    house: &House,
    cx: &mut Cx,
    key: &str,
    left: bool,
) -> Result<Option<Subscription>, Fault> {
    let Some(order) = order_of(house, key).await? else {
        return Ok(None);
    };
    let (organizer, email) = (&order.organizer_id, &order.buyer_email_folded);
    let mut tx = house.write().await?;
    let (changed, deed) = if left {
        let added = store::unsubscribes::add(&mut tx, organizer, email, cx.now).await?;
        (added, "messages.left")
    } else {
        let removed = store::unsubscribes::remove(&mut tx, organizer, email).await?;
        (removed, "messages.joined")
    };
    if changed {
        let line = access::audit_line(cx, deed, "order", order.id.as_str());
        store::audit::write(&mut tx, &[line], cx.now).await?;
        tx.commit().await?;
        metrics::counter!("tickets_unsubscribed", "left" => if left { "yes" } else { "no" })
            .increment(1);
    } else {
        drop(tx);
    }
    told(&mut *house.read().await?, order, left).await.map(Some)
}

async fn order_of(house: &House, key: &str) -> Result<Option<Order>, Fault> {
    let Some(id) = house.keyring.unsubscribe_order_of(key) else {
        return Ok(None);
    };
    Ok(store::orders::by_id(&mut *house.read().await?, &id).await?)
}

async fn told(read: &mut Session, order: Order, left: bool) -> Result<Subscription, Fault> {
    let organizer = store::organizers::by_id(read, &order.organizer_id).await?;
    let organizer = organizer
        .ok_or_else(|| Fault::Inconsistent(format!("order {} has no organizer", order.id)))?;
    Ok(Subscription {
        organizer: organizer.name,
        email: order.buyer_email,
        left,
    })
}
