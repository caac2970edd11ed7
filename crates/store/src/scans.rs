//! Looks at tickets at the door, whatever their answer. Recording them is the lanes' work.

use crate::db::{Row, Session};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::{EventId, KeyId, OrderId, ScanId, TicketId};
use model::time::Time;

macro_rules! columns {
    () => {
        "id, ticket_id, event_id, key_id, device, result, scanned_at, received_at"
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
    pub device: String,
    /// The answer's code, such as `already_used`.
    pub result: String,
    /// By the device's clock.
    pub scanned_at: Time,
    /// By ours.
    pub received_at: Time,
}

fn scan(row: &Row) -> Result<Scan, StoreError> {
    Ok(Scan {
        id: row.parsed("id", ScanId::parse)?,
        ticket_id: row.opt_parsed("ticket_id", TicketId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        key_id: row.parsed("key_id", KeyId::parse)?,
        device: row.text("device")?,
        result: row.text("result")?,
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
