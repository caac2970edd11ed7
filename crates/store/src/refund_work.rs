//! What a refund takes of an order's tickets, and how it is put back if the money does not arrive.
//!
//! One statement for each kind of row, whatever the size of the order. `crate::refunds` keeps the
//! refunds themselves; who may refund what is decided in `model::refund`.

use crate::db::{Row, Session, WriteTx};
use crate::doors::{self, Standing};
use crate::error::StoreError;
use crate::rows::{ids, json};
use crate::{args, statement::statements};
use model::ids::{OrderId, OrganizerId, RefundId, TicketId};
use model::order::OrderStatus;
use model::ticket::TicketStatus;
use model::time::Time;
use serde::Serialize;

statements! {
    INSERT_PARTS = "
        insert into tickets_refund_parts (refund_id, ticket_id, part, amount_cents)
        select r.refund_id, r.ticket_id, r.part, r.amount_cents
        from {rows $1 r: refund_id text, ticket_id text, part text, amount_cents bigint}";
    TAKE_PARTS = "
        update tickets_ticket_parts
        set refunded_cents = tickets_ticket_parts.refunded_cents + r.amount_cents
        from {rows $1 r: ticket_id text, part text, amount_cents bigint}
        where tickets_ticket_parts.ticket_id = r.ticket_id
          and tickets_ticket_parts.part = r.part";
    PUT_PARTS_BACK = "
        update tickets_ticket_parts
        set refunded_cents = tickets_ticket_parts.refunded_cents - r.amount_cents
        from tickets_refund_parts r
        where r.refund_id = $1
          and tickets_ticket_parts.ticket_id = r.ticket_id
          and tickets_ticket_parts.part = r.part";
    PARTS = "
        select ticket_id, part, amount_cents
        from tickets_refund_parts
        where refund_id = $1
        order by ticket_id, part";
    PARTS_OF_ORDER = "
        select p.refund_id, p.ticket_id, p.part, p.amount_cents
        from tickets_refund_parts p
        join tickets_refunds f on f.id = p.refund_id
        where f.order_id = $1
        order by p.refund_id, p.ticket_id, p.part";
    INSERT_TICKETS = "
        insert into tickets_refund_tickets (
          refund_id, ticket_id, prior_status, prior_used_at, prior_used_by, released)
        select r.refund_id, r.ticket_id, r.prior_status, r.prior_used_at, r.prior_used_by, r.released <> 0
        from {rows $1 r: refund_id text, ticket_id text, prior_status text, prior_used_at bigint,
          prior_used_by text, released bigint}";
    DYING_TICKETS = "
        select ticket_id, prior_status, prior_used_at, prior_used_by, released
        from tickets_refund_tickets
        where refund_id = $1
        order by ticket_id";
    DEAD_OF_ORDER = "
        select d.refund_id, d.ticket_id
        from tickets_refunds f
        join tickets_refund_tickets d on d.refund_id = f.id
        where f.order_id = $1
        order by d.refund_id, d.ticket_id";
    SET_TICKETS = "
        update tickets_tickets
        set status = r.status,
            used_at = r.used_at,
            used_by = r.used_by,
            seat_released = r.released <> 0,
            updated_at = r.at,
            door_change = (select d.changes from tickets_doors d where d.event_id = tickets_tickets.event_id)
        from {rows $1 r: id text, status text, used_at bigint, used_by text, released bigint, at bigint}
        where tickets_tickets.id = r.id";
    SET_ORDER = "
        update tickets_orders
        set status = $2, refunded_cents = refunded_cents + $3, updated_at = $4
        where id = $1";
    RAISE_SERIES = "
        insert into tickets_series (organizer_id, series, last_number)
        values ($1, $2, 1)
        on conflict (organizer_id, series)
        do update set last_number = tickets_series.last_number + 1
        returning last_number";
    OWN_LEFT = "
        select cast(coalesce(sum(p.amount_cents - p.refunded_cents), 0) as bigint) as cents
        from tickets_ticket_parts p
        where p.ticket_id in (select r.id from {rows $1 r: id text})
          and p.part not like 'fee%'";
}

/// So much of one part of one ticket.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct RefundPart {
    pub refund_id: String,
    pub ticket_id: String,
    pub part: String,
    /// Cents, more than nothing.
    pub amount_cents: i64,
}

/// A ticket that dies with a refund, as it stood before.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DyingTicket {
    pub ticket_id: TicketId,
    pub prior_status: TicketStatus,
    pub prior_used_at: Option<Time>,
    pub prior_used_by: Option<String>,
    /// Whether its place went back on sale.
    pub released: bool,
}

/// How a ticket stands from now on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TicketState {
    pub id: TicketId,
    pub status: TicketStatus,
    pub used_at: Option<Time>,
    pub used_by: Option<String>,
    pub seat_released: bool,
}

#[derive(Serialize)]
struct DyingRow<'a> {
    refund_id: &'a str,
    ticket_id: &'a str,
    prior_status: &'a str,
    prior_used_at: Option<i64>,
    prior_used_by: Option<&'a str>,
    released: i64,
}

#[derive(Serialize)]
struct StateRow<'a> {
    id: &'a str,
    status: &'a str,
    used_at: Option<i64>,
    used_by: Option<&'a str>,
    released: i64,
    at: i64,
}

fn all_changed(changed: u64, wanted: usize, what: &str) -> Result<(), StoreError> {
    if usize::try_from(changed) == Ok(wanted) {
        Ok(())
    } else {
        Err(StoreError::inconsistent(format!(
            "{what} changed {changed} rows of {wanted}"
        )))
    }
}

