//! An event's orders as its treasurer needs them, a page at a time.
//!
//! Three statements a page, whatever its size: the orders, what their tickets' prices are made of, and
//! what went back of that. Pages go on after the last order, not by a count, so that they neither repeat
//! nor skip one while others are sold, and the last page costs what the first did.

use crate::db::{Row, Session};
use crate::error::StoreError;
use crate::rows::ids;
use crate::{args, statement::statements};
use model::ids::{EventId, OrderId};
use model::money::Currency;
use model::order::OrderStatus;
use model::time::Time;

statements! {
    PAGE = "
        select o.id, o.code, o.buyer_name, o.status, o.placed_at, o.created_at, o.currency,
               o.total_cents, o.discount_cents,
               (select cast(coalesce(sum(i.qty), 0) as bigint)
                from tickets_order_items i
                where i.order_id = o.id) as tickets,
               (select cast(coalesce(sum(i.qty * i.unit_price_cents), 0) as bigint)
                from tickets_order_items i
                where i.order_id = o.id) as list_cents
        from tickets_orders o
        where o.event_id = $1
          and o.status in ('paid', 'partially_refunded', 'refunded')
          and (o.created_at, o.id) > ($2, $3)
        order by o.created_at, o.id
        limit $4";
    PARTS = "
        select t.order_id, p.part, cast(sum(p.amount_cents) as bigint) as cents
        from tickets_tickets t
        join tickets_ticket_parts p on p.ticket_id = t.id
        where t.order_id in (select r.id from {rows $1 r: id text})
        group by t.order_id, p.part
        order by t.order_id, p.part";
    RETURNED = "
        select f.order_id, p.part,
               cast(case when f.origin = 'dispute' then 1 else 0 end as bigint) as disputed,
               cast(sum(p.amount_cents) as bigint) as cents
        from tickets_refunds f
        join tickets_refund_parts p on p.refund_id = f.id
        where f.order_id in (select r.id from {rows $1 r: id text})
          and f.status <> 'failed'
        group by f.order_id, p.part, case when f.origin = 'dispute' then 1 else 0 end
        order by f.order_id, p.part, disputed";
}

/// An order that was paid, or cost nothing. Amounts are in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SoldOrder {
    pub id: OrderId,
    pub code: String,
    pub buyer_name: String,
    pub status: OrderStatus,
    pub placed_at: Option<Time>,
    pub created_at: Time,
    pub currency: Currency,
    /// What the buyer paid.
    pub total_cents: i64,
    pub discount_cents: i64,
    /// How many tickets.
    pub tickets: i64,
    /// List prices, before discount.
    pub list_cents: i64,
}

/// So much of one part of the tickets of an order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PartSum {
    pub order_id: OrderId,
    pub part: String,
    pub cents: i64,
    /// Whether a bank took it back by a dispute.
    pub disputed: bool,
}

/// A page: its orders, what they are made of, and what went back.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SoldPage {
    pub orders: Vec<SoldOrder>,
    pub parts: Vec<PartSum>,
    pub returned: Vec<PartSum>,
}

fn order(row: &Row) -> Result<SoldOrder, StoreError> {
    Ok(SoldOrder {
        id: row.parsed("id", OrderId::parse)?,
        code: row.text("code")?,
        buyer_name: row.text("buyer_name")?,
        status: row.word("status", OrderStatus::parse)?,
        placed_at: row.opt_time("placed_at")?,
        created_at: row.time("created_at")?,
        currency: row.parsed("currency", Currency::parse)?,
        total_cents: row.int("total_cents")?,
        discount_cents: row.int("discount_cents")?,
        tickets: row.int("tickets")?,
        list_cents: row.int("list_cents")?,
    })
}

fn part(row: &Row, disputed: bool) -> Result<PartSum, StoreError> {
    Ok(PartSum {
        order_id: row.parsed("order_id", OrderId::parse)?,
        part: row.text("part")?,
        cents: row.int("cents")?,
        disputed,
    })
}

/// The page of an event's orders that follows `after`, oldest first, with at most `limit` orders.
pub async fn page(
    s: &mut Session,
    event: &EventId,
    after: Option<&(Time, OrderId)>,
    limit: i64,
) -> Result<SoldPage, StoreError> {
    let (created, id) = after.map_or((-1, ""), |(created, id)| (created.micros(), id.as_str()));
    let rows = s
        .rows(&PAGE, args![event.as_str(), created, id, limit])
        .await?;
    let orders: Vec<SoldOrder> = rows.iter().map(order).collect::<Result<_, _>>()?;
    if orders.is_empty() {
        return Ok(SoldPage::default());
    }
    let list = ids(orders.iter().map(|o| o.id.as_str()));
    let parts = s.rows(&PARTS, args![list.clone()]).await?;
    let returned = s.rows(&RETURNED, args![list]).await?;
    Ok(SoldPage {
        orders,
        parts: parts
            .iter()
            .map(|row| part(row, false))
            .collect::<Result<_, _>>()?,
        returned: returned
            .iter()
            .map(|row| part(row, row.int("disputed")? != 0))
            .collect::<Result<_, _>>()?,
    })
}
