//! What happened to an order, and notes about it.

use crate::api::words::{MomentWord, OrderIdText};
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::desk::{self, Moment};
use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::ids::OrderId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct MomentOut {
    /// When.
    #[schema(format = DateTime)]
    at: String,
    /// What sort of thing.
    #[schema(value_type = MomentWord)]
    sort: &'static str,
    /// What, in a few words for people.
    what: String,
    /// More about it, as it was written; may be empty.
    more: String,
    /// Who did it; empty if nobody did.
    by: String,
    /// Whether it went wrong.
    bad: bool,
}

impl From<Moment> for MomentOut {
    fn from(moment: Moment) -> Self {
        Self {
            at: moment.at.to_iso(),
            sort: moment.sort.code(),
            what: moment.what,
            more: moment.more,
            by: moment.by,
            bad: moment.bad,
        }
    }
}

/// What happened to an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineOut {
    /// What happened, oldest first.
    moments: Vec<MomentOut>,
}

/// A note.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteIn {
    /// The note; buyers never see it.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

/// Tells what happened to an order, and who did it.
#[utoipa::path(get, path = "/api/tickets/orders/{id}/timeline", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 200, description = "What happened.", body = TimelineOut)))]
pub async fn order_timeline(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(cx): Context,
) -> Result<Json<TimelineOut>, Problem> {
    let history = desk::timeline(&state.house, &cx, &id).await?;
    Ok(Json(TimelineOut {
        moments: history.moments.into_iter().map(MomentOut::from).collect(),
    }))
}

/// Writes a note about an order down.
#[utoipa::path(post, path = "/api/tickets/orders/{id}/notes", tag = "orders", request_body = NoteIn,
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 204, description = "It is written down.")))]
pub async fn note_order(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(mut cx): Context,
    Body(input): Body<NoteIn>,
) -> Result<StatusCode, Problem> {
    desk::add_note(&state.house, &mut cx, &id, &input.text).await?;
    Ok(StatusCode::NO_CONTENT)
}
