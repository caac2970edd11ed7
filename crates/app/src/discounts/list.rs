//! An event's codes, for its organizer.

use crate::access;
use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::house::House;
use model::ids::{DiscountId, EventId};
use store::discounts::Discount;
use store::events::Event;

/// Why codes were not listed.
#[derive(Debug, thiserror::Error)]
pub enum ListDiscountsError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ListDiscountsError: store::StoreError);

/// A page of an event's codes, oldest first, and whether there are more.
pub async fn list(
    house: &House,
    cx: &Cx,
    event_id: &EventId,
    after: Option<&DiscountId>,
    limit: i64,
) -> Result<(Event, Vec<Discount>, bool), ListDiscountsError> {
    let event = access::own_event(house, cx, event_id)
        .await?
        .ok_or(ListDiscountsError::NotFound)?;
    let limit = limit.clamp(1, 100);
    let mut read = house.read().await?;
    let mut found = store::discounts::of_event(&mut read, event_id, after, limit + 1).await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    Ok((event, found, more))
}
