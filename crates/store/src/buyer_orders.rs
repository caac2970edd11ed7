//! All orders of one buyer's address, each with its event: what somebody sees who has shown the address.

use crate::db::{Row, Session};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::OrderId;
use model::order::OrderStatus;
use model::time::Time;

statements! {
    PAGE = "
        select o.id, o.code, o.status, o.total_cents, o.refunded_cents, o.currency, o.created_at,
          e.title, e.slug, e.venue, e.city, e.timezone, e.start_at, e.end_at,
          e.status = 'canceled' as called_off,
          (select count(*) from tickets_tickets t where t.order_id = o.id) as tickets
        from tickets_orders o
        join tickets_events e on e.id = o.event_id
        where o.buyer_email_folded = $1
          and o.status <> 'canceled'
          and (o.created_at < $2 or (o.created_at = $2 and o.id < $3))
        order by o.created_at desc, o.id desc
        limit $4";
}

/// An order of a buyer, with its event.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BuyerOrder {
    pub id: OrderId,
    pub code: String,
    pub status: OrderStatus,
    pub total_cents: i64,
    pub refunded_cents: i64,
    pub currency: String,
    pub created_at: Time,
    pub title: String,
    pub slug: String,
    pub venue: String,
    pub city: String,
    pub timezone: String,
    pub start_at: Time,
    pub end_at: Time,
    /// Whether the event was called off.
    pub called_off: bool,
    /// How many tickets it has.
    pub tickets: i64,
}

fn order(row: &Row) -> Result<BuyerOrder, StoreError> {
    Ok(BuyerOrder {
        id: row.parsed("id", OrderId::parse)?,
        code: row.text("code")?,
        status: row.word("status", OrderStatus::parse)?,
        total_cents: row.int("total_cents")?,
        refunded_cents: row.int("refunded_cents")?,
        currency: row.text("currency")?,
        created_at: row.time("created_at")?,
        title: row.text("title")?,
        slug: row.text("slug")?,
        venue: row.text("venue")?,
        city: row.text("city")?,
        timezone: row.text("timezone")?,
        start_at: row.time("start_at")?,
        end_at: row.time("end_at")?,
        called_off: row.bool("called_off")?,
        tickets: row.int("tickets")?,
    })
}

/// A page of the orders of a folded address, the latest first, without those that never came about;
/// `before` is where the page before ended.
pub async fn page(
    s: &mut Session,
    folded: &str,
    before: Option<&(Time, OrderId)>,
    limit: i64,
) -> Result<Vec<BuyerOrder>, StoreError> {
    // The largest time, so that the first page needs no statement of its own.
    let (at, id) = before.map_or((i64::MAX, ""), |(at, id)| (at.micros(), id.as_str()));
    s.rows(&PAGE, args![folded, at, id, limit])
        .await?
        .iter()
        .map(order)
        .collect()
}
