use super::view::{CountsOut, GateOut};
use crate::api::words::{DoorRoleWord, EventIdText, KeyIdText, TierIdText};
use crate::api::{iso, zone_of};
use crate::extract::Context;
use crate::problem::Problem;
use crate::state::WebState;
use app::Fault;
use app::door::status::status;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// The device's key.
#[derive(Debug, Serialize, ToSchema)]
pub struct DoorKeyOut {
    /// The key.
    #[schema(value_type = KeyIdText)]
    id: String,
    /// What its gate is called.
    name: String,
    /// What it may do.
    #[schema(value_type = DoorRoleWord)]
    role: &'static str,
}

/// The event of a door.
#[derive(Debug, Serialize, ToSchema)]
pub struct DoorEventOut {
    /// The event.
    #[schema(value_type = EventIdText)]
    id: String,
    /// Its title.
    title: String,
    /// Where it is.
    venue: String,
    /// When it starts.
    #[schema(format = DateTime)]
    start_at: String,
    /// When it ends.
    #[schema(format = DateTime)]
    end_at: String,
    /// The zone of its place.
    timezone: String,
}

/// A tier by its name.
#[derive(Debug, Serialize, ToSchema)]
pub struct DoorTierOut {
    /// The tier.
    #[schema(value_type = TierIdText)]
    id: String,
    /// Its name.
    name: String,
}

/// Where a device is.
#[derive(Debug, Serialize, ToSchema)]
pub struct DoorOut {
    /// The device's key.
    key: DoorKeyOut,
    /// The event.
    event: DoorEventOut,
    /// The rules of its gate.
    gate: GateOut,
    /// The event's tiers.
    tiers: Vec<DoorTierOut>,
    /// How many have come in.
    counts: CountsOut,
    /// Our clock.
    #[schema(format = DateTime)]
    server_time: String,
}

/// Tells a device where it is: its key, its event, its gate, and how many have come in.
#[utoipa::path(get, path = "/api/tickets/check-in", tag = "door",
    responses((status = 200, description = "Where the device is.", body = DoorOut)))]
pub async fn show_door(
    State(state): State<WebState>,
    Context(cx): Context,
) -> Result<Json<DoorOut>, Problem> {
    let status = status(&state.house, &cx).await?;
    let event = &status.listing.event;
    let zone = zone_of(event);
    let zone = zone.ok_or_else(|| Fault::Inconsistent("there is no time zone".to_owned()))?;
    let tiers = status.listing.tiers.iter().map(|tier| DoorTierOut {
        id: tier.id.to_string(),
        name: tier.name.clone(),
    });
    Ok(Json(DoorOut {
        tiers: tiers.collect(),
        event: DoorEventOut {
            id: event.id.to_string(),
            title: event.title.clone(),
            venue: event.venue.clone(),
            start_at: iso(event.start_at, &zone),
            end_at: iso(event.end_at, &zone),
            timezone: zone.name().to_owned(),
        },
        key: DoorKeyOut {
            id: status.pass.key.into(),
            name: status.pass.name,
            role: status.pass.role.code(),
        },
        gate: GateOut::of(status.gate, &zone),
        counts: status.counts.into(),
        server_time: iso(cx.now, &zone),
    }))
}
