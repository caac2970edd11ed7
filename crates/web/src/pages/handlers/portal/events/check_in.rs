//! `/tickets/organizer/events/{id}/check-in`: who came, the devices at the door, and its rules.

mod page;
mod steps;

pub use steps::{end_key_step, pair_step, passphrase_step, rules_step};

use super::own::{OwnEvent, said};
use crate::extract::Search;
use crate::pages::handlers::html;
use crate::pages::handlers::portal::Done;
use crate::problem::Problem;
use crate::state::WebState;
use axum::extract::State;
use axum::response::Response;

/// The page.
pub async fn check_in_page(
    State(state): State<WebState>,
    own: OwnEvent,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let mut page = page::page(&state, &own).await?;
    page.frame = page.frame.done(said(&search.done));
    html(&page)
}
