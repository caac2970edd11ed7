//! Events as their organizer sees them: drafts too.

use crate::access;
use crate::catalogue::{self, Listing};
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::event::EventStatus;
use model::ids::EventId;
use model::time::Time;
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
        store::events::of_organizer(&mut *house.read().await?, &organizer.id, None, MOST_AT_ONCE)
            .await?,
    ))
}

/// A page of an organizer's own events.
#[derive(Clone, Debug)]
pub struct OwnListings {
    /// The events, with their tiers.
    pub listings: Vec<Listing>,
    /// Where the next page begins.
    pub next: Option<(Time, EventId)>,
}

/// The actor's own events, the latest start first, with their tiers, after one; `limit` is 1 to 100. `None`
/// for whoever is no organizer.
pub async fn own_listings(
    house: &House,
    cx: &Cx,
    after: Option<&(Time, EventId)>,
    limit: i64,
) -> Result<Option<OwnListings>, Fault> {
    let Some(organizer) = access::own_organizer(house, cx).await? else {
        return Ok(None);
    };
    let limit = limit.clamp(1, 100);
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut read = house.read().await?;
    let mut events =
        store::events::of_organizer(&mut read, &organizer.id, after, limit + 1).await?;
    let more = events.len() > most;
    events.truncate(most);
    let next = events.last().filter(|_| more);
    Ok(Some(OwnListings {
        next: next.map(|e| (e.start_at, e.id.clone())),
        listings: catalogue::of_organizer(&mut read, &organizer, events).await?,
    }))
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
