//! People of a provider of identities: who of them is which account.
//!
//! A person is known by the provider and its own name for them, and by nothing that can change, such as an
//! address.

use crate::db::{Session, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::AccountId;
use model::time::Time;

statements! {
    ACCOUNT_OF = "
        select account_id
        from tickets_provider_people
        where issuer = $1
          and subject = $2";
    LINK = "
        insert into tickets_provider_people (issuer, subject, account_id, created_at)
        values ($1, $2, $3, $4)
        on conflict do nothing";
}

/// The account of a provider's person.
pub async fn account_of(
    s: &mut Session,
    issuer: &str,
    subject: &str,
) -> Result<Option<AccountId>, StoreError> {
    s.maybe(&ACCOUNT_OF, args![issuer, subject])
        .await?
        .map(|row| row.parsed("account_id", AccountId::parse))
        .transpose()
}

/// Remembers who of a provider's people is which account. False if that person is an account already, or
/// that account a person of this provider: the first word holds.
pub async fn link(
    tx: &mut WriteTx,
    issuer: &str,
    subject: &str,
    account: &AccountId,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&LINK, args![issuer, subject, account.as_str(), now])
        .await
}
