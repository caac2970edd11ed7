use super::me::nobody;
use crate::api::events::{EventOut, cursor, read_cursor};
use crate::extract::{Context, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::events;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which of an organizer's events.
#[derive(Debug, Default, Deserialize)]
pub struct MyEventsSearch {
    /// Where the page before ended: its `next_cursor`.
    #[serde(default)]
    cursor: Option<String>,
    /// How many at most.
    #[serde(default)]
    limit: Option<i64>,
}

/// An organizer's events.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyEventsOut {
    /// The events, the latest start first; drafts too.
    events: Vec<EventOut>,
    /// What to send as `cursor` for the next page; null on the last one.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

const PAGE: i64 = 50;

/// Lists the caller's own events, drafts too, with their stock.
#[utoipa::path(get, path = "/api/tickets/organizers/me/events", tag = "organizers",
    params(("cursor" = Option<String>, Query, description = "Where the page before ended: its `next_cursor`."),
        ("limit" = Option<i64>, Query, minimum = 1, maximum = 100, description = "How many at most; 50 if it is left out.")),
    responses((status = 200, description = "The events.", body = MyEventsOut)))]
pub async fn my_events(
    State(state): State<WebState>,
    Search(search): Search<MyEventsSearch>,
    Context(cx): Context,
) -> Result<Json<MyEventsOut>, Problem> {
    let after = search
        .cursor
        .filter(|c| !c.is_empty())
        .map(|c| read_cursor(&c))
        .transpose()?;
    let limit = search.limit.unwrap_or(PAGE);
    if !(1..=100).contains(&limit) {
        return Err(Problem::field("limit", "Write a number from 1 to 100."));
    }
    let page = events::own_listings(&state.house, &cx, after.as_ref(), limit).await?;
    let page = page.ok_or_else(nobody)?;
    let shown = page
        .listings
        .iter()
        .map(|listing| EventOut::of(listing, true, &state.urls, cx.now));
    Ok(Json(MyEventsOut {
        events: shown.collect::<Result<_, _>>()?,
        next_cursor: page.next.map(|(at, id)| cursor(at, &id)),
    }))
}
