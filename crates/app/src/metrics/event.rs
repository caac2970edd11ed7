//! The numbers of one event: over time, in sum, and by tier, code and source.

use super::ask::{Asked, MetricsAsk, read};
use super::{Facet, MetricsError, Numbers};
use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::ids::EventId;
use model::money::Currency;
use model::time::{Time, Zone};
use std::collections::BTreeMap;
use store::Reader;
use store::events::Event;
use store::metrics::series::{self, FacetRow, SlotRow};
use store::tiers::Tier;

/// A share of one bucket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Part {
    /// The tier's id, the code's id, the source; empty for sales without a code.
    pub key: String,
    /// Its numbers.
    pub numbers: Numbers,
}

/// One bucket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BucketRow {
    /// When it begins.
    pub begin: Time,
    /// When it ends.
    pub end: Time,
    /// Its numbers.
    pub numbers: Numbers,
    /// Its shares, where they were asked for; those of nothing are left out.
    pub parts: Vec<Part>,
}

/// The sum of one tier, code or source.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeyRow {
    /// The tier's id, the code's id, the source; empty for sales without a code.
    pub key: String,
    /// What people call it; empty for sales without a code or a source.
    pub label: String,
    /// Its numbers.
    pub numbers: Numbers,
    /// How many places the tier has; `None` for others, and for tiers that were deleted.
    pub capacity: Option<i64>,
}

/// The numbers of an event.
#[derive(Clone, Debug)]
pub struct EventMetrics {
    /// The event.
    pub event: Event,
    /// The zone whose clock the buckets follow.
    pub zone: Zone,
    /// The currency of all amounts.
    pub currency: Currency,
    /// What was asked for.
    pub asked: Asked,
    /// The sums of all buckets.
    pub totals: Numbers,
    /// The buckets, empty ones too.
    pub buckets: Vec<BucketRow>,
    /// By tier, in the organizer's order.
    pub tiers: Vec<KeyRow>,
    /// By code, most sold first; without a code is one of them, as soon as there are codes.
    pub discounts: Vec<KeyRow>,
    /// By source, most sold first.
    pub sources: Vec<KeyRow>,
    /// All places, as things stand.
    pub capacity: i64,
    /// Places that can still be bought, as things stand.
    pub remaining: i64,
    /// Places that are held for orders under way.
    pub held: i64,
    /// Whether its tickets can be bought now.
    pub on_sale: bool,
}

/// The numbers of an event, for its organizer and for admins.
pub async fn event_metrics(
    house: &House,
    cx: &Cx,
    id: &EventId,
    ask: &MetricsAsk,
) -> Result<EventMetrics, MetricsError> {
    let event = access::own_event(house, cx, id).await?;
    let event = event.ok_or(MetricsError::NotFound)?;
    let zone = Zone::parse(&event.timezone)
        .map_err(|e| Fault::Inconsistent(format!("event {id}: {e}")))?;
    let mut r = house.read().await?;
    let span = series::span(&mut r, id).await?;
    let asked = read(ask, &zone, sale_of(&event, span, cx.now))?;
    let range = (asked.from(), asked.to());
    let slots = series::slots(&mut r, id, Facet::All, range).await?;
    let mut buckets = buckets_of(&asked, &slots);
    if let Some(facet) = asked.by {
        let parts = series::slots(&mut r, id, facet, range).await?;
        share(&mut buckets, &parts, facet);
    }
    let mut totals = Numbers::default();
    for slot in &slots {
        totals += slot.numbers;
    }
    let sums = series::facets(&mut r, id, range).await?;
    let tiers = store::tiers::of_event(&mut r, id).await?;
    let (discounts, sources) = (by_code(&mut r, id, &sums, totals).await?, by_source(&sums));
    let places = Places::of(&event, &tiers);
    Ok(EventMetrics {
        currency: event.currency,
        asked,
        totals,
        buckets,
        tiers: by_tier(&mut r, id, &sums, &tiers).await?,
        discounts,
        sources,
        capacity: places.capacity,
        remaining: places.remaining,
        held: places.held,
        on_sale: event.status == model::event::EventStatus::Published
            && cx.now < event.end_at
            && places.remaining + places.held > 0,
        event,
        zone,
    })
}

/// From when to when there is something to see: from the first sale (or the day it was published) until
/// now, or until the event was over and its last refund made.
fn sale_of(event: &Event, span: Option<(Time, Time)>, now: Time) -> (Time, Time) {
    let quiet = event.published_at.unwrap_or(event.created_at).min(now);
    let (first, last) = span.unwrap_or((quiet, quiet));
    let end = if now < event.end_at {
        now
    } else {
        event.end_at.max(last)
    };
    // The last moment belongs to the last bucket.
    (first, end.plus_millis(1))
}

