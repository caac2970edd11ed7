use crate::api::words::{DoorRoleWord, EventIdText, PairingIdText, TierIdText};
use crate::api::{iso, zone_of};
use crate::extract::{Address, Body, Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::access;
use app::door::pairing::{self, Gateway};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use http::StatusCode;
use model::checkin::DoorRole;
use model::ids::{BadId, EventId, TierId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a gate is going to be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PairingIn {
    /// What it is called: `Gate B`.
    #[schema(max_length = 60, min_length = 1)]
    name: String,
    /// What its device may do: `steward` if absent.
    #[schema(value_type = Option<DoorRoleWord>)]
    role: Option<String>,
    /// The tiers that it admits; all if absent or null.
    #[schema(value_type = Option<Vec<TierIdText>>)]
    tiers: Option<Vec<String>>,
}

/// The gate that an input describes.
pub(crate) fn gateway(
    name: String,
    role: Option<&str>,
    tiers: Option<&[String]>,
) -> Result<Gateway, Problem> {
    let role = match role {
        None => DoorRole::Steward,
        Some(word) => DoorRole::parse(word)
            .ok_or_else(|| Problem::field("role", "Write steward or supervisor."))?,
    };
    let read = |ids: &[String]| -> Result<Vec<TierId>, BadId> {
        ids.iter().map(|id| TierId::parse(id)).collect()
    };
    let tiers = tiers.map(read).transpose();
    let tiers = tiers.map_err(|e| Problem::field("tiers", e))?;
    Ok(Gateway { name, role, tiers })
}

/// A code that turns a device into a gate, once.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairingOut {
    /// The pairing.
    #[schema(value_type = PairingIdText)]
    id: String,
    /// The code: two groups of five characters. It is shown this once.
    code: String,
    /// The address that the device opens, with the code behind a `#`, which no server ever sees.
    #[schema(format = "uri")]
    url: String,
    /// When it stops being good.
    #[schema(format = DateTime)]
    expires_at: String,
}

/// Makes a code with which one device becomes a gate of the event, within ten minutes.
#[utoipa::path(post, path = "/api/tickets/events/{id}/pairings", tag = "door", request_body = PairingIn,
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 201, description = "The code; it is not shown again.", body = PairingOut)))]
pub async fn create_pairing(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    Body(input): Body<PairingIn>,
) -> Result<(StatusCode, Json<PairingOut>), Problem> {
    let gateway = gateway(input.name, input.role.as_deref(), input.tiers.as_deref())?;
    let made = pairing::begin(&state.house, &mut cx, &id, gateway).await?;
    let event = access::own_event(&state.house, &cx, &id).await?;
    let zone = event
        .as_ref()
        .and_then(zone_of)
        .ok_or_else(Problem::not_found)?;
    Ok((
        StatusCode::CREATED,
        Json(PairingOut {
            id: made.pairing.id.into(),
            url: state.urls.checkin_pairing(&made.code),
            code: made.code,
            expires_at: iso(made.pairing.expires_at, &zone),
        }),
    ))
}

/// A device that wants to become a gate.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PairIn {
    /// The code, however it was typed.
    #[schema(max_length = 40, min_length = 1)]
    code: String,
    /// What the device says of itself: `Chrome on Android`.
    #[schema(max_length = 60)]
    device: Option<String>,
}

/// An event by its title.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairedEventOut {
    /// The event.
    #[schema(value_type = EventIdText)]
    id: String,
    /// Its title.
    title: String,
}

/// A device that has become a gate.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairedOut {
    /// Its key: a bearer token, shown this once.
    key: String,
    /// What it may do.
    #[schema(value_type = DoorRoleWord)]
    role: &'static str,
    /// What its gate is called.
    name: String,
    /// The event.
    event: PairedEventOut,
}

/// Turns a code into a device's key. A code works once, and for ten minutes.
#[utoipa::path(post, path = "/api/tickets/check-in/pair", tag = "door", request_body = PairIn,
    responses((status = 201, description = "The device's key.", body = PairedOut)))]
pub async fn pair_device(
    State(state): State<WebState>,
    Extension(address): Extension<Address>,
    Context(mut cx): Context,
    Body(input): Body<PairIn>,
) -> Result<Response, Problem> {
    let from = address.0.to_string();
    let device = input.device.unwrap_or_default();
    let paired = pairing::pair(&state.house, &mut cx, &from, &input.code, &device).await?;
    let key = paired.issued.key;
    let out = PairedOut {
        key: paired.issued.secret,
        role: key.role.code(),
        name: key.name,
        event: PairedEventOut {
            id: paired.event_id.into(),
            title: paired.title,
        },
    };
    let mut response = (StatusCode::CREATED, Json(out)).into_response();
    crate::security::secret(&mut response);
    Ok(response)
}
