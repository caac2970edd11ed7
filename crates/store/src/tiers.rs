//! Tiers: kinds of ticket of an event, each with its price and its stock.
//!
//! `held` and `sold` are moved by the lanes only. A tier is deleted by a mark, and only while
//! nothing of it is held or sold; orders keep pointing at what they bought.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::{ids, json};
use crate::{args, statement::statements};
use model::ids::{EventId, TierId};
use model::money::Currency;
use model::stock::Stock;
use model::tax::{ItemClass, TaxChoice};
use model::tier::Visibility;
use model::time::Time;
use serde::Serialize;

macro_rules! columns {
    () => {
        "id, event_id, name, description, price_cents, currency, item_class, capacity, held, sold,
         max_per_order, sales_start_at, sales_end_at, visibility, sort, revision, deleted_at,
         created_at, updated_at, tax_choice"
    };
}

statements! {
    INSERT = concat!("
        insert into tickets_tiers (", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                $19, $20)");
    UPDATE = "
        update tickets_tiers
        set name = $3, description = $4, price_cents = $5, currency = $6, item_class = $7,
            capacity = $8, max_per_order = $9, sales_start_at = $10, sales_end_at = $11,
            visibility = $12, sort = $13, updated_at = $14, tax_choice = $15, revision = revision + 1
        where id = $1
          and revision = $2
          and deleted_at is null";
    DELETE = "
        update tickets_tiers
        set deleted_at = $2, updated_at = $2, revision = revision + 1
        where id = $1
          and held = 0
          and sold = 0
          and deleted_at is null";
    ARRANGE = "
        update tickets_tiers
        set sort = (select r.sort from {rows $2 r: id text, sort bigint} where r.id = tickets_tiers.id),
            updated_at = $3, revision = revision + 1
        where event_id = $1
          and id in (select r.id from {rows $2 r: id text, sort bigint})
          and deleted_at is null";
    BY_ID = concat!("select ", columns!(), "
        from tickets_tiers
        where id = $1
          and deleted_at is null");
    OF_EVENT = concat!("select ", columns!(), "
        from tickets_tiers
        where event_id = $1
          and deleted_at is null
        order by sort, id");
    OF_EVENTS = concat!("select ", columns!(), "
        from tickets_tiers
        where event_id in (select r.id from {rows $1 r: id text})
          and deleted_at is null
        order by event_id, sort, id");
}

/// A kind of ticket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Tier {
    pub id: TierId,
    pub event_id: EventId,
    pub name: String,
    pub description: String,
    /// List price of one ticket, in cents.
    pub price_cents: i64,
    pub currency: Currency,
    pub item_class: ItemClass,
    /// Exactly the taxes that it carries, where the organizer has chosen; `None` is by its class.
    pub tax_choice: Option<TaxChoice>,
    /// Its places; the capacity is always known.
    pub stock: Stock,
    pub max_per_order: i64,
    pub sales_start_at: Option<Time>,
    pub sales_end_at: Option<Time>,
    pub visibility: Visibility,
    /// Its place among the event's tiers, smallest first.
    pub sort: i64,
    /// Rises with each edit.
    pub revision: i64,
    pub deleted_at: Option<Time>,
    pub created_at: Time,
    pub updated_at: Time,
}

fn tier(row: &Row) -> Result<Tier, StoreError> {
    Ok(Tier {
        id: row.parsed("id", TierId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        name: row.text("name")?,
        description: row.text("description")?,
        price_cents: row.int("price_cents")?,
        currency: row.parsed("currency", Currency::parse)?,
        item_class: row.word("item_class", ItemClass::parse)?,
        tax_choice: tax_choice(row)?,
        stock: Stock {
            capacity: Some(row.int("capacity")?),
            held: row.int("held")?,
            sold: row.int("sold")?,
        },
        max_per_order: row.int("max_per_order")?,
        sales_start_at: row.opt_time("sales_start_at")?,
        sales_end_at: row.opt_time("sales_end_at")?,
        visibility: row.word("visibility", Visibility::parse)?,
        sort: row.int("sort")?,
        revision: row.int("revision")?,
        deleted_at: row.opt_time("deleted_at")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

fn tax_choice(row: &Row) -> Result<Option<TaxChoice>, StoreError> {
    let kept = row.opt_text("tax_choice")?;
    let choice = kept.as_deref().map(TaxChoice::parse).transpose();
    choice.map_err(StoreError::inconsistent)
}

/// Writes a new tier; without a capacity it is refused by a constraint.
pub async fn insert(tx: &mut WriteTx, t: &Tier) -> Result<(), StoreError> {
    let choice = t.tax_choice.as_ref().map(TaxChoice::code);
    let args = args![
        t.id.as_str(),
        t.event_id.as_str(),
        &t.name,
        &t.description,
        t.price_cents,
        t.currency.as_str(),
        t.item_class.code(),
        t.stock.capacity,
        t.stock.held,
        t.stock.sold,
        t.max_per_order,
        t.sales_start_at,
        t.sales_end_at,
        t.visibility.code(),
        t.sort,
        t.revision,
        t.deleted_at,
        t.created_at,
        t.updated_at,
        choice.as_deref(),
    ];
    tx.run_one(&INSERT, args).await
}

/// Writes an edited tier if it still has the revision that the edit started from; false if not.
///
/// A capacity below what is held and sold is refused by a constraint.
pub async fn update(tx: &mut WriteTx, t: &Tier) -> Result<bool, StoreError> {
    let choice = t.tax_choice.as_ref().map(TaxChoice::code);
    let args = args![
        t.id.as_str(),
        t.revision,
        &t.name,
        &t.description,
        t.price_cents,
        t.currency.as_str(),
        t.item_class.code(),
        t.stock.capacity,
        t.max_per_order,
        t.sales_start_at,
        t.sales_end_at,
        t.visibility.code(),
        t.sort,
        t.updated_at,
        choice.as_deref(),
    ];
    tx.changed(&UPDATE, args).await
}

#[derive(Serialize)]
struct Arranged<'a> {
    id: &'a str,
    sort: i64,
}

/// Puts an event's tiers into this order; those that are not named keep their place.
pub async fn arrange(
    tx: &mut WriteTx,
    event: &EventId,
    order: &[TierId],
    now: Time,
) -> Result<(), StoreError> {
    let rows: Vec<_> = order
        .iter()
        .zip(0..)
        .map(|(id, sort)| Arranged {
            id: id.as_str(),
            sort,
        })
        .collect();
    tx.run(&ARRANGE, args![event.as_str(), json(&rows)?, now])
        .await?;
    Ok(())
}

/// Deletes a tier of which nothing is held or sold; false otherwise.
pub async fn delete(tx: &mut WriteTx, id: &TierId, now: Time) -> Result<bool, StoreError> {
    tx.changed(&DELETE, args![id.as_str(), now]).await
}

/// The tier of an id, unless it was deleted.
pub async fn by_id(s: &mut Session, id: &TierId) -> Result<Option<Tier>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(tier)
        .transpose()
}

/// An event's tiers in the organizer's order, without deleted ones.
pub async fn of_event(s: &mut Session, event: &EventId) -> Result<Vec<Tier>, StoreError> {
    s.rows(&OF_EVENT, args![event.as_str()])
        .await?
        .iter()
        .map(tier)
        .collect()
}

/// The tiers of several events, those of one event together and in the organizer's order.
pub async fn of_events(s: &mut Session, events: &[EventId]) -> Result<Vec<Tier>, StoreError> {
    let list = ids(events.iter().map(EventId::as_str));
    s.rows(&OF_EVENTS, args![list])
        .await?
        .iter()
        .map(tier)
        .collect()
}
