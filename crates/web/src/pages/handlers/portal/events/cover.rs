//! POST `/tickets/organizer/events/{id}/cover`: a picture comes, POST `…/cover/remove`: it goes.

use super::edit;
use super::form::Kept;
use super::own::OwnEvent;
use crate::extract::{Form, TOO_LARGE, Upload};
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::{html, see};
use crate::problem::Problem;
use crate::state::WebState;
use app::events::{self, CoverError};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

/// A new picture.
pub async fn cover_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    upload: Upload,
) -> Result<Response, Problem> {
    if upload.is_too_large() {
        return refused(&state, &own, TOO_LARGE);
    }
    check_portal(&state, &own.portal.cx, &upload.text("csrf"))?;
    let id = own.event().id.clone();
    let file = upload.file("cover").to_vec();
    if file.is_empty() {
        return refused(&state, &own, "Choose a picture first.");
    }
    let address = |file: &_| state.urls.file(file).to_string();
    match events::set_cover(&state.house, &mut own.portal.cx, &id, file, &address).await {
        Ok(event) => see(state.urls.own_event_done(&event.id, "edit", "cover")),
        Err(CoverError::Refused(why)) => refused(&state, &own, &why),
        Err(other) => Err(other.into()),
    }
}

/// The picture goes.
pub async fn cover_removal_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let id = own.event().id.clone();
    events::take_cover_away(&state.house, &mut own.portal.cx, &id).await?;
    see(state.urls.own_event_done(&id, "edit", "cover-gone"))
}

fn refused(state: &WebState, own: &OwnEvent, why: &str) -> Result<Response, Problem> {
    let kept = Kept(own.event(), &own.zone);
    let page = edit::page(state, own, &kept, None, Some(why.to_owned()));
    let mut response = html(&page)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
