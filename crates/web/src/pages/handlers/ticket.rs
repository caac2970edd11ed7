//! GET `/tickets/ticket/{id}?key=`: one ticket alone, for whoever was sent its link.

use super::cookie::locked;
use super::faces::{address, logo_for_name, occasion};
use super::{html, stage, wallet};
use crate::extract::{Context, PathId, Search};
use crate::pages::views::ticket::{TicketPage, WalletLinks};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::orders::{OrderView, ShowError};
use app::records::Ticket;
use app::tickets::shown_alone;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use model::ids::TicketId;
use serde::Deserialize;

/// The ticket's own secret.
#[derive(Debug, Default, Deserialize)]
pub struct TicketSearch {
    #[serde(default)]
    pub(super) key: String,
}

/// The ticket; whoever holds its link.
pub async fn ticket_page(
    State(state): State<WebState>,
    PathId(id): PathId<TicketId>,
    Search(search): Search<TicketSearch>,
    Context(cx): Context,
) -> Response {
    match shown_alone(&state.house, &id, &search.key).await {
        Ok((ticket, view)) => {
            let wallet = wallet::of_link(&state, cx.now, &view, &ticket, &search.key);
            page(&state, &ticket, &view, wallet).unwrap_or_else(IntoResponse::into_response)
        }
        Err(ShowError::NotFound) => locked(&state),
        Err(error) => Problem::from(error).into_response(),
    }
}

fn page(
    state: &WebState,
    ticket: &Ticket,
    view: &OrderView,
    wallet: WalletLinks,
) -> Result<Response, Problem> {
    let mut response = html(&TicketPage {
        shell: state.shell.clone(),
        logo: logo_for_name(state, &view.organizer),
        occasion: occasion(state, &view.event)?,
        address: address(&view.event),
        card: stage::card(state, view, ticket, None, wallet)?,
        calendar_url: state.urls.event_calendar(&view.event.slug).to_string(),
    })?;
    security::secret(&mut response);
    Ok(response)
}
