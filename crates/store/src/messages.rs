//! What organizers tell the people who hold tickets, and the mails that it becomes, a portion at a time.
//!
//! The mails are rows like all that we owe, each under a name that is used once: nobody hears the same
//! message twice, however many orders they have. Deliberately not here: the text of a mail, which is made
//! when it is sent.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::{ids, json};
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{EmailId, EventId, MessageId, OrderId, TierId};
use model::time::Time;
use serde::Serialize;

words! {
    /// What a message is about.
    MessageKind {
        /// The organizer's own words.
        Message = "message",
        /// The event takes place at another time or place.
        Changed = "changed",
    }
}

words! {
    /// Who hears it.
    Audience {
        /// Everybody with a ticket.
        All = "all",
        /// Everybody with a ticket of one tier.
        Tier = "tier",
        /// Everybody with a ticket that was not scanned yet.
        NotCheckedIn = "not_checked_in",
    }
}

words! {
    /// How far a message is.
    MessageStatus {
        /// Its mails are being made.
        Running = "running",
        /// All of them are made.
        Done = "done",
    }
}

macro_rules! columns {
    () => {
        "id, event_id, kind, audience, tier_id, subject, body, requested_by, status, after_at, after_id,
         recipients, created_at, finished_at"
    };
}

// Orders that hold a ticket which counts: $3 is a tier or nothing, $4 asks for one that was not scanned, $5 leaves
// out who wants no more of the organizer's own words.
macro_rules! holds_a_ticket {
    () => {
        "o.status in ('paid', 'partially_refunded')
          and exists (
            select 1
            from tickets_tickets t
            where t.order_id = o.id
              and (t.status = 'valid' or (t.status = 'used' and not $4))
              and (cast($3 as text) is null or t.tier_id = $3))
          and not ($5 and exists (
            select 1
            from tickets_unsubscribes u
            where u.organizer_id = o.organizer_id
              and u.email_folded = o.buyer_email_folded))"
    };
}

