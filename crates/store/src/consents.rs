//! What buyers agreed to: news from one sender, in the words that they read, with the order it came with.
//!
//! A row is proof, so nothing changes it; leaving only says when. Whoever writes news reads
//! `tickets_consents` by person and sender.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::json;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{ConsentId, OrderId, OrganizerId};
use model::time::Time;
use serde::Serialize;

words! {
    /// Who may write news.
    Sender {
        /// The event's organizer.
        Organizer = "organizer",
        /// The platform.
        Platform = "platform",
    }
}

statements! {
    INSERT = "
        insert into tickets_consents (
          id, order_id, email_folded, sender, organizer_id, wording, version, locale, given_at)
        select r.id, r.order_id, r.email_folded, r.sender, r.organizer_id, r.wording, r.version, r.locale, $2
        from {rows $1 r: id text, order_id text, email_folded text, sender text, organizer_id text,
          wording text, version text, locale text}
        where true
        on conflict (order_id, sender) do nothing";
    OF_ORDER = "
        select id, order_id, sender, organizer_id, wording, version, locale, given_at, withdrawn_at
        from tickets_consents
        where order_id = $1
        order by sender";
    WITHDRAW = "
        update tickets_consents
        set withdrawn_at = $4
        where email_folded = $1
          and sender = $2
          and (cast($3 as text) is null or organizer_id = $3)
          and withdrawn_at is null";
    AUDIENCE = "
        select c.email_folded, max(c.given_at) as given_at, max(c.order_id) as order_id
        from tickets_consents c
        where c.organizer_id = $1
          and c.email_folded > $2
          and c.withdrawn_at is null
        group by c.email_folded
        order by c.email_folded
        limit $3";
}

/// A consent to be written down.
#[derive(Clone, Debug, Serialize)]
pub struct NewConsent {
    pub id: ConsentId,
    pub order_id: OrderId,
    pub email_folded: String,
    pub sender: &'static str,
    /// The organizer, where they are the sender.
    pub organizer_id: Option<OrganizerId>,
    /// Word for word what stood beside the box.
    pub wording: String,
    /// The version of the terms and the privacy page that stood beside it.
    pub version: String,
    /// The language that it was read in.
    pub locale: String,
}

/// A consent that was given.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Consent {
    pub id: ConsentId,
    pub order_id: OrderId,
    pub sender: Sender,
    pub organizer_id: Option<OrganizerId>,
    pub wording: String,
    pub version: String,
    pub locale: String,
    pub given_at: Time,
    pub withdrawn_at: Option<Time>,
}

fn consent(row: &Row) -> Result<Consent, StoreError> {
    Ok(Consent {
        id: row.parsed("id", ConsentId::parse)?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        sender: row.word("sender", Sender::parse)?,
        organizer_id: row.opt_parsed("organizer_id", OrganizerId::parse)?,
        wording: row.text("wording")?,
        version: row.text("version")?,
        locale: row.text("locale")?,
        given_at: row.time("given_at")?,
        withdrawn_at: row.opt_time("withdrawn_at")?,
    })
}

/// Writes consents down; a second one of an order for a sender is left out.
pub async fn insert(tx: &mut WriteTx, new: &[NewConsent], now: Time) -> Result<(), StoreError> {
    if !new.is_empty() {
        tx.run(&INSERT, args![json(new)?, now]).await?;
    }
    Ok(())
}

/// What was agreed to with an order.
pub async fn of_order(s: &mut Session, order: &OrderId) -> Result<Vec<Consent>, StoreError> {
    s.rows(&OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(consent)
        .collect()
}

/// Ends what somebody agreed to with a sender, for all their orders; says how many consents that were.
pub async fn withdraw(
    tx: &mut WriteTx,
    email_folded: &str,
    sender: Sender,
    organizer: Option<&OrganizerId>,
    now: Time,
) -> Result<u64, StoreError> {
    let args = args![
        email_folded,
        sender.code(),
        organizer.map(OrganizerId::as_str),
        now
    ];
    tx.run(&WITHDRAW, args).await
}

/// Somebody who agreed to an organizer's news.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Listener {
    pub email_folded: String,
    /// When they last agreed.
    pub given_at: Time,
    /// The newest order that they agreed with.
    pub order_id: OrderId,
}

/// Those who agreed to an organizer's news and have not left, by address, after one.
pub async fn audience(
    s: &mut Session,
    organizer: &OrganizerId,
    after: &str,
    limit: i64,
) -> Result<Vec<Listener>, StoreError> {
    s.rows(&AUDIENCE, args![organizer.as_str(), after, limit])
        .await?
        .iter()
        .map(|row| {
            Ok(Listener {
                email_folded: row.text("email_folded")?,
                given_at: row.time("given_at")?,
                order_id: row.parsed("order_id", OrderId::parse)?,
            })
        })
        .collect()
}
