//! The audit trail: who did what to what. Lines are added and read, never changed.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::json;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::AuditId;
use model::time::Time;
use serde::{Serialize, Serializer};

words! {
    /// In what role somebody acted.
    ActorType {
        /// A buyer or another person.
        User = "user",
        /// An organizer.
        Organizer = "organizer",
        /// An admin.
        Admin = "admin",
        /// Nobody: background work, Stripe.
        System = "system",
    }
}

impl Serialize for ActorType {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

statements! {
    WRITE = "
        insert into tickets_audit (
          id, actor_type, actor_id, action, target_type, target_id, meta_json, created_at)
        select r.id, r.actor_type, r.actor_id, r.action, r.target_type, r.target_id, r.meta_json,
          $2
        from {rows $1 r: id text, actor_type text, actor_id text, action text, target_type text,
          target_id text, meta_json text}";
    OF_TARGET = "
        select id, actor_type, actor_id, action, target_type, target_id, meta_json, created_at
        from tickets_audit
        where target_type = $1
          and target_id = $2
        order by created_at desc, id desc
        limit $3";
}

/// A line of the trail.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Line {
    pub id: AuditId,
    pub actor_type: ActorType,
    pub actor_id: String,
    pub action: String,
    pub target_type: String,
    pub target_id: String,
    /// Whatever else matters, as a JSON object.
    pub meta_json: String,
}

/// A line with the time at which it was written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    pub line: Line,
    pub created_at: Time,
}

fn entry(row: &Row) -> Result<Entry, StoreError> {
    let line = Line {
        id: row.parsed("id", AuditId::parse)?,
        actor_type: row.word("actor_type", ActorType::parse)?,
        actor_id: row.text("actor_id")?,
        action: row.text("action")?,
        target_type: row.text("target_type")?,
        target_id: row.text("target_id")?,
        meta_json: row.text("meta_json")?,
    };
    Ok(Entry {
        line,
        created_at: row.time("created_at")?,
    })
}

/// Adds lines.
pub async fn write(tx: &mut WriteTx, lines: &[Line], now: Time) -> Result<(), StoreError> {
    if lines.is_empty() {
        return Ok(());
    }
    tx.run(&WRITE, args![json(lines)?, now]).await.map(drop)
}

/// What was done to one thing, newest first.
pub async fn of_target(
    s: &mut Session,
    target_type: &str,
    target_id: &str,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    s.rows(&OF_TARGET, args![target_type, target_id, limit])
        .await?
        .iter()
        .map(entry)
        .collect()
}
