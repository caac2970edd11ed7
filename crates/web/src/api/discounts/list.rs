use super::DiscountOut;
use crate::api::words::EventIdText;
use crate::api::zone_of;
use crate::extract::{Context, PathId, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::discounts;
use axum::Json;
use axum::extract::State;
use model::ids::{DiscountId, EventId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which part of an event's codes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DiscountsSearch {
    /// Where the page before ended: its `next_cursor`.
    #[param(max_length = 200)]
    cursor: Option<String>,
    /// How many at most, 1 to 100; 100 if absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
}

/// A page of an event's codes.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiscountsPageOut {
    /// The codes, oldest first.
    discounts: Vec<DiscountOut>,
    /// What to send as `cursor` for the next page; null on the last one.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// Lists an event's discount codes with their uses.
#[utoipa::path(get, path = "/api/tickets/events/{id}/discounts", tag = "discounts",
    params(("id" = EventIdText, Path, description = "The event."), DiscountsSearch),
    responses((status = 200, description = "A page of codes.", body = DiscountsPageOut)))]
pub async fn list_discounts(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(cx): Context,
    Search(search): Search<DiscountsSearch>,
) -> Result<Json<DiscountsPageOut>, Problem> {
    let limit = search.limit.unwrap_or(100);
    if !(1..=100).contains(&limit) {
        return Err(Problem::field("limit", "Write a number from 1 to 100."));
    }
    let bad = |_| {
        Problem::field(
            "cursor",
            "Send the next_cursor of the page before, as it is.",
        )
    };
    let cursor = search.cursor.filter(|c| !c.is_empty());
    let after = cursor.map(|c| DiscountId::parse(&c).map_err(bad));
    let after = after.transpose()?;
    let (event, found, more) =
        discounts::list(&state.house, &cx, &id, after.as_ref(), limit).await?;
    let zone = zone_of(&event).ok_or_else(Problem::not_found)?;
    let next = found.last().filter(|_| more);
    Ok(Json(DiscountsPageOut {
        next_cursor: next.map(|d| d.id.to_string()),
        discounts: found.iter().map(|d| DiscountOut::of(d, &zone)).collect(),
    }))
}
