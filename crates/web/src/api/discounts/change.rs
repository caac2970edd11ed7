use super::create::shown;
use super::{DiscountInput, DiscountOut};
use crate::api::words::DiscountIdText;
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::discounts;
use axum::Json;
use axum::extract::State;
use model::ids::DiscountId;

/// Changes a discount code; orders that were priced with it before keep their price and their use.
#[utoipa::path(patch, path = "/api/tickets/discounts/{id}", tag = "discounts", request_body = DiscountInput,
    params(("id" = DiscountIdText, Path, description = "The code's id.")),
    responses((status = 200, description = "The code as it is now.", body = DiscountOut)))]
pub async fn change_discount(
    State(state): State<WebState>,
    PathId(id): PathId<DiscountId>,
    Context(mut cx): Context,
    Body(input): Body<DiscountInput>,
) -> Result<Json<DiscountOut>, Problem> {
    let changed = discounts::change(&state.house, &mut cx, &id, &input.into()).await?;
    Ok(Json(shown(&state, &changed).await?))
}
