//! GET `/tickets/organizer/settings/mail`: the mail that brings tickets, as a buyer's mail program shows it.

use super::frame::Portal;
use crate::api::messages::with_pictures;
use crate::pages::handlers::html;
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::organizers::preview_mail;
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// A mail's HTML, which is a whole page.
#[derive(Template)]
#[template(source = "{{ html|safe }}", ext = "html")]
struct MailPage {
    html: String,
}

/// The page: the mail's own, with nothing around it.
pub async fn settings_mail(
    State(state): State<WebState>,
    portal: Portal,
) -> Result<Response, Problem> {
    let letter = preview_mail(&state.house, &portal.cx, &portal.organizer).await?;
    let mut response = html(&MailPage {
        html: with_pictures(&letter),
    })?;
    security::mail(&mut response);
    security::secret(&mut response);
    Ok(response)
}