statements! {
    INSERT = "
        insert into tickets_messages (
          id, event_id, kind, audience, tier_id, subject, body, requested_by, status, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 'running', $9)";
    BY_ID = concat!("select ", columns!(), "
        from tickets_messages
        where id = $1");
    OF_EVENT = concat!("select ", columns!(), "
        from tickets_messages
        where event_id = $1
          and (created_at, id) < ($2, $3)
        order by created_at desc, id desc
        limit $4");
    SINCE = "
        select count(*) as messages
        from tickets_messages
        where event_id = $1
          and created_at > $2";
    AUDIENCE = concat!("
        select count(distinct o.buyer_email_folded) as people
        from tickets_orders o
        where o.event_id = $1
          and o.created_at <= $2
          and ", holds_a_ticket!());
    PORTION = concat!("
        select o.id, o.created_at, o.buyer_email, o.buyer_email_folded, o.buyer_name
        from tickets_orders o
        where o.event_id = $1
          and o.created_at <= $2
          and ", holds_a_ticket!(), "
          and (o.created_at, o.id) > ($6, $7)
        order by o.created_at, o.id
        limit $8");
    INSERT_MAILS = "
        insert into tickets_emails (
          id, kind, order_id, dedupe, to_email, to_name, status, created_at, message_id)
        select r.id, r.kind, r.order_id, r.dedupe, r.to_email, r.to_name, 'queued', $2, r.message_id
        from {rows $1 r: id text, kind text, order_id text, dedupe text, to_email text, to_name text,
          message_id text}
        where true
        on conflict (dedupe) do nothing
        returning id";
    ADVANCE = "
        update tickets_messages
        set after_at = $4, after_id = $5, recipients = recipients + $6, status = $7, finished_at = $8
        where id = $1
          and after_at = $2
          and after_id = $3
          and status = 'running'";
    PROGRESS = "
        select message_id, status, count(*) as mails
        from tickets_emails
        where message_id in (select r.id from {rows $1 r: id text})
        group by message_id, status
        order by message_id, status";
}

/// A message.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message {
    pub id: MessageId,
    pub event_id: EventId,
    pub kind: MessageKind,
    pub audience: Audience,
    /// The tier that the audience is of.
    pub tier_id: Option<TierId>,
    pub subject: String,
    pub body: String,
    pub requested_by: String,
    pub status: MessageStatus,
    /// Goes on after the order with this time and id.
    pub after: (i64, String),
    /// How many mails were made.
    pub recipients: i64,
    pub created_at: Time,
    pub finished_at: Option<Time>,
}

/// An order whose buyer is to be told.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Recipient {
    pub order_id: OrderId,
    pub created_at: Time,
    pub email: String,
    pub email_folded: String,
    pub name: String,
}

/// A mail of a message, or a reminder, to be written down.
#[derive(Clone, Debug, Serialize)]
pub struct NewNotice {
    pub id: EmailId,
    pub kind: &'static str,
    pub order_id: OrderId,
    pub dedupe: String,
    pub to_email: String,
    pub to_name: String,
    /// The message; `None` for a reminder.
    pub message_id: Option<MessageId>,
}

/// Where the mails of a message are.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct Progress {
    pub queued: i64,
    pub sent: i64,
    pub failed: i64,
}

fn message(row: &Row) -> Result<Message, StoreError> {
    Ok(Message {
        id: row.parsed("id", MessageId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        kind: row.word("kind", MessageKind::parse)?,
        audience: row.word("audience", Audience::parse)?,
        tier_id: row.opt_parsed("tier_id", TierId::parse)?,
        subject: row.text("subject")?,
        body: row.text("body")?,
        requested_by: row.text("requested_by")?,
        status: row.word("status", MessageStatus::parse)?,
        after: (row.int("after_at")?, row.text("after_id")?),
        recipients: row.int("recipients")?,
        created_at: row.time("created_at")?,
        finished_at: row.opt_time("finished_at")?,
    })
}

/// Writes a new message, from which no mail was made yet.
pub async fn insert(tx: &mut WriteTx, m: &Message) -> Result<(), StoreError> {
    let args = args![
        m.id.as_str(),
        m.event_id.as_str(),
        m.kind.code(),
        m.audience.code(),
        m.tier_id.as_ref().map(TierId::as_str),
        &m.subject,
        &m.body,
        &m.requested_by,
        m.created_at,
    ];
    tx.run_one(&INSERT, args).await
}

/// The message of an id.
pub async fn by_id(s: &mut Session, id: &MessageId) -> Result<Option<Message>, StoreError> {
    let row = s.maybe(&BY_ID, args![id.as_str()]).await?;
    row.as_ref().map(message).transpose()
}

/// An event's messages before `before`, the latest first.
pub async fn of_event(
    s: &mut Session,
    event: &EventId,
    before: Option<&(Time, MessageId)>,
    limit: i64,
) -> Result<Vec<Message>, StoreError> {
    let (at, id) = before.map_or((i64::MAX, ""), |(at, id)| (at.micros(), id.as_str()));
    let rows = s
        .rows(&OF_EVENT, args![event.as_str(), at, id, limit])
        .await?;
    rows.iter().map(message).collect()
}

/// How many messages an event has had since a time.
pub async fn count_since(s: &mut Session, event: &EventId, since: Time) -> Result<i64, StoreError> {
    s.one(&SINCE, args![event.as_str(), since])
        .await?
        .int("messages")
}

/// How many people would hear a message now, counted by their addresses.
pub async fn count_audience(s: &mut Session, m: &Message) -> Result<i64, StoreError> {
    let args = args![
        m.event_id.as_str(),
        m.created_at,
        m.tier_id.as_ref().map(TierId::as_str),
        m.audience == Audience::NotCheckedIn,
        m.kind == MessageKind::Message,
    ];
    s.one(&AUDIENCE, args).await?.int("people")
}

/// The next orders of a message's audience; orders that came after the message are not of it.
pub async fn portion(
    s: &mut Session,
    m: &Message,
    limit: i64,
) -> Result<Vec<Recipient>, StoreError> {
    let args = args![
        m.event_id.as_str(),
        m.created_at,
        m.tier_id.as_ref().map(TierId::as_str),
        m.audience == Audience::NotCheckedIn,
        m.kind == MessageKind::Message,
        m.after.0,
        &m.after.1,
        limit,
    ];
    s.rows(&PORTION, args)
        .await?
        .iter()
        .map(recipient)
        .collect()
}

/// A row with an order's id, its time and its buyer.
pub(crate) fn recipient(row: &Row) -> Result<Recipient, StoreError> {
    Ok(Recipient {
        order_id: row.parsed("id", OrderId::parse)?,
        created_at: row.time("created_at")?,
        email: row.text("buyer_email")?,
        email_folded: row.text("buyer_email_folded")?,
        name: row.text("buyer_name")?,
    })
}

/// Writes notices down and names those that were not there before.
pub async fn insert_mails(
    tx: &mut WriteTx,
    mails: &[NewNotice],
    now: Time,
) -> Result<Vec<EmailId>, StoreError> {
    if mails.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx.rows(&INSERT_MAILS, args![json(mails)?, now]).await?;
    rows.iter()
        .map(|row| row.parsed("id", EmailId::parse))
        .collect()
}

/// Moves a message on after an order; false if somebody else did.
pub async fn advance(
    tx: &mut WriteTx,
    m: &Message,
    after: (i64, &str),
    made: i64,
    finished_at: Option<Time>,
) -> Result<bool, StoreError> {
    let status = if finished_at.is_some() {
        MessageStatus::Done
    } else {
        MessageStatus::Running
    };
    let args = args![
        m.id.as_str(),
        m.after.0,
        &m.after.1,
        after.0,
        after.1,
        made,
        status.code(),
        finished_at,
    ];
    tx.changed(&ADVANCE, args).await
}

/// Where the mails of messages are; those without any mail are left out.
pub async fn progress(
    s: &mut Session,
    messages: &[Message],
) -> Result<Vec<(MessageId, Progress)>, StoreError> {
    let list = ids(messages.iter().map(|m| m.id.as_str()));
    let mut found: Vec<(MessageId, Progress)> = Vec::new();
    for row in s.rows(&PROGRESS, args![list]).await? {
        let id = row.parsed("message_id", MessageId::parse)?;
        if found.last().is_none_or(|(last, _)| *last != id) {
            found.push((id, Progress::default()));
        }
        let Some((_, progress)) = found.last_mut() else {
            continue;
        };
        let mails = row.int("mails")?;
        match row.word("status", crate::emails::EmailStatus::parse)? {
            crate::emails::EmailStatus::Queued => progress.queued = mails,
            crate::emails::EmailStatus::Sent => progress.sent = mails,
            crate::emails::EmailStatus::Failed => progress.failed = mails,
        }
    }
    Ok(found)
}
