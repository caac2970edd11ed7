//! Orders as their organizer looks for them: by page, by state, by tier, by what people remember.
//!
//! However many orders there are, a page is read off an index: each way of looking has a text of its own,
//! since a condition that may not apply keeps an index from being used. What stands beside it (a state
//! beside a name, an event beside an address) is looked at row by row.

use crate::db::{Row, Session};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::{EventId, OrderId, OrganizerId, TierId};
use model::money::Currency;
use model::order::OrderStatus;
use model::text::key_end;
use model::time::Time;

macro_rules! columns {
    () => {
        "o.id, o.event_id, o.code, o.buyer_name, o.buyer_email, o.status, o.source, o.total_cents,
         o.refunded_cents, o.currency, o.placed_at, o.created_at,
         (select e.title from tickets_events e where e.id = o.event_id) as event_title,
         (select cast(coalesce(sum(i.qty), 0) as bigint)
          from tickets_order_items i
          where i.order_id = o.id) as tickets"
    };
}

/// Newest first, after `($3, $4)` and not before `$5`; `$6` is a state or null.
macro_rules! latest {
    ($of:literal) => {
        concat!(
            "select ",
            columns!(),
            ", '' as found_key
        from tickets_orders o
        where ",
            $of,
            "
          and (o.created_at, o.id) < ($3, $4)
          and o.created_at >= $5
        order by o.created_at desc, o.id desc
        limit $7"
        )
    };
}

