//! An event's tickets as a device at its door keeps them: under hashed names, page by page, and what changed.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::json;
use crate::{args, statement::statements};
use model::ids::{EventId, TicketId, TierId};
use model::text::key_end;
use model::ticket::TicketStatus;
use model::time::Time;
use serde::Serialize;

macro_rules! columns {
    () => {
        "id, qr_generation, tier_id, serial, holder_name, status, used_at, used_by, door_id, door_serial, door_change"
    };
}
macro_rules! person {
    () => {
        "
        select t.id, t.door_id, t.serial, t.holder_name, t.tier_id, t.status, t.used_at, t.used_by, t.order_id,
               o.buyer_name, o.buyer_email"
    };
}
/// The tickets of an event whose holder's name begins with `$2`, by one of its two keys.
macro_rules! holders {
    ($key:literal) => {
        concat!(
            "
          select found.id
          from (
            select id
            from tickets_tickets
            where event_id = $1
              and ",
            $key,
            " >= $2
              and ",
            $key,
            " < $3
            order by ",
            $key,
            ", id
            limit $4) as found"
        )
    };
}
/// The tickets of an event whose buyer's name or address begins with `$2`.
macro_rules! buyers {
    ($key:literal) => {
        concat!(
            "
          select found.id
          from (
            select t.id
            from tickets_orders o
            join tickets_tickets t on t.order_id = o.id
            where o.organizer_id = (select e.organizer_id from tickets_events e where e.id = $1)
              and o.",
            $key,
            " >= $2
              and o.",
            $key,
            " < $3
              and o.event_id = $1
            order by o.",
            $key,
            ", o.id
            limit $4) as found"
        )
    };
}

