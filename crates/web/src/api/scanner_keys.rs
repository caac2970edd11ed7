//! Keys for devices at an event's door: named, shown once.

use crate::api::words::{EventIdText, KeyIdText};
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::access::{self, Purpose};
use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::ids::EventId;
use model::text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A new key.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ScannerKeyIn {
    /// The device's name: `Gate B`.
    #[schema(max_length = 60, min_length = 1)]
    name: String,
}

/// A key with its secret, which is shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScannerKeyOut {
    /// The key.
    #[schema(value_type = KeyIdText)]
    id: String,
    /// Its secret: a bearer token.
    key: String,
    /// The device's name.
    name: String,
}

/// Makes a key for a device at the door of an event.
#[utoipa::path(post, path = "/api/tickets/events/{id}/scanner-keys", tag = "door", request_body = ScannerKeyIn,
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 201, description = "The key; its secret is not shown again.", body = ScannerKeyOut)))]
pub async fn create_scanner_key(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    Body(input): Body<ScannerKeyIn>,
) -> Result<(StatusCode, Json<ScannerKeyOut>), Problem> {
    let event = access::own_event(&state.house, &cx, &id)
        .await?
        .ok_or_else(Problem::not_found)?;
    let name = text::line(&input.name, 60).map_err(|e| Problem::field("name", e))?;
    let issued =
        access::issue_key(&state.house, &mut cx, Purpose::Scanner(event.id), &name).await?;
    Ok((
        StatusCode::CREATED,
        Json(ScannerKeyOut {
            id: issued.key.id.into(),
            key: issued.secret,
            name: issued.key.name,
        }),
    ))
}
