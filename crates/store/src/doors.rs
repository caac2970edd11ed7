//! The door of an event: how many changes its tickets have seen, how many came in, and the lock on its people.
//!
//! Every transaction that makes or changes tickets says so here first: [`tickets_come`] and [`tickets_change`]
//! raise the event's number of changes and keep its counts. The statement that writes the tickets takes the new
//! number from the door's row, which stays locked until the transaction ends. So numbers become visible in
//! their order, and a device that asks for what came after the last number that it knows misses nothing,
//! without any clock. The row is taken after every other lock, and events in the order of their ids.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::rows::json;
use crate::{args, statement::statements};
use model::ids::{EventId, TierId};
use serde::Serialize;
use std::collections::BTreeMap;

statements! {
    RAISE_FOR_NEW = "
        insert into tickets_doors (event_id, changes)
        select distinct r.event_id, 1
        from {rows $1 r: event_id text}
        where true
        order by r.event_id
        on conflict (event_id) do update
        set changes = tickets_doors.changes + 1";
    COUNT_NEW = "
        insert into tickets_door_counts (event_id, tier_id, expected, admitted)
        select r.event_id, r.tier_id, r.expected, 0
        from {rows $1 r: event_id text, tier_id text, expected bigint}
        where true
        order by r.event_id, r.tier_id
        on conflict (event_id, tier_id) do update
        set expected = tickets_door_counts.expected + excluded.expected";
    RAISE_FOR_CHANGED = "
        insert into tickets_doors (event_id, changes)
        select distinct t.event_id, 1
        from tickets_tickets t
        where t.id in (select r.id from {rows $1 r: id text})
        order by t.event_id
        on conflict (event_id) do update
        set changes = tickets_doors.changes + 1";
    COUNT_CHANGED = "
        insert into tickets_door_counts (event_id, tier_id, expected, admitted)
        select t.event_id, t.tier_id,
          cast(sum(case when r.status in ('valid', 'used') then 1 else 0 end
            - case when t.status in ('valid', 'used') then 1 else 0 end) as bigint),
          cast(sum(case when r.status = 'used' then 1 else 0 end
            - case when t.status = 'used' then 1 else 0 end) as bigint)
        from {rows $1 r: id text, status text}
        join tickets_tickets t on t.id = r.id
        where t.status <> r.status
        group by t.event_id, t.tier_id
        order by t.event_id, t.tier_id
        on conflict (event_id, tier_id) do update
        set expected = tickets_door_counts.expected + excluded.expected,
            admitted = tickets_door_counts.admitted + excluded.admitted";
    MARK = "
        update tickets_tickets
        set door_change = (select d.changes from tickets_doors d where d.event_id = tickets_tickets.event_id)
        where id = $1";
    NOTICE = "
        insert into tickets_doors (event_id, notices)
        values ($1, 1)
        on conflict (event_id) do update
        set notices = tickets_doors.notices + 1";
    BY_EVENT = "
        select changes, notices, people_generation, people_salt, people_iterations, people_wrapped
        from tickets_doors
        where event_id = $1";
    LOCK_PEOPLE = "
        insert into tickets_doors (event_id, people_generation, people_salt, people_iterations, people_wrapped, notices)
        values ($1, $2, $3, $4, $5, 1)
        on conflict (event_id) do update
        set people_generation = excluded.people_generation,
            people_salt = excluded.people_salt,
            people_iterations = excluded.people_iterations,
            people_wrapped = excluded.people_wrapped,
            notices = tickets_doors.notices + 1
        where tickets_doors.people_generation = excluded.people_generation - 1";
    COUNTS = "
        select tier_id, expected, admitted
        from tickets_door_counts
        where event_id = $1
        order by tier_id";
}

/// The door of an event; an event of which nothing was sold has one that never changed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Door {
    /// How many transactions have changed its tickets.
    pub changes: i64,
    /// Rises when devices must look at their own key again.
    pub notices: i64,
    /// How often the people's lock was set or taken away.
    pub people_generation: i64,
    /// The lock on its people, if there is a passphrase.
    pub people: Option<PeopleLock>,
}

/// How the key to an event's people is locked: with a key that is stretched from a passphrase.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PeopleLock {
    /// Base64url, without padding.
    pub salt: String,
    /// Rounds of PBKDF2.
    pub iterations: i64,
    /// The wrapped key: nonce, text and tag, base64url without padding.
    pub wrapped: String,
}

