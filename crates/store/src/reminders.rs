//! Which events are near, and how far their reminders are.
//!
//! A row says for which start an event's buyers were reminded, so that a date which moves is another row and
//! the old one ends nothing. Which orders hear of it does not change while it runs: those that were paid well
//! before the start.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::messages::{Recipient, recipient};
use crate::{args, statement::statements};
use model::ids::EventId;
use model::time::{Time, Zone};

statements! {
    DUE = "
        select e.id, e.start_at, e.timezone
        from tickets_events e
        where e.status = 'published'
          and e.end_at > $1
          and e.start_at > $1
          and e.start_at <= $2
          and not exists (
            select 1
            from tickets_reminders r
            where r.event_id = e.id
              and r.start_at = e.start_at
              and r.finished_at is not null)
        order by e.start_at, e.id
        limit $3";
    BEGIN = "
        insert into tickets_reminders (event_id, start_at)
        values ($1, $2)
        on conflict (event_id, start_at) do nothing";
    POSITION = "
        select after_at, after_id
        from tickets_reminders
        where event_id = $1
          and start_at = $2
          and finished_at is null
        {for update}";
    PORTION = "
        select o.id, o.created_at, o.buyer_email, o.buyer_email_folded, o.buyer_name
        from tickets_orders o
        where o.event_id = $1
          and o.created_at <= $2
          and o.placed_at <= $2
          and o.status in ('paid', 'partially_refunded')
          and exists (
            select 1
            from tickets_tickets t
            where t.order_id = o.id
              and t.status = 'valid')
          and (o.created_at, o.id) > ($3, $4)
        order by o.created_at, o.id
        limit $5";
    ADVANCE = "
        update tickets_reminders
        set after_at = $3, after_id = $4, finished_at = $5
        where event_id = $1
          and start_at = $2";
}

/// An event that starts soon.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Near {
    pub event_id: EventId,
    pub start_at: Time,
    pub zone: Zone,
}

/// Published events that start after `now` and no later than `until`, and whose reminders are not finished.
pub async fn due(
    s: &mut Session,
    (now, until): (Time, Time),
    limit: i64,
) -> Result<Vec<Near>, StoreError> {
    let near = |row: &Row| {
        Ok(Near {
            event_id: row.parsed("id", EventId::parse)?,
            start_at: row.time("start_at")?,
            zone: row.parsed("timezone", Zone::parse)?,
        })
    };
    let rows = s.rows(&DUE, args![now, until, limit]).await?;
    rows.iter().map(near).collect()
}

/// Where the reminders of an event go on, under lock; `None` if they are finished.
pub async fn position(tx: &mut WriteTx, near: &Near) -> Result<Option<(i64, String)>, StoreError> {
    let args = args![near.event_id.as_str(), near.start_at];
    tx.run(&BEGIN, args).await?;
    let row = tx.maybe(&POSITION, args).await?;
    row.map(|row| Ok((row.int("after_at")?, row.text("after_id")?)))
        .transpose()
}

/// The next orders that were paid no later than `paid_by` and have a ticket that nobody scanned.
pub async fn portion(
    tx: &mut WriteTx,
    near: &Near,
    paid_by: Time,
    (after_at, after_id): &(i64, String),
    limit: i64,
) -> Result<Vec<Recipient>, StoreError> {
    let args = args![near.event_id.as_str(), paid_by, *after_at, after_id, limit];
    tx.rows(&PORTION, args)
        .await?
        .iter()
        .map(recipient)
        .collect()
}

/// Goes on after an order, or ends.
pub async fn advance(
    tx: &mut WriteTx,
    near: &Near,
    (after_at, after_id): (i64, &str),
    finished_at: Option<Time>,
) -> Result<(), StoreError> {
    let args = args![
        near.event_id.as_str(),
        near.start_at,
        after_at,
        after_id,
        finished_at,
    ];
    tx.run_one(&ADVANCE, args).await
}
