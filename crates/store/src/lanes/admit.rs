//! What the door's commands look at and write: tickets by any of their names, scans that were answered before.

use super::load::{TicketRow, ticket_row};
use super::write::put;
use crate::db::{Row, WriteTx};
use crate::doors::{self, Standing};
use crate::error::StoreError;
use crate::rows::{ids, json};
use crate::{args, statement::statements};
use model::ids::{EventId, KeyId, ScanId, TicketId};
use model::time::Time;
use serde::Serialize;

statements! {
    LOCK_NAMED = "
        select id, event_id, tier_id, serial, holder_name, qr_token, door_id, door_serial, status, used_at, used_by
        from tickets_tickets
        where id in (
          select t.id
          from {rows $1 r: id text}
          join tickets_tickets t on t.qr_token = r.id
          union
          select t.id
          from {rows $2 r: event_id text, id text}
          join tickets_tickets t on t.event_id = r.event_id and t.door_id = r.id
          union
          select t.id
          from {rows $3 r: event_id text, id text}
          join tickets_tickets t on t.event_id = r.event_id and t.door_serial = r.id
          union
          select r.id
          from {rows $4 r: id text})
        order by id
        {for update}";
    ANSWERED = "
        select s.id, s.key_id, s.client_id, s.kind, s.result, s.told, s.conflict, s.answer_at, s.answer_by
        from {rows $1 r: key_id text, client_id text}
        join tickets_scans s on s.key_id = r.key_id and s.client_id = r.client_id";
    LET_IN_BY = "
        select distinct s.ticket_id, s.key_id
        from {rows $1 r: id text}
        join tickets_tickets t on t.id = r.id
        join tickets_scans s on s.ticket_id = t.id
        where s.result = 'valid'
          and s.scanned_at = t.used_at";
    USE_TICKETS = "
        update tickets_tickets
        set status = r.status,
            used_at = r.used_at,
            used_by = r.used_by,
            updated_at = r.at,
            door_change = (select d.changes from tickets_doors d where d.event_id = tickets_tickets.event_id)
        from {rows $1 r: id text, status text, used_at bigint, used_by text, at bigint}
        where tickets_tickets.id = r.id";
    INSERT_SCANS = "
        insert into tickets_scans (
          id, ticket_id, event_id, key_id, client_id, kind, device, result, told, conflict, answer_at, answer_by,
          scanned_at, received_at)
        select r.id, r.ticket_id, r.event_id, r.key_id, r.client_id, r.kind, r.device, r.result, r.told, r.conflict <> 0,
          r.answer_at, r.answer_by, r.scanned_at, r.received_at
        from {rows $1 r: id text, ticket_id text, event_id text, key_id text, client_id text, kind text, device text,
          result text, told text, conflict bigint, answer_at bigint, answer_by text, scanned_at bigint,
          received_at bigint}";
    TELL_SCANS = "
        update tickets_scans
        set told = r.told, conflict = r.conflict <> 0
        from {rows $1 r: id text, told text, conflict bigint}
        where tickets_scans.id = r.id";
}

/// The names that a batch calls tickets by.
#[derive(Clone, Debug, Default)]
pub struct TicketNames {
    /// Keyed hashes of tokens.
    pub hashes: Vec<String>,
    /// Hashes of tokens as devices of an event know them.
    pub door_ids: Vec<(EventId, String)>,
    /// Hashes of serials as devices of an event know them.
    pub serials: Vec<(EventId, String)>,
    /// Ids.
    pub ids: Vec<TicketId>,
}

/// A scan that was answered before.
#[derive(Clone, Debug)]
pub struct AnsweredScan {
    pub id: ScanId,
    pub key_id: KeyId,
    pub client_id: String,
    /// `scan`, `undo` or `admit`.
    pub kind: String,
    pub result: String,
    /// What the device had said, if that is known.
    pub told: Option<String>,
    pub conflict: bool,
    pub answer_at: Option<Time>,
    pub answer_by: Option<String>,
}

#[derive(Serialize)]
struct Named<'a> {
    event_id: &'a str,
    id: &'a str,
}

#[derive(Serialize)]
struct Asked<'a> {
    key_id: &'a str,
    client_id: &'a str,
}

fn named(names: &[(EventId, String)]) -> Result<String, StoreError> {
    let rows = names.iter().map(|(event, id)| Named {
        event_id: event.as_str(),
        id,
    });
    json(&rows.collect::<Vec<_>>())
}