/// How many of a tier's tickets may come in or have, and how many have.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TierCount {
    pub tier_id: TierId,
    pub expected: i64,
    pub admitted: i64,
}

#[derive(Serialize)]
struct EventRow<'a> {
    event_id: &'a str,
}

#[derive(Serialize)]
struct NewRow<'a> {
    event_id: &'a str,
    tier_id: &'a str,
    expected: i64,
}

/// A ticket and how it is going to stand.
#[derive(Debug, Serialize)]
pub(crate) struct Standing<'a> {
    pub id: &'a str,
    pub status: &'a str,
}

/// Says that tickets are about to be written: the event and tier of each.
pub(crate) async fn tickets_come(
    tx: &mut WriteTx,
    tickets: &[(&str, &str)],
) -> Result<(), StoreError> {
    let mut counts = BTreeMap::<(&str, &str), i64>::new();
    for of in tickets {
        *counts.entry(*of).or_default() += 1;
    }
    let mut events: Vec<EventRow<'_>> = Vec::new();
    let mut rows = Vec::new();
    for ((event_id, tier_id), expected) in counts {
        if events.last().is_none_or(|last| last.event_id != event_id) {
            events.push(EventRow { event_id });
        }
        rows.push(NewRow {
            event_id,
            tier_id,
            expected,
        });
    }
    tx.run(&RAISE_FOR_NEW, args![json(&events)?]).await?;
    tx.run(&COUNT_NEW, args![json(&rows)?]).await.map(drop)
}

/// Says that tickets are about to change: each at most once, and locked already.
pub(crate) async fn tickets_change(
    tx: &mut WriteTx,
    tickets: &[Standing<'_>],
) -> Result<(), StoreError> {
    let rows = json(tickets)?;
    tx.run(&RAISE_FOR_CHANGED, args![rows.clone()]).await?;
    tx.run(&COUNT_CHANGED, args![rows]).await.map(drop)
}

/// Says that a ticket was changed in what does not count: whose name it bears.
pub(crate) async fn ticket_is_renamed(tx: &mut WriteTx, id: &str) -> Result<(), StoreError> {
    let rows = crate::rows::ids([id]);
    tx.run(&RAISE_FOR_CHANGED, args![rows]).await?;
    tx.run_one(&MARK, args![id]).await
}

/// Asks an event's devices to look at their own key again: one was revoked.
pub async fn notice(tx: &mut WriteTx, event: &EventId) -> Result<(), StoreError> {
    tx.run_one(&NOTICE, args![event.as_str()]).await
}

/// The door of an event.
pub async fn of_event(s: &mut Session, event: &EventId) -> Result<Door, StoreError> {
    let row = s.maybe(&BY_EVENT, args![event.as_str()]).await?;
    row.as_ref().map_or_else(|| Ok(Door::default()), door)
}

fn door(row: &Row) -> Result<Door, StoreError> {
    let lock = (
        row.opt_text("people_salt")?,
        row.opt_int("people_iterations")?,
        row.opt_text("people_wrapped")?,
    );
    let people = match lock {
        (Some(salt), Some(iterations), Some(wrapped)) => Some(PeopleLock {
            salt,
            iterations,
            wrapped,
        }),
        _ => None,
    };
    Ok(Door {
        changes: row.int("changes")?,
        notices: row.int("notices")?,
        people_generation: row.int("people_generation")?,
        people,
    })
}

/// Sets the lock on an event's people, or takes it away; false if somebody else set another one meanwhile.
///
/// `generation` is one more than that of the lock before.
pub async fn lock_people(
    tx: &mut WriteTx,
    event: &EventId,
    generation: i64,
    lock: Option<&PeopleLock>,
) -> Result<bool, StoreError> {
    let args = args![
        event.as_str(),
        generation,
        lock.map(|l| l.salt.as_str()),
        lock.map(|l| l.iterations),
        lock.map(|l| l.wrapped.as_str()),
    ];
    tx.changed(&LOCK_PEOPLE, args).await
}

/// Of each tier that has had tickets: how many may come in or have, and how many have.
pub async fn counts(s: &mut Session, event: &EventId) -> Result<Vec<TierCount>, StoreError> {
    let count = |row: &Row| {
        Ok(TierCount {
            tier_id: row.parsed("tier_id", TierId::parse)?,
            expected: row.int("expected")?,
            admitted: row.int("admitted")?,
        })
    };
    s.rows(&COUNTS, args![event.as_str()])
        .await?
        .iter()
        .map(count)
        .collect()
}