fn buckets_of(asked: &Asked, slots: &[SlotRow]) -> Vec<BucketRow> {
    let mut buckets: Vec<BucketRow> = asked
        .edges
        .windows(2)
        .map(|edge| BucketRow {
            begin: edge[0],
            end: edge[1],
            numbers: Numbers::default(),
            parts: Vec::new(),
        })
        .collect();
    for slot in slots {
        if let Some(bucket) = bucket_at(&mut buckets, slot.slot_at) {
            bucket.numbers += slot.numbers;
        }
    }
    buckets
}

fn bucket_at(buckets: &mut [BucketRow], at: Time) -> Option<&mut BucketRow> {
    let after = buckets.partition_point(|b| b.begin <= at);
    buckets.get_mut(after.checked_sub(1)?)
}

/// Divides the buckets; what no code was used for is what the codes leave.
fn share(buckets: &mut [BucketRow], parts: &[SlotRow], facet: Facet) {
    for row in parts {
        let Some(bucket) = bucket_at(buckets, row.slot_at) else {
            continue;
        };
        match bucket.parts.iter_mut().find(|p| p.key == row.key) {
            Some(part) => part.numbers += row.numbers,
            None => bucket.parts.push(Part {
                key: row.key.clone(),
                numbers: row.numbers,
            }),
        }
    }
    if facet != Facet::Discount {
        return;
    }
    for bucket in buckets {
        let rest = rest(bucket.numbers, bucket.parts.iter().map(|p| p.numbers));
        if rest != Numbers::default() {
            bucket.parts.push(Part {
                key: String::new(),
                numbers: rest,
            });
        }
    }
}

fn rest(all: Numbers, parts: impl Iterator<Item = Numbers>) -> Numbers {
    let mut left = all;
    for part in parts {
        left -= part;
    }
    left
}

fn of_facet(sums: &[FacetRow], facet: Facet) -> BTreeMap<&str, Numbers> {
    let own = sums.iter().filter(|row| row.facet == facet);
    own.map(|row| (row.key.as_str(), row.numbers)).collect()
}

/// Every tier that is there, and those that are gone but sold something.
async fn by_tier(
    r: &mut Reader,
    event: &EventId,
    sums: &[FacetRow],
    tiers: &[Tier],
) -> Result<Vec<KeyRow>, Fault> {
    let sums = of_facet(sums, Facet::Tier);
    let mut rows = Vec::new();
    for (key, label) in series::tier_names(r, event).await? {
        let tier = tiers.iter().find(|t| t.id.as_str() == key);
        let numbers = sums.get(key.as_str()).copied();
        if tier.is_none() && numbers.is_none() {
            continue;
        }
        rows.push(KeyRow {
            numbers: numbers.unwrap_or_default(),
            capacity: tier.and_then(|t| t.stock.capacity),
            key,
            label,
        });
    }
    Ok(rows)
}

async fn by_code(
    r: &mut Reader,
    event: &EventId,
    sums: &[FacetRow],
    totals: Numbers,
) -> Result<Vec<KeyRow>, Fault> {
    let sums = of_facet(sums, Facet::Discount);
    let mut rows: Vec<KeyRow> = Vec::new();
    for (key, label) in series::code_names(r, event).await? {
        rows.push(KeyRow {
            numbers: sums.get(key.as_str()).copied().unwrap_or_default(),
            capacity: None,
            key,
            label,
        });
    }
    if !rows.is_empty() {
        rows.push(KeyRow {
            key: String::new(),
            label: String::new(),
            numbers: rest(totals, rows.iter().map(|row| row.numbers)),
            capacity: None,
        });
    }
    most_first(&mut rows);
    Ok(rows)
}

fn by_source(sums: &[FacetRow]) -> Vec<KeyRow> {
    let rows = of_facet(sums, Facet::Source);
    let row = |(key, numbers): (&str, Numbers)| KeyRow {
        key: key.to_owned(),
        label: key.to_owned(),
        numbers,
        capacity: None,
    };
    let mut rows: Vec<KeyRow> = rows.into_iter().map(row).collect();
    most_first(&mut rows);
    rows
}

fn most_first(rows: &mut [KeyRow]) {
    rows.sort_by(|a, b| {
        (b.numbers.units, b.numbers.placed)
            .cmp(&(a.numbers.units, a.numbers.placed))
            .then_with(|| a.label.cmp(&b.label))
    });
}

/// The places of an event: its tiers', but no more than its own limit.
struct Places {
    capacity: i64,
    remaining: i64,
    held: i64,
}

impl Places {
    fn of(event: &Event, tiers: &[Tier]) -> Self {
        let sum = |of: fn(&Tier) -> i64| tiers.iter().map(of).sum::<i64>();
        let (capacity, remaining) = (
            sum(|t| t.stock.capacity.unwrap_or_default()),
            sum(|t| t.stock.left()),
        );
        let limit = event.stock.capacity;
        Self {
            capacity: limit.map_or(capacity, |own| own.min(capacity)),
            remaining: limit.map_or(remaining, |_| event.stock.left().min(remaining)),
            held: sum(|t| t.stock.held),
        }
    }
}
