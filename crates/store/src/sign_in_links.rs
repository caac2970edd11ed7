//! Links that sign somebody in, once.
//!
//! A link's secret is derived from its id and is not kept, so that this table opens nothing.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{EmailId, SignInLinkId};
use model::time::Time;

words! {
    /// What somebody signs in for.
    Purpose {
        /// To sell: an account is made if there is none.
        Organizer = "organizer",
        /// To see their own tickets: the address is enough.
        Buyer = "buyer",
    }
}

macro_rules! columns {
    () => {
        "id, mail_id, email, email_folded, purpose, next, locale, created_at, expires_at, used_at"
    };
}

statements! {
    INSERT = concat!("
        insert into tickets_sign_in_links (", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
    BY_ID = concat!("select ", columns!(), "
        from tickets_sign_in_links
        where id = $1");
    BY_MAIL = concat!("select ", columns!(), "
        from tickets_sign_in_links
        where mail_id = $1");
    USE_UP = "
        update tickets_sign_in_links
        set used_at = $2
        where id = $1
          and used_at is null
          and expires_at > $2";
    ASKED_SINCE = "
        select count(*) as links
        from tickets_sign_in_links
        where email_folded = $1
          and created_at > $2";
    SWEEP = "
        delete from tickets_sign_in_links
        where created_at < $1";
}

/// A link that signs somebody in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SignInLink {
    pub id: SignInLinkId,
    /// The mail that carries it.
    pub mail_id: EmailId,
    /// The address as typed.
    pub email: String,
    pub email_folded: String,
    pub purpose: Purpose,
    /// Where to go on after it: a path of ours, or empty.
    pub next: String,
    /// In which language the mail is read: `en` or `fr`.
    pub locale: String,
    pub created_at: Time,
    pub expires_at: Time,
    pub used_at: Option<Time>,
}

fn link(row: &Row) -> Result<SignInLink, StoreError> {
    Ok(SignInLink {
        id: row.parsed("id", SignInLinkId::parse)?,
        mail_id: row.parsed("mail_id", EmailId::parse)?,
        email: row.text("email")?,
        email_folded: row.text("email_folded")?,
        purpose: row.word("purpose", Purpose::parse)?,
        next: row.text("next")?,
        locale: row.text("locale")?,
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
        used_at: row.opt_time("used_at")?,
    })
}

/// Writes a new link.
pub async fn insert(tx: &mut WriteTx, l: &SignInLink) -> Result<(), StoreError> {
    let args = args![
        l.id.as_str(),
        l.mail_id.as_str(),
        &l.email,
        &l.email_folded,
        l.purpose.code(),
        &l.next,
        &l.locale,
        l.created_at,
        l.expires_at,
        l.used_at,
    ];
    tx.run_one(&INSERT, args).await
}

/// The link of an id, used up or not.
pub async fn by_id(s: &mut Session, id: &SignInLinkId) -> Result<Option<SignInLink>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(link)
        .transpose()
}

/// The link that a mail carries.
pub async fn by_mail(s: &mut Session, mail: &EmailId) -> Result<Option<SignInLink>, StoreError> {
    s.maybe(&BY_MAIL, args![mail.as_str()])
        .await?
        .as_ref()
        .map(link)
        .transpose()
}

/// Uses a link up; false if it was used before or is past its time.
pub async fn use_up(tx: &mut WriteTx, id: &SignInLinkId, now: Time) -> Result<bool, StoreError> {
    tx.changed(&USE_UP, args![id.as_str(), now]).await
}

/// How many links were made for a folded address since a time.
pub async fn asked_since(s: &mut Session, folded: &str, since: Time) -> Result<i64, StoreError> {
    s.one(&ASKED_SINCE, args![folded, since])
        .await?
        .int("links")
}

/// Forgets links that were made before a time; says how many.
pub async fn sweep(tx: &mut WriteTx, before: Time) -> Result<u64, StoreError> {
    tx.run(&SWEEP, args![before]).await
}
