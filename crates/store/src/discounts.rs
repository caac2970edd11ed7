//! Discount codes of an event, with the tiers that they are for.
//!
//! `held_count` and `used_count` are moved by the lanes, and by [`give_use_back`] when an order is
//! refunded; which of the two an order accounts for stands in its `discount_use`. A code is never
//! deleted: orders keep pointing at what they were sold with.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::ids;
use crate::{args, statement::statements};
use model::discount::{Discount as Terms, DiscountKind, DiscountStatus};
use model::ids::{DiscountId, EventId, OrderId, TierId};
use model::stock::Stock;
use model::time::Time;
use std::collections::HashMap;

macro_rules! columns {
    () => {
        "id, event_id, code, code_folded, type, value, max_uses, held_count, used_count, starts_at,
         ends_at, min_qty, unlocks_hidden, reuse_after_refund, status, revision, created_at, updated_at"
    };
}

statements! {
    INSERT = concat!("
        insert into tickets_discounts (", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8, $9, $10, $11, $12, $13, 1, $14, $14)");
    UPDATE = "
        update tickets_discounts
        set code = $3, code_folded = $4, type = $5, value = $6, max_uses = $7, starts_at = $8,
            ends_at = $9, min_qty = $10, unlocks_hidden = $11, reuse_after_refund = $12,
            status = $13, updated_at = $14, revision = revision + 1
        where id = $1
          and revision = $2";
    BY_ID = concat!("select ", columns!(), "
        from tickets_discounts
        where id = $1");
    BY_CODE = concat!("select ", columns!(), "
        from tickets_discounts
        where event_id = $1
          and code_folded = $2");
    OF_EVENT = concat!("select ", columns!(), "
        from tickets_discounts
        where event_id = $1
          and id > $2
        order by id
        limit $3");
    ANY_OF_EVENT = "
        select id
        from tickets_discounts
        where event_id = $1
          and status = 'active'
        limit 1";
    UNLOCKED_TIERS = "
        select distinct t.id
        from tickets_tiers t
        join tickets_discounts d on d.event_id = t.event_id
        left join tickets_discount_tiers x on x.discount_id = d.id
        where t.event_id = $1
          and t.visibility = 'hidden'
          and d.unlocks_hidden
          and (x.tier_id is null or x.tier_id = t.id)
        order by t.id";
    UNLOCKED_OF_EVENTS = "
        select distinct t.event_id, t.id
        from tickets_tiers t
        join tickets_discounts d on d.event_id = t.event_id
        left join tickets_discount_tiers x on x.discount_id = d.id
        where t.event_id in (select r.id from {rows $1 r: id text})
          and t.visibility = 'hidden'
          and d.unlocks_hidden
          and (x.tier_id is null or x.tier_id = t.id)
        order by t.event_id, t.id";
    WITH_CODES = "
        select distinct event_id
        from tickets_discounts
        where event_id in (select r.id from {rows $1 r: id text})
          and status = 'active'";
    TIERS = "
        select discount_id, tier_id
        from tickets_discount_tiers
        where discount_id in (select r.id from {rows $1 r: id text})
        order by discount_id, tier_id";
    DELETE_TIERS = "
        delete from tickets_discount_tiers
        where discount_id = $1";
    INSERT_TIERS = "
        insert into tickets_discount_tiers (discount_id, tier_id)
        select $1, r.id
        from {rows $2 r: id text}";
    RETURN_USE = "
        update tickets_orders
        set discount_use = 'returned', updated_at = $2
        where id = $1
          and discount_use = 'used'
          and exists (
            select 1
            from tickets_discounts d
            where d.id = tickets_orders.discount_id
              and d.reuse_after_refund)
        returning discount_id";
    TAKE_AGAIN = "
        update tickets_discounts
        set used_count = used_count + 1
        where id = (
            select o.discount_id
            from tickets_orders o
            where o.id = $1
              and o.discount_use = 'returned')
          and (max_uses is null or held_count + used_count < max_uses)";
    MARK_USED = "
        update tickets_orders
        set discount_use = 'used', updated_at = $2
        where id = $1";
    COUNT_BACK = "
        update tickets_discounts
        set used_count = used_count - 1
        where id = $1";
}

/// A discount code.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Discount {
    pub id: DiscountId,
    pub event_id: EventId,
    /// The code as the organizer wrote it.
    pub code: String,
    /// The code as it is compared.
    pub code_folded: String,
    /// What it gives and when; its uses are counted here.
    pub terms: Terms,
    /// Whether the use of an order that was refunded whole can be used again.
    pub reuse_after_refund: bool,
    /// Rises with each edit, not with each use.
    pub revision: i64,
    pub created_at: Time,
    pub updated_at: Time,
}

fn discount(row: &Row) -> Result<Discount, StoreError> {
    Ok(Discount {
        id: row.parsed("id", DiscountId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        code: row.text("code")?,
        code_folded: row.text("code_folded")?,
        terms: Terms {
            kind: row.word("type", DiscountKind::parse)?,
            value: row.int("value")?,
            starts_at: row.opt_time("starts_at")?,
            ends_at: row.opt_time("ends_at")?,
            min_qty: row.int("min_qty")?,
            tiers: Vec::new(),
            unlocks_hidden: row.bool("unlocks_hidden")?,
            status: row.word("status", DiscountStatus::parse)?,
            uses: Stock {
                capacity: row.opt_int("max_uses")?,
                held: row.int("held_count")?,
                sold: row.int("used_count")?,
            },
        },
        reuse_after_refund: row.bool("reuse_after_refund")?,
        revision: row.int("revision")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

/// Writes a new code; one that the event has already is refused by a constraint.
pub async fn insert(tx: &mut WriteTx, d: &Discount) -> Result<(), StoreError> {
    let terms = &d.terms;
    let args = args![
        d.id.as_str(),
        d.event_id.as_str(),
        &d.code,
        &d.code_folded,
        terms.kind.code(),
        terms.value,
        terms.uses.capacity,
        terms.starts_at,
        terms.ends_at,
        terms.min_qty,
        terms.unlocks_hidden,
        d.reuse_after_refund,
        terms.status.code(),
        d.created_at,
    ];
    tx.run_one(&INSERT, args).await?;
    insert_tiers(tx, d).await
}

/// Writes an edited code if it still has the revision that the edit started from; false if not.
///
/// Fewer uses than are held and used, and another code of the event, are refused by constraints.
pub async fn update(tx: &mut WriteTx, d: &Discount) -> Result<bool, StoreError> {
    let terms = &d.terms;
    let args = args![
        d.id.as_str(),
        d.revision,
        &d.code,
        &d.code_folded,
        terms.kind.code(),
        terms.value,
        terms.uses.capacity,
        terms.starts_at,
        terms.ends_at,
        terms.min_qty,
        terms.unlocks_hidden,
        d.reuse_after_refund,
        terms.status.code(),
        d.updated_at,
    ];
    if !tx.changed(&UPDATE, args).await? {
        return Ok(false);
    }
    tx.run(&DELETE_TIERS, args![d.id.as_str()]).await?;
    insert_tiers(tx, d).await?;
    Ok(true)
}

async fn insert_tiers(tx: &mut WriteTx, d: &Discount) -> Result<(), StoreError> {
    if !d.terms.tiers.is_empty() {
        let list = ids(d.terms.tiers.iter().map(TierId::as_str));
        tx.run(&INSERT_TIERS, args![d.id.as_str(), list]).await?;
    }
    Ok(())
}

/// The code of an id.
pub async fn by_id(s: &mut Session, id: &DiscountId) -> Result<Option<Discount>, StoreError> {
    let rows = s.rows(&BY_ID, args![id.as_str()]).await?;
    Ok(with_tiers(s, &rows).await?.pop())
}

/// An event's code by what a buyer typed, folded.
pub async fn by_code(
    s: &mut Session,
    event: &EventId,
    folded: &str,
) -> Result<Option<Discount>, StoreError> {
    let rows = s.rows(&BY_CODE, args![event.as_str(), folded]).await?;
    Ok(with_tiers(s, &rows).await?.pop())
}

/// An event's codes in the order in which they were made, after an id, at most so many.
pub async fn of_event(
    s: &mut Session,
    event: &EventId,
    after: Option<&DiscountId>,
    limit: i64,
) -> Result<Vec<Discount>, StoreError> {
    let after = after.map_or("", DiscountId::as_str);
    let rows = s
        .rows(&OF_EVENT, args![event.as_str(), after, limit])
        .await?;
    with_tiers(s, &rows).await
}

async fn with_tiers(s: &mut Session, rows: &[Row]) -> Result<Vec<Discount>, StoreError> {
    let mut all: Vec<Discount> = rows.iter().map(discount).collect::<Result<_, _>>()?;
    if all.is_empty() {
        return Ok(all);
    }
    let list = ids(all.iter().map(|d| d.id.as_str()));
    let mut tiers: HashMap<DiscountId, Vec<TierId>> = HashMap::new();
    for row in s.rows(&TIERS, args![list]).await? {
        let of = row.parsed("discount_id", DiscountId::parse)?;
        let tier = row.parsed("tier_id", TierId::parse)?;
        tiers.entry(of).or_default().push(tier);
    }
    for d in &mut all {
        d.terms.tiers = tiers.remove(&d.id).unwrap_or_default();
    }
    Ok(all)
}

/// Whether an event has a code that could be typed in.
pub async fn any_of_event(s: &mut Session, event: &EventId) -> Result<bool, StoreError> {
    Ok(s.maybe(&ANY_OF_EVENT, args![event.as_str()])
        .await?
        .is_some())
}

/// An event's hidden tiers that some code of it unlocks, whether or not that code holds now.
pub async fn unlocked_tiers(s: &mut Session, event: &EventId) -> Result<Vec<TierId>, StoreError> {
    s.rows(&UNLOCKED_TIERS, args![event.as_str()])
        .await?
        .iter()
        .map(|row| row.parsed("id", TierId::parse))
        .collect()
}

/// The hidden tiers of some events that a code of theirs unlocks.
pub async fn unlocked_of_events(
    s: &mut Session,
    events: &[EventId],
) -> Result<Vec<(EventId, TierId)>, StoreError> {
    let list = ids(events.iter().map(EventId::as_str));
    s.rows(&UNLOCKED_OF_EVENTS, args![list])
        .await?
        .iter()
        .map(|row| {
            Ok((
                row.parsed("event_id", EventId::parse)?,
                row.parsed("id", TierId::parse)?,
            ))
        })
        .collect()
}

/// Those of some events that have a code that somebody could type in.
pub async fn with_codes(s: &mut Session, events: &[EventId]) -> Result<Vec<EventId>, StoreError> {
    let list = ids(events.iter().map(EventId::as_str));
    s.rows(&WITH_CODES, args![list])
        .await?
        .iter()
        .map(|row| row.parsed("event_id", EventId::parse))
        .collect()
}

/// Gives an order's use of its code back, if it has one and the code allows it; says whether it did.
///
/// For whoever refunds an order whole, in the transaction that records it and after the order's row is
/// locked: orders come before codes in the order in which all servers lock. A second call does nothing.
pub async fn give_use_back(
    tx: &mut WriteTx,
    order: &OrderId,
    now: Time,
) -> Result<bool, StoreError> {
    let Some(row) = tx.maybe(&RETURN_USE, args![order.as_str(), now]).await? else {
        return Ok(false);
    };
    let discount = row.text("discount_id")?;
    tx.run_one(&COUNT_BACK, args![&discount]).await?;
    Ok(true)
}

/// Takes a use again for an order that gave its own back, if one is free; says whether it did.
pub async fn take_use_again(
    tx: &mut WriteTx,
    order: &OrderId,
    now: Time,
) -> Result<bool, StoreError> {
    if !tx.changed(&TAKE_AGAIN, args![order.as_str()]).await? {
        return Ok(false);
    }
    tx.run_one(&MARK_USED, args![order.as_str(), now]).await?;
    Ok(true)
}
