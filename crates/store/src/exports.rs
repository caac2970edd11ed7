//! An event's sold orders and their tickets, a page at a time, for files that people take away.
//!
//! Pages go on after the last order, so that the last page costs what the first did, and so that an order
//! which is sold meanwhile is neither skipped nor written twice. Tickets are read with their orders: what
//! they cost stands in their parts.

use crate::db::{Row, Session};
use crate::error::StoreError;
use crate::rows::ids;
use crate::{args, statement::statements};
use model::ids::{EventId, OrderId, TicketId};
use model::order::OrderStatus;
use model::ticket::TicketStatus;
use model::time::Time;

statements! {
    ORDERS = "
        select o.id, o.code, o.status, o.created_at, o.placed_at, o.buyer_name, o.buyer_email, o.locale,
               o.source, o.discount_code, o.discount_cents, o.subtotal_cents, o.fees_cents, o.tax_cents,
               o.total_cents, o.refunded_cents,
               (select cast(coalesce(sum(i.qty), 0) as bigint)
                from tickets_order_items i
                where i.order_id = o.id) as tickets
        from tickets_orders o
        where o.event_id = $1
          and o.status in ('paid', 'partially_refunded', 'refunded')
          and (o.created_at, o.id) > ($2, $3)
        order by o.created_at, o.id
        limit $4";
    TICKETS = "
        select t.id, t.order_id, t.serial, t.holder_name, t.status, t.used_at, t.used_by, i.tier_name,
               p.net, p.tax, p.fee, p.back
        from tickets_tickets t
        join tickets_order_items i on i.id = t.order_item_id
        left join (
          select ticket_id,
                 cast(sum(case when part = 'net' then amount_cents else 0 end) as bigint) as net,
                 cast(sum(case when part like 'tax:%' then amount_cents else 0 end) as bigint) as tax,
                 cast(sum(case when part like 'fee%' then amount_cents else 0 end) as bigint) as fee,
                 cast(sum(refunded_cents) as bigint) as back
          from tickets_ticket_parts
          where ticket_id in (
            select t2.id
            from tickets_tickets t2
            where t2.order_id in (select r.id from {rows $1 r: id text}))
          group by ticket_id) p on p.ticket_id = t.id
        where t.order_id in (select r.id from {rows $1 r: id text})
        order by t.order_id, t.id";
}

/// A sold order. Amounts are in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExportOrder {
    pub id: OrderId,
    /// For people.
    pub code: String,
    pub status: OrderStatus,
    pub created_at: Time,
    /// When it was paid.
    pub placed_at: Option<Time>,
    pub buyer_name: String,
    pub buyer_email: String,
    pub locale: String,
    pub source: String,
    pub discount_code: String,
    pub discount_cents: i64,
    /// Tickets without taxes, after discount.
    pub subtotal_cents: i64,
    /// Fees that the buyer paid.
    pub fees_cents: i64,
    /// Taxes that the buyer paid.
    pub tax_cents: i64,
    pub total_cents: i64,
    pub refunded_cents: i64,
    /// How many.
    pub tickets: i64,
}

/// A ticket. Amounts are in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExportTicket {
    pub id: TicketId,
    pub order_id: OrderId,
    pub serial: String,
    pub holder_name: String,
    pub status: TicketStatus,
    pub used_at: Option<Time>,
    /// The device that admitted.
    pub used_by: String,
    /// The tier's name as it was sold.
    pub tier_name: String,
    /// Without taxes.
    pub net_cents: i64,
    /// The organizer's taxes.
    pub tax_cents: i64,
    /// The service fee with its taxes, whoever bore it.
    pub fee_cents: i64,
    /// What went back of all of these.
    pub refunded_cents: i64,
}

fn order(row: &Row) -> Result<ExportOrder, StoreError> {
    Ok(ExportOrder {
        id: row.parsed("id", OrderId::parse)?,
        code: row.text("code")?,
        status: row.word("status", OrderStatus::parse)?,
        created_at: row.time("created_at")?,
        placed_at: row.opt_time("placed_at")?,
        buyer_name: row.text("buyer_name")?,
        buyer_email: row.text("buyer_email")?,
        locale: row.text("locale")?,
        source: row.text("source")?,
        discount_code: row.text("discount_code")?,
        discount_cents: row.int("discount_cents")?,
        subtotal_cents: row.int("subtotal_cents")?,
        fees_cents: row.int("fees_cents")?,
        tax_cents: row.int("tax_cents")?,
        total_cents: row.int("total_cents")?,
        refunded_cents: row.int("refunded_cents")?,
        tickets: row.int("tickets")?,
    })
}

fn ticket(row: &Row) -> Result<ExportTicket, StoreError> {
    Ok(ExportTicket {
        id: row.parsed("id", TicketId::parse)?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        serial: row.text("serial")?,
        holder_name: row.text("holder_name")?,
        status: row.word("status", TicketStatus::parse)?,
        used_at: row.opt_time("used_at")?,
        used_by: row.opt_text("used_by")?.unwrap_or_default(),
        tier_name: row.text("tier_name")?,
        net_cents: row.opt_int("net")?.unwrap_or_default(),
        tax_cents: row.opt_int("tax")?.unwrap_or_default(),
        fee_cents: row.opt_int("fee")?.unwrap_or_default(),
        refunded_cents: row.opt_int("back")?.unwrap_or_default(),
    })
}

/// The orders that follow `after`, oldest first, at most `limit`.
pub async fn orders(
    s: &mut Session,
    event: &EventId,
    after: Option<&(Time, OrderId)>,
    limit: i64,
) -> Result<Vec<ExportOrder>, StoreError> {
    let (created, id) = after.map_or((-1, ""), |(at, id)| (at.micros(), id.as_str()));
    let rows = s
        .rows(&ORDERS, args![event.as_str(), created, id, limit])
        .await?;
    rows.iter().map(order).collect()
}

/// The tickets of orders, those of one order together and by number.
pub async fn tickets(
    s: &mut Session,
    orders: &[ExportOrder],
) -> Result<Vec<ExportTicket>, StoreError> {
    let list = ids(orders.iter().map(|o| o.id.as_str()));
    let rows = s.rows(&TICKETS, args![list]).await?;
    rows.iter().map(ticket).collect()
}
