//! A host site hands over somebody whom it knows: `/tickets/sso?token=…`; and says when they have signed
//! out there.
//!
//! The token is `claims.signature`: the claims are JSON in base64url without padding, the signature is
//! HMAC-SHA-256 over their text under `SSO_SECRET`, in base64url as well. It holds for at most a minute,
//! is used once, and names us as its audience, so that a token for something else does not open us. A
//! person is known by the host's own id for them: a host that changes an address changes nobody's account.

use super::enter::{EnterError, Entered, open_session};
use crate::access;
use crate::accounts::{self, AccountError, Role};
use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::house::House;
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use model::email::Email;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::Sha256;
use store::accounts::Account;

/// The longest that a token may hold, in seconds.
const HOLDS_S: i64 = 60;
/// How far a host's clock may be ahead of ours, in seconds.
const AHEAD_S: i64 = 10;
/// The longest token, in bytes.
const TOKEN_MOST: usize = 4_096;
/// The longest id of a host's person, in bytes.
const ID_MOST: usize = 200;

/// What a token says it is for when its person has signed out at the host.
const SIGN_OUT: &str = "sign-out";

/// Why a hand-over was refused. The page says the same of all of them; the log says which it was.
#[derive(Debug, thiserror::Error)]
pub enum HandOverError {
    /// No secret is configured, so nobody can be handed over.
    #[error("Nobody can be handed over here: SSO_SECRET is not set.")]
    Off,
    /// It is no token, or its signature is not the host's.
    #[error("This link is not one that the site has made.")]
    Forged,
    /// It is past its time, or holds for too long.
    #[error("This link is older than a minute.")]
    Stale,
    /// It was made for another audience.
    #[error("This link was made for another site.")]
    Elsewhere,
    /// It was made to sign somebody out, or the other way round.
    #[error("This link was made for something else.")]
    Misused,
    /// It was used before.
    #[error("This link was used already.")]
    Replayed,
    /// What it says about the person cannot be used.
    #[error("This link says nothing about you that can be used: {0}")]
    Person(String),
    /// The address belongs to an account that another way of signing in has made. Whoever controls the
    /// host's claims must not get into it without reading its mail.
    #[error("This address has an account already. Sign in with a link by mail.")]
    Taken,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(HandOverError: store::StoreError);

/// What a host says about a person.
#[derive(Debug, Deserialize)]
struct Claims {
    /// The host's own id for the person.
    user_id: String,
    /// Their address; the host must have proved it. Whoever signs out needs none.
    #[serde(default)]
    email: String,
    /// Their name.
    #[serde(default)]
    name: String,
    /// Whom the token is for: our public address.
    aud: String,
    /// When it was made, in seconds since 1970.
    iat: i64,
    /// Until when it holds, in seconds since 1970.
    exp: i64,
    /// What makes it one of its kind.
    nonce: String,
    /// What it is for: empty for a hand-over, or [`SIGN_OUT`].
    #[serde(default)]
    act: String,
    /// Where to go on: a path of ours, or empty.
    #[serde(default)]
    next: String,
}

/// Takes a hand-over: a session begins for the host's person.
pub async fn hand_over(
    house: &House,
    cx: &mut Cx,
    token: &str,
    browser: &str,
) -> Result<Entered, HandOverError> {
    let claims = proved(house, cx, token, "").await?;
    let account = account_of(house, cx, &claims).await?;
    let entered = open_session(house, cx, &account, browser).await;
    let mut entered = entered.map_err(|error| match error {
        EnterError::Spent => HandOverError::Replayed,
        EnterError::Fault(fault) => HandOverError::Fault(fault),
    })?;
    entered.next = claims.next;
    Ok(entered)
}

/// Takes a host's word that one of its people has signed out; says how many sessions were ended.
pub async fn hand_back(house: &House, cx: &mut Cx, token: &str) -> Result<u64, HandOverError> {
    let claims = proved(house, cx, token, SIGN_OUT).await?;
    Ok(end_host_sessions(house, cx, &claims.user_id).await?)
}

/// Ends every session of a host's person, by the host's own id for them; says how many. Somebody who was
/// never handed over has none.
pub async fn end_host_sessions(house: &House, cx: &mut Cx, host_user: &str) -> Result<u64, Fault> {
    let linked = store::hand_overs::account_of(&mut *house.read().await?, host_user).await?;
    let Some(account) = linked else {
        return Ok(0);
    };
    let line = access::audit_line(cx, "session.host_ended", "account", account.as_str());
    let mut tx = house.write().await?;
    let ended = store::sessions::end_of_account(&mut tx, &account).await?;
    if ended > 0 {
        store::audit::write(&mut tx, &[line], cx.now).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// What a good token says; it is used up by that.
async fn proved(house: &House, cx: &Cx, token: &str, act: &str) -> Result<Claims, HandOverError> {
    let secret = house.settings.sso_secret.as_ref();
    let claims = read(secret.ok_or(HandOverError::Off)?, token)?;
    check(house, cx, &claims)?;
    if claims.act != act {
        return Err(HandOverError::Misused);
    }
    use_up(house, cx, &claims).await?;
    Ok(claims)
}

fn read(secret: &SecretString, token: &str) -> Result<Claims, HandOverError> {
    let forged = || HandOverError::Forged;
    let (claims, signature) = token
        .split_once('.')
        .filter(|_| token.len() <= TOKEN_MOST)
        .ok_or_else(forged)?;
    let signature = BASE64URL_NOPAD
        .decode(signature.as_bytes())
        .map_err(|_| forged())?;
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.expose_secret().as_bytes())
        .map_err(|_| forged())?;
    mac.update(claims.as_bytes());
    mac.verify_slice(&signature).map_err(|_| forged())?;
    let json = BASE64URL_NOPAD
        .decode(claims.as_bytes())
        .map_err(|_| forged())?;
    serde_json::from_slice(&json).map_err(|why| HandOverError::Person(why.to_string()))
}

fn check(house: &House, cx: &Cx, claims: &Claims) -> Result<(), HandOverError> {
    let now = cx.now.seconds();
    let lasts = claims.exp.saturating_sub(claims.iat);
    if claims.exp <= now || claims.iat > now + AHEAD_S || !(1..=HOLDS_S).contains(&lasts) {
        return Err(HandOverError::Stale);
    }
    if claims.aud != house.settings.public_url {
        return Err(HandOverError::Elsewhere);
    }
    let short = |text: &str, least: usize| (least..=ID_MOST).contains(&text.len());
    if !short(&claims.user_id, 1) || !short(&claims.nonce, 16) {
        let words = "user_id must be there, and nonce must have at least 16 characters.";
        return Err(HandOverError::Person(words.to_owned()));
    }
    Ok(())
}

async fn use_up(house: &House, cx: &Cx, claims: &Claims) -> Result<(), HandOverError> {
    let hash = house
        .keyring
        .bearer_hash(&format!("hand-over {}", claims.nonce));
    let forget_at = cx.now.plus_seconds(2 * HOLDS_S + AHEAD_S);
    let mut tx = house.write().await?;
    if !store::hand_overs::use_up(&mut tx, &hash, forget_at).await? {
        return Err(HandOverError::Replayed);
    }
    Ok(tx.commit().await?)
}

/// The account of a host's person: the one that was linked before, or a new one.
async fn account_of(house: &House, cx: &mut Cx, claims: &Claims) -> Result<Account, HandOverError> {
    let linked = store::hand_overs::account_of(&mut *house.read().await?, &claims.user_id).await?;
    if let Some(id) = linked {
        let account = store::accounts::by_id(&mut *house.read().await?, &id).await?;
        return account.ok_or_else(|| Fault::Inconsistent(format!("account {id} is gone")).into());
    }
    let email = Email::parse(&claims.email).map_err(|e| HandOverError::Person(e.to_string()))?;
    let known = store::accounts::by_email(&mut *house.read().await?, &email.folded()).await?;
    if known.is_some() {
        return Err(HandOverError::Taken);
    }
    let name = if claims.name.trim().is_empty() {
        email.as_str()
    } else {
        claims.name.as_str()
    };
    let made = accounts::ensure(house, cx, email.as_str(), name, Role::User).await;
    let account = made.map_err(|error| match error {
        AccountError::Invalid(why) => HandOverError::Person(why.to_string()),
        AccountError::Fault(fault) => HandOverError::Fault(fault),
    })?;
    let line = access::audit_line(cx, "account.linked", "account", account.id.as_str());
    let mut tx = house.write().await?;
    store::hand_overs::link(&mut tx, &claims.user_id, &account.id, cx.now).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(account)
}
