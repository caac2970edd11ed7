//! Messages from Stripe, kept as they came, each once; acting on them is a job of its own.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::WebhookId;
use model::time::Time;

words! {
    /// What became of a message.
    WebhookStatus {
        /// Kept; nobody has acted on it.
        Received = "received",
        /// Acted on.
        Processed = "processed",
        /// It says nothing to us.
        Ignored = "ignored",
        /// Acting on it failed; a person must look.
        Failed = "failed",
    }
}

macro_rules! columns {
    () => {
        "id, stripe_event_id, kind, object_id, stripe_account, livemode, payload_json, status,
         attempts, error, received_at, processed_at"
    };
}

statements! {
    INSERT_NEW = concat!("
        insert into tickets_webhooks (", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (stripe_event_id) do nothing");
    BY_ID = concat!("select ", columns!(), "
        from tickets_webhooks
        where id = $1");
    FINISH = "
        update tickets_webhooks
        set status = $2, error = $3, processed_at = $4, attempts = attempts + 1
        where id = $1";
    COUNTS = "
        select status, count(*) as messages
        from tickets_webhooks
        group by status
        order by status";
    FAILED = concat!("select ", columns!(), "
        from tickets_webhooks
        where status = 'failed'
        order by received_at desc, id desc
        limit $1");
    UNQUEUED = "
        select id
        from tickets_webhooks
        where status = 'received'
          and received_at < $1
        order by received_at, id
        limit $2";
}

/// A message from Stripe.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Webhook {
    pub id: WebhookId,
    /// Stripe's id of the message; unique, so that a repeated delivery is noticed for ever.
    pub stripe_event_id: String,
    /// Such as `checkout.session.completed`.
    pub kind: String,
    /// The id of what it is about.
    pub object_id: String,
    /// The connected account that it came from; empty for our own.
    pub stripe_account: String,
    pub livemode: bool,
    pub payload_json: String,
    pub status: WebhookStatus,
    /// How often somebody acted on it.
    pub attempts: i64,
    pub error: Option<String>,
    pub received_at: Time,
    pub processed_at: Option<Time>,
}

fn webhook(row: &Row) -> Result<Webhook, StoreError> {
    Ok(Webhook {
        id: row.parsed("id", WebhookId::parse)?,
        stripe_event_id: row.text("stripe_event_id")?,
        kind: row.text("kind")?,
        object_id: row.text("object_id")?,
        stripe_account: row.text("stripe_account")?,
        livemode: row.bool("livemode")?,
        payload_json: row.text("payload_json")?,
        status: row.word("status", WebhookStatus::parse)?,
        attempts: row.int("attempts")?,
        error: row.opt_text("error")?,
        received_at: row.time("received_at")?,
        processed_at: row.opt_time("processed_at")?,
    })
}

/// Keeps a message; false if it was seen before.
pub async fn insert_new(tx: &mut WriteTx, w: &Webhook) -> Result<bool, StoreError> {
    let args = args![
        w.id.as_str(),
        &w.stripe_event_id,
        &w.kind,
        &w.object_id,
        &w.stripe_account,
        w.livemode,
        &w.payload_json,
        w.status.code(),
        w.attempts,
        w.error.as_deref(),
        w.received_at,
        w.processed_at,
    ];
    tx.changed(&INSERT_NEW, args).await
}

/// The message of an id.
pub async fn by_id(s: &mut Session, id: &WebhookId) -> Result<Option<Webhook>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(webhook)
        .transpose()
}

/// Records what became of a message, and counts the attempt.
pub async fn finish(
    tx: &mut WriteTx,
    id: &WebhookId,
    status: WebhookStatus,
    error: Option<&str>,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(&FINISH, args![id.as_str(), status.code(), error, now])
        .await
}

/// How many messages there are of each status.
pub async fn counts(s: &mut Session) -> Result<Vec<(String, i64)>, StoreError> {
    let count = |row: &Row| Ok((row.text("status")?, row.int("messages")?));
    s.rows(&COUNTS, args![]).await?.iter().map(count).collect()
}

/// Messages that failed, newest first.
pub async fn failed(s: &mut Session, limit: i64) -> Result<Vec<Webhook>, StoreError> {
    s.rows(&FAILED, args![limit])
        .await?
        .iter()
        .map(webhook)
        .collect()
}

/// Messages that came before a time and that nobody acted on, oldest first.
pub async fn unqueued(
    s: &mut Session,
    before: Time,
    limit: i64,
) -> Result<Vec<WebhookId>, StoreError> {
    let rows = s.rows(&UNQUEUED, args![before, limit]).await?;
    rows.iter()
        .map(|row| row.parsed("id", WebhookId::parse))
        .collect()
}
