use super::{EventInput, EventOut};
use crate::extract::{Body, Context};
use crate::problem::{Kind, Problem};
use crate::state::WebState;
use app::{catalogue, events};
use axum::Json;
use axum::extract::State;
use http::StatusCode;

/// Makes an event: a draft that only its organizer sees.
#[utoipa::path(post, path = "/api/tickets/events", tag = "events", request_body = EventInput,
    responses((status = 201, description = "The draft.", body = EventOut)))]
pub async fn create_event(
    State(state): State<WebState>,
    Context(mut cx): Context,
    Body(input): Body<EventInput>,
) -> Result<(StatusCode, Json<EventOut>), Problem> {
    let event = events::create(&state.house, &mut cx, &input.into()).await?;
    let listing = catalogue::fresh(&state.house, &event.id).await?;
    let listing = listing
        .ok_or_else(|| Problem::new(Kind::Stale, "The event was taken away a moment ago."))?;
    Ok((
        StatusCode::CREATED,
        Json(EventOut::of(&listing, true, &state.urls, cx.now)?),
    ))
}
