//! `/tickets/unsubscribe`: leaving an organizer's own words by the link in their mail.
//!
//! The key in the address is all that it takes, so mail programs can do it without opening the page (RFC 8058:
//! a POST of `List-Unsubscribe=One-Click` to the very address, without cookies). Only the button does it: a
//! scanner that opens the link changes nothing.

use super::html;
use crate::extract::{Context, Search};
use crate::pages::views::unsubscribe::UnsubscribePage;
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::buyers::{Subscription, set_unsubscribed, subscription};
use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use url::form_urlencoded;

/// The key in the link.
#[derive(Debug, Default, Deserialize)]
pub struct UnsubscribeSearch {
    #[serde(default)]
    key: String,
}

/// GET: the page, with a button.
pub async fn unsubscribe_page(
    State(state): State<WebState>,
    Search(search): Search<UnsubscribeSearch>,
) -> Result<Response, Problem> {
    let found = subscription(&state.house, &search.key).await?;
    page(&state, &search.key, found)
}

/// POST: leaves, or comes back if the form says so. Its body may be of any kind: a mail program's says nothing
/// that we need.
pub async fn unsubscribe_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    Search(search): Search<UnsubscribeSearch>,
    body: Bytes,
) -> Result<Response, Problem> {
    let back = form_urlencoded::parse(&body).any(|(name, value)| name == "do" && value == "return");
    let now = set_unsubscribed(&state.house, &mut cx, &search.key, !back).await?;
    page(&state, &search.key, now)
}

fn page(state: &WebState, key: &str, found: Option<Subscription>) -> Result<Response, Problem> {
    let found = found.ok_or_else(Problem::not_found)?;
    let mut response = html(&UnsubscribePage {
        shell: state.shell.clone(),
        action: state.urls.unsubscribe(key).to_string(),
        organizer: found.organizer,
        email: found.email,
        left: found.left,
    })?;
    security::secret(&mut response);
    Ok(response)
}
