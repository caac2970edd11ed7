//! Events that were called off, and how far giving their money back is.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{EventId, OrderId};
use model::time::Time;

words! {
    /// Whether work is left.
    CancellationStatus {
        /// Orders are being refunded.
        Running = "running",
        /// Every order was dealt with.
        Done = "done",
    }
}

macro_rules! columns {
    () => {
        "event_id, requested_by, note, status, started_at, finished_at, updated_at"
    };
}

statements! {
    INSERT = concat!("
        insert into tickets_cancellations (", columns!(), ")
        values ($1, $2, $3, 'running', $4, null, $4)
        on conflict (event_id) do nothing");
    BY_EVENT = concat!("select ", columns!(), "
        from tickets_cancellations
        where event_id = $1");
    FINISH = "
        update tickets_cancellations
        set status = 'done', finished_at = $2, updated_at = $2
        where event_id = $1
          and status = 'running'";
    // Of an event's sold orders: how many there are, and how many have nothing left to be given back.
    PROGRESS = "
        select count(*) as orders,
               cast(coalesce(sum(case when o.status = 'refunded' then 1 else 0 end), 0) as bigint) as taken,
               cast(coalesce(sum(o.refunded_cents), 0) as bigint) as taken_cents
        from tickets_orders o
        where o.event_id = $1
          and o.status in ('paid', 'partially_refunded', 'refunded')";
    REFUNDS = "
        select f.status,
               cast(sum(case when f.amount_cents > 0 then 1 else 0 end) as bigint) as refunds,
               cast(coalesce(sum(f.amount_cents), 0) as bigint) as cents
        from tickets_refunds f
        join tickets_orders o on o.id = f.order_id
        where o.event_id = $1
          and f.origin = 'cancellation'
        group by f.status
        order by f.status";
    // An absorbed fee goes back to the organizer and is no part of what buyers get; an order says that it was
    // absorbed by charging no fees.
    TOTALS = "
        select cast(coalesce(sum(c.orders), 0) as bigint) as orders,
               cast(coalesce(sum(c.tickets), 0) as bigint) as tickets,
               cast(coalesce(sum(c.own + case when c.passed then c.fee else 0 end), 0) as bigint) as amount,
               cast(coalesce(sum(c.fee), 0) as bigint) as fee
        from (
          select 1 as orders,
                 o.fees_cents > 0 as passed,
                 coalesce(t.tickets, 0) as tickets,
                 coalesce(p.own, 0) as own,
                 coalesce(p.fee, 0) as fee
          from tickets_orders o
          left join (
            select order_id, sum(case when status in ('valid', 'used') then 1 else 0 end) as tickets
            from tickets_tickets
            where event_id = $1
            group by order_id) t on t.order_id = o.id
          left join (
            select k.order_id,
                   sum(case when tp.part like 'fee%' then 0 else tp.amount_cents - tp.refunded_cents end) as own,
                   sum(case when tp.part like 'fee%' then tp.amount_cents - tp.refunded_cents else 0 end) as fee
            from tickets_ticket_parts tp
            join tickets_tickets k on k.id = tp.ticket_id
            where k.event_id = $1
            group by k.order_id) p on p.order_id = o.id
          where o.event_id = $1
            and o.status in ('paid', 'partially_refunded')) c";
    // Sold orders whose tickets live or whose price is not given back, and of which no refund is under way
    // that failed: those wait for a person.
    LEFT = "
        select o.id
        from tickets_orders o
        where o.event_id = $1
          and o.status in ('paid', 'partially_refunded')
          and not exists (
            select 1
            from tickets_refunds f
            where f.order_id = o.id
              and f.origin = 'cancellation')
        order by o.id
        limit $2";
    HELD = "
        select id
        from tickets_orders
        where event_id = $1
          and places = 'held'
        order by id
        limit $2";
}

/// An event that was called off.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cancellation {
    pub event_id: EventId,
    pub requested_by: String,
    /// What its buyers are told.
    pub note: String,
    pub status: CancellationStatus,
    /// How many orders were sold when it was called off.
    pub started_at: Time,
    pub finished_at: Option<Time>,
    pub updated_at: Time,
}

/// How far giving the money back is. Amounts are in cents.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Progress {
    /// Orders that were sold.
    pub orders: i64,
    /// Of these, those of which nothing is left to be given back.
    pub taken: i64,
    /// What goes or went back of them.
    pub taken_cents: i64,
    /// The refunds by status: their word, how many that have money in them, how much.
    pub refunds: Vec<(String, i64, i64)>,
}

