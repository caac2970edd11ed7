//! Who wants no more of an organizer's own words.
//!
//! A row is kept by address and not by order, and is never swept: it has to hold for orders to come.

use crate::db::{Session, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::OrganizerId;
use model::time::Time;

statements! {
    ADD = "
        insert into tickets_unsubscribes (organizer_id, email_folded, created_at)
        values ($1, $2, $3)
        on conflict (organizer_id, email_folded) do nothing";
    REMOVE = "
        delete from tickets_unsubscribes
        where organizer_id = $1
          and email_folded = $2";
    HAS = "
        select created_at
        from tickets_unsubscribes
        where organizer_id = $1
          and email_folded = $2";
}

/// Writes an address down; false if it was there.
pub async fn add(
    tx: &mut WriteTx,
    organizer: &OrganizerId,
    email_folded: &str,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&ADD, args![organizer.as_str(), email_folded, now])
        .await
}

/// Forgets an address; false if it was not there.
pub async fn remove(
    tx: &mut WriteTx,
    organizer: &OrganizerId,
    email_folded: &str,
) -> Result<bool, StoreError> {
    tx.changed(&REMOVE, args![organizer.as_str(), email_folded])
        .await
}

/// Whether an address wants no more.
pub async fn has(
    s: &mut Session,
    organizer: &OrganizerId,
    email_folded: &str,
) -> Result<bool, StoreError> {
    let row = s
        .maybe(&HAS, args![organizer.as_str(), email_folded])
        .await?;
    Ok(row.is_some())
}
