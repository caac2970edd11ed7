//! An organizer's own events, shelf by shelf, with what each has sold.

use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::ids::EventId;
use model::text::fold;
use model::time::Time;
use store::Session;
use store::events::Event;
pub use store::own_events::Shelf;
use store::own_events::{Counts, OwnFilter};
use store::tiers::Tier;

/// What an organizer looks for.
#[derive(Clone, Debug)]
pub struct OwnQuery {
    /// Which of their events.
    pub shelf: Shelf,
    /// Words of the title, the summary, the venue or the city; all if empty.
    pub q: String,
    /// Where the page before ended.
    pub after: Option<(Time, EventId)>,
    /// How many at most, 1 to 100.
    pub limit: i64,
}

/// An event with what matters of its stock.
#[derive(Clone, Debug)]
pub struct OwnCard {
    /// The event.
    pub event: Event,
    /// Tickets sold.
    pub sold: i64,
    /// Places in carts.
    pub held: i64,
    /// Tickets that there are in all; `None` while it has no tiers.
    pub capacity: Option<i64>,
}

/// A page of them.
#[derive(Clone, Debug)]
pub struct OwnPage {
    /// The events.
    pub cards: Vec<OwnCard>,
    /// How many lie on each shelf, whatever was searched for.
    pub counts: Counts,
    /// Where the next page begins.
    pub next: Option<(Time, EventId)>,
}

impl OwnCard {
    /// An event with its tiers counted together; the event's own capacity is a lid on them.
    pub fn of(event: Event, tiers: &[Tier]) -> Self {
        let own = || tiers.iter().filter(|t| t.event_id == event.id);
        let sum = |of: fn(&Tier) -> i64| own().map(of).fold(0, i64::saturating_add);
        let capacity = sum(|t| t.stock.capacity.unwrap_or_default());
        let capacity = event
            .stock
            .capacity
            .map_or(capacity, |lid| lid.min(capacity));
        Self {
            sold: sum(|t| t.stock.sold),
            held: sum(|t| t.stock.held),
            capacity: own().next().map(|_| capacity),
            event,
        }
    }
}

/// Events that are at hand already, with what each has sold of what it has in all.
pub async fn cards_of(house: &House, events: Vec<Event>) -> Result<Vec<OwnCard>, Fault> {
    cards(&mut *house.read().await?, events).await
}

async fn cards(read: &mut Session, events: Vec<Event>) -> Result<Vec<OwnCard>, Fault> {
    let ids: Vec<EventId> = events.iter().map(|e| e.id.clone()).collect();
    let tiers = store::tiers::of_events(read, &ids).await?;
    Ok(events.into_iter().map(|e| OwnCard::of(e, &tiers)).collect())
}

/// A page of the actor's own events; `None` for whoever is no organizer.
pub async fn own_page(house: &House, cx: &Cx, query: &OwnQuery) -> Result<Option<OwnPage>, Fault> {
    let Some(organizer) = access::own_organizer(house, cx).await? else {
        return Ok(None);
    };
    let limit = query.limit.clamp(1, 100);
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let shown: String = query
        .q
        .chars()
        .filter(|c| !c.is_control())
        .take(100)
        .collect();
    let filter = OwnFilter {
        organizer: organizer.id.clone(),
        shelf: query.shelf,
        q_folded: Some(fold(shown.trim())).filter(|q| !q.is_empty()),
        now: cx.now,
        after: query.after.clone(),
        limit: limit + 1,
    };
    let mut read = house.read().await?;
    let mut events = store::own_events::page(&mut read, &filter).await?;
    let more = events.len() > most;
    events.truncate(most);
    let counts = store::own_events::counts(&mut read, &organizer.id, cx.now).await?;
    let last = events.last().filter(|_| more);
    Ok(Some(OwnPage {
        next: last.map(|e| (e.start_at, e.id.clone())),
        cards: cards(&mut read, events).await?,
        counts,
    }))
}
