//! An event with its tiers and its organizer, kept for a moment so that a rush reads them once.
//!
//! What is kept here prices orders; it never decides whether there is room. Each order names the
//! revisions that it was priced from, and the lane refuses it if they have moved on.

use crate::error::Fault;
use crate::house::House;
use model::ids::EventId;
use moka::sync::Cache;
use std::sync::Arc;
use std::time::Duration;
use store::events::Event;
use store::organizers::Organizer;
use store::tiers::Tier;

/// An event with all that pricing needs.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The event.
    pub event: Event,
    /// Its tiers, in their order.
    pub tiers: Vec<Tier>,
    /// Who sells.
    pub organizer: Organizer,
}

/// Listings, by event.
pub struct Catalogue(Cache<EventId, Arc<Listing>>);

impl Default for Catalogue {
    fn default() -> Self {
        Self(
            Cache::builder()
                .max_capacity(2_000)
                .time_to_live(Duration::from_secs(2))
                .build(),
        )
    }
}

/// A listing as it stands in the database now.
pub async fn fresh(house: &House, id: &EventId) -> Result<Option<Arc<Listing>>, Fault> {
    let mut read = house.read().await?;
    let Some(event) = store::events::by_id(&mut read, id).await? else {
        return Ok(None);
    };
    let tiers = store::tiers::of_event(&mut read, id).await?;
    let organizer = store::organizers::by_id(&mut read, &event.organizer_id).await?;
    let organizer =
        organizer.ok_or_else(|| Fault::Inconsistent(format!("event {id} has no organizer")))?;
    let listing = Arc::new(Listing {
        event,
        tiers,
        organizer,
    });
    house.catalogue.0.insert(id.clone(), Arc::clone(&listing));
    Ok(Some(listing))
}

/// A listing that may be two seconds old.
pub async fn recent(house: &House, id: &EventId) -> Result<Option<Arc<Listing>>, Fault> {
    match house.catalogue.0.get(id) {
        Some(listing) => Ok(Some(listing)),
        None => fresh(house, id).await,
    }
}

/// Forgets a listing that was changed on this server.
pub fn forget(house: &House, id: &EventId) {
    house.catalogue.0.invalidate(id);
}
