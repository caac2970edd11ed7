//! Who comes to an event, ticket by ticket, in the order of family names.

use crate::db::{Row, Session};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::{EventId, OrderId, TicketId, TierId};
use model::text::key_end;
use model::ticket::TicketStatus;
use model::time::Time;

macro_rules! columns {
    () => {
        "t.id, t.order_id, t.serial, t.holder_name, t.status, t.used_at, t.used_by, t.tier_id,
         i.tier_name, o.code, o.buyer_name, o.buyer_email, o.source"
    };
}
macro_rules! joined {
    () => {
        "
        join tickets_orders o on o.id = t.order_id
        join tickets_order_items i on i.id = t.order_item_id"
    };
}
/// Of a tier, if one is named; in a state, or in one of those that may come in.
macro_rules! chosen {
    () => {
        "
          and (cast($4 as text) is null or tier_id = $4)
          and (status = $5 or (cast($5 as text) is null and status in ('valid', 'used')))"
    };
}
macro_rules! branch {
    ($key:literal) => {
        concat!(
            "select found.id, found.found_key
          from (
            select id, ",
            $key,
            " as found_key
            from tickets_tickets
            where event_id = $1
              and ",
            $key,
            " >= $7
              and ",
            $key,
            " < $8
              and (",
            $key,
            ", id) > ($2, $3)",
            chosen!(),
            "
            order by ",
            $key,
            ", id
            limit $6) as found"
        )
    };
}

statements! {
    OF_EVENT = concat!("
        with found as (
          select id, holder_turned_key as found_key
          from tickets_tickets
          where event_id = $1
            and (holder_turned_key, id) > ($2, $3)", chosen!(), "
          order by holder_turned_key, id
          limit $6)
        select ", columns!(), ", found.found_key
        from found
        join tickets_tickets t on t.id = found.id", joined!(), "
        order by found.found_key, found.id");
    BEGINNING = concat!("
        with found as (
          ", branch!("holder_turned_key"), "
          union
          ", branch!("holder_key"), "
        )
        select ", columns!(), ", found.found_key
        from found
        join tickets_tickets t on t.id = found.id", joined!(), "
        order by found.found_key, found.id
        limit $6");
    EXACTLY = concat!("
        select ", columns!(), ", '' as found_key
        from tickets_tickets t", joined!(), "
        where t.id in (
            select id from tickets_tickets where serial = $2
            union
            select k.id from tickets_tickets k join tickets_orders f on f.id = k.order_id where f.code = $2)
          and t.event_id = $1
        order by t.serial
        limit 100");
}

/// A ticket with whom it is for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Guest {
    pub ticket_id: TicketId,
    pub order_id: OrderId,
    pub order_code: String,
    pub serial: String,
    pub holder_name: String,
    pub status: TicketStatus,
    pub used_at: Option<Time>,
    pub used_by: Option<String>,
    pub tier_id: TierId,
    pub tier_name: String,
    pub buyer_name: String,
    pub buyer_email: String,
    /// Where the order came from; `comp` was given away.
    pub source: String,
    /// Where it stands in the list.
    pub found_key: String,
}

fn guest(row: &Row) -> Result<Guest, StoreError> {
    Ok(Guest {
        ticket_id: row.parsed("id", TicketId::parse)?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        order_code: row.text("code")?,
        serial: row.text("serial")?,
        holder_name: row.text("holder_name")?,
        status: row.word("status", TicketStatus::parse)?,
        used_at: row.opt_time("used_at")?,
        used_by: row.opt_text("used_by")?,
        tier_id: row.parsed("tier_id", TierId::parse)?,
        tier_name: row.text("tier_name")?,
        buyer_name: row.text("buyer_name")?,
        buyer_email: row.text("buyer_email")?,
        source: row.text("source")?,
        found_key: row.text("found_key")?,
    })
}

/// Which guests.
#[derive(Clone, Debug)]
pub struct GuestFilter {
    pub event_id: EventId,
    /// With tickets of one tier.
    pub tier_id: Option<TierId>,
    /// In one state; otherwise all who may come in or have.
    pub status: Option<TicketStatus>,
    /// Whose name begins with this key.
    pub key: Option<String>,
    /// The last one of the page before: key and ticket.
    pub after: Option<(String, TicketId)>,
    /// At most so many.
    pub limit: i64,
}

/// A page of guests, by their last names; by what was found if a key is given.
pub async fn page(s: &mut Session, f: &GuestFilter) -> Result<Vec<Guest>, StoreError> {
    let (after_key, after_id) = match &f.after {
        Some((key, id)) => (key.as_str(), id.as_str()),
        // PostgreSQL begins to read an index where this pair says, and not where the key does.
        None => (f.key.as_deref().unwrap_or_default(), ""),
    };
    let tier = f.tier_id.as_ref().map(TierId::as_str);
    let status = f.status.map(TicketStatus::code);
    let event = f.event_id.as_str();
    let rows = match f.key.as_deref() {
        None => {
            let args = args![event, after_key, after_id, tier, status, f.limit];
            s.rows(&OF_EVENT, args).await?
        }
        Some(key) => {
            let args = args![
                event,
                after_key,
                after_id,
                tier,
                status,
                f.limit,
                key,
                key_end(key),
            ];
            s.rows(&BEGINNING, args).await?
        }
    };
    rows.iter().map(guest).collect()
}

/// The tickets of an event that a serial or an order's code names.
pub async fn exactly(
    s: &mut Session,
    event: &EventId,
    normal: &str,
) -> Result<Vec<Guest>, StoreError> {
    s.rows(&EXACTLY, args![event.as_str(), normal])
        .await?
        .iter()
        .map(guest)
        .collect()
}
