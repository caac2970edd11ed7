//! Passkeys: public keys of what people sign in with, and the challenges that were answered.
//!
//! A passkey belongs to an address, as a link by mail does: a buyer may have one without an account. The
//! table holds public keys only, so that whoever reads it can sign in as nobody.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{EmailId, PasskeyId};
use model::time::Time;

words! {
    /// How a passkey signs.
    Algorithm {
        /// ECDSA on P-256 with SHA-256.
        Es256 = "es256",
        /// Ed25519.
        EdDsa = "eddsa",
        /// RSA (PKCS #1 1.5) with SHA-256.
        Rs256 = "rs256",
    }
}

macro_rules! columns {
    () => {
        "id, email, email_folded, user_handle, credential_id, public_key, algorithm, counter, name,
         created_at, used_at"
    };
}

statements! {
    INSERT = concat!("
        insert into tickets_passkeys (", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    BY_CREDENTIAL = concat!("select ", columns!(), "
        from tickets_passkeys
        where credential_id = $1");
    OF_EMAIL = concat!("select ", columns!(), "
        from tickets_passkeys
        where email_folded = $1
        order by created_at, id
        limit $2");
    USED = "
        update tickets_passkeys
        set counter = $3, used_at = $4
        where id = $1
          and counter = $2";
    RENAME = "
        update tickets_passkeys
        set name = $3
        where id = $1
          and email_folded = $2";
    REMOVE = "
        delete from tickets_passkeys
        where id = $1
          and email_folded = $2";
    ANSWERED = "
        insert into tickets_passkey_challenges (challenge_hash, expires_at)
        values ($1, $2)
        on conflict (challenge_hash) do nothing";
    TELL = "
        insert into tickets_passkey_news (mail_id, email, added, name, browser, locale, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)";
    NEWS_OF_MAIL = "
        select email, added, name, browser, locale, created_at
        from tickets_passkey_news
        where mail_id = $1";
    SWEEP_CHALLENGES = "
        delete from tickets_passkey_challenges
        where expires_at < $1";
    SWEEP_NEWS = "
        delete from tickets_passkey_news
        where created_at < $1";
}

/// A passkey.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Passkey {
    pub id: PasskeyId,
    /// The address that it signs in, as typed.
    pub email: String,
    pub email_folded: String,
    /// What its device calls the person, in base64url: nothing that says who it is.
    pub user_handle: String,
    /// What its device calls the key, in base64url; unique.
    pub credential_id: String,
    /// The public key as SPKI, in base64url.
    pub public_key: String,
    pub algorithm: Algorithm,
    /// How often its device says to have signed; always 0 with most of them.
    pub counter: i64,
    /// What its owner calls it.
    pub name: String,
    pub created_at: Time,
    /// When it last signed in; `None` if it never did.
    pub used_at: Option<Time>,
}

/// What a mail tells of a passkey that was added or removed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct News {
    /// Whose it is, as typed.
    pub email: String,
    /// Whether it was added, and not removed.
    pub added: bool,
    /// What it is called.
    pub name: String,
    /// What the browser calls itself that did it.
    pub browser: String,
    /// In which language it is read: `en` or `fr`.
    pub locale: String,
    pub created_at: Time,
}

fn passkey(row: &Row) -> Result<Passkey, StoreError> {
    Ok(Passkey {
        id: row.parsed("id", PasskeyId::parse)?,
        email: row.text("email")?,
        email_folded: row.text("email_folded")?,
        user_handle: row.text("user_handle")?,
        credential_id: row.text("credential_id")?,
        public_key: row.text("public_key")?,
        algorithm: row.word("algorithm", Algorithm::parse)?,
        counter: row.int("counter")?,
        name: row.text("name")?,
        created_at: row.time("created_at")?,
        used_at: row.opt_time("used_at")?,
    })
}

/// Writes a new passkey; a constraint refuses a second one with the same credential id.
pub async fn insert(tx: &mut WriteTx, p: &Passkey) -> Result<(), StoreError> {
    let args = args![
        p.id.as_str(),
        &p.email,
        &p.email_folded,
        &p.user_handle,
        &p.credential_id,
        &p.public_key,
        p.algorithm.code(),
        p.counter,
        &p.name,
        p.created_at,
        p.used_at,
    ];
    tx.run_one(&INSERT, args).await
}

/// The passkey that a device calls by this id, in base64url.
pub async fn by_credential(
    s: &mut Session,
    credential: &str,
) -> Result<Option<Passkey>, StoreError> {
    s.maybe(&BY_CREDENTIAL, args![credential])
        .await?
        .as_ref()
        .map(passkey)
        .transpose()
}

/// The passkeys of a folded address, the oldest first.
pub async fn of_email(
    s: &mut Session,
    folded: &str,
    limit: i64,
) -> Result<Vec<Passkey>, StoreError> {
    s.rows(&OF_EMAIL, args![folded, limit])
        .await?
        .iter()
        .map(passkey)
        .collect()
}

/// Notes that a passkey signed in, with its device's counter before and now; false if it was removed or
/// its counter moved meanwhile.
pub async fn used(
    tx: &mut WriteTx,
    id: &PasskeyId,
    before: i64,
    counter: i64,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&USED, args![id.as_str(), before, counter, now])
        .await
}

/// Gives an address's passkey another name; false if it has none of this id.
pub async fn rename(
    tx: &mut WriteTx,
    id: &PasskeyId,
    folded: &str,
    name: &str,
) -> Result<bool, StoreError> {
    tx.changed(&RENAME, args![id.as_str(), folded, name]).await
}

/// Removes an address's passkey; false if it has none of this id.
pub async fn remove(tx: &mut WriteTx, id: &PasskeyId, folded: &str) -> Result<bool, StoreError> {
    tx.changed(&REMOVE, args![id.as_str(), folded]).await
}

/// Uses a challenge up, by the keyed hash of what it is; false if it was answered before.
pub async fn answered(
    tx: &mut WriteTx,
    challenge_hash: &str,
    expires_at: Time,
) -> Result<bool, StoreError> {
    tx.changed(&ANSWERED, args![challenge_hash, expires_at])
        .await
}

/// Writes down what a mail will tell.
pub async fn tell(tx: &mut WriteTx, mail: &EmailId, news: &News) -> Result<(), StoreError> {
    let args = args![
        mail.as_str(),
        &news.email,
        news.added,
        &news.name,
        &news.browser,
        &news.locale,
        news.created_at,
    ];
    tx.run_one(&TELL, args).await
}

/// What a mail tells; `None` if it is forgotten or was never about a passkey.
pub async fn news_of_mail(s: &mut Session, mail: &EmailId) -> Result<Option<News>, StoreError> {
    let row = s.maybe(&NEWS_OF_MAIL, args![mail.as_str()]).await?;
    row.map(|row| {
        Ok(News {
            email: row.text("email")?,
            added: row.bool("added")?,
            name: row.text("name")?,
            browser: row.text("browser")?,
            locale: row.text("locale")?,
            created_at: row.time("created_at")?,
        })
    })
    .transpose()
}

/// Forgets challenges that would have lapsed before a time, and news from before another; says how many.
pub async fn sweep(
    tx: &mut WriteTx,
    lapsed_before: Time,
    news_before: Time,
) -> Result<u64, StoreError> {
    let challenges = tx.run(&SWEEP_CHALLENGES, args![lapsed_before]).await?;
    Ok(challenges + tx.run(&SWEEP_NEWS, args![news_before]).await?)
}
