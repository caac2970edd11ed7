use super::EventOut;
use crate::api::words::EventIdText;
use crate::extract::{Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::events;
use axum::Json;
use axum::extract::State;
use model::ids::EventId;

/// Shows an event: a published one to all, a draft to its organizer and to admins.
#[utoipa::path(get, path = "/api/tickets/events/{id}", tag = "events",
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 200, description = "The event.", body = EventOut)))]
pub async fn show_event(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(cx): Context,
) -> Result<Json<EventOut>, Problem> {
    let (listing, own) = events::show_to(&state.house, &cx, &id)
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(Json(EventOut::of(&listing, own, &state.urls, cx.now)?))
}
