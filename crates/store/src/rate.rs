//! Counters of the strict rate limits, shared by all servers: one row per subject and window.

use crate::db::{Session, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::time::Time;

statements! {
    HIT = "
        insert into tickets_rate_counters (subject, window_start, hits)
        values ($1, $2, $3)
        on conflict (subject, window_start) do update
        set hits = tickets_rate_counters.hits + excluded.hits
        returning hits";
    COUNT = "
        select hits
        from tickets_rate_counters
        where subject = $1
          and window_start = $2";
    SWEEP = "
        delete from tickets_rate_counters
        where window_start < $1";
}

/// Counts `n` more in a window and says how many there are now.
pub async fn hit(
    tx: &mut WriteTx,
    subject: &str,
    window_start: Time,
    n: i64,
) -> Result<i64, StoreError> {
    tx.one(&HIT, args![subject, window_start, n])
        .await?
        .int("hits")
}

/// How many were counted in a window; counts nothing itself.
pub async fn count(s: &mut Session, subject: &str, window_start: Time) -> Result<i64, StoreError> {
    match s.maybe(&COUNT, args![subject, window_start]).await? {
        Some(row) => row.int("hits"),
        None => Ok(0),
    }
}

/// Forgets windows that began before a time; says how many rows.
pub async fn sweep(tx: &mut WriteTx, before: Time) -> Result<u64, StoreError> {
    tx.run(&SWEEP, args![before]).await
}
