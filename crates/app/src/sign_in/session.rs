//! Sessions as they are used, listed and ended.

use super::enter;
use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use data_encoding::BASE32_NOPAD;
use model::ids::{AccountId, SessionId};
use model::time::Time;
use store::accounts::Role;
use store::sessions::Session;

/// How long a session lives that is not used, in seconds: a month.
pub const SESSION_S: i64 = 30 * 86_400;
/// A session that is in use is written down at most this often, in seconds.
const SEEN_EVERY_S: i64 = 15 * 60;
/// How long a second factor holds, in seconds: a working day.
const SECOND_FACTOR_S: i64 = 12 * 3_600;
/// The most sessions that are listed.
const LISTED_MOST: i64 = 50;
/// What every cookie's value begins with.
const PREFIX: &str = "js_";

/// Who has signed in with a browser.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Signed {
    /// The session.
    pub session: SessionId,
    /// The account; `None` for a buyer without one.
    pub account: Option<AccountId>,
    /// The address that was shown, as typed.
    pub email: String,
    /// The same for comparing.
    pub email_folded: String,
    /// Whether the account is an admin's.
    pub admin: bool,
    /// Whether the second factor was shown lately enough for an admin's pages.
    pub proved: bool,
    /// When the session began.
    pub since: Time,
    /// When the second factor was last shown; `None` if never.
    pub proved_at: Option<Time>,
}

/// A new secret for a cookie, and the keyed hash under which it is found.
pub(super) fn new_secret(house: &House) -> (String, String) {
    let random = BASE32_NOPAD.encode(&house.secret_bytes());
    let secret = format!("{PREFIX}{}", random.to_ascii_lowercase());
    let hash = house.keyring.bearer_hash(&secret);
    (secret, hash)
}

/// Who has signed in with the browser that shows this cookie.
pub async fn who_signed_in(
    house: &House,
    now: Time,
    secret: &str,
) -> Result<Option<Signed>, Fault> {
    if !secret.starts_with(PREFIX) || secret.len() > 100 {
        return Ok(None);
    }
    let hash = house.keyring.bearer_hash(secret);
    let found = store::sessions::by_secret(&mut *house.read().await?, &hash, now).await?;
    let Some(session) = found else {
        return Ok(None);
    };
    if session.seen_at.plus_seconds(SEEN_EVERY_S) <= now {
        let mut tx = house.write().await?;
        store::sessions::seen(&mut tx, &session.id, now, now.plus_seconds(SESSION_S)).await?;
        tx.commit().await?;
    }
    Ok(Some(Signed::of(&session, now)))
}

impl Signed {
    /// Who has signed in with a session that lives.
    pub fn of(session: &Session, now: Time) -> Self {
        let proved = session
            .second_factor_at
            .is_some_and(|at| at.plus_seconds(SECOND_FACTOR_S) > now);
        Self {
            session: session.id.clone(),
            account: session.account_id.clone(),
            email: session.email.clone(),
            email_folded: session.email_folded.clone(),
            admin: session.role == Some(Role::Admin),
            proved,
            since: session.created_at,
            proved_at: session.second_factor_at,
        }
    }
}

/// The living sessions of whoever has signed in, the last seen first.
pub async fn sessions(house: &House, cx: &Cx, signed: &Signed) -> Result<Vec<Session>, Fault> {
    let mut read = house.read().await?;
    Ok(store::sessions::of_email(&mut read, &signed.email_folded, cx.now, LISTED_MOST).await?)
}

/// Ends a session of one's own, this browser's or another's; false if there is none.
pub async fn sign_out(
    house: &House,
    cx: &mut Cx,
    signed: &Signed,
    session: &SessionId,
) -> Result<bool, Fault> {
    let line = access::audit_line(cx, "session.ended", "session", session.as_str());
    let mut tx = house.write().await?;
    let ended = store::sessions::end(&mut tx, session, &signed.email_folded).await?;
    if ended {
        store::audit::write(&mut tx, &[line], cx.now).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// Ends all of one's sessions but this one; says how many.
pub async fn sign_out_elsewhere(house: &House, cx: &mut Cx, signed: &Signed) -> Result<u64, Fault> {
    let line = access::audit_line(
        cx,
        "session.others_ended",
        "session",
        signed.session.as_str(),
    );
    let mut tx = house.write().await?;
    let ended =
        store::sessions::end_all_but(&mut tx, &signed.email_folded, &signed.session).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Gives a buyer's session an account, because they want to sell; the account.
pub async fn become_organizer(
    house: &House,
    cx: &mut Cx,
    signed: &Signed,
) -> Result<AccountId, enter::EnterError> {
    if let Some(account) = &signed.account {
        return Ok(account.clone());
    }
    let account = enter::made(house, cx, &signed.email).await?;
    let mut tx = house.write().await?;
    store::sessions::give_account(&mut tx, &signed.session, &account.id).await?;
    tx.commit().await?;
    Ok(account.id)
}

/// Notes that this session has shown its second factor.
pub async fn prove_second_factor(house: &House, cx: &Cx, session: &SessionId) -> Result<(), Fault> {
    let mut tx = house.write().await?;
    store::sessions::second_factor(&mut tx, session, cx.now).await?;
    Ok(tx.commit().await?)
}
