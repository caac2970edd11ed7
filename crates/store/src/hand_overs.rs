//! Hand-overs from a host site: who of its people is which account, and which tokens were used.

use crate::db::{Session, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::AccountId;
use model::time::Time;

statements! {
    USE_UP = "
        insert into tickets_hand_overs (nonce_hash, expires_at)
        values ($1, $2)
        on conflict (nonce_hash) do nothing";
    ACCOUNT_OF = "
        select account_id
        from tickets_host_people
        where host_user = $1";
    LINK = "
        insert into tickets_host_people (host_user, account_id, created_at)
        values ($1, $2, $3)
        on conflict (host_user) do nothing";
    SWEEP = "
        delete from tickets_hand_overs
        where expires_at < $1";
}

/// Uses a token up, by the keyed hash of what makes it one of its kind; false if it was used before.
pub async fn use_up(
    tx: &mut WriteTx,
    nonce_hash: &str,
    expires_at: Time,
) -> Result<bool, StoreError> {
    tx.changed(&USE_UP, args![nonce_hash, expires_at]).await
}

/// The account of a host's person.
pub async fn account_of(s: &mut Session, host_user: &str) -> Result<Option<AccountId>, StoreError> {
    s.maybe(&ACCOUNT_OF, args![host_user])
        .await?
        .map(|row| row.parsed("account_id", AccountId::parse))
        .transpose()
}

/// Remembers who of a host's people is which account; the first word holds.
pub async fn link(
    tx: &mut WriteTx,
    host_user: &str,
    account: &AccountId,
    now: Time,
) -> Result<(), StoreError> {
    tx.run(&LINK, args![host_user, account.as_str(), now])
        .await
        .map(drop)
}

/// Forgets tokens that would have lapsed before a time; says how many.
pub async fn sweep(tx: &mut WriteTx, before: Time) -> Result<u64, StoreError> {
    tx.run(&SWEEP, args![before]).await
}
