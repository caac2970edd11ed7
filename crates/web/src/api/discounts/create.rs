use super::{DiscountInput, DiscountOut};
use crate::api::words::EventIdText;
use crate::api::zone_of;
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::{catalogue, discounts};
use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::ids::EventId;

/// Makes a discount code of an event.
#[utoipa::path(post, path = "/api/tickets/events/{id}/discounts", tag = "discounts", request_body = DiscountInput,
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 201, description = "The code.", body = DiscountOut)))]
pub async fn create_discount(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    Body(input): Body<DiscountInput>,
) -> Result<(StatusCode, Json<DiscountOut>), Problem> {
    let made = discounts::create(&state.house, &mut cx, &id, &input.into()).await?;
    Ok((StatusCode::CREATED, Json(shown(&state, &made).await?)))
}

/// A code as its organizer sees it.
pub(super) async fn shown(
    state: &WebState,
    discount: &app::records::Discount,
) -> Result<DiscountOut, Problem> {
    let listing = catalogue::recent(&state.house, &discount.event_id)
        .await?
        .ok_or_else(Problem::not_found)?;
    let zone = zone_of(&listing.event).ok_or_else(Problem::not_found)?;
    Ok(DiscountOut::of(discount, &zone))
}