/// What calling an event off would give back. Amounts are in cents.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct Totals {
    /// Sold orders.
    pub orders: i64,
    /// Tickets that live.
    pub tickets: i64,
    /// What buyers get.
    pub amount_cents: i64,
    /// How much of our fee, with its taxes, goes back.
    pub fee_cents: i64,
}

/// What calling an event off would give back now.
pub async fn totals(s: &mut Session, event: &EventId) -> Result<Totals, StoreError> {
    let row = s.one(&TOTALS, args![event.as_str()]).await?;
    Ok(Totals {
        orders: row.int("orders")?,
        tickets: row.int("tickets")?,
        amount_cents: row.int("amount")?,
        fee_cents: row.int("fee")?,
    })
}

fn cancellation(row: &Row) -> Result<Cancellation, StoreError> {
    Ok(Cancellation {
        event_id: row.parsed("event_id", EventId::parse)?,
        requested_by: row.text("requested_by")?,
        note: row.text("note")?,
        status: row.word("status", CancellationStatus::parse)?,
        started_at: row.time("started_at")?,
        finished_at: row.opt_time("finished_at")?,
        updated_at: row.time("updated_at")?,
    })
}

/// Records that an event is called off; false if it was before.
pub async fn insert(
    tx: &mut WriteTx,
    event: &EventId,
    requested_by: &str,
    note: &str,
    now: Time,
) -> Result<bool, StoreError> {
    let args = args![event.as_str(), requested_by, note, now];
    tx.changed(&INSERT, args).await
}

/// The cancellation of an event.
pub async fn by_event(
    s: &mut Session,
    event: &EventId,
) -> Result<Option<Cancellation>, StoreError> {
    s.maybe(&BY_EVENT, args![event.as_str()])
        .await?
        .as_ref()
        .map(cancellation)
        .transpose()
}

/// Records that every order was dealt with; false if that was known.
pub async fn finish(tx: &mut WriteTx, event: &EventId, now: Time) -> Result<bool, StoreError> {
    tx.changed(&FINISH, args![event.as_str(), now]).await
}

/// How far giving an event's money back is.
pub async fn progress(s: &mut Session, event: &EventId) -> Result<Progress, StoreError> {
    let orders = s.one(&PROGRESS, args![event.as_str()]).await?;
    let refund = |row: &Row| Ok((row.text("status")?, row.int("refunds")?, row.int("cents")?));
    let refunds = s.rows(&REFUNDS, args![event.as_str()]).await?;
    Ok(Progress {
        orders: orders.int("orders")?,
        taken: orders.int("taken")?,
        taken_cents: orders.int("taken_cents")?,
        refunds: refunds
            .iter()
            .map(refund)
            .collect::<Result<_, StoreError>>()?,
    })
}

fn order(row: &Row) -> Result<OrderId, StoreError> {
    row.parsed("id", OrderId::parse)
}

/// Sold orders of an event that no refund of its cancellation has touched yet.
pub async fn left(
    s: &mut Session,
    event: &EventId,
    limit: i64,
) -> Result<Vec<OrderId>, StoreError> {
    let rows = s.rows(&LEFT, args![event.as_str(), limit]).await?;
    rows.iter().map(order).collect()
}

/// Orders of an event whose places are held.
pub async fn held(
    s: &mut Session,
    event: &EventId,
    limit: i64,
) -> Result<Vec<OrderId>, StoreError> {
    let rows = s.rows(&HELD, args![event.as_str(), limit]).await?;
    rows.iter().map(order).collect()
}
