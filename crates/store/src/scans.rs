//! Looks at tickets at the door, whatever their answer. Recording them is the lanes' work.

use crate::db::{Row, Session};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::{EventId, KeyId, OrderId, ScanId, TicketId, TierId};
use model::time::Time;

macro_rules! columns {
    () => {
        "id, ticket_id, event_id, key_id, kind, device, result, told, answer_at, answer_by, scanned_at, received_at"
    };
}

statements! {
    OF_TICKET = concat!("select ", columns!(), "
        from tickets_scans
        where ticket_id = $1
        order by received_at, id");
    OF_ORDER = concat!("select ", columns!(), "
        from tickets_scans
        where ticket_id in (select t.id from tickets_tickets t where t.order_id = $1)
        order by received_at, id");
    CONFLICTS = "
        select s.id, s.ticket_id, s.device, s.scanned_at, s.told, s.result, s.answer_at, s.answer_by, t.serial, t.tier_id,
               t.holder_name
        from tickets_scans s
        left join tickets_tickets t on t.id = s.ticket_id
        where s.event_id = $1
          and s.conflict
          and (cast($2 as text) is null or s.key_id = $2)
        order by s.received_at desc, s.id desc
        limit $3";
    RECENT = concat!("select ", columns!(), "
        from tickets_scans
        where event_id = $1
        order by received_at desc, id desc
        limit $2");
}

/// A look at a ticket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Scan {
    pub id: ScanId,
    /// None if the code was nobody's.
    pub ticket_id: Option<TicketId>,
    /// The event of the door, which need not be the ticket's.
    pub event_id: EventId,
    pub key_id: KeyId,
    /// `scan`, `undo` or `admit`.
    pub kind: String,
    pub device: String,
    /// The answer's code, such as `already_used`.
    pub result: String,
    /// What the device had said while it was alone.
    pub told: Option<String>,
    /// The time that the answer named.
    pub answer_at: Option<Time>,
    /// The device that the answer named.
    pub answer_by: Option<String>,
    /// By the device's clock.
    pub scanned_at: Time,
    /// By ours.
    pub received_at: Time,
}

/// A scan of which a device said something else while it was alone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Conflict {
    pub scan_id: ScanId,
    /// None if the code was nobody's, or another event's.
    pub ticket: Option<ConflictTicket>,
    pub device: String,
    /// By the device's clock.
    pub at: Time,
    pub told: String,
    pub result: String,
    /// When somebody had come in with it, or when the door opened or closed.
    pub answer_at: Option<Time>,
    /// The device that had let them in.
    pub answer_by: Option<String>,
}

/// The ticket of a conflict.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ConflictTicket {
    pub id: TicketId,
    pub serial: String,
    pub tier_id: TierId,
    pub holder_name: String,
}

fn conflict(row: &Row) -> Result<Conflict, StoreError> {
    let ticket = match row.opt_parsed("ticket_id", TicketId::parse)? {
        Some(id) => Some(ConflictTicket {
            id,
            serial: row.text("serial")?,
            tier_id: row.parsed("tier_id", TierId::parse)?,
            holder_name: row.text("holder_name")?,
        }),
        None => None,
    };
    Ok(Conflict {
        ticket,
        scan_id: row.parsed("id", ScanId::parse)?,
        device: row.text("device")?,
        at: row.time("scanned_at")?,
        told: row.text("told")?,
        result: row.text("result")?,
        answer_at: row.opt_time("answer_at")?,
        answer_by: row.opt_text("answer_by")?,
    })
}

fn scan(row: &Row) -> Result<Scan, StoreError> {
    Ok(Scan {
        id: row.parsed("id", ScanId::parse)?,
        ticket_id: row.opt_parsed("ticket_id", TicketId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        key_id: row.parsed("key_id", KeyId::parse)?,
        kind: row.text("kind")?,
        device: row.text("device")?,
        result: row.text("result")?,
        told: row.opt_text("told")?,
        answer_at: row.opt_time("answer_at")?,
        answer_by: row.opt_text("answer_by")?,
        scanned_at: row.time("scanned_at")?,
        received_at: row.time("received_at")?,
    })
}

/// Every look at a ticket, oldest first.
pub async fn of_ticket(s: &mut Session, ticket: &TicketId) -> Result<Vec<Scan>, StoreError> {
    s.rows(&OF_TICKET, args![ticket.as_str()])
        .await?
        .iter()
        .map(scan)
        .collect()
}

/// Every look at the tickets of an order, oldest first.
pub async fn of_order(s: &mut Session, order: &OrderId) -> Result<Vec<Scan>, StoreError> {
    s.rows(&OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(scan)
        .collect()
}

/// The latest looks at an event's doors, newest first.
pub async fn recent(s: &mut Session, event: &EventId, limit: i64) -> Result<Vec<Scan>, StoreError> {
    s.rows(&RECENT, args![event.as_str(), limit])
        .await?
        .iter()
        .map(scan)
        .collect()
}

/// The latest conflicts of an event's door, newest first; of one key, or of all.
pub async fn conflicts(
    s: &mut Session,
    event: &EventId,
    key: Option<&KeyId>,
    limit: i64,
) -> Result<Vec<Conflict>, StoreError> {
    let args = args![event.as_str(), key.map(KeyId::as_str), limit];
    let rows = s.rows(&CONFLICTS, args).await?;
    rows.iter().map(conflict).collect()
}
