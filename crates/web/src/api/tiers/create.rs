use super::{TierInput, TierOut};
use crate::api::words::EventIdText;
use crate::api::zone_of;
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::events::tier_view;
use app::{catalogue, tiers};
use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::ids::EventId;
use model::time::Time;

/// Adds a tier to an event.
#[utoipa::path(post, path = "/api/tickets/events/{id}/tiers", tag = "tiers", request_body = TierInput,
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 201, description = "The tier.", body = TierOut)))]
pub async fn create_tier(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    Body(input): Body<TierInput>,
) -> Result<(StatusCode, Json<TierOut>), Problem> {
    let tier = tiers::create(&state.house, &mut cx, &id, &input.into()).await?;
    Ok((
        StatusCode::CREATED,
        Json(shown(&state, &tier, cx.now).await?),
    ))
}

/// A tier as its organizer sees it.
pub(super) async fn shown(
    state: &WebState,
    tier: &app::records::Tier,
    now: Time,
) -> Result<TierOut, Problem> {
    let listing = catalogue::fresh(&state.house, &tier.event_id)
        .await?
        .ok_or_else(Problem::not_found)?;
    let zone = zone_of(&listing.event).ok_or_else(Problem::not_found)?;
    Ok(TierOut::of(
        &tier_view(&listing, tier, now)?,
        &listing.event,
        &zone,
        true,
    ))
}
