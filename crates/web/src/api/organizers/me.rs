use super::OrganizerOut;
use crate::extract::Context;
use crate::problem::{Kind, Problem};
use crate::state::WebState;
use app::organizers;
use axum::Json;
use axum::extract::State;

/// Shows the caller's own organizer, as it stands with Stripe now.
#[utoipa::path(get, path = "/api/tickets/organizers/me", tag = "organizers",
    responses((status = 200, description = "The organizer.", body = OrganizerOut)))]
pub async fn show_me(
    State(state): State<WebState>,
    Context(cx): Context,
) -> Result<Json<OrganizerOut>, Problem> {
    match organizers::me(&state.house, &cx).await? {
        Some(organizer) => Ok(Json(OrganizerOut::of(organizer, &state.urls))),
        None => Err(nobody()),
    }
}

/// What somebody is told who has a key but no organizer.
pub(crate) fn nobody() -> Problem {
    Problem::new(
        Kind::NotFound,
        "You have no organizer yet: POST /api/tickets/organizers/connect makes one.",
    )
}
