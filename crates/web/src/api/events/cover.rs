use super::EventOut;
use crate::api::words::EventIdText;
use crate::extract::{Context, PathId, read};
use crate::problem::{Kind, Problem};
use crate::route::PICTURE_MOST;
use crate::state::WebState;
use app::{catalogue, events};
use axum::Json;
use axum::extract::{Request, State};
use http::header;
use model::ids::EventId;

/// Gives an event a picture: a JPEG, PNG or WebP file of at most 8 MB, sent as it is.
///
/// It is drawn anew in two widths, upright, and without anything that the file carried beside its pixels.
#[utoipa::path(put, path = "/api/tickets/events/{id}/cover", tag = "events",
    request_body(content = Vec<u8>, content_type = "image/*", description = "The file."),
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 200, description = "The event with its picture.", body = EventOut)))]
pub async fn set_cover(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    request: Request,
) -> Result<Json<EventOut>, Problem> {
    let says = request.headers().get(header::CONTENT_TYPE);
    let says = says.and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !says.to_ascii_lowercase().starts_with("image/") {
        return Err(Problem::new(
            Kind::WrongType,
            "Send the picture itself, with “Content-Type: image/jpeg” or the like.",
        ));
    }
    let file = read(request.into_body(), PICTURE_MOST).await?.to_vec();
    let address = |file: &_| state.urls.file(file).to_string();
    events::set_cover(&state.house, &mut cx, &id, file, &address).await?;
    shown(&state, &cx, &id).await
}

/// Takes an event's picture away; without one it is fine, too.
#[utoipa::path(delete, path = "/api/tickets/events/{id}/cover", tag = "events",
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 200, description = "The event without a picture.", body = EventOut)))]
pub async fn take_cover_away(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
) -> Result<Json<EventOut>, Problem> {
    events::take_cover_away(&state.house, &mut cx, &id).await?;
    shown(&state, &cx, &id).await
}

async fn shown(state: &WebState, cx: &app::Cx, id: &EventId) -> Result<Json<EventOut>, Problem> {
    let listing = catalogue::fresh(&state.house, id).await?;
    let listing = listing.ok_or_else(Problem::not_found)?;
    Ok(Json(EventOut::of(&listing, true, &state.urls, cx.now)?))
}
