//! GET `/tickets/organizer/connect`: where Stripe's onboarding leads back to.
//!
//! It needs no sign-in, because it shows nothing of anybody: it only says what happens next.

use super::html;
use crate::extract::{Context, Search};
use crate::pages::views::connected::ConnectedPage;
use crate::problem::Problem;
use crate::state::WebState;
use app::organizers::refresh_onboarding;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// What Stripe's link says: `again` if the link was used up.
#[derive(Debug, Default, Deserialize)]
pub struct BackSearch {
    again: Option<String>,
}

/// The page; anybody.
pub async fn connected_page(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<BackSearch>,
) -> Result<Response, Problem> {
    // The webhook and the timed job bring the news as well; this only brings it sooner.
    if let Err(fault) = refresh_onboarding(&state.house, &cx).await {
        tracing::warn!(target: "tickets::web", %fault, "onboarding could not be looked at");
    }
    html(&ConnectedPage {
        shell: state.shell.clone(),
        again: search.again.is_some(),
    })
}
