use super::{EventInput, EventOut};
use crate::api::words::EventIdText;
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::{catalogue, events};
use axum::Json;
use axum::extract::State;
use model::ids::EventId;

/// Changes an event, or publishes it with `{"status": "published"}`.
#[utoipa::path(patch, path = "/api/tickets/events/{id}", tag = "events", request_body = EventInput,
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 200, description = "The event as it is now.", body = EventOut)))]
pub async fn change_event(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    Body(input): Body<EventInput>,
) -> Result<Json<EventOut>, Problem> {
    events::change(&state.house, &mut cx, &id, &input.into()).await?;
    let listing = catalogue::fresh(&state.house, &id)
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(Json(EventOut::of(&listing, true, &state.urls, cx.now)?))
}
