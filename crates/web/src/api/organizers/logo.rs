use super::OrganizerOut;
use crate::extract::{Context, read};
use crate::problem::{Kind, Problem};
use crate::route::PICTURE_MOST;
use crate::state::WebState;
use app::organizers;
use axum::Json;
use axum::extract::{Request, State};
use http::header;

/// Gives the caller's organizer a logo: a PNG, JPEG or WebP file of at most 8 MB, sent as it is.
///
/// It is drawn anew within 640 by 240 pixels, without white or empty margins and without anything that the file carried beside its
/// pixels. What is see-through stays so; one that is drawn in white gets a dark ground, because tickets are white.
#[utoipa::path(put, path = "/api/tickets/organizers/me/logo", tag = "organizers",
    request_body(content = Vec<u8>, content_type = "image/*", description = "The file."),
    responses((status = 200, description = "The organizer with their logo.", body = OrganizerOut)))]
pub async fn set_logo(
    State(state): State<WebState>,
    Context(mut cx): Context,
    request: Request,
) -> Result<Json<OrganizerOut>, Problem> {
    let says = request.headers().get(header::CONTENT_TYPE);
    let says = says.and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !says.to_ascii_lowercase().starts_with("image/") {
        return Err(Problem::new(
            Kind::WrongType,
            "Send the picture itself, with “Content-Type: image/png” or the like.",
        ));
    }
    let file = read(request.into_body(), PICTURE_MOST).await?.to_vec();
    let address = |file: &_| state.urls.file(file).to_string();
    let organizer = organizers::set_logo(&state.house, &mut cx, file, &address).await?;
    Ok(Json(OrganizerOut::of(organizer, &state.urls)))
}

/// Takes the logo of the caller's organizer away; without one it is fine, too.
#[utoipa::path(delete, path = "/api/tickets/organizers/me/logo", tag = "organizers",
    responses((status = 200, description = "The organizer without a logo.", body = OrganizerOut)))]
pub async fn take_logo_away(
    State(state): State<WebState>,
    Context(mut cx): Context,
) -> Result<Json<OrganizerOut>, Problem> {
    let address = |file: &_| state.urls.file(file).to_string();
    let organizer = organizers::take_logo_away(&state.house, &mut cx, &address).await?;
    Ok(Json(OrganizerOut::of(organizer, &state.urls)))
}
