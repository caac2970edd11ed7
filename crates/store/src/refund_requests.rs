//! What buyers ask of organizers: to have money back. One request of an order at a time is open.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::{ids, json};
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{EventId, OrderId, OrganizerId, RefundId, RefundRequestId, TicketId};
use model::time::Time;
use serde::Serialize;
use std::collections::BTreeMap;

words! {
    /// Where a request stands.
    RequestStatus {
        /// The organizer has not answered.
        Open = "open",
        /// The organizer gave money back.
        Approved = "approved",
        /// The organizer said no.
        Declined = "declined",
        /// The buyer changed their mind, or it came to nothing.
        Withdrawn = "withdrawn",
    }
}

macro_rules! columns {
    () => {
        "id, order_id, event_id, organizer_id, message, status, answer, refund_id, decided_by,
         decided_at, created_at, updated_at"
    };
}

statements! {
    INSERT = "
        insert into tickets_refund_requests (
          id, order_id, event_id, organizer_id, message, status, created_at, updated_at)
        values ($1, $2, $3, $4, $5, 'open', $6, $6)
        on conflict (order_id) where status = 'open' do nothing";
    INSERT_TICKETS = "
        insert into tickets_refund_request_tickets (request_id, ticket_id)
        select r.request_id, r.ticket_id
        from {rows $1 r: request_id text, ticket_id text}";
    BY_ID = concat!("select ", columns!(), "
        from tickets_refund_requests
        where id = $1");
    OF_ORDER = concat!("select ", columns!(), "
        from tickets_refund_requests
        where order_id = $1
        order by created_at, id");
    OF_ORGANIZER = concat!("select ", columns!(), "
        from tickets_refund_requests
        where organizer_id = $1
          and status = $2
          and (created_at, id) < ($3, $4)
        order by created_at desc, id desc
        limit $5");
    TICKETS_OF = "
        select request_id, ticket_id
        from tickets_refund_request_tickets
        where request_id in (select r.id from {rows $1 r: id text})
        order by request_id, ticket_id";
    DECIDE = "
        update tickets_refund_requests
        set status = $2, answer = $3, refund_id = $4, decided_by = $5, decided_at = $6,
            updated_at = $6
        where id = $1
          and status = 'open'";
}

/// A request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RefundRequest {
    pub id: RefundRequestId,
    pub order_id: OrderId,
    pub event_id: EventId,
    pub organizer_id: OrganizerId,
    /// The tickets that it is about; none named is all of them.
    pub tickets: Vec<TicketId>,
    /// What the buyer wrote.
    pub message: String,
    pub status: RequestStatus,
    /// What the organizer answered; empty until then.
    pub answer: String,
    /// The refund that came of it.
    pub refund_id: Option<RefundId>,
    /// Who decided.
    pub decided_by: Option<String>,
    pub decided_at: Option<Time>,
    pub created_at: Time,
    pub updated_at: Time,
}

#[derive(Serialize)]
struct TicketRow<'a> {
    request_id: &'a str,
    ticket_id: &'a str,
}

fn request(row: &Row) -> Result<RefundRequest, StoreError> {
    Ok(RefundRequest {
        id: row.parsed("id", RefundRequestId::parse)?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        organizer_id: row.parsed("organizer_id", OrganizerId::parse)?,
        tickets: Vec::new(),
        message: row.text("message")?,
        status: row.word("status", RequestStatus::parse)?,
        answer: row.text("answer")?,
        refund_id: row.opt_parsed("refund_id", RefundId::parse)?,
        decided_by: row.opt_text("decided_by")?,
        decided_at: row.opt_time("decided_at")?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

/// Writes a new request; false if the order has one that is open.
pub async fn insert(tx: &mut WriteTx, r: &RefundRequest) -> Result<bool, StoreError> {
    let args = args![
        r.id.as_str(),
        r.order_id.as_str(),
        r.event_id.as_str(),
        r.organizer_id.as_str(),
        &r.message,
        r.created_at,
    ];
    if !tx.changed(&INSERT, args).await? {
        return Ok(false);
    }
    let rows = r.tickets.iter().map(|ticket| TicketRow {
        request_id: r.id.as_str(),
        ticket_id: ticket.as_str(),
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        tx.run(&INSERT_TICKETS, args![json(&rows)?]).await?;
    }
    Ok(true)
}

/// The request of an id.
pub async fn by_id(
    s: &mut Session,
    id: &RefundRequestId,
) -> Result<Option<RefundRequest>, StoreError> {
    let rows = s.rows(&BY_ID, args![id.as_str()]).await?;
    Ok(with_tickets(s, &rows).await?.pop())
}

/// The requests of an order, oldest first.
pub async fn of_order(s: &mut Session, id: &OrderId) -> Result<Vec<RefundRequest>, StoreError> {
    let rows = s.rows(&OF_ORDER, args![id.as_str()]).await?;
    with_tickets(s, &rows).await
}

/// A page of an organizer's requests that stand so, newest first.
pub async fn of_organizer(
    s: &mut Session,
    organizer: &OrganizerId,
    status: RequestStatus,
    before: Option<(Time, RefundRequestId)>,
    limit: i64,
) -> Result<Vec<RefundRequest>, StoreError> {
    let (at, id) = match &before {
        Some((at, id)) => (at.micros(), id.as_str()),
        None => (i64::MAX, ""),
    };
    let args = args![organizer.as_str(), status.code(), at, id, limit];
    let rows = s.rows(&OF_ORGANIZER, args).await?;
    with_tickets(s, &rows).await
}

/// Reads requests with the tickets that they name.
async fn with_tickets(s: &mut Session, rows: &[Row]) -> Result<Vec<RefundRequest>, StoreError> {
    let mut requests = rows
        .iter()
        .map(request)
        .collect::<Result<Vec<_>, StoreError>>()?;
    if requests.is_empty() {
        return Ok(requests);
    }
    let list = ids(requests.iter().map(|r| r.id.as_str()));
    let mut tickets: BTreeMap<String, Vec<TicketId>> = BTreeMap::new();
    for row in s.rows(&TICKETS_OF, args![list]).await? {
        let ticket = row.parsed("ticket_id", TicketId::parse)?;
        tickets
            .entry(row.text("request_id")?)
            .or_default()
            .push(ticket);
    }
    for request in &mut requests {
        request.tickets = tickets.remove(request.id.as_str()).unwrap_or_default();
    }
    Ok(requests)
}

/// How a request was decided.
#[derive(Clone, Debug)]
pub struct Decision<'a> {
    pub status: RequestStatus,
    pub answer: &'a str,
    pub refund_id: Option<&'a RefundId>,
    pub decided_by: &'a str,
}

/// Decides a request; false if it was decided before.
pub async fn decide(
    tx: &mut WriteTx,
    id: &RefundRequestId,
    d: &Decision<'_>,
    now: Time,
) -> Result<bool, StoreError> {
    let args = args![
        id.as_str(),
        d.status.code(),
        d.answer,
        d.refund_id.map(RefundId::as_str),
        d.decided_by,
        now,
    ];
    tx.changed(&DECIDE, args).await
}
