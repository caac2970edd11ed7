use crate::api::words::TierIdText;
use crate::extract::{Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::tiers;
use axum::extract::State;
use http::StatusCode;
use model::ids::TierId;

/// Takes a tier away; one that was sold or is being bought stays.
#[utoipa::path(delete, path = "/api/tickets/tiers/{id}", tag = "tiers",
    params(("id" = TierIdText, Path, description = "The tier.")),
    responses((status = 204, description = "It is gone.")))]
pub async fn delete_tier(
    State(state): State<WebState>,
    PathId(id): PathId<TierId>,
    Context(mut cx): Context,
) -> Result<StatusCode, Problem> {
    tiers::delete(&state.house, &mut cx, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}