/// One of the columns that people remember: what begins with `$2`, after `($4, $5)`.
macro_rules! branch {
    ($key:literal) => {
        concat!(
            "select found.id, found.found_key
          from (
            select id, ",
            $key,
            " as found_key
            from tickets_orders
            where organizer_id = $1
              and ",
            $key,
            " >= $2
              and ",
            $key,
            " < $3
              and (",
            $key,
            ", id) > ($4, $5)
              and (cast($6 as text) is null or event_id = $6)
              and (cast($7 as text) is null or status = $7)
            order by ",
            $key,
            ", id
            limit $8) as found"
        )
    };
}

statements! {
    // The organizer is compared as an expression, so that no planner reads all of an organizer's orders to find
    // those of one event.
    OF_EVENT = latest!("o.event_id = $1
          and coalesce(o.organizer_id, '') = $2
          and (cast($6 as text) is null or o.status = $6)");
    OVER_OF_EVENT = latest!("o.event_id = $1
          and coalesce(o.organizer_id, '') = $2
          and o.status in ('refunded', 'partially_refunded', 'canceled')
          and o.status = $6");
    OF_ORGANIZER = latest!("cast($1 as text) is null
          and o.organizer_id = $2
          and (cast($6 as text) is null or o.status = $6)");
    OVER_OF_ORGANIZER = latest!("cast($1 as text) is null
          and o.organizer_id = $2
          and o.status in ('refunded', 'partially_refunded', 'canceled')
          and o.status = $6");
    GIVEN = latest!("(cast($1 as text) is null or o.event_id = $1)
          and o.organizer_id = $2
          and o.source = 'comp'
          and (cast($6 as text) is null or o.status = $6)");
    OF_TIER = concat!("select ", columns!(), ", '' as found_key
        from tickets_order_items t
        join tickets_orders o on o.id = t.order_id
        where t.tier_id = $1
          and o.organizer_id = $2
          and t.order_id < $3
          and (cast($4 as text) is null or o.status = $4)
        order by t.order_id desc
        limit $5");
    BEGINNING = concat!("
        with found as (
          ", branch!("buyer_name_key"), "
          union
          ", branch!("buyer_turned_key"), "
          union
          ", branch!("buyer_email_key"), "
        )
        select ", columns!(), ", found.found_key
        from found
        join tickets_orders o on o.id = found.id
        order by found.found_key, found.id
        limit $8");
    EXACTLY = concat!("select ", columns!(), ", '' as found_key
        from tickets_orders o
        where o.id in (
            select id from tickets_orders where id = $1
            union
            select id from tickets_orders where code = $2
            union
            select order_id from tickets_tickets where serial = $2
            union
            select order_id from tickets_payments where stripe_payment_intent = $1
            union
            select order_id from tickets_payments where stripe_charge_id = $1
            union
            select order_id from tickets_refunds where stripe_refund_id = $1)
          and o.organizer_id = $3
          and (cast($4 as text) is null or o.event_id = $4)
        order by o.created_at desc, o.id desc
        limit 20");
}

/// An order on a list. Amounts are in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OrderRow {
    pub id: OrderId,
    pub event_id: EventId,
    pub event_title: String,
    pub code: String,
    pub buyer_name: String,
    pub buyer_email: String,
    pub status: OrderStatus,
    /// Where it came from: `page`, `api`, `widget`, `comp`.
    pub source: String,
    pub total_cents: i64,
    pub refunded_cents: i64,
    pub currency: Currency,
    /// How many tickets it is about.
    pub tickets: i64,
    pub placed_at: Option<Time>,
    pub created_at: Time,
    /// The key that it was found by; empty on lists by time.
    pub found_key: String,
}

fn order(row: &Row) -> Result<OrderRow, StoreError> {
    Ok(OrderRow {
        id: row.parsed("id", OrderId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        event_title: row.text("event_title")?,
        code: row.text("code")?,
        buyer_name: row.text("buyer_name")?,
        buyer_email: row.text("buyer_email")?,
        status: row.word("status", OrderStatus::parse)?,
        source: row.text("source")?,
        total_cents: row.int("total_cents")?,
        refunded_cents: row.int("refunded_cents")?,
        currency: row.parsed("currency", Currency::parse)?,
        tickets: row.int("tickets")?,
        placed_at: row.opt_time("placed_at")?,
        created_at: row.time("created_at")?,
        found_key: row.text("found_key")?,
    })
}

/// Whose orders, and in which state.
#[derive(Clone, Debug)]
pub struct Scope {
    pub organizer_id: OrganizerId,
    /// One event's; all of them otherwise.
    pub event_id: Option<EventId>,
    /// In one state; in any otherwise.
    pub status: Option<OrderStatus>,
    /// At most so many.
    pub limit: i64,
}

impl Scope {
    fn event(&self) -> Option<&str> {
        self.event_id.as_ref().map(EventId::as_str)
    }

    fn status(&self) -> Option<&'static str> {
        self.status.map(OrderStatus::code)
    }
}

/// Orders by time, newest first: begun before `before` (with the id that the page before ended with) and
/// not before `since`. `given` asks for those that were given away.
pub async fn latest(
    s: &mut Session,
    scope: &Scope,
    given: bool,
    before: Option<&(Time, OrderId)>,
    until: Option<Time>,
    since: Option<Time>,
) -> Result<Vec<OrderRow>, StoreError> {
    let (at, id) = match before {
        Some((at, id)) => (at.micros(), id.as_str()),
        None => (until.map_or(i64::MAX, Time::micros), ""),
    };
    let over = matches!(
        scope.status,
        Some(OrderStatus::Refunded | OrderStatus::PartiallyRefunded | OrderStatus::Canceled)
    );
    let statement = match (given, over, &scope.event_id) {
        (true, _, _) => &GIVEN,
        (false, true, Some(_)) => &OVER_OF_EVENT,
        (false, true, None) => &OVER_OF_ORGANIZER,
        (false, false, Some(_)) => &OF_EVENT,
        (false, false, None) => &OF_ORGANIZER,
    };
    let args = args![
        scope.event(),
        scope.organizer_id.as_str(),
        at,
        id,
        since.map_or(0, Time::micros),
        scope.status(),
        scope.limit,
    ];
    s.rows(statement, args).await?.iter().map(order).collect()
}

/// Orders with tickets of a tier, newest first, after the one that the page before ended with.
pub async fn of_tier(
    s: &mut Session,
    scope: &Scope,
    tier: &TierId,
    before: Option<&OrderId>,
) -> Result<Vec<OrderRow>, StoreError> {
    // No id comes after this one: z is the last of their letters.
    const LAST: &str = "ord_zzzzzzzzzzzzzzzzzzzzzzzzzzz";
    let args = args![
        tier.as_str(),
        scope.organizer_id.as_str(),
        before.map_or(LAST, OrderId::as_str),
        scope.status(),
        scope.limit,
    ];
    s.rows(&OF_TIER, args).await?.iter().map(order).collect()
}

/// Orders whose buyer's name, turned name or address begins with a key, in the order of what was found;
/// one that is found by two of them may come twice.
pub async fn beginning(
    s: &mut Session,
    scope: &Scope,
    key: &str,
    after: Option<&(String, OrderId)>,
) -> Result<Vec<OrderRow>, StoreError> {
    let (after_key, after_id) = match after {
        Some((key, id)) => (key.as_str(), id.as_str()),
        // PostgreSQL begins to read an index where this pair says, and not where the key does.
        None => (key, ""),
    };
    let args = args![
        scope.organizer_id.as_str(),
        key,
        key_end(key),
        after_key,
        after_id,
        scope.event(),
        scope.status(),
        scope.limit,
    ];
    s.rows(&BEGINNING, args).await?.iter().map(order).collect()
}

/// The orders that a text names exactly: by id or Stripe's ids as they were written, or by code or serial
/// as `normal` has them.
pub async fn exactly(
    s: &mut Session,
    scope: &Scope,
    text: &str,
    normal: &str,
) -> Result<Vec<OrderRow>, StoreError> {
    let args = args![text, normal, scope.organizer_id.as_str(), scope.event()];
    s.rows(&EXACTLY, args).await?.iter().map(order).collect()
}
