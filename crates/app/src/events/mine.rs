//! Events as their organizer sees them: drafts too.

use crate::access;
use crate::catalogue::{self, Listing};
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::event::EventStatus;
use model::ids::EventId;
use std::sync::Arc;
use store::events::Event;

/// The most events that are listed at once.
const MOST_AT_ONCE: i64 = 200;

/// The events of the actor's own organizer, the latest first; `None` for whoever is none.
pub async fn of_organizer(house: &House, cx: &Cx) -> Result<Option<Vec<Event>>, Fault> {
    let Some(organizer) = access::own_organizer(house, cx).await? else {
        return Ok(None);
    };
    Ok(Some(
        store::events::of_organizer(&mut *house.read().await?, &organizer.id, MOST_AT_ONCE).await?,
    ))
}

/// An event for whoever asks: published ones for all, the others for those who may change them.
/// The flag says whether the actor is one of those.
pub async fn show_to(
    house: &House,
    cx: &Cx,
    id: &EventId,
) -> Result<Option<(Arc<Listing>, bool)>, Fault> {
    let own = access::own_event(house, cx, id).await?.is_some();
    let listing = catalogue::fresh(house, id).await?;
    Ok(listing
        .filter(|l| own || l.event.status == EventStatus::Published)
        .map(|l| (l, own)))
}
