//! What a batch of commands looks at, locked until its transaction ends.

use crate::db::{Row, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::discount::DiscountStatus;
use model::event::EventStatus;
use model::ids::{DiscountId, EventId, ItemId, OrderId, OrganizerId, TicketId, TierId};
use model::order::{OrderStatus, Places};
use model::stock::Stock;
use model::tax_engine::TaxEngine;
use model::ticket::TicketStatus;
use model::tier::Visibility;
use model::time::Time;

statements! {
    LOCK_ORDERS = "
        select id, event_id, organizer_id, status, places, total_cents, currency, hold_expires_at,
               discount_id, tax_engine, source, created_at
        from tickets_orders
        where id in (select r.id from {rows $1 r: id text})
        order by id
        {for update}";
    ITEMS = "
        select id, order_id, tier_id, qty
        from tickets_order_items
        where order_id in (select r.id from {rows $1 r: id text})
        order by order_id, id";
    LOCK_EVENTS = "
        select id, status, end_at, capacity, held, sold, revision
        from tickets_events
        where id in (select r.id from {rows $1 r: id text})
        order by id
        {for update}";
    LOCK_TIERS = "
        select id, event_id, price_cents, visibility, sales_start_at, sales_end_at,
               max_per_order, capacity, held, sold, revision, deleted_at
        from tickets_tiers
        where id in (select r.id from {rows $1 r: id text})
        order by id
        {for update}";
    LOCK_DISCOUNTS = "
        select id, event_id, status, starts_at, ends_at, max_uses, held_count, used_count, revision
        from tickets_discounts
        where id in (select r.id from {rows $1 r: id text})
        order by id
        {for update}";
    PAYMENTS = "
        select stripe_payment_intent, outcome
        from tickets_payments
        where stripe_payment_intent in (select r.id from {rows $1 r: id text})";
    LOCK_TICKETS = "
        select id, event_id, tier_id, serial, holder_name, qr_token, door_id, door_serial, status, used_at, used_by
        from tickets_tickets
        where qr_token in (select r.id from {rows $1 r: id text})
        order by id
        {for update}";
}

/// An order as the lane sees it.
#[derive(Clone, Debug)]
pub struct OrderRow {
    pub id: OrderId,
    pub event_id: EventId,
    pub organizer_id: OrganizerId,
    pub status: OrderStatus,
    pub places: Places,
    pub total_cents: i64,
    pub currency: String,
    pub hold_expires_at: Option<Time>,
    /// The code that it was priced with.
    pub discount_id: Option<DiscountId>,
    pub tax_engine: TaxEngine,
    /// Where the buyer came from.
    pub source: String,
    pub created_at: Time,
}

/// A line of an order as the lane sees it.
#[derive(Clone, Debug)]
pub struct ItemRow {
    pub id: ItemId,
    pub order_id: OrderId,
    pub tier_id: TierId,
    pub qty: i64,
}

/// An event as the lane sees it.
#[derive(Clone, Debug)]
pub struct EventRow {
    pub id: EventId,
    pub status: EventStatus,
    pub end_at: Time,
    pub stock: Stock,
    pub revision: i64,
}

/// A tier as the lane sees it.
#[derive(Clone, Debug)]
pub struct TierRow {
    pub id: TierId,
    pub event_id: EventId,
    pub price_cents: i64,
    pub visibility: Visibility,
    pub sales_start_at: Option<Time>,
    pub sales_end_at: Option<Time>,
    pub max_per_order: i64,
    pub stock: Stock,
    pub revision: i64,
    pub deleted: bool,
}

/// A discount code as the lane sees it.
#[derive(Clone, Debug)]
pub struct DiscountRow {
    pub id: DiscountId,
    pub event_id: EventId,
    pub status: DiscountStatus,
    pub starts_at: Option<Time>,
    pub ends_at: Option<Time>,
    pub uses: Stock,
    pub revision: i64,
}

/// A ticket as the lane sees it.
#[derive(Clone, Debug)]
pub struct TicketRow {
    pub id: TicketId,
    pub event_id: EventId,
    pub tier_id: TierId,
    pub serial: String,
    pub holder_name: String,
    pub qr_hash: String,
    /// Its name on devices at the door; none if it is from before there was one.
    pub door_id: Option<String>,
    /// Its serial's name there.
    pub door_serial: Option<String>,
    pub status: TicketStatus,
    pub used_at: Option<Time>,
    pub used_by: Option<String>,
}

/// The ids as the JSON array of objects that `{rows …: id text}` reads.
fn id_rows<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    let rows: Vec<serde_json::Value> = ids
        .into_iter()
        .map(|id| serde_json::json!({ "id": id }))
        .collect();
    serde_json::Value::Array(rows).to_string()
}

/// Locks orders.
pub async fn orders(tx: &mut WriteTx, ids: &[OrderId]) -> Result<Vec<OrderRow>, StoreError> {
    let rows = tx
        .rows(
            &LOCK_ORDERS,
            args![id_rows(ids.iter().map(OrderId::as_str))],
        )
        .await?;
    rows.iter().map(order_row).collect()
}

