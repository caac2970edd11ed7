//! POST `/tickets/organizer/settings/logo`: a logo comes, POST `…/logo/remove`: it goes.

use super::{Typed, form, kept};
use crate::extract::{Form, TOO_LARGE, Upload};
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::portal::frame::Portal;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::settings::{LogoBox, SettingsPage};
use crate::problem::Problem;
use crate::state::WebState;
use app::error::Invalid;
use app::organizers::{self, LogoError};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

/// A new logo.
pub async fn logo_step(
    State(state): State<WebState>,
    mut portal: Portal,
    upload: Upload,
) -> Result<Response, Problem> {
    if upload.is_too_large() {
        return refused(&state, &portal, TOO_LARGE);
    }
    check_portal(&state, &portal.cx, &upload.text("csrf"))?;
    let file = upload.file("logo").to_vec();
    if file.is_empty() {
        return refused(&state, &portal, "Choose a picture first.");
    }
    let address = |file: &_| state.urls.file(file).to_string();
    match organizers::set_logo(&state.house, &mut portal.cx, file, &address).await {
        Ok(_) => see(state.urls.settings("logo")),
        Err(LogoError::Refused(why)) => refused(&state, &portal, &why),
        Err(other) => Err(other.into()),
    }
}

/// The logo goes.
pub async fn logo_removal_step(
    State(state): State<WebState>,
    mut portal: Portal,
    form_in: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form_in.get("csrf"))?;
    let address = |file: &_| state.urls.file(file).to_string();
    organizers::take_logo_away(&state.house, &mut portal.cx, &address).await?;
    see(state.urls.settings("logo-gone"))
}

fn refused(state: &WebState, portal: &Portal, why: &str) -> Result<Response, Problem> {
    let kept = |field: &str| kept(&portal.organizer, field);
    let view = form(state, portal, &Typed(&kept), &Invalid::default());
    let words = "That file cannot be your logo: see below why.";
    let mut response = html(&SettingsPage {
        frame: view.frame.clone().wrong(Some(words)),
        logo: LogoBox {
            error: Some(why.to_owned()),
            ..view.logo.clone()
        },
        ..view
    })?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
