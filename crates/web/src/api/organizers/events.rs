use super::me::nobody;
use crate::api::events::EventOut;
use crate::extract::Context;
use crate::problem::Problem;
use crate::state::WebState;
use app::{catalogue, events};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// An organizer's events.
#[derive(Debug, Serialize, ToSchema)]
pub struct MyEventsOut {
    /// The events, the latest start first; drafts too.
    events: Vec<EventOut>,
}

/// Lists the caller's own events, drafts too, with their stock.
#[utoipa::path(get, path = "/api/tickets/organizers/me/events", tag = "organizers",
    responses((status = 200, description = "The events.", body = MyEventsOut)))]
pub async fn my_events(
    State(state): State<WebState>,
    Context(cx): Context,
) -> Result<Json<MyEventsOut>, Problem> {
    let own = events::of_organizer(&state.house, &cx)
        .await?
        .ok_or_else(nobody)?;
    let mut shown = Vec::with_capacity(own.len());
    for event in own {
        if let Some(listing) = catalogue::fresh(&state.house, &event.id).await? {
            shown.push(EventOut::of(&listing, true, &state.urls, cx.now)?);
        }
    }
    Ok(Json(MyEventsOut { events: shown }))
}
