//! What the public sees: the list, and one event, always with the all-in first price.

use crate::catalogue::{self, Listing};
use crate::error::Fault;
use crate::house::House;
use model::event::EventStatus;
use model::ids::EventId;
use model::pricing::display_price_cents;
use model::text::fold;
use model::tier::{SaleState, Visibility};
use model::time::Time;
use std::sync::Arc;
use store::discounts::Discount;
use store::events::{Event, PublicFilter};
use store::tiers::Tier;

/// What somebody looks for.
#[derive(Clone, Debug, Default)]
pub struct PublicQuery {
    /// A city; empty is all.
    pub city: String,
    /// Words of the title, the summary, the venue or the city.
    pub q: String,
    /// Events that are over instead of those to come.
    pub past: bool,
    /// Only events that have not ended by then.
    pub from: Option<Time>,
    /// Only events that begin before then.
    pub until: Option<Time>,
    /// Where the page before ended.
    pub after: Option<(Time, EventId)>,
    /// How many at most.
    pub limit: i64,
}

/// A tier, as the public sees it.
#[derive(Clone, Debug)]
pub struct TierView {
    /// The tier.
    pub tier: Tier,
    /// What one ticket costs with the code that was shown, before fees and taxes, in cents.
    pub price_cents: i64,
    /// The first price without a code, in cents.
    pub list_display_cents: i64,
    /// The first price that anybody sees: with every mandatory fee, taxes apart (or inside, where the
    /// event's prices include them). In cents.
    pub display_cents: i64,
    /// Whether it can be bought, and why not.
    pub state: SaleState,
}

/// An event in the list.
#[derive(Clone, Debug)]
pub struct Card {
    /// The event.
    pub event: Event,
    /// Its public tiers.
    pub tiers: Vec<TierView>,
}

/// A page of the list.
#[derive(Clone, Debug)]
pub struct PublicPage {
    /// The events.
    pub cards: Vec<Card>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<(Time, EventId)>,
}

/// A tier with its first price and its state.
pub fn tier_view(listing: &Listing, tier: &Tier, now: Time) -> Result<TierView, Fault> {
    view(&listing.event, tier, None, now)
}

/// The same for whoever has shown a code: the first price is what one ticket costs with it.
pub fn tier_view_with(
    listing: &Listing,
    tier: &Tier,
    code: Option<&Discount>,
    now: Time,
) -> Result<TierView, Fault> {
    view(&listing.event, tier, code, now)
}

fn view(event: &Event, tier: &Tier, code: Option<&Discount>, now: Time) -> Result<TierView, Fault> {
    let display = |cents| {
        display_price_cents(cents, &event.fee).map_err(|e| Fault::Inconsistent(e.to_string()))
    };
    let price_cents = code.map_or(tier.price_cents, |d| {
        d.terms.price_of_one(&tier.id, tier.price_cents)
    });
    Ok(TierView {
        price_cents,
        list_display_cents: display(tier.price_cents)?,
        display_cents: display(price_cents)?,
        state: crate::checkout::state_in(event, tier, now),
        tier: tier.clone(),
    })
}

/// A page of published events.
pub async fn public_page(
    house: &House,
    query: &PublicQuery,
    now: Time,
) -> Result<PublicPage, Fault> {
    let limit = query.limit.clamp(1, 100);
    // What cannot be typed cannot be found either, and a NUL would be refused by PostgreSQL.
    let filled = |text: &str| {
        let shown: String = text.chars().filter(|c| !c.is_control()).take(100).collect();
        Some(fold(shown.trim())).filter(|t| !t.is_empty())
    };
    let filter = PublicFilter {
        city_folded: filled(&query.city),
        q_folded: filled(&query.q).map_or_else(Vec::new, |q| {
            q.split_whitespace().take(8).map(str::to_owned).collect()
        }),
        // Upcoming is what has not ended at the later of the two moments.
        now: query
            .from
            .filter(|from| !query.past && *from > now)
            .unwrap_or(now),
        until: query.until,
        past: query.past,
        after: query.after.clone(),
        limit: limit + 1,
    };
    let mut read = house.read().await?;
    let mut events = store::events::public_page(&mut read, &filter).await?;
    let more = events.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    events.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let ids: Vec<EventId> = events.iter().map(|e| e.id.clone()).collect();
    let tiers = store::tiers::of_events(&mut read, &ids).await?;
    drop(read);
    let next = events
        .last()
        .filter(|_| more)
        .map(|last| (last.start_at, last.id.clone()));
    let cards = events
        .into_iter()
        .map(|event| card(event, &tiers, now))
        .collect::<Result<_, _>>()?;
    Ok(PublicPage { cards, next })
}

