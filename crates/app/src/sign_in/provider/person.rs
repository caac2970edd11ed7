//! Which account a provider's person is.
//!
//! Whoever was here before is known by the provider's own name for them, whatever their address is now. Who
//! is new is known by their address, if the provider has proved that it is theirs, exactly as if they had read
//! a link in its mail; and from then on by the provider's name for them. An account is one person of a
//! provider at most: an address that was given to somebody else there does not bring an account with it.

use super::refusal::Astray;
use crate::accounts::{self, AccountError, Role};
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::ports::Person;
use model::email::Email;
use model::text;
use model::time::Time;
use store::WriteTx;
use store::accounts::Account;
use store::sign_in_links::Purpose;

/// The longest name of an account, in characters.
const NAME_MOST: usize = 120;

/// Whom a session begins for.
pub struct Whose {
    /// The address that was shown.
    pub email: String,
    /// The same for comparing.
    pub email_folded: String,
    /// Its account; `None` for a buyer without one.
    pub account: Option<Account>,
    /// Whether the account becomes this person's from now on.
    pub joins: bool,
}

/// Whom a session begins for when this person of the provider comes in.
pub async fn whose(
    house: &House,
    cx: &mut Cx,
    issuer: &str,
    person: &Person,
    purpose: Purpose,
) -> Result<Whose, Astray> {
    let mut read = house.read().await?;
    let known = store::provider_people::account_of(&mut read, issuer, &person.subject).await?;
    if let Some(id) = known {
        let account = store::accounts::by_id(&mut read, &id).await?;
        let account =
            account.ok_or_else(|| Fault::Inconsistent(format!("account {id} is gone")))?;
        return Ok(Whose {
            email: account.email.clone(),
            email_folded: account.email_folded.clone(),
            account: Some(account),
            joins: false,
        });
    }
    let email = Email::parse(&person.email).map_err(|_| Astray::Unverified)?;
    if !person.email_verified {
        return Err(Astray::Unverified);
    }
    let mut account = store::accounts::by_email(&mut read, &email.folded()).await?;
    drop(read);
    if account.is_none() && purpose == Purpose::Organizer {
        account = Some(made(house, cx, &email, &person.name).await?);
    }
    Ok(Whose {
        email: email.as_str().to_owned(),
        email_folded: email.folded(),
        joins: account.is_some(),
        account,
    })
}

/// An account under the name that the provider tells, or under the address if that cannot be a name.
async fn made(house: &House, cx: &mut Cx, email: &Email, name: &str) -> Result<Account, Astray> {
    let name = text::line(name, NAME_MOST).unwrap_or_else(|_| email.as_str().to_owned());
    match accounts::ensure(house, cx, email.as_str(), &name, Role::User).await {
        Ok(account) => Ok(account),
        Err(AccountError::Fault(fault)) => Err(fault.into()),
        Err(AccountError::Invalid(why)) => {
            Err(Fault::Inconsistent(format!("a proved address is none: {why}")).into())
        }
    }
}

/// Makes an account this person's. Whoever does so at the same moment for the same person has done it for us.
pub async fn join(
    tx: &mut WriteTx,
    issuer: &str,
    person: &Person,
    account: &Account,
    now: Time,
) -> Result<(), Astray> {
    if store::provider_people::link(tx, issuer, &person.subject, &account.id, now).await? {
        return Ok(());
    }
    let holds = store::provider_people::account_of(tx, issuer, &person.subject).await?;
    if holds.as_ref() == Some(&account.id) {
        Ok(())
    } else {
        Err(Astray::Taken)
    }
}
