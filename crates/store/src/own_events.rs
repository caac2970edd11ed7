//! An organizer's own events, a page at a time: what is coming, drafts, what is over, what was put away.
//!
//! Pages continue after the last row seen (start and id). What is coming and drafts begin with the
//! earliest, the others with the latest.

use crate::db::Session;
use crate::error::StoreError;
use crate::events::{Event, columns, event};
use crate::rows::anywhere;
use crate::{args, statement::statements};
use model::ids::{EventId, OrganizerId};
use model::time::Time;

statements! {
    UPCOMING = concat!("select ", columns!(), "
        from tickets_events
        where organizer_id = $1
          and status in ('published', 'canceled')
          and end_at > $2
          and (cast($3 as text) is null or search_folded like $3 escape '!')
          and (start_at, id) > ($4, $5)
        order by start_at, id
        limit $6");
    PAST = concat!("select ", columns!(), "
        from tickets_events
        where organizer_id = $1
          and status in ('published', 'canceled')
          and end_at <= $2
          and (cast($3 as text) is null or search_folded like $3 escape '!')
          and (start_at, id) < ($4, $5)
        order by start_at desc, id desc
        limit $6");
    DRAFTS = concat!("select ", columns!(), "
        from tickets_events
        where organizer_id = $1
          and status = 'draft'
          and (cast($2 as text) is null or search_folded like $2 escape '!')
          and (start_at, id) > ($3, $4)
        order by start_at, id
        limit $5");
    ARCHIVED = concat!("select ", columns!(), "
        from tickets_events
        where organizer_id = $1
          and status = 'archived'
          and (cast($2 as text) is null or search_folded like $2 escape '!')
          and (start_at, id) < ($3, $4)
        order by start_at desc, id desc
        limit $5");
    COUNTS = "
        select cast(coalesce(sum(case when status in ('published', 'canceled') and end_at > $2 then 1 else 0 end), 0) as bigint) as upcoming,
               cast(coalesce(sum(case when status = 'draft' then 1 else 0 end), 0) as bigint) as drafts,
               cast(coalesce(sum(case when status in ('published', 'canceled') and end_at <= $2 then 1 else 0 end), 0) as bigint) as past,
               cast(coalesce(sum(case when status = 'archived' then 1 else 0 end), 0) as bigint) as archived
        from tickets_events
        where organizer_id = $1";
}

/// Which of an organizer's events.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Shelf {
    /// Published or called off, and not over.
    Upcoming,
    /// Not published.
    Drafts,
    /// Published or called off, and over.
    Past,
    /// Put away.
    Archived,
}

/// How many events lie on each shelf.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct Counts {
    pub upcoming: i64,
    pub drafts: i64,
    pub past: i64,
    pub archived: i64,
}

/// Which events a page shows.
#[derive(Clone, Debug)]
pub struct OwnFilter {
    pub organizer: OrganizerId,
    pub shelf: Shelf,
    /// Only events whose folded text contains this.
    pub q_folded: Option<String>,
    /// What divides coming from past.
    pub now: Time,
    /// Continue after the event with this start and id.
    pub after: Option<(Time, EventId)>,
    /// At most so many.
    pub limit: i64,
}

/// One page of an organizer's events.
pub async fn page(s: &mut Session, f: &OwnFilter) -> Result<Vec<Event>, StoreError> {
    let beyond = match f.shelf {
        Shelf::Upcoming | Shelf::Drafts => i64::MIN,
        Shelf::Past | Shelf::Archived => i64::MAX,
    };
    let pattern = f.q_folded.as_deref().map(anywhere);
    let pattern = pattern.as_deref();
    let (start, id) = match &f.after {
        Some((start, id)) => (start.micros(), id.as_str()),
        None => (beyond, ""),
    };
    let organizer = f.organizer.as_str();
    let by_time = args![organizer, f.now, pattern, start, id, f.limit];
    let by_status = args![organizer, pattern, start, id, f.limit];
    let rows = match f.shelf {
        Shelf::Upcoming => s.rows(&UPCOMING, by_time).await?,
        Shelf::Past => s.rows(&PAST, by_time).await?,
        Shelf::Drafts => s.rows(&DRAFTS, by_status).await?,
        Shelf::Archived => s.rows(&ARCHIVED, by_status).await?,
    };
    rows.iter().map(event).collect()
}

/// How many events lie on each shelf.
pub async fn counts(
    s: &mut Session,
    organizer: &OrganizerId,
    now: Time,
) -> Result<Counts, StoreError> {
    let Some(row) = s.maybe(&COUNTS, args![organizer.as_str(), now]).await? else {
        return Ok(Counts::default());
    };
    Ok(Counts {
        upcoming: row.int("upcoming")?,
        drafts: row.int("drafts")?,
        past: row.int("past")?,
        archived: row.int("archived")?,
    })
}
