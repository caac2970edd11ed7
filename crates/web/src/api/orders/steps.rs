//! What a buyer does with an order that waits for money: pay, ask for more time, leave.

use crate::api::words::OrderIdText;
use crate::extract::{Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::{checkout, orders};
use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::ids::OrderId;
use serde::Serialize;
use utoipa::ToSchema;

/// Where to pay.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayOut {
    /// Stripe's payment page.
    #[schema(format = "uri")]
    url: String,
}

/// How long places are held now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExtendOut {
    /// When the hold lapses.
    #[schema(format = DateTime)]
    expires_at: String,
}

/// Gives the payment page of a pending order: the open one, or a new one.
#[utoipa::path(post, path = "/api/tickets/orders/{id}/continue", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 200, description = "Where to pay.", body = PayOut)))]
pub async fn continue_order(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(mut cx): Context,
) -> Result<Json<PayOut>, Problem> {
    orders::show_for(&state.house, &cx, &id).await?;
    Ok(Json(PayOut {
        url: checkout::continue_to_payment(&state.house, &mut cx, &id).await?,
    }))
}

/// Keeps the places of a pending order a little longer, as far as that goes.
#[utoipa::path(post, path = "/api/tickets/orders/{id}/extend", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 200, description = "Until when the places are held.", body = ExtendOut)))]
pub async fn extend_order(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(cx): Context,
) -> Result<Json<ExtendOut>, Problem> {
    orders::show_for(&state.house, &cx, &id).await?;
    let until = checkout::extend(&state.house, &cx, &id).await?;
    Ok(Json(ExtendOut {
        expires_at: until.to_iso(),
    }))
}

/// Lets a pending order go: its payment page is closed and its places are back on sale.
#[utoipa::path(post, path = "/api/tickets/orders/{id}/cancel", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 204, description = "It is canceled.")))]
pub async fn cancel_order(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(mut cx): Context,
) -> Result<StatusCode, Problem> {
    orders::show_for(&state.house, &cx, &id).await?;
    checkout::cancel(&state.house, &mut cx, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
