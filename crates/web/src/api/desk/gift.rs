//! Giving tickets away.

use crate::api::words::{EventIdText, OrderIdText, TierIdText};
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::checkout::{GiveTickets, give};
use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::ids::EventId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is given away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveIn {
    /// The tier.
    #[schema(value_type = TierIdText)]
    tier_id: String,
    /// How many tickets.
    #[schema(minimum = 1, maximum = 100)]
    qty: i64,
    /// Who gets them.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// Where they are mailed.
    #[schema(format = Email, max_length = 254)]
    email: String,
    /// Why, for yourselves.
    #[schema(max_length = 2000)]
    note: Option<String>,
}

/// The order that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenOut {
    /// The order; it is paid, and costs nothing.
    #[schema(value_type = OrderIdText)]
    order_id: String,
    /// Its number for people.
    code: String,
}

/// Gives tickets away: a free order, mailed to whoever it is for. It takes places like every other.
#[utoipa::path(post, path = "/api/tickets/events/{id}/comps", tag = "events", request_body = GiveIn,
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 201, description = "The tickets are on their way.", body = GivenOut)))]
pub async fn give_tickets(
    State(state): State<WebState>,
    PathId(event): PathId<EventId>,
    Context(mut cx): Context,
    Body(input): Body<GiveIn>,
) -> Result<(StatusCode, Json<GivenOut>), Problem> {
    let input = GiveTickets {
        tier_id: input.tier_id,
        qty: input.qty,
        name: input.name,
        email: input.email,
        note: input.note.unwrap_or_default(),
    };
    let given = give(&state.house, &mut cx, &event, &input).await?;
    Ok((
        StatusCode::CREATED,
        Json(GivenOut {
            order_id: given.order_id.into(),
            code: given.code,
        }),
    ))
}
