//! GET `/tickets/organizer/events/{id}/preview`: the event's own page as a buyer would see it, for its organizer.

use super::own::OwnEvent;
use crate::pages::handlers::event::{Shown, page};
use crate::pages::handlers::html;
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use axum::extract::State;
use axum::response::Response;
use model::event::EventStatus;

/// The page, as if the event were on sale.
pub async fn preview_page(
    State(state): State<WebState>,
    own: OwnEvent,
) -> Result<Response, Problem> {
    let mut listing = (*own.listing).clone();
    listing.event.status = EventStatus::Published;
    let mut page = page(&state, &own.portal.cx, &listing, &Shown::default())?;
    page.paused = true;
    page.preview = Some(own.home(&state));
    let mut response = html(&page)?;
    security::secret(&mut response);
    Ok(response)
}