/// Records what a refund takes, and takes it: constraints refuse more than is left.
pub async fn take_parts(tx: &mut WriteTx, parts: &[RefundPart]) -> Result<(), StoreError> {
    if parts.is_empty() {
        return Ok(());
    }
    let rows = json(parts)?;
    let taken = tx.run(&TAKE_PARTS, args![rows.clone()]).await?;
    all_changed(taken, parts.len(), "taking parts")?;
    tx.run(&INSERT_PARTS, args![rows]).await.map(drop)
}

/// Puts back what a refund took, after it failed.
pub async fn put_parts_back(tx: &mut WriteTx, refund: &RefundId) -> Result<(), StoreError> {
    tx.run(&PUT_PARTS_BACK, args![refund.as_str()])
        .await
        .map(drop)
}

fn part(row: &Row, refund: String) -> Result<RefundPart, StoreError> {
    Ok(RefundPart {
        refund_id: refund,
        ticket_id: row.text("ticket_id")?,
        part: row.text("part")?,
        amount_cents: row.int("amount_cents")?,
    })
}

/// What a refund took.
pub async fn parts(s: &mut Session, refund: &RefundId) -> Result<Vec<RefundPart>, StoreError> {
    s.rows(&PARTS, args![refund.as_str()])
        .await?
        .iter()
        .map(|row| part(row, refund.as_str().to_owned()))
        .collect()
}

/// What all refunds of an order took, refund by refund.
pub async fn parts_of_order(
    s: &mut Session,
    order: &OrderId,
) -> Result<Vec<RefundPart>, StoreError> {
    s.rows(&PARTS_OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(|row| part(row, row.text("refund_id")?))
        .collect()
}

/// Records which tickets die with a refund.
pub async fn insert_dying(
    tx: &mut WriteTx,
    refund: &RefundId,
    tickets: &[DyingTicket],
) -> Result<(), StoreError> {
    if tickets.is_empty() {
        return Ok(());
    }
    let rows: Vec<DyingRow<'_>> = tickets
        .iter()
        .map(|t| DyingRow {
            refund_id: refund.as_str(),
            ticket_id: t.ticket_id.as_str(),
            prior_status: t.prior_status.code(),
            prior_used_at: t.prior_used_at.map(Time::micros),
            prior_used_by: t.prior_used_by.as_deref(),
            released: i64::from(t.released),
        })
        .collect();
    tx.run(&INSERT_TICKETS, args![json(&rows)?]).await.map(drop)
}

/// The tickets that died with a refund.
pub async fn dying(s: &mut Session, refund: &RefundId) -> Result<Vec<DyingTicket>, StoreError> {
    let ticket = |row: &Row| {
        Ok(DyingTicket {
            ticket_id: row.parsed("ticket_id", TicketId::parse)?,
            prior_status: row.word("prior_status", TicketStatus::parse)?,
            prior_used_at: row.opt_time("prior_used_at")?,
            prior_used_by: row.opt_text("prior_used_by")?,
            released: row.bool("released")?,
        })
    };
    s.rows(&DYING_TICKETS, args![refund.as_str()])
        .await?
        .iter()
        .map(ticket)
        .collect()
}

/// The tickets that died with each refund of an order.
pub async fn dead_of_order(
    s: &mut Session,
    order: &OrderId,
) -> Result<Vec<(RefundId, TicketId)>, StoreError> {
    let pair = |row: &Row| {
        Ok((
            row.parsed("refund_id", RefundId::parse)?,
            row.parsed("ticket_id", TicketId::parse)?,
        ))
    };
    let rows = s.rows(&DEAD_OF_ORDER, args![order.as_str()]).await?;
    rows.iter().map(pair).collect()
}

/// Sets how tickets stand; each at most once, and locked before.
pub async fn set_tickets(
    tx: &mut WriteTx,
    tickets: &[TicketState],
    now: Time,
) -> Result<(), StoreError> {
    if tickets.is_empty() {
        return Ok(());
    }
    let rows: Vec<StateRow<'_>> = tickets
        .iter()
        .map(|t| StateRow {
            id: t.id.as_str(),
            status: t.status.code(),
            used_at: t.used_at.map(Time::micros),
            used_by: t.used_by.as_deref(),
            released: i64::from(t.seat_released),
            at: now.micros(),
        })
        .collect();
    let standing = rows.iter().map(|row| Standing {
        id: row.id,
        status: row.status,
    });
    doors::tickets_change(tx, &standing.collect::<Vec<_>>()).await?;
    let changed = tx.run(&SET_TICKETS, args![json(&rows)?]).await?;
    all_changed(changed, rows.len(), "setting tickets")
}

/// Moves an order's status and what went back of it (cents; negative after a failure).
pub async fn set_order(
    tx: &mut WriteTx,
    order: &OrderId,
    status: OrderStatus,
    cents: i64,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(&SET_ORDER, args![order.as_str(), status.code(), cents, now])
        .await
}

/// What is left of the tickets' own price (net and taxes, without our fee), in cents.
pub async fn own_left_cents(s: &mut Session, tickets: &[TicketId]) -> Result<i64, StoreError> {
    let list = ids(tickets.iter().map(TicketId::as_str));
    s.one(&OWN_LEFT, args![list]).await?.int("cents")
}

/// The next number of an organizer's series. It is taken only if the transaction commits, and whoever
/// comes second waits, so the series has no gaps.
pub async fn next_number(
    tx: &mut WriteTx,
    organizer: &OrganizerId,
    series: &str,
) -> Result<i64, StoreError> {
    tx.one(&RAISE_SERIES, args![organizer.as_str(), series])
        .await?
        .int("last_number")
}
