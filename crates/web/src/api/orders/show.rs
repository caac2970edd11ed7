use super::OrderOut;
use crate::api::words::OrderIdText;
use crate::extract::{Context, PathId};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::orders;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use model::ids::OrderId;

/// Shows an order to whoever holds its token, to its organizer and to admins.
#[utoipa::path(get, path = "/api/tickets/orders/{id}", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 200, description = "The order.", body = OrderOut)))]
pub async fn show_order(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    let view = orders::show_for(&state.house, &cx, &id).await?;
    let mut response = Json(OrderOut::of(&state.house, &view)?).into_response();
    security::secret(&mut response);
    Ok(response)
}
