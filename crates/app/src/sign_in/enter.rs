//! Using a link up: a session begins.

use super::session::{SESSION_S, new_secret};
use crate::access;
use crate::accounts::{self, AccountError, Role};
use crate::cx::{Actor, Cx};
use crate::error::{Fault, faults};
use crate::house::House;
use model::email::Email;
use model::ids::{AccountId, SessionId};
use store::WriteTx;
use store::accounts::Account;
use store::audit::Line;
use store::sessions::{Session, Way};
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
    let opening = Opening {
        email: &link.email,
        account: account.as_ref(),
        browser,
        way: Way::Link,
        proved: false,
    };
    let begun = Begun::new(house, cx, &opening)?;
    let mut tx = house.write().await?;
    if !store::sign_in_links::use_up(&mut tx, &link.id, cx.now).await? {
        return Err(EnterError::Spent);
    }
    begun.write(&mut tx, cx).await?;
    tx.commit().await?;
    Ok(begun.entered(link.next))
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
    let opening = Opening {
        email: &account.email,
        account: Some(account),
        browser,
        way: Way::Host,
        proved: false,
    };
    let begun = Begun::new(house, cx, &opening)?;
    let mut tx = house.write().await?;
    begun.write(&mut tx, cx).await?;
    tx.commit().await?;
    Ok(begun.entered(String::new()))
}

/// Who signs in, and how.
pub(crate) struct Opening<'a> {
    /// The address that was shown, as typed.
    pub email: &'a str,
    /// Its account; `None` for a buyer without one.
    pub account: Option<&'a Account>,
    /// What the browser calls itself.
    pub browser: &'a str,
    /// How it was shown.
    pub way: Way,
    /// Whether that was a second factor as well.
    pub proved: bool,
}

/// A session that is to be written down in the transaction that uses up what it was opened with.
pub(crate) struct Begun {
    session: Session,
    secret: String,
    hash: String,
    line: Line,
}

impl Begun {
    /// Makes the session; from here on the context acts as whoever it is.
    pub(crate) fn new(house: &House, cx: &mut Cx, opening: &Opening<'_>) -> Result<Self, Fault> {
        let email = Email::parse(opening.email).map_err(|e| Fault::Inconsistent(e.to_string()))?;
        let (secret, hash) = new_secret(house);
        let account = opening.account;
        let session = Session {
            id: cx.mint(SessionId::mint),
            account_id: account.map(|a| a.id.clone()),
            role: account.map(|a| a.role),
            email: email.as_str().to_owned(),
            email_folded: email.folded(),
            browser: opening.browser.chars().take(BROWSER_MOST).collect(),
            created_at: cx.now,
            seen_at: cx.now,
            expires_at: cx.now.plus_seconds(SESSION_S),
            second_factor_at: opening.proved.then_some(cx.now),
            way: opening.way,
        };
        cx.actor = actor_of(account.map(|a| &a.id));
        let line = access::audit_line(cx, "session.begun", "session", session.id.as_str());
        Ok(Self {
            session,
            secret,
            hash,
            line,
        })
    }

    /// Writes it down.
    pub(crate) async fn write(&self, tx: &mut WriteTx, cx: &Cx) -> Result<(), Fault> {
        store::sessions::insert(tx, &self.session, &self.hash).await?;
        store::audit::write(tx, std::slice::from_ref(&self.line), cx.now).await?;
        Ok(())
    }

    /// The session as it is handed to the browser, once it is committed.
    pub(crate) fn entered(self, next: String) -> Entered {
        let way = self.session.way.code();
        metrics::counter!("tickets_sessions_begun", "way" => way).increment(1);
        Entered {
            session: self.session,
            secret: self.secret,
            next,
        }
    }
}

fn actor_of(account: Option<&AccountId>) -> Actor {
    account.map_or(Actor::Public, |id| Actor::User(id.clone()))
}
