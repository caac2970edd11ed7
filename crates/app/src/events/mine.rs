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

/// A page of an organizer's own events, each with its tiers.
#[derive(Clone, Debug)]
pub struct OwnListings {
    /// The events. Whether they have codes is not read: their organizer sees every tier without one.
    pub listings: Vec<Listing>,
    /// Where the next page begins.
    pub next: Option<(Time, EventId)>,
}

/// A page of at most so many events of the actor's own organizer, the latest first, in three statements
/// however many there are; `None` for whoever is none.
pub async fn own_listings(
    house: &House,
    cx: &Cx,
    before: Option<&(Time, EventId)>,
    limit: i64,
) -> Result<Option<OwnListings>, Fault> {
    let Some(organizer) = access::own_organizer(house, cx).await? else {
        return Ok(None);
    };
    let mut read = house.read().await?;
    let mut events =
        store::events::of_organizer(&mut read, &organizer.id, before, limit + 1).await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = events.len() > most;
    events.truncate(most);
    let ids: Vec<EventId> = events.iter().map(|e| e.id.clone()).collect();
    let tiers = store::tiers::of_events(&mut read, &ids).await?;
    let last = events.last().filter(|_| more);
    Ok(Some(OwnListings {
        next: last.map(|e| (e.start_at, e.id.clone())),
        listings: events
            .into_iter()
            .map(|event| Listing {
                tiers: tiers
                    .iter()
                    .filter(|t| t.event_id == event.id)
                    .cloned()
                    .collect(),
                locked: Vec::new(),
                takes_codes: false,
                organizer: organizer.clone(),
                event,
            })
            .collect(),
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
