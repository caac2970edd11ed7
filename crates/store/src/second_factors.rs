//! Second factors: authenticators and recovery codes.
//!
//! The secret that an authenticator shares with us is derived from the account and a generation, so that
//! this table does not help anybody who reads it. Recovery codes are kept as keyed hashes.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::ids;
use crate::{args, statement::statements};
use model::ids::AccountId;
use model::time::Time;

statements! {
    BY_ACCOUNT = "
        select account_id, generation, confirmed_at, last_step, failures, locked_until
        from tickets_second_factors
        where account_id = $1";
    BEGIN = "
        insert into tickets_second_factors (account_id, generation)
        values ($1, 1)
        on conflict (account_id) do nothing";
    CONFIRM = "
        update tickets_second_factors
        set confirmed_at = $2
        where account_id = $1
          and confirmed_at is null";
    TAKE_STEP = "
        update tickets_second_factors
        set last_step = $2, failures = 0, locked_until = null
        where account_id = $1
          and last_step < $2";
    FAILED = "
        update tickets_second_factors
        set failures = failures + 1, locked_until = $3
        where account_id = $1
          and failures = $2";
    RESET_FAILURES = "
        update tickets_second_factors
        set failures = 0, locked_until = null
        where account_id = $1";
    ADD_CODES = "
        insert into tickets_recovery_codes (code_hash, account_id)
        select r.id, $2
        from {rows $1 r: id text}";
    USE_CODE = "
        update tickets_recovery_codes
        set used_at = $3
        where code_hash = $1
          and account_id = $2
          and used_at is null";
    CODES_LEFT = "
        select count(*) as codes
        from tickets_recovery_codes
        where account_id = $1
          and used_at is null";
}

/// An account's authenticator.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SecondFactor {
    pub account_id: AccountId,
    /// Which secret is the current one.
    pub generation: i64,
    /// When its first code was shown; until then it protects nothing.
    pub confirmed_at: Option<Time>,
    /// The step of time of the last code that was taken: no code is taken twice.
    pub last_step: i64,
    /// Wrong codes since the last good one.
    pub failures: i64,
    pub locked_until: Option<Time>,
}

fn factor(row: &Row) -> Result<SecondFactor, StoreError> {
    Ok(SecondFactor {
        account_id: row.parsed("account_id", AccountId::parse)?,
        generation: row.int("generation")?,
        confirmed_at: row.opt_time("confirmed_at")?,
        last_step: row.int("last_step")?,
        failures: row.int("failures")?,
        locked_until: row.opt_time("locked_until")?,
    })
}

/// The authenticator of an account, confirmed or not.
pub async fn by_account(
    s: &mut Session,
    account: &AccountId,
) -> Result<Option<SecondFactor>, StoreError> {
    s.maybe(&BY_ACCOUNT, args![account.as_str()])
        .await?
        .as_ref()
        .map(factor)
        .transpose()
}

/// Begins the first generation; does nothing if there is one.
pub async fn begin(tx: &mut WriteTx, account: &AccountId) -> Result<(), StoreError> {
    tx.run(&BEGIN, args![account.as_str()]).await.map(drop)
}

/// From now on it protects; false if it did before.
pub async fn confirm(tx: &mut WriteTx, account: &AccountId, now: Time) -> Result<bool, StoreError> {
    tx.changed(&CONFIRM, args![account.as_str(), now]).await
}

/// Takes the code of a step of time; false if that step or a later one was taken before.
pub async fn take_step(
    tx: &mut WriteTx,
    account: &AccountId,
    step: i64,
) -> Result<bool, StoreError> {
    tx.changed(&TAKE_STEP, args![account.as_str(), step]).await
}

/// Counts a wrong code, if `failures` were counted before; false if another was counted meanwhile.
pub async fn failed(
    tx: &mut WriteTx,
    account: &AccountId,
    failures: i64,
    locked_until: Option<Time>,
) -> Result<bool, StoreError> {
    tx.changed(&FAILED, args![account.as_str(), failures, locked_until])
        .await
}

/// Forgets wrong codes, after a recovery code was good.
pub async fn reset_failures(tx: &mut WriteTx, account: &AccountId) -> Result<(), StoreError> {
    tx.run_one(&RESET_FAILURES, args![account.as_str()]).await
}

/// Writes the keyed hashes of new recovery codes.
pub async fn add_codes(
    tx: &mut WriteTx,
    account: &AccountId,
    hashes: &[String],
) -> Result<(), StoreError> {
    let rows = ids(hashes.iter().map(String::as_str));
    tx.run(&ADD_CODES, args![rows, account.as_str()])
        .await
        .map(drop)
}

/// Uses a recovery code up; false if it is none of this account's, or was used.
pub async fn use_code(
    tx: &mut WriteTx,
    account: &AccountId,
    hash: &str,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&USE_CODE, args![hash, account.as_str(), now])
        .await
}

/// How many recovery codes an account has left.
pub async fn codes_left(s: &mut Session, account: &AccountId) -> Result<i64, StoreError> {
    s.one(&CODES_LEFT, args![account.as_str()])
        .await?
        .int("codes")
}
