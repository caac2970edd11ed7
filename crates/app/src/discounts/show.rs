//! One code, for its organizer.

use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::ids::DiscountId;
use store::discounts::Discount;

/// A code of one of the actor's own events; `None` if there is none of this id, or it is somebody else's.
pub async fn show(house: &House, cx: &Cx, id: &DiscountId) -> Result<Option<Discount>, Fault> {
    let Some(discount) = store::discounts::by_id(&mut *house.read().await?, id).await? else {
        return Ok(None);
    };
    let own = access::own_event(house, cx, &discount.event_id).await?;
    Ok(own.map(|_| discount))
}
