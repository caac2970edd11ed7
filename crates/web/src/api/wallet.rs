//! Passes for phones' wallets: Apple's as files, Google's as an address.
//!
//! Where no wallet is configured, all of them are 404.

use crate::api::orders::file;
use crate::api::words::{OrderIdText, TicketIdText};
use crate::extract::{Context, PathId};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::Cx;
use app::tickets::{self, Claim};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use model::ids::{OrderId, TicketId};
use serde::Serialize;
use utoipa::ToSchema;

/// Where Google saves a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct GooglePassOut {
    /// The address to lead the ticket's holder to. The ticket's code is inside, so keep it out of logs.
    save_url: String,
}

/// A ticket as a pass for Apple's wallet, for whoever may see its order.
#[utoipa::path(get, path = "/api/tickets/tickets/{id}/ticket.pkpass", tag = "tickets",
    params(("id" = TicketIdText, Path, description = "The ticket.")),
    responses((status = 200, description = "The pass.", body = Vec<u8>, content_type = "application/vnd.apple.pkpass"),
        (status = 409, description = "The ticket admits nobody any more.")))]
pub async fn ticket_apple_pass(
    State(state): State<WebState>,
    PathId(id): PathId<TicketId>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    apple(&state, &cx, &id, Claim::Order).await
}

/// The tickets of an order, two to ten, as one file of passes for Apple's wallet.
#[utoipa::path(get, path = "/api/tickets/orders/{id}/tickets.pkpasses", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 200, description = "The passes.", body = Vec<u8>, content_type = "application/vnd.apple.pkpasses"),
        (status = 409, description = "The order has no tickets, or more than ten, or its event is called off.")))]
pub async fn order_apple_passes(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    bundle(&state, &cx, &id).await
}

/// The address at which Google saves a ticket into its wallet, for whoever may see its order.
#[utoipa::path(get, path = "/api/tickets/tickets/{id}/google-wallet", tag = "tickets",
    params(("id" = TicketIdText, Path, description = "The ticket.")),
    responses((status = 200, description = "The address.", body = GooglePassOut),
        (status = 409, description = "The ticket admits nobody any more.")))]
pub async fn ticket_google_pass(
    State(state): State<WebState>,
    PathId(id): PathId<TicketId>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    let save_url = tickets::google_link(&state.house, &cx, &id, Claim::Order).await?;
    let mut response = Json(GooglePassOut { save_url }).into_response();
    security::secret(&mut response);
    Ok(response)
}

/// A pass as an answer, for the API and for pages.
pub async fn apple(
    state: &WebState,
    cx: &Cx,
    id: &TicketId,
    claim: Claim<'_>,
) -> Result<Response, Problem> {
    let pass = tickets::apple_pass(&state.house, cx, id, claim).await?;
    Ok(file(
        pass,
        "application/vnd.apple.pkpass",
        "attachment; filename=\"ticket.pkpass\"",
    ))
}

/// A file of passes as an answer, for the API and for pages.
pub async fn bundle(state: &WebState, cx: &Cx, id: &OrderId) -> Result<Response, Problem> {
    let passes = tickets::apple_bundle(&state.house, cx, id).await?;
    Ok(file(
        passes,
        "application/vnd.apple.pkpasses",
        "attachment; filename=\"tickets.pkpasses\"",
    ))
}
