//! Keys for devices at an event's door: named, shown once, listed with their last use, revoked at once.

use crate::api::door::gateway;
use crate::api::words::{DoorRoleWord, EventIdText, KeyIdText, TierIdText};
use crate::api::{iso, iso_maybe, zone_of};
use crate::extract::{Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::records::Key;
use app::{access, scanner_keys};
use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::ids::{EventId, KeyId, TierId};
use model::time::Zone;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A new key.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ScannerKeyIn {
    /// The device's name: `Gate B`.
    #[schema(max_length = 60, min_length = 1)]
    name: String,
    /// What it may do: `steward` if absent.
    #[schema(value_type = Option<DoorRoleWord>)]
    role: Option<String>,
    /// The tiers that it admits; all if absent or null.
    #[schema(value_type = Option<Vec<TierIdText>>)]
    tiers: Option<Vec<String>>,
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

/// A key without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScannerKeyRef {
    /// The key.
    #[schema(value_type = KeyIdText)]
    id: String,
    /// The device's name.
    name: String,
    /// What it may do.
    #[schema(value_type = DoorRoleWord)]
    role: &'static str,
    /// The tiers that it admits; null is all.
    #[schema(value_type = Option<Vec<TierIdText>>, required = true)]
    tiers: Option<Vec<TierId>>,
    /// What the device that was paired says of itself; empty if none was.
    device: String,
    /// When it was made.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it was last used, to the minute; null if it never was.
    #[schema(format = DateTime, required = true)]
    last_used_at: Option<String>,
    /// When it was revoked; null while it works.
    #[schema(format = DateTime, required = true)]
    revoked_at: Option<String>,
}

impl ScannerKeyRef {
    fn of(key: &Key, zone: &Zone) -> Self {
        Self {
            id: key.id.to_string(),
            name: key.name.clone(),
            role: key.role.code(),
            tiers: key.tiers.clone(),
            device: key.device.clone(),
            created_at: iso(key.created_at, zone),
            last_used_at: iso_maybe(key.last_used_at, zone),
            revoked_at: iso_maybe(key.revoked_at, zone),
        }
    }
}

/// An event's keys.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScannerKeysOut {
    /// The keys, oldest first; those that were revoked, too.
    keys: Vec<ScannerKeyRef>,
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
    let gateway = gateway(input.name, input.role.as_deref(), input.tiers.as_deref())?;
    let issued = scanner_keys::create(&state.house, &mut cx, &id, gateway).await?;
    Ok((
        StatusCode::CREATED,
        Json(ScannerKeyOut {
            id: issued.key.id.into(),
            key: issued.secret,
            name: issued.key.name,
        }),
    ))
}

/// Lists the keys of an event's devices with their last use.
#[utoipa::path(get, path = "/api/tickets/events/{id}/scanner-keys", tag = "door",
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 200, description = "The keys.", body = ScannerKeysOut)))]
pub async fn list_scanner_keys(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(cx): Context,
) -> Result<Json<ScannerKeysOut>, Problem> {
    let event = access::own_event(&state.house, &cx, &id).await?;
    let event = event.ok_or_else(Problem::not_found)?;
    let zone = zone_of(&event).ok_or_else(Problem::not_found)?;
    let keys = scanner_keys::list(&state.house, &cx, &id).await?;
    let keys = keys.iter().map(|key| ScannerKeyRef::of(key, &zone));
    Ok(Json(ScannerKeysOut {
        keys: keys.collect(),
    }))
}

/// Ends a device's key: its next scan is refused.
#[utoipa::path(delete, path = "/api/tickets/events/{id}/scanner-keys/{key}", tag = "door",
    params(("id" = EventIdText, Path, description = "The event."), ("key" = KeyIdText, Path, description = "The key.")),
    responses((status = 204, description = "It opens nothing any more.")))]
pub async fn revoke_scanner_key(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    PathId(key): PathId<KeyId>,
    Context(mut cx): Context,
) -> Result<StatusCode, Problem> {
    scanner_keys::revoke(&state.house, &mut cx, &id, &key).await?;
    Ok(StatusCode::NO_CONTENT)
}
