use super::view::{ChangesOut, GateOut};
use super::zone_here;
use crate::api::words::TierIdText;
use crate::extract::{Context, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::door::{Record, changes, snapshot};
use app::records::PeopleLock;
use axum::Json;
use axum::extract::State;
use model::ids::TierId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageSearch {
    /// Where the page before ended: its `next_page`; the first page if absent.
    #[param(max_length = 100)]
    pub(super) page: Option<String>,
}

/// Since when.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SinceSearch {
    /// The cursor of a snapshot's first page, of changes or of the feed.
    #[param(max_length = 100)]
    pub(super) since: Option<String>,
}

/// How the list of an event's people is locked.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeopleLockOut {
    /// Which lock it is; it rises when another passphrase is set.
    generation: i64,
    /// The salt, base64url.
    salt: String,
    /// Rounds of PBKDF2-HMAC-SHA-256.
    iterations: i64,
    /// The wrapped key: nonce, AES-256-GCM and tag, base64url.
    wrapped: String,
}

impl PeopleLockOut {
    fn of((generation, lock): (i64, PeopleLock)) -> Self {
        Self {
            generation,
            salt: lock.salt,
            iterations: lock.iterations,
            wrapped: lock.wrapped,
        }
    }
}

/// A page of an event's tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct SnapshotOut {
    /// Where changes go on from: the first page's.
    cursor: String,
    /// The tiers that the records' indexes count in.
    #[schema(value_type = Vec<TierIdText>)]
    tiers: Vec<TierId>,
    /// The rules of the device's gate.
    gate: GateOut,
    /// The tickets: door id, serial id, tier's index, state (`v`, `u`, `r`, `c`), when it was used in milliseconds,
    /// by which device, and holder, serial and order sealed under the ticket's own key.
    #[schema(value_type = Vec<Vec<serde_json::Value>>)]
    records: Vec<Record>,
    /// The next page; null after the last.
    #[schema(required = true)]
    next_page: Option<String>,
    /// How many tickets there are in all.
    total: i64,
    /// The lock on the event's people; null if they cannot be searched offline.
    #[schema(required = true)]
    people: Option<PeopleLockOut>,
}

/// Gives a device a page of all tickets of its event, to decide by while it is alone.
#[utoipa::path(get, path = "/api/tickets/check-in/snapshot", tag = "door", params(PageSearch),
    responses((status = 200, description = "A page of 5,000 tickets at most.", body = SnapshotOut)))]
pub async fn take_snapshot(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<PageSearch>,
) -> Result<Json<SnapshotOut>, Problem> {
    let page = search.page.unwrap_or_default();
    let taken = snapshot::snapshot(&state.house, &cx, &page).await?;
    let zone = zone_here(&state, &cx).await?;
    Ok(Json(SnapshotOut {
        cursor: taken.place.cursor(),
        tiers: taken.tiers,
        gate: GateOut::of(taken.gate, &zone),
        records: taken.records,
        next_page: taken.next.map(String::from),
        total: taken.total,
        people: taken.people.map(PeopleLockOut::of),
    }))
}

/// Tells a device what changed since its cursor.
#[utoipa::path(get, path = "/api/tickets/check-in/changes", tag = "door", params(SinceSearch),
    responses((status = 200, description = "What changed; 1,000 tickets at most.", body = ChangesOut)))]
pub async fn show_changes(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<SinceSearch>,
) -> Result<Json<ChangesOut>, Problem> {
    let since = search.since.unwrap_or_default();
    let changes = changes::changes(&state.house, &cx, &since).await?;
    let zone = zone_here(&state, &cx).await?;
    Ok(Json(ChangesOut::of(changes, cx.now, &zone)))
}
