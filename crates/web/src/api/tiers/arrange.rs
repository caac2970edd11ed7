use crate::api::words::{EventIdText, TierIdText};
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::tiers;
use axum::extract::State;
use http::StatusCode;
use model::ids::EventId;
use serde::Deserialize;
use utoipa::ToSchema;

/// The order of an event's tiers.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TierOrderIn {
    /// Each of the event's tiers once, the first one first.
    #[schema(value_type = Vec<TierIdText>, max_items = 50)]
    tier_ids: Vec<String>,
}

/// Puts an event's tiers into another order.
#[utoipa::path(put, path = "/api/tickets/events/{id}/tier-order", tag = "tiers", request_body = TierOrderIn,
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 204, description = "They are in this order now.")))]
pub async fn arrange_tiers(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    Body(input): Body<TierOrderIn>,
) -> Result<StatusCode, Problem> {
    tiers::arrange(&state.house, &mut cx, &id, &input.tier_ids).await?;
    Ok(StatusCode::NO_CONTENT)
}
