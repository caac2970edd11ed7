use super::zone_here;
use crate::api::words::{DoorResultWord, EventIdText, ScanIdText, TierIdText};
use crate::api::{iso, iso_maybe, zone_of};
use crate::extract::{Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::access;
use app::door::conflicts;
use app::records::Conflict;
use axum::Json;
use axum::extract::State;
use model::ids::EventId;
use model::time::Zone;
use serde::Serialize;
use utoipa::ToSchema;

/// A scan of which a device that was alone said “come in”, and was wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConflictOut {
    /// The scan.
    #[schema(value_type = ScanIdText)]
    scan_id: String,
    /// The ticket's serial; null if the code was nobody's, or another event's.
    #[schema(required = true)]
    serial: Option<String>,
    /// The ticket's tier.
    #[schema(value_type = Option<TierIdText>, required = true)]
    tier_id: Option<String>,
    /// The device.
    device: String,
    /// When, by the device's clock.
    #[schema(format = DateTime)]
    at: String,
    /// What it said.
    #[schema(value_type = DoorResultWord)]
    told: String,
    /// What was true.
    #[schema(value_type = DoorResultWord)]
    result: String,
    /// When somebody had come in with the ticket.
    #[schema(format = DateTime, required = true)]
    used_at: Option<String>,
    /// The device that had let them in.
    #[schema(required = true)]
    used_by: Option<String>,
}

impl ConflictOut {
    fn of(conflict: Conflict, zone: &Zone) -> Self {
        let used = conflict.result == "already_used";
        let (serial, tier_id) = match conflict.ticket {
            Some(ticket) => (Some(ticket.serial), Some(ticket.tier_id.into())),
            None => (None, None),
        };
        Self {
            scan_id: conflict.scan_id.into(),
            serial,
            tier_id,
            device: conflict.device,
            at: iso(conflict.at, zone),
            told: conflict.told,
            result: conflict.result,
            used_at: iso_maybe(conflict.answer_at.filter(|_| used), zone),
            used_by: conflict.answer_by,
        }
    }
}

/// Lists the latest 100 conflicts: a steward's own, all of the event's for a supervisor.
#[utoipa::path(get, path = "/api/tickets/check-in/conflicts", tag = "door",
    responses((status = 200, description = "The conflicts, newest first.", body = Vec<ConflictOut>)))]
pub async fn list_own_conflicts(
    State(state): State<WebState>,
    Context(cx): Context,
) -> Result<Json<Vec<ConflictOut>>, Problem> {
    let found = conflicts::of_device(&state.house, &cx).await?;
    let zone = zone_here(&state, &cx).await?;
    let out = found.into_iter().map(|c| ConflictOut::of(c, &zone));
    Ok(Json(out.collect()))
}

/// Lists an event's latest 100 conflicts at the door.
#[utoipa::path(get, path = "/api/tickets/events/{id}/check-in/conflicts", tag = "door",
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 200, description = "The conflicts, newest first.", body = Vec<ConflictOut>)))]
pub async fn list_conflicts(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(cx): Context,
) -> Result<Json<Vec<ConflictOut>>, Problem> {
    let found = conflicts::of_event(&state.house, &cx, &id).await?;
    let found = found.ok_or_else(Problem::not_found)?;
    let event = access::own_event(&state.house, &cx, &id).await?;
    let zone = event
        .as_ref()
        .and_then(zone_of)
        .ok_or_else(Problem::not_found)?;
    let out = found.into_iter().map(|c| ConflictOut::of(c, &zone));
    Ok(Json(out.collect()))
}
