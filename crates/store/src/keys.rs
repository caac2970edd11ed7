//! Bearer keys of organizers, admins, scanners and services.
//!
//! A key is kept as a keyed hash of its secret: a stolen database opens nothing. Revoked keys stay,
//! so that their use can be told apart from a guess.

use crate::db::{Arg, Row, Session, WriteTx};
use crate::error::StoreError;
use crate::words::words;
use crate::{args, statement::statements};
use model::checkin::DoorRole;
use model::ids::{AccountId, EventId, KeyId, TierId};
use model::time::Time;

words! {
    /// Whose key it is, and so what it opens.
    KeyKind {
        /// An organizer's program.
        Organizer = "organizer",
        /// An admin's.
        Admin = "admin",
        /// A device at the door of one event.
        Scanner = "scanner",
        /// Another service of ours.
        Service = "service",
    }
}

macro_rules! columns {
    () => {
        "id, kind, account_id, event_id, name, door_role, tiers_json, device, created_at, last_used_at, revoked_at"
    };
}

statements! {
    INSERT = concat!("
        insert into tickets_api_keys (", columns!(), ", secret_hash)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");
    BY_SECRET = concat!("select ", columns!(), "
        from tickets_api_keys
        where secret_hash = $1");
    OF_EVENT = concat!("select ", columns!(), "
        from tickets_api_keys
        where event_id = $1
        order by created_at, id");
    OF_ACCOUNT = concat!("select ", columns!(), "
        from tickets_api_keys
        where account_id = $1
        order by created_at desc, id desc
        limit 100");
    REVOKE = "
        update tickets_api_keys
        set revoked_at = $2
        where id = $1
          and revoked_at is null";
    BY_ID = concat!("select ", columns!(), "
        from tickets_api_keys
        where id = $1");
    TOUCH = "
        update tickets_api_keys
        set last_used_at = $2
        where id = $1";
}

/// A bearer key, without its secret.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Key {
    pub id: KeyId,
    pub kind: KeyKind,
    pub account_id: Option<AccountId>,
    /// Exactly scanner keys have one.
    pub event_id: Option<EventId>,
    pub name: String,
    /// What a scanner's device may do; others have no use for it.
    pub role: DoorRole,
    /// The tiers that a scanner's gate admits; `None` is all.
    pub tiers: Option<Vec<TierId>>,
    /// What the device that was paired says of itself; empty if none was.
    pub device: String,
    pub created_at: Time,
    pub last_used_at: Option<Time>,
    pub revoked_at: Option<Time>,
}

fn key(row: &Row) -> Result<Key, StoreError> {
    Ok(Key {
        id: row.parsed("id", KeyId::parse)?,
        kind: row.word("kind", KeyKind::parse)?,
        account_id: row.opt_parsed("account_id", AccountId::parse)?,
        event_id: row.opt_parsed("event_id", EventId::parse)?,
        name: row.text("name")?,
        role: row.word("door_role", DoorRole::parse)?,
        tiers: tiers_from(row)?,
        device: row.text("device")?,
        created_at: row.time("created_at")?,
        last_used_at: row.opt_time("last_used_at")?,
        revoked_at: row.opt_time("revoked_at")?,
    })
}

/// The tiers that a gate admits, as they are kept.
pub(crate) fn tiers_json(tiers: Option<&[TierId]>) -> Result<Arg<'static>, StoreError> {
    match tiers.map(serde_json::to_string).transpose() {
        Ok(Some(json)) => Ok(Arg::Owned(json)),
        Ok(None) => Ok(Arg::Text(None)),
        Err(why) => Err(StoreError::inconsistent(why)),
    }
}

/// Reads back which tiers a gate admits.
pub(crate) fn tiers_from(row: &Row) -> Result<Option<Vec<TierId>>, StoreError> {
    row.opt_parsed("tiers_json", |text| serde_json::from_str(text))
}

/// Writes a new key with the keyed hash of its secret.
pub async fn insert(tx: &mut WriteTx, k: &Key, secret_hash: &str) -> Result<(), StoreError> {
    let args = args![
        k.id.as_str(),
        k.kind.code(),
        k.account_id.as_ref().map(AccountId::as_str),
        k.event_id.as_ref().map(EventId::as_str),
        &k.name,
        k.role.code(),
        tiers_json(k.tiers.as_deref())?,
        &k.device,
        k.created_at,
        k.last_used_at,
        k.revoked_at,
        secret_hash,
    ];
    tx.run_one(&INSERT, args).await
}

/// The key with this hash, revoked or not.
pub async fn by_secret(s: &mut Session, hash: &str) -> Result<Option<Key>, StoreError> {
    s.maybe(&BY_SECRET, args![hash])
        .await?
        .as_ref()
        .map(key)
        .transpose()
}

/// The key of an id, revoked or not.
pub async fn by_id(s: &mut Session, id: &KeyId) -> Result<Option<Key>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(key)
        .transpose()
}

/// The scanner keys of an event, revoked ones too, oldest first.
pub async fn of_event(s: &mut Session, event: &EventId) -> Result<Vec<Key>, StoreError> {
    s.rows(&OF_EVENT, args![event.as_str()])
        .await?
        .iter()
        .map(key)
        .collect()
}

/// The keys of an account, revoked ones too, the latest 100 first.
pub async fn of_account(s: &mut Session, account: &AccountId) -> Result<Vec<Key>, StoreError> {
    s.rows(&OF_ACCOUNT, args![account.as_str()])
        .await?
        .iter()
        .map(key)
        .collect()
}

/// Revokes a key; false if it was revoked before or does not exist.
pub async fn revoke(tx: &mut WriteTx, id: &KeyId, now: Time) -> Result<bool, StoreError> {
    tx.changed(&REVOKE, args![id.as_str(), now]).await
}

/// Notes that a key was used.
pub async fn touch(tx: &mut WriteTx, id: &KeyId, now: Time) -> Result<(), StoreError> {
    tx.run_one(&TOUCH, args![id.as_str(), now]).await
}
