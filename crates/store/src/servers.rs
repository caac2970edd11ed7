//! Which servers are alive, as far as the database has seen.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::time::Time;

statements! {
    BEAT = "
        insert into tickets_servers (id, version, started_at, seen_at)
        values ($1, $2, $3, $4)
        on conflict (id) do update
        set version = excluded.version,
            started_at = excluded.started_at,
            seen_at = excluded.seen_at";
    ALIVE = "
        select id, seen_at
        from tickets_servers
        where seen_at >= $1
        order by id";
    END = "
        delete from tickets_servers
        where id = $1";
    SWEEP = "
        delete from tickets_servers
        where seen_at < $1";
    PING = "select cast(1 as bigint) as one";
}

/// Says that a server lives.
pub async fn beat(
    tx: &mut WriteTx,
    id: &str,
    version: &str,
    started: Time,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(&BEAT, args![id, version, started, now]).await
}

/// The servers seen since a time, each with when it was last seen.
pub async fn alive(s: &mut Session, since: Time) -> Result<Vec<(String, Time)>, StoreError> {
    let server = |row: &Row| Ok((row.text("id")?, row.time("seen_at")?));
    s.rows(&ALIVE, args![since])
        .await?
        .iter()
        .map(server)
        .collect()
}

/// Forgets a server that has ended.
pub async fn end(tx: &mut WriteTx, id: &str) -> Result<(), StoreError> {
    tx.run(&END, args![id]).await.map(drop)
}

/// Forgets servers that were last seen before a time; says how many.
pub async fn sweep(tx: &mut WriteTx, before: Time) -> Result<u64, StoreError> {
    tx.run(&SWEEP, args![before]).await
}

/// Asks the database whether it answers.
pub async fn ping(s: &mut Session) -> Result<(), StoreError> {
    s.one(&PING, args![]).await.map(drop)
}