statements! {
    PAGE = concat!("
        select ", columns!(), "
        from tickets_tickets
        where event_id = $1
          and id > $2
        order by id
        limit $3");
    CHANGED = concat!("
        select ", columns!(), "
        from tickets_tickets
        where event_id = $1
          and (door_change, id) > ($2, $3)
          and door_change <= $4
        order by door_change, id
        limit $5");
    UNNAMED = concat!("
        select ", columns!(), "
        from tickets_tickets
        where event_id = $1
          and door_id is null
        order by id
        limit $2");
    NAME = "
        update tickets_tickets
        set door_id = r.door_id, door_serial = r.door_serial
        from {rows $1 r: id text, door_id text, door_serial text}
        where tickets_tickets.id = r.id
          and tickets_tickets.door_id is null";
    COUNT = "
        select count(*) as total
        from tickets_tickets
        where event_id = $1";
    PEOPLE_PAGE = concat!(person!(), "
        from tickets_tickets t
        join tickets_orders o on o.id = t.order_id
        where t.event_id = $1
          and t.id > $2
        order by t.id
        limit $3");
    PEOPLE_BEGINNING = concat!("
        with found as (", holders!("holder_key"), "
          union", holders!("holder_turned_key"), "
          union", buyers!("buyer_name_key"), "
          union", buyers!("buyer_turned_key"), "
          union", buyers!("buyer_email_key"), "
        )", person!(), "
        from found
        join tickets_tickets t on t.id = found.id
        join tickets_orders o on o.id = t.order_id
        order by t.holder_turned_key, t.id
        limit $4");
    PEOPLE_EXACTLY = concat!(person!(), "
        from tickets_tickets t
        join tickets_orders o on o.id = t.order_id
        where t.id in (
            select id from tickets_tickets where serial = $2
            union
            select k.id from tickets_tickets k join tickets_orders f on f.id = k.order_id where f.code = $2)
          and t.event_id = $1
        order by t.serial
        limit $3");
}

/// A ticket as devices keep it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DoorTicket {
    pub id: TicketId,
    /// Of its token.
    pub qr_generation: i64,
    pub tier_id: TierId,
    pub serial: String,
    pub holder_name: String,
    pub status: TicketStatus,
    pub used_at: Option<Time>,
    pub used_by: Option<String>,
    /// Its name on devices; none if it is from before there was one.
    pub door_id: Option<String>,
    /// Its serial's name on devices.
    pub door_serial: Option<String>,
    /// The number of the change that wrote it last.
    pub door_change: i64,
}

/// The names of a ticket on devices.
#[derive(Clone, Debug, Serialize)]
pub struct Names {
    pub id: String,
    pub door_id: String,
    pub door_serial: String,
}

/// Somebody with a ticket, for whoever may look for people at the door.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Person {
    pub ticket_id: TicketId,
    pub door_id: Option<String>,
    pub serial: String,
    pub holder_name: String,
    pub tier_id: TierId,
    pub status: TicketStatus,
    pub used_at: Option<Time>,
    pub used_by: Option<String>,
    pub order_id: model::ids::OrderId,
    pub buyer_name: String,
    pub buyer_email: String,
}

fn ticket(row: &Row) -> Result<DoorTicket, StoreError> {
    Ok(DoorTicket {
        id: row.parsed("id", TicketId::parse)?,
        qr_generation: row.int("qr_generation")?,
        tier_id: row.parsed("tier_id", TierId::parse)?,
        serial: row.text("serial")?,
        holder_name: row.text("holder_name")?,
        status: row.word("status", TicketStatus::parse)?,
        used_at: row.opt_time("used_at")?,
        used_by: row.opt_text("used_by")?,
        door_id: row.opt_text("door_id")?,
        door_serial: row.opt_text("door_serial")?,
        door_change: row.int("door_change")?,
    })
}

fn person(row: &Row) -> Result<Person, StoreError> {
    Ok(Person {
        ticket_id: row.parsed("id", TicketId::parse)?,
        door_id: row.opt_text("door_id")?,
        serial: row.text("serial")?,
        holder_name: row.text("holder_name")?,
        tier_id: row.parsed("tier_id", TierId::parse)?,
        status: row.word("status", TicketStatus::parse)?,
        used_at: row.opt_time("used_at")?,
        used_by: row.opt_text("used_by")?,
        order_id: row.parsed("order_id", model::ids::OrderId::parse)?,
        buyer_name: row.text("buyer_name")?,
        buyer_email: row.text("buyer_email")?,
    })
}

/// An event's tickets by id, after one of them (empty: from the first).
pub async fn page(
    s: &mut Session,
    event: &EventId,
    after: &str,
    limit: i64,
) -> Result<Vec<DoorTicket>, StoreError> {
    let rows = s.rows(&PAGE, args![event.as_str(), after, limit]).await?;
    rows.iter().map(ticket).collect()
}

/// What changed after a change and a ticket of it, up to a change, in their order.
pub async fn changed(
    s: &mut Session,
    event: &EventId,
    after: (i64, &str),
    up_to: i64,
    limit: i64,
) -> Result<Vec<DoorTicket>, StoreError> {
    let args = args![event.as_str(), after.0, after.1, up_to, limit];
    let rows = s.rows(&CHANGED, args).await?;
    rows.iter().map(ticket).collect()
}

/// Tickets from before there were names for devices.
pub async fn unnamed(
    s: &mut Session,
    event: &EventId,
    limit: i64,
) -> Result<Vec<DoorTicket>, StoreError> {
    let rows = s.rows(&UNNAMED, args![event.as_str(), limit]).await?;
    rows.iter().map(ticket).collect()
}

/// Gives tickets their names on devices; those that have got them meanwhile keep them.
pub async fn name(tx: &mut WriteTx, names: &[Names]) -> Result<(), StoreError> {
    tx.run(&NAME, args![json(names)?]).await.map(drop)
}

/// How many tickets an event has had.
pub async fn count(s: &mut Session, event: &EventId) -> Result<i64, StoreError> {
    s.one(&COUNT, args![event.as_str()]).await?.int("total")
}

/// Everybody with a ticket of an event by the ticket's id, after one of them.
pub async fn people_page(
    s: &mut Session,
    event: &EventId,
    after: &str,
    limit: i64,
) -> Result<Vec<Person>, StoreError> {
    let args = args![event.as_str(), after, limit];
    let rows = s.rows(&PEOPLE_PAGE, args).await?;
    rows.iter().map(person).collect()
}

/// Those whose name (or whose buyer's name or address) begins with a folded key, by family name.
pub async fn people_beginning(
    s: &mut Session,
    event: &EventId,
    key: &str,
    limit: i64,
) -> Result<Vec<Person>, StoreError> {
    let args = args![event.as_str(), key, key_end(key), limit];
    let rows = s.rows(&PEOPLE_BEGINNING, args).await?;
    rows.iter().map(person).collect()
}

/// The tickets of a serial or of an order's code.
pub async fn people_exactly(
    s: &mut Session,
    event: &EventId,
    code: &str,
    limit: i64,
) -> Result<Vec<Person>, StoreError> {
    let args = args![event.as_str(), code, limit];
    let rows = s.rows(&PEOPLE_EXACTLY, args).await?;
    rows.iter().map(person).collect()
}
