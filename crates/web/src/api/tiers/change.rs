use super::create::shown;
use super::{TierInput, TierOut};
use crate::api::words::TierIdText;
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::tiers;
use axum::Json;
use axum::extract::State;
use model::ids::TierId;

/// Changes a tier; orders that were priced before keep their price.
#[utoipa::path(patch, path = "/api/tickets/tiers/{id}", tag = "tiers", request_body = TierInput,
    params(("id" = TierIdText, Path, description = "The tier.")),
    responses((status = 200, description = "The tier as it is now.", body = TierOut)))]
pub async fn change_tier(
    State(state): State<WebState>,
    PathId(id): PathId<TierId>,
    Context(mut cx): Context,
    Body(input): Body<TierInput>,
) -> Result<Json<TierOut>, Problem> {
    let tier = tiers::change(&state.house, &mut cx, &id, &input.into()).await?;
    Ok(Json(shown(&state, &tier, cx.now).await?))
}
