//! Mails that we owe somebody: who and why, never the text, which is made when it is sent.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::json;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{EmailId, MessageId, OrderId};
use model::time::Time;
use serde::Serialize;

words! {
    /// Where a mail is.
    EmailStatus {
        /// Not sent yet.
        Queued = "queued",
        /// A mail server took it.
        Sent = "sent",
        /// It could not be sent; a person must look.
        Failed = "failed",
    }
}

macro_rules! columns {
    () => {
        "id, kind, order_id, dedupe, to_email, to_name, subject, status, attempts, error,
         created_at, sent_at, message_id"
    };
}

statements! {
    INSERT = "
        insert into tickets_emails (
          id, kind, order_id, dedupe, to_email, to_name, status, created_at)
        select r.id, r.kind, r.order_id, r.dedupe, r.to_email, r.to_name, 'queued', $2
        from {rows $1 r: id text, kind text, order_id text, dedupe text, to_email text,
          to_name text}
        where true
        on conflict (dedupe) do nothing";
    BY_ID = concat!("select ", columns!(), "
        from tickets_emails
        where id = $1");
    OF_ORDER = concat!("select ", columns!(), "
        from tickets_emails
        where order_id = $1
        order by created_at, id");
    SENT = "
        update tickets_emails
        set status = 'sent', subject = $2, sent_at = $3, error = null, attempts = attempts + 1
        where id = $1";
    FAILED = "
        update tickets_emails
        set status = 'failed', error = $2, attempts = attempts + 1
        where id = $1
          and status <> 'sent'";
    FORGET_LINK = "
        delete from tickets_sign_in_links
        where mail_id = $1
          and exists (
            select 1
            from tickets_emails e
            where e.id = $1
              and e.status <> 'sent')";
    WITHDRAW = "
        delete from tickets_emails
        where id = $1
          and status <> 'sent'";
    UNSENT_COUNT = "
        select count(*) as mails
        from tickets_emails
        where status in ('queued', 'failed')";
}

/// A mail that we owe or have sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Email {
    pub id: EmailId,
    pub kind: String,
    pub order_id: Option<OrderId>,
    /// Unique for ever: what was said once is not said twice.
    pub dedupe: String,
    pub to_email: String,
    pub to_name: String,
    /// Empty until it was sent.
    pub subject: String,
    pub status: EmailStatus,
    pub attempts: i64,
    pub error: Option<String>,
    pub created_at: Time,
    pub sent_at: Option<Time>,
    /// The organizer's message that it carries.
    pub message_id: Option<MessageId>,
}

/// A mail to be written down.
#[derive(Clone, Debug, Serialize)]
pub struct NewEmail {
    pub id: EmailId,
    pub kind: String,
    pub order_id: Option<OrderId>,
    pub dedupe: String,
    pub to_email: String,
    pub to_name: String,
}

fn email(row: &Row) -> Result<Email, StoreError> {
    Ok(Email {
        id: row.parsed("id", EmailId::parse)?,
        kind: row.text("kind")?,
        order_id: row.opt_parsed("order_id", OrderId::parse)?,
        dedupe: row.text("dedupe")?,
        to_email: row.text("to_email")?,
        to_name: row.text("to_name")?,
        subject: row.text("subject")?,
        status: row.word("status", EmailStatus::parse)?,
        attempts: row.int("attempts")?,
        error: row.opt_text("error")?,
        created_at: row.time("created_at")?,
        sent_at: row.opt_time("sent_at")?,
        message_id: row.opt_parsed("message_id", MessageId::parse)?,
    })
}

/// Writes mails down; says how many, since those whose `dedupe` was used are left out.
pub async fn insert(tx: &mut WriteTx, mails: &[NewEmail], now: Time) -> Result<u64, StoreError> {
    if mails.is_empty() {
        return Ok(0);
    }
    tx.run(&INSERT, args![json(mails)?, now]).await
}

/// Takes a mail back that is not owed any more, with the sign-in link that it would have carried; one that
/// was sent stays.
pub async fn withdraw(tx: &mut WriteTx, id: &EmailId) -> Result<bool, StoreError> {
    tx.run(&FORGET_LINK, args![id.as_str()]).await?;
    tx.changed(&WITHDRAW, args![id.as_str()]).await
}

/// The mail of an id.
pub async fn by_id(s: &mut Session, id: &EmailId) -> Result<Option<Email>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(email)
        .transpose()
}

/// The mails about an order, oldest first.
pub async fn of_order(s: &mut Session, order: &OrderId) -> Result<Vec<Email>, StoreError> {
    s.rows(&OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(email)
        .collect()
}

/// Records that a mail server took the mail, under this subject.
pub async fn sent(
    tx: &mut WriteTx,
    id: &EmailId,
    subject: &str,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(&SENT, args![id.as_str(), subject, now]).await
}

/// Records that an attempt failed; false if the mail had been sent before.
pub async fn failed(tx: &mut WriteTx, id: &EmailId, error: &str) -> Result<bool, StoreError> {
    tx.changed(&FAILED, args![id.as_str(), error]).await
}

/// How many mails are not sent, for whatever reason.
pub async fn unsent_count(s: &mut Session) -> Result<i64, StoreError> {
    s.one(&UNSENT_COUNT, args![]).await?.int("mails")
}
