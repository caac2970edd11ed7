//! Accounts: somebody who can sign in. Sign-in itself comes with its pages; keys are made here already.

use crate::access;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::email::Email;
use model::ids::AccountId;
use model::text;
pub use store::accounts::{Account, Role};

/// Why an account was not made.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Fields are wrong.
    #[error("{0}")]
    Invalid(Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(AccountError: store::StoreError);

/// The account of an address; made if there is none. The role of one that exists is not changed.
pub async fn ensure(
    house: &House,
    cx: &mut Cx,
    email: &str,
    name: &str,
    role: Role,
) -> Result<Account, AccountError> {
    let mut invalid = Invalid::default();
    let email = invalid.check("email", Email::parse(email));
    let name = invalid.check("name", text::line(name, 120));
    let (Some(email), Some(name)) = (email, name) else {
        return Err(AccountError::Invalid(invalid));
    };
    let folded = email.folded();
    if let Some(account) = store::accounts::by_email(&mut *house.read().await?, &folded).await? {
        return Ok(account);
    }
    let account = Account {
        id: cx.mint(AccountId::mint),
        email: email.as_str().to_owned(),
        email_folded: folded,
        name,
        role,
        created_at: cx.now,
    };
    let line = access::audit_line(cx, "account.created", "account", account.id.as_str());
    let mut tx = house.write().await?;
    match store::accounts::insert(&mut tx, &account).await {
        Ok(()) => {}
        // Somebody made it at this very moment: that one is the account.
        Err(taken @ store::StoreError::Constraint(_)) => {
            drop(tx);
            let mut read = house.read().await?;
            let made = store::accounts::by_email(&mut read, &account.email_folded).await?;
            return made.ok_or_else(|| taken.into());
        }
        Err(fault) => return Err(fault.into()),
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(account)
}
