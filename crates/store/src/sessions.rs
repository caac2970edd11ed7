//! Sessions: browsers that somebody has signed in with.
//!
//! A session is kept under a keyed hash of its cookie: a stolen database signs nobody in. One without
//! an account is a buyer's, who has shown an address and nothing more.

use crate::accounts::Role;
use crate::db::{Row, Session as Db, WriteTx};
use crate::error::StoreError;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{AccountId, SessionId};
use model::time::Time;

words! {
    /// How a session began.
    Way {
        /// By the link in a mail.
        Link = "link",
        /// With a passkey.
        Passkey = "passkey",
        /// A host said who it is.
        Host = "host",
        /// A provider of identities said who it is.
        Provider = "provider",
    }
}

macro_rules! columns {
    () => {
        "s.id, s.account_id, s.email, s.email_folded, s.browser, s.created_at, s.seen_at,
         s.expires_at, s.second_factor_at, s.way, a.role as role
        from tickets_sessions s
        left join tickets_accounts a on a.id = s.account_id"
    };
}

statements! {
    INSERT = "
        insert into tickets_sessions (
          id, secret_hash, account_id, email, email_folded, browser, created_at, seen_at,
          expires_at, second_factor_at, way)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    BY_SECRET = concat!("select ", columns!(), "
        where s.secret_hash = $1
          and s.expires_at > $2");
    OF_EMAIL = concat!("select ", columns!(), "
        where s.email_folded = $1
          and s.expires_at > $2
        order by s.seen_at desc, s.id desc
        limit $3");
    SEEN = "
        update tickets_sessions
        set seen_at = $2, expires_at = $3
        where id = $1";
    GIVE_ACCOUNT = "
        update tickets_sessions
        set account_id = $2
        where id = $1
          and account_id is null";
    SECOND_FACTOR = "
        update tickets_sessions
        set second_factor_at = $2
        where id = $1";
    END = "
        delete from tickets_sessions
        where id = $1
          and email_folded = $2";
    END_ALL = "
        delete from tickets_sessions
        where email_folded = $1
          and id <> $2";
    END_OF_ACCOUNT = "
        delete from tickets_sessions
        where account_id = $1";
    SWEEP = "
        delete from tickets_sessions
        where expires_at <= $1";
}

/// A browser that somebody has signed in with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Session {
    pub id: SessionId,
    /// Whose it is; `None` for a buyer without an account.
    pub account_id: Option<AccountId>,
    /// The account's role; `None` without an account.
    pub role: Option<Role>,
    /// The address that was shown, as typed.
    pub email: String,
    pub email_folded: String,
    /// What the browser calls itself, in a word or two.
    pub browser: String,
    pub created_at: Time,
    pub seen_at: Time,
    pub expires_at: Time,
    /// When the second factor was last shown.
    pub second_factor_at: Option<Time>,
    /// How it began.
    pub way: Way,
}

fn session(row: &Row) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.parsed("id", SessionId::parse)?,
        account_id: row.opt_parsed("account_id", AccountId::parse)?,
        role: row.opt_word("role", Role::parse)?,
        email: row.text("email")?,
        email_folded: row.text("email_folded")?,
        browser: row.text("browser")?,
        created_at: row.time("created_at")?,
        seen_at: row.time("seen_at")?,
        expires_at: row.time("expires_at")?,
        second_factor_at: row.opt_time("second_factor_at")?,
        way: row.word("way", Way::parse)?,
    })
}

/// Writes a new session with the keyed hash of its cookie.
pub async fn insert(tx: &mut WriteTx, s: &Session, secret_hash: &str) -> Result<(), StoreError> {
    let args = args![
        s.id.as_str(),
        secret_hash,
        s.account_id.as_ref().map(AccountId::as_str),
        &s.email,
        &s.email_folded,
        &s.browser,
        s.created_at,
        s.seen_at,
        s.expires_at,
        s.second_factor_at,
        s.way.code(),
    ];
    tx.run_one(&INSERT, args).await
}

/// The session with this hash, if its time is not over.
pub async fn by_secret(s: &mut Db, hash: &str, now: Time) -> Result<Option<Session>, StoreError> {
    s.maybe(&BY_SECRET, args![hash, now])
        .await?
        .as_ref()
        .map(session)
        .transpose()
}

/// The living sessions of a folded address, the last seen first.
pub async fn of_email(
    s: &mut Db,
    folded: &str,
    now: Time,
    limit: i64,
) -> Result<Vec<Session>, StoreError> {
    s.rows(&OF_EMAIL, args![folded, now, limit])
        .await?
        .iter()
        .map(session)
        .collect()
}

/// Notes that a session was seen, and until when it lives now; false if it was ended meanwhile.
pub async fn seen(
    tx: &mut WriteTx,
    id: &SessionId,
    now: Time,
    expires_at: Time,
) -> Result<bool, StoreError> {
    tx.changed(&SEEN, args![id.as_str(), now, expires_at]).await
}

/// Makes a buyer's session an account's; false if it is one already.
pub async fn give_account(
    tx: &mut WriteTx,
    id: &SessionId,
    account: &AccountId,
) -> Result<bool, StoreError> {
    tx.changed(&GIVE_ACCOUNT, args![id.as_str(), account.as_str()])
        .await
}

/// Notes that the second factor was shown; false if the session was ended meanwhile.
pub async fn second_factor(
    tx: &mut WriteTx,
    id: &SessionId,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&SECOND_FACTOR, args![id.as_str(), now]).await
}

/// Ends one session of an address; false if there is none.
pub async fn end(tx: &mut WriteTx, id: &SessionId, folded: &str) -> Result<bool, StoreError> {
    tx.changed(&END, args![id.as_str(), folded]).await
}

/// Ends every session of an address but one; says how many.
pub async fn end_all_but(
    tx: &mut WriteTx,
    folded: &str,
    keep: &SessionId,
) -> Result<u64, StoreError> {
    tx.run(&END_ALL, args![folded, keep.as_str()]).await
}

/// Ends every session of an account; says how many.
pub async fn end_of_account(tx: &mut WriteTx, account: &AccountId) -> Result<u64, StoreError> {
    tx.run(&END_OF_ACCOUNT, args![account.as_str()]).await
}

/// Forgets sessions whose time is over; says how many.
pub async fn sweep(tx: &mut WriteTx, now: Time) -> Result<u64, StoreError> {
    tx.run(&SWEEP, args![now]).await
}
