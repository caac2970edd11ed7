//! An event with its tiers and its organizer, kept for a moment so that a rush reads them once.
//!
//! What is kept here prices orders; it never decides whether there is room. Each order names the
//! revisions that it was priced from, and the lane refuses it if they have moved on.

use crate::error::Fault;
use crate::house::House;
use model::ids::{EventId, TierId};
use model::tier::Visibility;
use moka::sync::Cache;
use std::sync::Arc;
use std::time::Duration;
use store::Session;
use store::discounts::Discount;
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
    /// Hidden tiers that some code of the event unlocks: they are bought with a code, and not by their
    /// link alone, or a code that was used up would not have stopped anybody.
    pub locked: Vec<TierId>,
    /// Whether the event has codes that somebody could type in.
    pub takes_codes: bool,
    /// Who sells.
    pub organizer: Organizer,
}

impl Listing {
    /// Whether somebody may see and buy a tier, by its visibility and the code that they have shown.
    /// A hidden tier that no code unlocks is for whoever has its link.
    pub fn opens(&self, tier: &Tier, code: Option<&Discount>) -> bool {
        tier.visibility == Visibility::Public
            || !self.locked.contains(&tier.id)
            || code.is_some_and(|d| d.terms.unlocks(&tier.id))
    }
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
    let locked = if tiers.iter().any(|t| t.visibility == Visibility::Hidden) {
        store::discounts::unlocked_tiers(&mut read, id).await?
    } else {
        Vec::new()
    };
    let takes_codes = store::discounts::any_of_event(&mut read, id).await?;
    let organizer = store::organizers::by_id(&mut read, &event.organizer_id).await?;
    let organizer =
        organizer.ok_or_else(|| Fault::Inconsistent(format!("event {id} has no organizer")))?;
    let listing = Arc::new(Listing {
        event,
        tiers,
        locked,
        takes_codes,
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

/// Some events of one organizer with all that pricing needs, in their order: a constant number of statements.
pub async fn of_organizer(
    read: &mut Session,
    organizer: &Organizer,
    events: Vec<Event>,
) -> Result<Vec<Listing>, Fault> {
    let ids: Vec<EventId> = events.iter().map(|e| e.id.clone()).collect();
    let tiers = store::tiers::of_events(read, &ids).await?;
    let locked = store::discounts::unlocked_of_events(read, &ids).await?;
    let with_codes = store::discounts::with_codes(read, &ids).await?;
    let listing = |event: Event| Listing {
        tiers: tiers
            .iter()
            .filter(|t| t.event_id == event.id)
            .cloned()
            .collect(),
        locked: locked
            .iter()
            .filter(|(of, _)| *of == event.id)
            .map(|(_, tier)| tier.clone())
            .collect(),
        takes_codes: with_codes.contains(&event.id),
        organizer: organizer.clone(),
        event,
    };
    Ok(events.into_iter().map(listing).collect())
}

/// Forgets every listing: what an organizer says about themselves is in all of theirs.
pub fn forget_all(house: &House) {
    house.catalogue.0.invalidate_all();
}

/// Forgets a listing that was changed on this server.
pub fn forget(house: &House, id: &EventId) {
    house.catalogue.0.invalidate(id);
}
