//! A buyer's own orders, of all events, for whoever has shown the address by a sign-in link.

use crate::error::Fault;
use crate::house::House;
use crate::sign_in::Signed;
use model::ids::OrderId;
use model::time::Time;
use store::buyer_orders::BuyerOrder;

/// How many are shown at once.
const AT_ONCE: i64 = 30;

/// A page of one's own orders.
pub struct OwnOrders {
    /// The orders, the latest first.
    pub orders: Vec<BuyerOrder>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<(Time, OrderId)>,
}

/// A page of the orders of whoever has signed in; `before` is where the page before ended.
pub async fn own_orders(
    house: &House,
    signed: &Signed,
    before: Option<&(Time, OrderId)>,
) -> Result<OwnOrders, Fault> {
    let mut read = house.read().await?;
    let mut orders =
        store::buyer_orders::page(&mut read, &signed.email_folded, before, AT_ONCE + 1).await?;
    let shown = usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
    let more = orders.len() > shown;
    orders.truncate(shown);
    let next = orders
        .last()
        .filter(|_| more)
        .map(|last| (last.created_at, last.id.clone()));
    Ok(OwnOrders { orders, next })
}
