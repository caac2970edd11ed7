//! Making an event again: a draft with the same words, tickets and codes on another day, and nothing sold.
//!
//! Every date moves with the start by the wall clock: what began at noon begins at noon. What was decided
//! about one evening only (that it is published, who holds places) stays behind; the picture is shared.

use crate::access;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::event::EventStatus;
use model::ids::{DiscountId, EventId, TierId};
use model::slug;
use model::stock::Stock;
use model::text::{self, fold};
use model::time::{Time, Zone};
use std::collections::HashMap;
use store::copies::{CopiedChoice, Copy};
use store::discounts::Discount;
use store::events::Event;
use store::tiers::Tier;

/// What the copy is to be.
#[derive(Clone, Debug, Default)]
pub struct Duplicate {
    /// Its title; the same if absent.
    pub title: Option<String>,
    /// When it starts, ISO 8601; everything else moves with it. Needed.
    pub start_at: Option<String>,
}

/// Why an event was not copied.
#[derive(Debug, thiserror::Error)]
pub enum DuplicateError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// It has more codes than are copied at once.
    #[error("This event has too many discount codes to be copied: at most 1,000.")]
    TooMany,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(DuplicateError: store::StoreError);

/// The most codes that are copied: more would be a list from elsewhere, and not an organizer's own.
const CODES_MOST: i64 = 1_000;

/// Makes a draft from an event of the actor's own.
pub async fn duplicate(
    house: &House,
    cx: &mut Cx,
    id: &EventId,
    input: &Duplicate,
) -> Result<Event, DuplicateError> {
    let old = access::own_event(house, cx, id).await?;
    let old = old.ok_or(DuplicateError::NotFound)?;
    let new = blank_copy(cx, &old, input)?;
    let mut read = house.read().await?;
    let tiers = store::tiers::of_event(&mut read, id).await?;
    let codes = store::discounts::of_event(&mut read, id, None, CODES_MOST + 1).await?;
    drop(read);
    if i64::try_from(codes.len()).unwrap_or(i64::MAX) > CODES_MOST {
        return Err(DuplicateError::TooMany);
    }
    let zone = Zone::parse(&old.timezone).unwrap_or_else(|_| Zone::utc());
    let moved =
        |time: Option<Time>| time.map(|t| t.moved(old.start_at, new.start_at, &zone).micros());
    let tier_ids = cx.mint_in_order(tiers.len(), TierId::mint);
    let tier_copies: Vec<Copy> = tiers
        .iter()
        .zip(&tier_ids)
        .map(|(tier, id)| {
            copy(
                tier.id.as_str(),
                id.as_str(),
                moved(tier.sales_start_at),
                moved(tier.sales_end_at),
            )
        })
        .collect();
    let code_ids = cx.mint_in_order(codes.len(), DiscountId::mint);
    let code_copies: Vec<Copy> = codes
        .iter()
        .zip(&code_ids)
        .map(|(d, id)| {
            copy(
                d.id.as_str(),
                id.as_str(),
                moved(d.terms.starts_at),
                moved(d.terms.ends_at),
            )
        })
        .collect();
    let choices = choices(&codes, &code_ids, &tiers, &tier_ids);
    let mut line = access::audit_line(cx, "event.duplicated", "event", new.id.as_str());
    line.meta_json = serde_json::json!({ "from": id.as_str() }).to_string();
    let mut tx = house.write().await?;
    store::events::insert(&mut tx, &new).await?;
    store::copies::tiers(&mut tx, &new.id, &tier_copies, cx.now).await?;
    store::copies::discounts(&mut tx, &new.id, &code_copies, &choices, cx.now).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(new)
}

fn copy(old: &str, new: &str, begins: Option<i64>, ends: Option<i64>) -> Copy {
    Copy {
        old_id: old.to_owned(),
        new_id: new.to_owned(),
        begins,
        ends,
    }
}

/// Which of the new tiers each new code is for. A tier that was deleted is in neither list.
fn choices(
    codes: &[Discount],
    code_ids: &[DiscountId],
    tiers: &[Tier],
    tier_ids: &[TierId],
) -> Vec<CopiedChoice> {
    let new_of: HashMap<&TierId, &TierId> = tiers.iter().map(|t| &t.id).zip(tier_ids).collect();
    let of_code = |(code, id): (&Discount, &DiscountId)| {
        let kept = code.terms.tiers.iter().filter_map(|old| new_of.get(old));
        kept.map(|tier| CopiedChoice {
            discount_id: id.to_string(),
            tier_id: tier.to_string(),
        })
        .collect::<Vec<_>>()
    };
    codes.iter().zip(code_ids).flat_map(of_code).collect()
}

fn blank_copy(cx: &mut Cx, old: &Event, input: &Duplicate) -> Result<Event, DuplicateError> {
    let mut invalid = Invalid::default();
    let title = match &input.title {
        Some(title) => invalid.check("title", text::line(title, 160)),
        None => Some(old.title.clone()),
    };
    let start = if let Some(start) = input.start_at.as_deref() {
        invalid.check("start_at", Time::parse_iso(start))
    } else {
        invalid.note("start_at", "This is needed.");
        None
    };
    let (Some(title), Some(start_at)) = (title, start) else {
        return Err(DuplicateError::Invalid(invalid));
    };
    let zone = Zone::parse(&old.timezone).unwrap_or_else(|_| Zone::utc());
    let moved = |time: Time| time.moved(old.start_at, start_at, &zone);
    let id = cx.mint(EventId::mint);
    // The plain slug is the first event's; a copy carries the end of its id, so that no two can collide.
    let tail = &id.as_str()[id.as_str().len().saturating_sub(6)..];
    let end_at = moved(old.end_at);
    let search = [&title, &old.summary, &old.venue, &old.city].map(String::as_str);
    Ok(Event {
        slug: slug::numbered(&slug::from_title(&title), tail),
        search_folded: fold(&search.join(" ")),
        title,
        start_at,
        // Across a change of the clocks an event of minutes could otherwise end before it starts.
        end_at: end_at.max(start_at.plus_seconds(1)),
        allow_refunds_until: old.allow_refunds_until.map(moved),
        door_opens_at: old.door_opens_at.map(moved),
        door_closes_at: old.door_closes_at.map(moved),
        status: EventStatus::Draft,
        stock: Stock {
            held: 0,
            sold: 0,
            ..old.stock
        },
        revision: 1,
        published_at: None,
        created_at: cx.now,
        updated_at: cx.now,
        id,
        ..old.clone()
    })
}