fn card(event: Event, tiers: &[Tier], now: Time) -> Result<Card, Fault> {
    let own = tiers
        .iter()
        .filter(|t| t.event_id == event.id && t.visibility == Visibility::Public);
    let tiers = own
        .map(|tier| view(&event, tier, None, now))
        .collect::<Result<_, Fault>>()?;
    Ok(Card { event, tiers })
}

/// An event that the public may see, fresh.
pub async fn show_public(house: &House, id: &EventId) -> Result<Option<Arc<Listing>>, Fault> {
    let listing = catalogue::fresh(house, id).await?;
    Ok(listing.filter(|l| l.event.status == EventStatus::Published))
}

/// The same, by its slug.
pub async fn by_slug(house: &House, slug: &str) -> Result<Option<Arc<Listing>>, Fault> {
    if !model::slug::is_slug(slug) {
        return Ok(None);
    }
    let event = store::events::by_slug(&mut *house.read().await?, slug).await?;
    match event.filter(|e| e.status == EventStatus::Published) {
        Some(event) => show_public(house, &event.id).await,
        None => Ok(None),
    }
}

/// The same, up to two seconds old: for what is asked for on every page of somebody else's site.
pub async fn recent_by_slug(house: &House, slug: &str) -> Result<Option<Arc<Listing>>, Fault> {
    if !model::slug::is_slug(slug) {
        return Ok(None);
    }
    let event = store::events::by_slug(&mut *house.read().await?, slug).await?;
    match event.filter(|e| e.status == EventStatus::Published) {
        Some(event) => catalogue::recent(house, &event.id).await,
        None => Ok(None),
    }
}

/// An event's page by its slug: published, or called off and said so. `None` for what was never public.
pub async fn page_of_slug(house: &House, slug: &str) -> Result<Option<PublicEvent>, Fault> {
    if !model::slug::is_slug(slug) {
        return Ok(None);
    }
    let mut read = house.read().await?;
    let Some(event) = store::events::by_slug(&mut read, slug).await? else {
        return Ok(None);
    };
    let called_off = match event.status {
        EventStatus::Published => None,
        EventStatus::Canceled => store::cancellations::by_event(&mut read, &event.id).await?,
        EventStatus::Draft | EventStatus::Archived => return Ok(None),
    };
    drop(read);
    // A draft that was called off before anybody saw it stays unseen.
    if event.status == EventStatus::Canceled && event.published_at.is_none() {
        return Ok(None);
    }
    let listing = catalogue::fresh(house, &event.id).await?;
    Ok(listing.map(|listing| PublicEvent {
        listing,
        note: called_off.map(|c| c.note).unwrap_or_default(),
    }))
}

/// An event that the public may read about.
#[derive(Clone, Debug)]
pub struct PublicEvent {
    /// It, with its tiers and its organizer.
    pub listing: Arc<Listing>,
    /// What the organizer said when it was called off; empty otherwise.
    pub note: String,
}

/// The cities that have events to come, by name.
pub async fn cities(house: &House, now: Time) -> Result<Vec<String>, Fault> {
    Ok(store::events::cities(&mut *house.read().await?, now).await?)
}
