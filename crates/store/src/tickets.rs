//! Tickets and what each one's price is made of. Making and using them is the lanes' work.

use crate::db::{Row, Session, WriteTx};
use crate::doors::ticket_is_renamed;
use crate::error::StoreError;
use crate::lanes::write::name_keys;
use crate::{args, statement::statements};
use model::ids::{EventId, ItemId, OrderId, TicketId, TierId};
use model::ticket::TicketStatus;
use model::time::Time;

macro_rules! columns {
    () => {
        "id, order_id, order_item_id, event_id, tier_id, serial, qr_token, qr_generation,
         holder_name, status, used_at, used_by, seat_released, created_at, updated_at"
    };
}

statements! {
    OF_ORDER = concat!("select ", columns!(), "
        from tickets_tickets
        where order_id = $1
        order by id");
    LOCK_OF_ORDER = concat!("select ", columns!(), "
        from tickets_tickets
        where order_id = $1
        order by id
        {for update}");
    BY_ID = concat!("select ", columns!(), "
        from tickets_tickets
        where id = $1");
    BY_HASH = concat!("select ", columns!(), "
        from tickets_tickets
        where qr_token = $1");
    BY_SERIAL = concat!("select ", columns!(), "
        from tickets_tickets
        where serial = $1");
    PARTS_OF_ORDER = "
        select p.ticket_id, p.part, p.rate_ppm, p.amount_cents, p.refunded_cents
        from tickets_ticket_parts p
        join tickets_tickets t on t.id = p.ticket_id
        where t.order_id = $1
        order by p.ticket_id, p.part";
    RENAME_HOLDER = "
        update tickets_tickets
        set holder_name = $2, holder_key = $3, holder_turned_key = $4, updated_at = $5
        where id = $1";
}

/// One ticket: one person, one admission.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Ticket {
    pub id: TicketId,
    pub order_id: OrderId,
    pub order_item_id: ItemId,
    pub event_id: EventId,
    pub tier_id: TierId,
    /// What people read to each other; unique.
    pub serial: String,
    /// Keyed hash of the token in the QR code (column `qr_token`).
    pub qr_hash: String,
    /// Rises when the token is issued anew.
    pub qr_generation: i64,
    pub holder_name: String,
    pub status: TicketStatus,
    pub used_at: Option<Time>,
    pub used_by: Option<String>,
    /// Whether its place is back on sale.
    pub seat_released: bool,
    pub created_at: Time,
    pub updated_at: Time,
}

/// A component of a ticket's price.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TicketPart {
    pub ticket_id: TicketId,
    /// `net`, `fee`, `tax:GST`, `fee_tax:GST`, …
    pub part: String,
    /// The rate in parts per million; 0 where it is none.
    pub rate_ppm: i64,
    pub amount_cents: i64,
    pub refunded_cents: i64,
}

fn ticket(row: &Row) -> Result<Ticket, StoreError> {
    Ok(Ticket {
        id: row.parsed("id", TicketId::parse)?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        order_item_id: row.parsed("order_item_id", ItemId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        tier_id: row.parsed("tier_id", TierId::parse)?,
        serial: row.text("serial")?,
        qr_hash: row.text("qr_token")?,
        qr_generation: row.int("qr_generation")?,
        holder_name: row.text("holder_name")?,
        status: row.word("status", TicketStatus::parse)?,
        used_at: row.opt_time("used_at")?,
        used_by: row.opt_text("used_by")?,
        seat_released: row.bool("seat_released")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

fn part(row: &Row) -> Result<TicketPart, StoreError> {
    Ok(TicketPart {
        ticket_id: row.parsed("ticket_id", TicketId::parse)?,
        part: row.text("part")?,
        rate_ppm: row.int("rate_ppm")?,
        amount_cents: row.int("amount_cents")?,
        refunded_cents: row.int("refunded_cents")?,
    })
}

/// The tickets of an order, in the order in which they were made.
pub async fn of_order(s: &mut Session, order: &OrderId) -> Result<Vec<Ticket>, StoreError> {
    s.rows(&OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(ticket)
        .collect()
}

/// The tickets of an order, locked until the transaction ends.
pub async fn lock_of_order(tx: &mut WriteTx, order: &OrderId) -> Result<Vec<Ticket>, StoreError> {
    tx.rows(&LOCK_OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(ticket)
        .collect()
}

/// The ticket of an id.
pub async fn by_id(s: &mut Session, id: &TicketId) -> Result<Option<Ticket>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(ticket)
        .transpose()
}

/// The ticket whose token has this keyed hash.
pub async fn by_hash(s: &mut Session, hash: &str) -> Result<Option<Ticket>, StoreError> {
    s.maybe(&BY_HASH, args![hash])
        .await?
        .as_ref()
        .map(ticket)
        .transpose()
}

/// The ticket with this serial, as it was written.
pub async fn by_serial(s: &mut Session, serial: &str) -> Result<Option<Ticket>, StoreError> {
    s.maybe(&BY_SERIAL, args![serial])
        .await?
        .as_ref()
        .map(ticket)
        .transpose()
}

/// What the prices of an order's tickets are made of, ticket by ticket.
pub async fn parts_of_order(
    s: &mut Session,
    order: &OrderId,
) -> Result<Vec<TicketPart>, StoreError> {
    s.rows(&PARTS_OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(part)
        .collect()
}

/// Gives a ticket another holder's name; false if there is no such ticket.
pub async fn rename_holder(
    tx: &mut WriteTx,
    id: &TicketId,
    name: &str,
    now: Time,
) -> Result<bool, StoreError> {
    let (key, turned) = name_keys(name);
    let args = args![id.as_str(), name, key, turned, now];
    // The ticket is locked first, and its event's door last, as everywhere.
    let renamed = tx.changed(&RENAME_HOLDER, args).await?;
    if renamed {
        ticket_is_renamed(tx, id.as_str()).await?;
    }
    Ok(renamed)
}
