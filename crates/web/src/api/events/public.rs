use super::EventRef;
use crate::api::tiers::TierOut;
use crate::api::zone_of;
use crate::extract::{Context, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::Fault;
use app::events::{Card, PublicQuery, public_page};
use axum::Json;
use axum::extract::State;
use data_encoding::BASE64URL_NOPAD;
use model::ids::EventId;
use model::text;
use model::time::Time;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What somebody looks for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EventsSearch {
    /// A city; all if absent.
    #[param(max_length = 80)]
    city: Option<String>,
    /// Words of the title, the summary, the venue or the city.
    #[param(max_length = 100)]
    q: Option<String>,
    /// Where the page before ended: its `next_cursor`.
    #[param(max_length = 200)]
    cursor: Option<String>,
    /// Events that are over instead of those to come.
    past: Option<bool>,
    /// How many at most, 1 to 100; 20 if absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
}

/// A page of events.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventsPageOut {
    /// The events: those to come, soonest first, or those gone by, latest first.
    events: Vec<EventRef>,
    /// What to send as `cursor` for the next page; null on the last one.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// Lists published events.
#[utoipa::path(get, path = "/api/tickets/events/public", tag = "events", params(EventsSearch),
    responses((status = 200, description = "A page of events.", body = EventsPageOut)))]
pub async fn public_events(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<EventsSearch>,
) -> Result<Json<EventsPageOut>, Problem> {
    let limit = search.limit.unwrap_or(20);
    if !(1..=100).contains(&limit) {
        return Err(Problem::field("limit", "Write a number from 1 to 100."));
    }
    let query = PublicQuery {
        city: words("city", search.city, 80)?,
        q: words("q", search.q, 100)?,
        past: search.past.unwrap_or(false),
        from: None,
        until: None,
        after: search
            .cursor
            .filter(|c| !c.is_empty())
            .map(|c| read_cursor(&c))
            .transpose()?,
        limit,
    };
    let page = public_page(&state.house, &query, cx.now).await?;
    let events = page.cards.into_iter().map(card).collect::<Result<_, _>>()?;
    Ok(Json(EventsPageOut {
        events,
        next_cursor: page.next.map(|(at, id)| cursor(at, &id)),
    }))
}

/// One line without control characters, which no database should be asked for.
fn words(field: &str, given: Option<String>, most: usize) -> Result<String, Problem> {
    text::optional_line(&given.unwrap_or_default(), most).map_err(|e| Problem::field(field, e))
}

fn card(card: Card) -> Result<EventRef, Problem> {
    let zone = zone_of(&card.event)
        .ok_or_else(|| Fault::Inconsistent("there is no time zone".to_owned()))?;
    let tiers = card
        .tiers
        .iter()
        .map(|view| TierOut::of(view, &card.event, &zone, false))
        .collect();
    Ok(EventRef::of(card.event, &zone, tiers))
}

/// Where a page ended, as a text that nobody needs to understand.
pub fn cursor(at: Time, id: &EventId) -> String {
    BASE64URL_NOPAD.encode(format!("{}:{id}", at.micros()).as_bytes())
}

/// Reads what [`cursor`] has written.
pub fn read_cursor(text: &str) -> Result<(Time, EventId), Problem> {
    let bad = || {
        Problem::field(
            "cursor",
            "Send the next_cursor of the page before, as it is.",
        )
    };
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| bad())?;
    let plain = String::from_utf8(bytes).map_err(|_| bad())?;
    let (micros, id) = plain.split_once(':').ok_or_else(bad)?;
    let at = micros.parse().map(Time::from_micros).map_err(|_| bad())?;
    Ok((at, EventId::parse(id).map_err(|_| bad())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_where_the_page_ended_and_a_made_up_one_is_refused() {
        let (at, id) = (
            Time::from_micros(1_790_000_000_000_000),
            EventId::mint(Time::from_seconds(9), 7),
        );
        assert_eq!(read_cursor(&cursor(at, &id)).unwrap(), (at, id));
        for bad in [
            "x",
            "!!",
            &BASE64URL_NOPAD.encode(b"1"),
            &BASE64URL_NOPAD.encode(b"1:tier_x"),
            &BASE64URL_NOPAD.encode(b"\xff:"),
        ] {
            assert!(read_cursor(bad).is_err(), "{bad}");
        }
    }
}
