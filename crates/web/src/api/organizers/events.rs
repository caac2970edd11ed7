use super::me::nobody;
use crate::api::events::{EventOut, cursor, read_cursor};
use crate::extract::{Context, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::events;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MyEventsSearch {
    /// Where the page before ended: its `next_cursor`.
    #[param(max_length = 200)]
    cursor: Option<String>,
    /// How many at most, 1 to 100; 100 if absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
}

/// A page of an organizer's events.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyEventsOut {
    /// The events, the latest start first; drafts too.
    events: Vec<EventOut>,
    /// What to send as `cursor` for the next page; null on the last one.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// Lists the caller's own events, drafts too, with their stock.
#[utoipa::path(get, path = "/api/tickets/organizers/me/events", tag = "organizers", params(MyEventsSearch),
    responses((status = 200, description = "A page of the events.", body = MyEventsOut)))]
pub async fn my_events(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<MyEventsSearch>,
) -> Result<Json<MyEventsOut>, Problem> {
    let limit = search.limit.unwrap_or(100);
    if !(1..=100).contains(&limit) {
        return Err(Problem::field("limit", "Write a number from 1 to 100."));
    }
    let asked = search.cursor.filter(|c| !c.is_empty());
    let before = asked.map(|c| read_cursor(&c)).transpose()?;
    let page = events::own_listings(&state.house, &cx, before.as_ref(), limit)
        .await?
        .ok_or_else(nobody)?;
    let shown = page
        .listings
        .iter()
        .map(|listing| EventOut::of(listing, true, &state.urls, cx.now));
    Ok(Json(MyEventsOut {
        events: shown.collect::<Result<_, _>>()?,
        next_cursor: page.next.map(|(at, id)| cursor(at, &id)),
    }))
}
