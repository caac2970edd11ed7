//! Using a link up: a session begins.

use super::session::{SESSION_S, new_secret};
use crate::access;
use crate::accounts::{self, AccountError, Role};
use crate::cx::{Actor, Cx};
use crate::error::{Fault, faults};
use crate::house::House;
use model::email::Email;
use model::ids::{AccountId, SessionId, SignInLinkId};
use store::accounts::Account;
use store::sessions::Session;
use store::sign_in_links::{Purpose, SignInLink};

/// The most that is kept of what a browser calls itself, in characters.
const BROWSER_MOST: usize = 60;

/// Why a link did not sign in.
#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// It was never ours, it was used, or its time is over: which of these is nobody's business.
    #[error("This link was used already, or it is older than 15 minutes.")]
    Spent,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(EnterError: store::StoreError);

/// Somebody who has just signed in.
pub struct Entered {
    /// The session.
    pub session: Session,
    /// Its secret, for the cookie; it is shown to nobody else.
    pub secret: String,
    /// Where to go on: a path of ours, or empty.
    pub next: String,
}

/// The link that a key belongs to, if it still signs in. Looking does not use it up: mail scanners look.
pub async fn look_at_link(house: &House, cx: &Cx, key: &str) -> Result<Option<SignInLink>, Fault> {
    let Some(id) = house.keyring.sign_in_link_of(key) else {
        return Ok(None);
    };
    let link = store::sign_in_links::by_id(&mut *house.read().await?, &id).await?;
    Ok(link.filter(|l| l.used_at.is_none() && l.expires_at > cx.now))
}

/// Uses a link up and begins a session. Of two at once, one gets in.
pub async fn enter(
    house: &House,
    cx: &mut Cx,
    key: &str,
    browser: &str,
) -> Result<Entered, EnterError> {
    let Some(link) = look_at_link(house, cx, key).await? else {
        return Err(EnterError::Spent);
    };
    let account = account_of(house, cx, &link).await?;
    begin(
        house,
        cx,
        &link.email,
        account.as_ref(),
        browser,
        Some(&link.id),
    )
    .await
    .map(|(session, secret)| Entered {
        session,
        secret,
        next: link.next,
    })
}

/// The account that signs in: made for whoever wants to sell, found for whoever has one.
async fn account_of(
    house: &House,
    cx: &mut Cx,
    link: &SignInLink,
) -> Result<Option<Account>, EnterError> {
    let known = store::accounts::by_email(&mut *house.read().await?, &link.email_folded).await?;
    if known.is_some() || link.purpose == Purpose::Buyer {
        return Ok(known);
    }
    made(house, cx, &link.email).await.map(Some)
}

/// An account for an address that has been proved; its name is the address until another is given.
pub(super) async fn made(house: &House, cx: &mut Cx, email: &str) -> Result<Account, EnterError> {
    match accounts::ensure(house, cx, email, email, Role::User).await {
        Ok(account) => Ok(account),
        Err(AccountError::Fault(fault)) => Err(fault.into()),
        Err(AccountError::Invalid(why)) => {
            Err(Fault::Inconsistent(format!("a proved address is none: {why}")).into())
        }
    }
}

/// Begins a session of an account without any link: for a host's hand-over, the demo and tests, which
/// have proved by other means who it is.
pub async fn open_session(
    house: &House,
    cx: &mut Cx,
    account: &Account,
    browser: &str,
) -> Result<Entered, EnterError> {
    let (session, secret) = begin(house, cx, &account.email, Some(account), browser, None).await?;
    Ok(Entered {
        session,
        secret,
        next: String::new(),
    })
}

async fn begin(
    house: &House,
    cx: &mut Cx,
    email: &str,
    account: Option<&Account>,
    browser: &str,
    link: Option<&SignInLinkId>,
) -> Result<(Session, String), EnterError> {
    let email = Email::parse(email).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let (secret, hash) = new_secret(house);
    let session = Session {
        id: cx.mint(SessionId::mint),
        account_id: account.map(|a| a.id.clone()),
        role: account.map(|a| a.role),
        email: email.as_str().to_owned(),
        email_folded: email.folded(),
        browser: browser.chars().take(BROWSER_MOST).collect(),
        created_at: cx.now,
        seen_at: cx.now,
        expires_at: cx.now.plus_seconds(SESSION_S),
        second_factor_at: None,
    };
    cx.actor = actor_of(account.map(|a| &a.id));
    let begun = access::audit_line(cx, "session.begun", "session", session.id.as_str());
    let mut tx = house.write().await?;
    if let Some(link) = link
        && !store::sign_in_links::use_up(&mut tx, link, cx.now).await?
    {
        return Err(EnterError::Spent);
    }
    store::sessions::insert(&mut tx, &session, &hash).await?;
    store::audit::write(&mut tx, &[begun], cx.now).await?;
    tx.commit().await?;
    metrics::counter!("tickets_sessions_begun").increment(1);
    Ok((session, secret))
}

fn actor_of(account: Option<&AccountId>) -> Actor {
    account.map_or(Actor::Public, |id| Actor::User(id.clone()))
}
