use super::EventOut;
use crate::api::words::EventIdText;
use crate::codes;
use crate::extract::{Address, Context, PathId, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::events;
use axum::extract::State;
use axum::{Extension, Json};
use model::ids::EventId;
use serde::Deserialize;
use utoipa::IntoParams;

/// What is shown with the question.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EventSearch {
    /// A discount code: the tiers that it unlocks are shown, and prices with it.
    #[param(max_length = 200)]
    code: Option<String>,
}

/// Shows an event: a published one to all, a draft to its organizer and to admins.
#[utoipa::path(get, path = "/api/tickets/events/{id}", tag = "events",
    params(("id" = EventIdText, Path, description = "The event."), EventSearch),
    responses((status = 200, description = "The event.", body = EventOut),
        (status = 409, description = "The code cannot be used now; the problem says why.")))]
pub async fn show_event(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(cx): Context,
    Extension(address): Extension<Address>,
    Search(search): Search<EventSearch>,
) -> Result<Json<EventOut>, Problem> {
    let (listing, own) = events::show_to(&state.house, &cx, &id)
        .await?
        .ok_or_else(Problem::not_found)?;
    let typed = search.code.unwrap_or_default();
    let code = codes::find(&state, address, &id, &typed).await?;
    let code = code.transpose()?;
    Ok(Json(EventOut::shown_with(
        &listing,
        own,
        code.as_ref(),
        &state.urls,
        cx.now,
    )?))
}
