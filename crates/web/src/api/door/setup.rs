use crate::api::words::EventIdText;
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::door::passphrase;
use axum::extract::State;
use http::StatusCode;
use model::ids::EventId;
use serde::Deserialize;
use utoipa::ToSchema;

/// The passphrase with which supervisors find people without a network.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PassphraseIn {
    /// 8 to 200 characters; null takes it away.
    #[serde(default)]
    #[schema(max_length = 200, min_length = 8, required = true)]
    passphrase: Option<String>,
}

/// Sets the passphrase with which supervisors find people while they are without a network, or takes it away. It
/// is not kept; whoever forgets it sets another.
#[utoipa::path(put, path = "/api/tickets/events/{id}/check-in/passphrase", tag = "door", request_body = PassphraseIn,
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 204, description = "It is set, or taken away.")))]
pub async fn set_door_passphrase(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    Body(input): Body<PassphraseIn>,
) -> Result<StatusCode, Problem> {
    passphrase::set(&state.house, &mut cx, &id, input.passphrase.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
