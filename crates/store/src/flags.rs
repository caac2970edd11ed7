//! Flags that an admin has switched off while we run. Absent means as the environment says.

use crate::db::{Session, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::time::Time;

statements! {
    OFF = "
        select name
        from tickets_flags
        where is_off
        order by name";
    SET = "
        insert into tickets_flags (name, is_off, changed_by, changed_at)
        values ($1, $2, $3, $4)
        on conflict (name) do update
        set is_off = excluded.is_off,
            changed_by = excluded.changed_by,
            changed_at = excluded.changed_at";
}

/// The names of flags that are switched off.
pub async fn off(s: &mut Session) -> Result<Vec<String>, StoreError> {
    s.rows(&OFF, args![])
        .await?
        .iter()
        .map(|row| row.text("name"))
        .collect()
}

/// Switches a flag off, or back to what the environment says.
pub async fn set(
    tx: &mut WriteTx,
    name: &str,
    is_off: bool,
    by: &str,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(&SET, args![name, is_off, by, now]).await
}
