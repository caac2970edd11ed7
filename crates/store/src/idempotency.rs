//! First answers to writes, so that a repeated request gets the same answer instead of a second
//! effect.
//!
//! One insert decides who is first; there is no check before it that a second caller could pass at
//! the same time. A claim that stays without an answer for long was left by a server that crashed
//! and may be taken over.

use crate::db::WriteTx;
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::time::Time;

statements! {
    CLAIM = "
        insert into tickets_idempotency (actor, key, fingerprint, token, created_at)
        values ($1, $2, $3, $4, $5)
        on conflict (actor, key) do nothing";
    LOOK = "
        select fingerprint, status, content_type, body
        from tickets_idempotency
        where actor = $1
          and key = $2";
    TAKE_OVER = "
        update tickets_idempotency
        set token = $3, created_at = $4
        where actor = $1
          and key = $2
          and status is null
          and created_at < $5";
    FINISH = "
        update tickets_idempotency
        set status = $4, content_type = $5, body = $6
        where actor = $1
          and key = $2
          and token = $3
          and status is null";
    FORGET = "
        delete from tickets_idempotency
        where actor = $1
          and key = $2
          and token = $3
          and status is null";
    SWEEP = "
        delete from tickets_idempotency
        where created_at < $1";
}

/// What a request with a key finds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Claim {
    /// It is the first: it does the work and then answers under its token.
    New,
    /// Another one is at work.
    Running,
    /// The key was used for another request.
    Mismatch,
    /// The work was done; this was the answer.
    Done {
        /// HTTP status.
        status: u16,
        /// Media type of the body.
        content_type: String,
        /// The body.
        body: String,
    },
}

/// Claims a key for a request, told from others by its fingerprint, under a token that proves
/// later that the claim is still ours.
///
/// A claim made before `stale_before` that has no answer is taken over.
pub async fn claim(
    tx: &mut WriteTx,
    actor: &str,
    key: &str,
    fingerprint: &str,
    token: &str,
    now: Time,
    stale_before: Time,
) -> Result<Claim, StoreError> {
    if tx
        .changed(&CLAIM, args![actor, key, fingerprint, token, now])
        .await?
    {
        return Ok(Claim::New);
    }
    let Some(row) = tx.maybe(&LOOK, args![actor, key]).await? else {
        // It was forgotten between the two statements; whoever tries again will be first.
        return Ok(Claim::Running);
    };
    if row.text("fingerprint")? != fingerprint {
        return Ok(Claim::Mismatch);
    }
    if let Some(status) = row.opt_int("status")? {
        return Ok(Claim::Done {
            status: u16::try_from(status).map_err(StoreError::inconsistent)?,
            content_type: row.text("content_type")?,
            body: row.text("body")?,
        });
    }
    let args = args![actor, key, token, now, stale_before];
    let ours = tx.changed(&TAKE_OVER, args).await?;
    Ok(if ours { Claim::New } else { Claim::Running })
}

/// Keeps the answer; false if the claim was lost to another.
pub async fn finish(
    tx: &mut WriteTx,
    actor: &str,
    key: &str,
    token: &str,
    status: u16,
    content_type: &str,
    body: &str,
) -> Result<bool, StoreError> {
    let args = args![actor, key, token, i64::from(status), content_type, body];
    tx.changed(&FINISH, args).await
}

/// Gives a claim up, so that the next try is the first again; false if it was lost or answered.
pub async fn forget(
    tx: &mut WriteTx,
    actor: &str,
    key: &str,
    token: &str,
) -> Result<bool, StoreError> {
    tx.changed(&FORGET, args![actor, key, token]).await
}

/// Forgets everything that was claimed before a time; says how many.
pub async fn sweep(tx: &mut WriteTx, before: Time) -> Result<u64, StoreError> {
    tx.run(&SWEEP, args![before]).await
}