fn order_row(row: &Row) -> Result<OrderRow, StoreError> {
    Ok(OrderRow {
        id: row.parsed("id", OrderId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        organizer_id: row.parsed("organizer_id", OrganizerId::parse)?,
        status: row.word("status", OrderStatus::parse)?,
        places: row.word("places", Places::parse)?,
        total_cents: row.int("total_cents")?,
        currency: row.text("currency")?,
        hold_expires_at: row.opt_time("hold_expires_at")?,
        discount_id: row.opt_parsed("discount_id", DiscountId::parse)?,
        tax_engine: row.word("tax_engine", TaxEngine::parse)?,
        source: row.text("source")?,
        created_at: row.time("created_at")?,
    })
}

/// The lines of orders; they never change, so they are not locked.
pub async fn items(tx: &mut WriteTx, ids: &[OrderId]) -> Result<Vec<ItemRow>, StoreError> {
    let rows = tx
        .rows(&ITEMS, args![id_rows(ids.iter().map(OrderId::as_str))])
        .await?;
    let item = |row: &Row| {
        Ok(ItemRow {
            id: row.parsed("id", ItemId::parse)?,
            order_id: row.parsed("order_id", OrderId::parse)?,
            tier_id: row.parsed("tier_id", TierId::parse)?,
            qty: row.int("qty")?,
        })
    };
    rows.iter().map(item).collect()
}

/// Locks events.
pub async fn events(tx: &mut WriteTx, ids: &[EventId]) -> Result<Vec<EventRow>, StoreError> {
    let rows = tx
        .rows(
            &LOCK_EVENTS,
            args![id_rows(ids.iter().map(EventId::as_str))],
        )
        .await?;
    rows.iter().map(event_row).collect()
}

fn event_row(row: &Row) -> Result<EventRow, StoreError> {
    Ok(EventRow {
        id: row.parsed("id", EventId::parse)?,
        status: row.word("status", EventStatus::parse)?,
        end_at: row.time("end_at")?,
        stock: Stock {
            capacity: row.opt_int("capacity")?,
            held: row.int("held")?,
            sold: row.int("sold")?,
        },
        revision: row.int("revision")?,
    })
}

/// Locks tiers.
pub async fn tiers(tx: &mut WriteTx, ids: &[TierId]) -> Result<Vec<TierRow>, StoreError> {
    let rows = tx
        .rows(&LOCK_TIERS, args![id_rows(ids.iter().map(TierId::as_str))])
        .await?;
    rows.iter().map(tier_row).collect()
}

fn tier_row(row: &Row) -> Result<TierRow, StoreError> {
    Ok(TierRow {
        id: row.parsed("id", TierId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        price_cents: row.int("price_cents")?,
        visibility: row.word("visibility", Visibility::parse)?,
        sales_start_at: row.opt_time("sales_start_at")?,
        sales_end_at: row.opt_time("sales_end_at")?,
        max_per_order: row.int("max_per_order")?,
        stock: Stock {
            capacity: Some(row.int("capacity")?),
            held: row.int("held")?,
            sold: row.int("sold")?,
        },
        revision: row.int("revision")?,
        deleted: row.opt_time("deleted_at")?.is_some(),
    })
}

/// Locks discount codes.
pub async fn discounts(
    tx: &mut WriteTx,
    ids: &[DiscountId],
) -> Result<Vec<DiscountRow>, StoreError> {
    let list = id_rows(ids.iter().map(DiscountId::as_str));
    let rows = tx.rows(&LOCK_DISCOUNTS, args![list]).await?;
    let discount = |row: &Row| {
        Ok(DiscountRow {
            id: row.parsed("id", DiscountId::parse)?,
            event_id: row.parsed("event_id", EventId::parse)?,
            status: row.word("status", DiscountStatus::parse)?,
            starts_at: row.opt_time("starts_at")?,
            ends_at: row.opt_time("ends_at")?,
            uses: Stock {
                capacity: row.opt_int("max_uses")?,
                held: row.int("held_count")?,
                sold: row.int("used_count")?,
            },
            revision: row.int("revision")?,
        })
    };
    rows.iter().map(discount).collect()
}

/// Which of these payment intents were recorded before.
pub async fn seen_payments(
    tx: &mut WriteTx,
    intents: &[String],
) -> Result<Vec<String>, StoreError> {
    let rows = tx
        .rows(
            &PAYMENTS,
            args![id_rows(intents.iter().map(String::as_str))],
        )
        .await?;
    rows.iter()
        .map(|row| row.text("stripe_payment_intent"))
        .collect()
}

/// Locks tickets by the keyed hash of their token.
pub async fn tickets(tx: &mut WriteTx, hashes: &[String]) -> Result<Vec<TicketRow>, StoreError> {
    let rows = tx
        .rows(
            &LOCK_TICKETS,
            args![id_rows(hashes.iter().map(String::as_str))],
        )
        .await?;
    rows.iter().map(ticket_row).collect()
}

pub(super) fn ticket_row(row: &Row) -> Result<TicketRow, StoreError> {
    Ok(TicketRow {
        id: row.parsed("id", TicketId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        tier_id: row.parsed("tier_id", TierId::parse)?,
        serial: row.text("serial")?,
        holder_name: row.text("holder_name")?,
        qr_hash: row.text("qr_token")?,
        door_id: row.opt_text("door_id")?,
        door_serial: row.opt_text("door_serial")?,
        status: row.word("status", TicketStatus::parse)?,
        used_at: row.opt_time("used_at")?,
        used_by: row.opt_text("used_by")?,
    })
}
