//! How far we have read what others list.

use crate::db::{Session, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::time::Time;

statements! {
    READ_UNTIL = "
        select read_until
        from tickets_cursors
        where name = $1";
    MOVE = "
        insert into tickets_cursors (name, read_until, updated_at)
        values ($1, $2, $3)
        on conflict (name)
        do update set read_until = $2, updated_at = $3";
}

/// Until when a list was read; `None` if it never was.
pub async fn read_until(s: &mut Session, name: &str) -> Result<Option<Time>, StoreError> {
    let row = s.maybe(&READ_UNTIL, args![name]).await?;
    row.map(|r| r.time("read_until")).transpose()
}

/// Records until when a list was read.
pub async fn move_to(
    tx: &mut WriteTx,
    name: &str,
    until: Time,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(&MOVE, args![name, until, now]).await
}