/// Locks tickets, each by one of its names.
pub async fn named_tickets(
    tx: &mut WriteTx,
    names: &TicketNames,
) -> Result<Vec<TicketRow>, StoreError> {
    let args = args![
        ids(names.hashes.iter().map(String::as_str)),
        named(&names.door_ids)?,
        named(&names.serials)?,
        ids(names.ids.iter().map(TicketId::as_str)),
    ];
    tx.rows(&LOCK_NAMED, args)
        .await?
        .iter()
        .map(ticket_row)
        .collect()
}

/// Those of a batch's scans that were answered before, by key and the device's own id.
pub async fn answered(
    tx: &mut WriteTx,
    asked: &[(String, String)],
) -> Result<Vec<AnsweredScan>, StoreError> {
    let rows = asked
        .iter()
        .map(|(key_id, client_id)| Asked { key_id, client_id });
    let rows = json(&rows.collect::<Vec<_>>())?;
    let scan = |row: &Row| {
        Ok(AnsweredScan {
            id: row.parsed("id", ScanId::parse)?,
            key_id: row.parsed("key_id", KeyId::parse)?,
            client_id: row.text("client_id")?,
            kind: row.text("kind")?,
            result: row.text("result")?,
            told: row.opt_text("told")?,
            conflict: row.bool("conflict")?,
            answer_at: row.opt_time("answer_at")?,
            answer_by: row.opt_text("answer_by")?,
        })
    };
    tx.rows(&ANSWERED, args![rows])
        .await?
        .iter()
        .map(scan)
        .collect()
}

/// Of tickets that are used: whose key let their holders in.
pub async fn let_in_by(
    tx: &mut WriteTx,
    tickets: &[TicketId],
) -> Result<Vec<(TicketId, KeyId)>, StoreError> {
    let pair = |row: &Row| {
        Ok((
            row.parsed("ticket_id", TicketId::parse)?,
            row.parsed("key_id", KeyId::parse)?,
        ))
    };
    let rows = ids(tickets.iter().map(TicketId::as_str));
    tx.rows(&LET_IN_BY, args![rows])
        .await?
        .iter()
        .map(pair)
        .collect()
}

/// An admission, or one that was taken back.
#[derive(Clone, Debug, Serialize)]
pub struct TicketUse {
    pub id: String,
    /// `used`, or `valid` again.
    pub status: &'static str,
    pub used_at: Option<i64>,
    pub used_by: Option<String>,
    pub at: i64,
}

/// A look at a ticket at the door, whatever its answer.
#[derive(Clone, Debug, Serialize)]
pub struct NewScan {
    pub id: String,
    pub ticket_id: Option<String>,
    pub event_id: String,
    pub key_id: String,
    /// The device's own name for it, if it gave one.
    pub client_id: Option<String>,
    /// `scan`, `undo` or `admit`.
    pub kind: &'static str,
    pub device: String,
    pub result: &'static str,
    /// What the device had said before it asked.
    pub told: Option<String>,
    /// 0 or 1: JSON's truth values read differently on the two databases.
    pub conflict: i64,
    /// The time and the device that the answer named.
    pub answer_at: Option<i64>,
    pub answer_by: Option<String>,
    pub scanned_at: i64,
    pub received_at: i64,
}

/// What a device had said of a scan that was recorded before it could tell.
#[derive(Clone, Debug, Serialize)]
pub struct ScanTold {
    pub id: String,
    pub told: String,
    /// 0 or 1.
    pub conflict: i64,
}

/// Marks tickets as used, or as good again; each at most once, and locked before.
pub async fn use_tickets(tx: &mut WriteTx, rows: &[TicketUse]) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let standing = rows.iter().map(|row| Standing {
        id: &row.id,
        status: row.status,
    });
    doors::tickets_change(tx, &standing.collect::<Vec<_>>()).await?;
    put(tx, &USE_TICKETS, rows).await
}

/// Writes scans.
pub async fn insert_scans(tx: &mut WriteTx, rows: &[NewScan]) -> Result<(), StoreError> {
    put(tx, &INSERT_SCANS, rows).await
}

/// Writes what devices had said of scans that were recorded before; each scan at most once.
pub async fn tell_scans(tx: &mut WriteTx, rows: &[ScanTold]) -> Result<(), StoreError> {
    put(tx, &TELL_SCANS, rows).await
}
