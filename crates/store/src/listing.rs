//! The public listing of events: published ones, a page at a time, by city and by words.
//!
//! Pages continue after the last row seen (time and id) and not after a count, so that an event
//! that is published in between neither hides nor repeats another. Callers reach this through
//! [`crate::events`].

use crate::db::Session;
use crate::error::StoreError;
use crate::events::{Event, columns, event};
use crate::rows::{anywhere, json};
use crate::{args, statement::statements};
use model::ids::EventId;
use model::time::Time;
use serde::Serialize;

statements! {
    UPCOMING = concat!("select ", columns!(), "
        from tickets_events
        where status = 'published'
          and end_at > $1
          and (cast($2 as text) is null or city_folded = $2)
          and not exists (
            select 1 from {rows $3 w: pattern text} where search_folded not like w.pattern escape '!')
          and (start_at, id) > ($4, $5)
          and start_at < $7
        order by start_at, id
        limit $6");
    PAST = concat!("select ", columns!(), "
        from tickets_events
        where status = 'published'
          and end_at <= $1
          and (cast($2 as text) is null or city_folded = $2)
          and not exists (
            select 1 from {rows $3 w: pattern text} where search_folded not like w.pattern escape '!')
          and (start_at, id) < ($4, $5)
          and start_at < $7
        order by start_at desc, id desc
        limit $6");
    CITIES = "
        select min(city) as city
        from tickets_events
        where status = 'published'
          and end_at > $1
        group by city_folded";
}

/// Which events a page shows.
#[derive(Clone, Debug)]
pub struct PublicFilter {
    /// Only this city, folded.
    pub city_folded: Option<String>,
    /// Only events whose folded text contains each of these words.
    pub q_folded: Vec<String>,
    /// What divides upcoming from past.
    pub now: Time,
    /// Those that have ended, latest first, instead of those that have not, earliest first.
    pub past: bool,
    /// Only events that begin before this.
    pub until: Option<Time>,
    /// Continue after the event with this start and id.
    pub after: Option<(Time, EventId)>,
    /// At most so many.
    pub limit: i64,
}

#[derive(Serialize)]
struct Word {
    pattern: String,
}

/// One page of published events.
pub async fn public_page(s: &mut Session, f: &PublicFilter) -> Result<Vec<Event>, StoreError> {
    let (statement, beyond) = if f.past {
        (&PAST, i64::MAX)
    } else {
        (&UPCOMING, i64::MIN)
    };
    let patterns: Vec<Word> = f
        .q_folded
        .iter()
        .map(|word| Word {
            pattern: anywhere(word),
        })
        .collect();
    let patterns = json(&patterns)?;
    let until = f.until.map_or(i64::MAX, Time::micros);
    let (start, id) = match &f.after {
        Some((start, id)) => (start.micros(), id.as_str()),
        None => (beyond, ""),
    };
    let city = f.city_folded.as_deref();
    let args = args![f.now, city, patterns, start, id, f.limit, until];
    s.rows(statement, args).await?.iter().map(event).collect()
}

/// The cities that have upcoming published events, each once, in the order of their names.
pub async fn cities(s: &mut Session, now: Time) -> Result<Vec<String>, StoreError> {
    let rows = s.rows(&CITIES, args![now]).await?;
    let mut cities: Vec<String> = rows
        .iter()
        .map(|r| r.text("city"))
        .collect::<Result<_, _>>()?;
    // Sorted here, since the two databases do not agree on the order of text.
    cities.sort_unstable();
    Ok(cities)
}
