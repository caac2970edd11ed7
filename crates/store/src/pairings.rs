//! Codes that turn a device into a gate of an event: short, for a few minutes, once.
//!
//! What is kept is a keyed hash of the code. A code that was used stays with the key that it made.

use crate::db::{Row, WriteTx};
use crate::error::StoreError;
use crate::keys::{tiers_from, tiers_json};
use crate::{args, statement::statements};
use model::checkin::DoorRole;
use model::ids::{EventId, KeyId, PairingId, TierId};
use model::time::Time;

statements! {
    INSERT = "
        insert into tickets_pairings (
          id, event_id, code_hash, name, door_role, tiers_json, created_by, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    LOCK_OPEN = "
        select id, event_id, name, door_role, tiers_json, created_by, created_at, expires_at
        from tickets_pairings
        where code_hash = $1
          and used_at is null
          and expires_at > $2
        {for update}";
    USE = "
        update tickets_pairings
        set used_at = $2, key_id = $3
        where id = $1
          and used_at is null";
    SWEEP = "
        delete from tickets_pairings
        where event_id = $1
          and expires_at < $2
          and used_at is null";
}

/// A code that waits for its device.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pairing {
    pub id: PairingId,
    pub event_id: EventId,
    /// What the gate is called.
    pub name: String,
    pub role: DoorRole,
    /// The tiers that the gate admits; `None` is all.
    pub tiers: Option<Vec<TierId>>,
    /// Who made it, as in the audit trail.
    pub created_by: String,
    pub created_at: Time,
    pub expires_at: Time,
}

fn pairing(row: &Row) -> Result<Pairing, StoreError> {
    Ok(Pairing {
        id: row.parsed("id", PairingId::parse)?,
        event_id: row.parsed("event_id", EventId::parse)?,
        name: row.text("name")?,
        role: row.word("door_role", DoorRole::parse)?,
        tiers: tiers_from(row)?,
        created_by: row.text("created_by")?,
        created_at: row.time("created_at")?,
        expires_at: row.time("expires_at")?,
    })
}

/// Writes a new code with its keyed hash, and forgets the event's codes that nobody used in time.
pub async fn insert(tx: &mut WriteTx, p: &Pairing, code_hash: &str) -> Result<(), StoreError> {
    tx.run(&SWEEP, args![p.event_id.as_str(), p.created_at])
        .await?;
    let args = args![
        p.id.as_str(),
        p.event_id.as_str(),
        code_hash,
        &p.name,
        p.role.code(),
        tiers_json(p.tiers.as_deref())?,
        &p.created_by,
        p.created_at,
        p.expires_at,
    ];
    tx.run_one(&INSERT, args).await
}

/// The code with this hash if it is neither used nor expired, locked until the transaction ends.
pub async fn lock_open(
    tx: &mut WriteTx,
    code_hash: &str,
    now: Time,
) -> Result<Option<Pairing>, StoreError> {
    tx.maybe(&LOCK_OPEN, args![code_hash, now])
        .await?
        .as_ref()
        .map(pairing)
        .transpose()
}

/// Marks a code as used for a key; false if it was used before.
pub async fn mark_used(
    tx: &mut WriteTx,
    id: &PairingId,
    key: &KeyId,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&USE, args![id.as_str(), now, key.as_str()])
        .await
}
