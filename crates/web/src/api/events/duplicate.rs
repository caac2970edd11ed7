use super::EventOut;
use crate::api::words::EventIdText;
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::events::Duplicate;
use app::{catalogue, events};
use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::ids::EventId;
use serde::Deserialize;
use utoipa::ToSchema;

/// What the copy of an event is to be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DuplicateIn {
    /// Its title; the same if absent.
    #[schema(max_length = 160, min_length = 1)]
    title: Option<String>,
    /// When it starts; everything else moves with it, by the clock of the place.
    #[schema(format = DateTime)]
    start_at: String,
}

/// Makes a draft from an event: the same words, tickets and codes on another day, and nothing sold.
#[utoipa::path(post, path = "/api/tickets/events/{id}/duplicate", tag = "events", request_body = DuplicateIn,
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 201, description = "The draft.", body = EventOut)))]
pub async fn duplicate_event(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    Body(input): Body<DuplicateIn>,
) -> Result<(StatusCode, Json<EventOut>), Problem> {
    let wanted = Duplicate {
        title: input.title,
        start_at: Some(input.start_at),
    };
    let event = events::duplicate(&state.house, &mut cx, &id, &wanted).await?;
    let listing = catalogue::fresh(&state.house, &event.id).await?;
    let listing = listing.ok_or_else(Problem::not_found)?;
    let body = EventOut::of(&listing, true, &state.urls, cx.now)?;
    Ok((StatusCode::CREATED, Json(body)))
}
