//! Passes for phones' wallets, from an order's page and from a ticket's own.
//!
//! Apple's are files, which the phone offers to add. Google's wallet is reached by an address that has the ticket inside; it is made
//! when it is asked for and stands on no page.

use super::cookie::Opened;
use super::see;
use super::ticket::TicketSearch;
use crate::api::wallet::{apple, bundle};
use crate::extract::{Context, PathId, Search};
use crate::pages::views::ticket::WalletLinks;
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::Cx;
use app::orders::OrderView;
use app::records::Ticket;
use app::tickets::{Claim, bundled, google_link, wallets_for};
use axum::extract::State;
use axum::response::Response;
use model::ids::TicketId;
use model::time::Time;

/// GET `/tickets/order/{id}/tickets.pkpasses`: the buyer.
pub async fn order_passes(
    State(state): State<WebState>,
    opened: Opened,
) -> Result<Response, Problem> {
    bundle(&state, &opened.cx, &opened.id).await
}

/// GET `/tickets/order/{id}/tickets/{ticket}/ticket.pkpass`: the buyer.
pub async fn order_apple_pass(
    State(state): State<WebState>,
    PathId(ticket): PathId<TicketId>,
    opened: Opened,
) -> Result<Response, Problem> {
    apple(&state, &opened.cx, &ticket, Claim::Order).await
}

/// GET `/tickets/order/{id}/tickets/{ticket}/google-wallet`: the buyer; on to Google.
pub async fn order_google_pass(
    State(state): State<WebState>,
    PathId(ticket): PathId<TicketId>,
    opened: Opened,
) -> Result<Response, Problem> {
    google(&state, &opened.cx, &ticket, Claim::Order).await
}

/// GET `/tickets/ticket/{id}/ticket.pkpass?key=`: whoever holds the ticket's link.
pub async fn alone_apple_pass(
    State(state): State<WebState>,
    PathId(id): PathId<TicketId>,
    Search(search): Search<TicketSearch>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    apple(&state, &cx, &id, Claim::Link(&search.key)).await
}

/// GET `/tickets/ticket/{id}/google-wallet?key=`: whoever holds the ticket's link; on to Google.
pub async fn alone_google_pass(
    State(state): State<WebState>,
    PathId(id): PathId<TicketId>,
    Search(search): Search<TicketSearch>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    google(&state, &cx, &id, Claim::Link(&search.key)).await
}

async fn google(
    state: &WebState,
    cx: &Cx,
    id: &TicketId,
    claim: Claim<'_>,
) -> Result<Response, Problem> {
    let mut response = see(google_link(&state.house, cx, id, claim).await?)?;
    security::secret(&mut response);
    Ok(response)
}

/// Where a ticket of an order's page goes into wallets.
pub(super) fn of_order(
    state: &WebState,
    now: Time,
    view: &OrderView,
    ticket: &Ticket,
) -> WalletLinks {
    let (offered, urls) = (wallets_for(&state.house, now, view, ticket), &state.urls);
    let (order, id) = (&view.order.id, &ticket.id);
    WalletLinks {
        apple: offered
            .apple
            .then(|| urls.order_apple_pass(order, id).to_string()),
        google: offered
            .google
            .then(|| urls.order_google_pass(order, id).to_string()),
    }
}

/// Where a ticket on its own page goes into wallets.
pub(super) fn of_link(
    state: &WebState,
    now: Time,
    view: &OrderView,
    ticket: &Ticket,
    secret: &str,
) -> WalletLinks {
    let (offered, urls) = (wallets_for(&state.house, now, view, ticket), &state.urls);
    WalletLinks {
        apple: offered
            .apple
            .then(|| urls.ticket_apple_pass(&ticket.id, secret).to_string()),
        google: offered
            .google
            .then(|| urls.ticket_google_pass(&ticket.id, secret).to_string()),
    }
}

/// Where all tickets of an order go into Apple's wallet at once; `None` where one is as good, or there are too many.
pub(super) fn all_of_order(state: &WebState, now: Time, view: &OrderView) -> Option<String> {
    bundled(&state.house, now, view).then(|| state.urls.order_passes(&view.order.id).to_string())
}
