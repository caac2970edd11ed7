//! Venues as Stripe Tax knows them: one object of Stripe's for each address.

use crate::db::{Session, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::time::Time;

statements! {
    OF_ADDRESS = "
        select stripe_location_id
        from tickets_tax_locations
        where address = $1";
    KEEP = "
        insert into tickets_tax_locations (address, stripe_location_id, created_at)
        values ($1, $2, $3)
        on conflict (address) do nothing";
}

/// Stripe's id of the venue at an address, if it was made before.
pub async fn of_address(s: &mut Session, address: &str) -> Result<Option<String>, StoreError> {
    let row = s.maybe(&OF_ADDRESS, args![address]).await?;
    row.as_ref()
        .map(|row| row.text("stripe_location_id"))
        .transpose()
}

/// Keeps Stripe's id of a venue; whoever was first stays.
pub async fn keep(
    tx: &mut WriteTx,
    address: &str,
    location_id: &str,
    now: Time,
) -> Result<(), StoreError> {
    tx.run(&KEEP, args![address, location_id, now]).await?;
    Ok(())
}
