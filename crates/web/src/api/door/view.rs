//! What several of the door's answers show: gates, counts, records, changes.

use crate::api::iso;
use crate::api::words::{EventIdText, TierIdText};
use app::door::Record;
use app::door::changes::Changes;
use app::door::status::Counts;
use model::checkin::Gate;
use model::ids::TierId;
use model::time::{Time, Zone};
use serde::Serialize;
use utoipa::ToSchema;

/// The rules of a gate, for whoever decides without us.
#[derive(Debug, Serialize, ToSchema)]
pub struct GateOut {
    /// The event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// From when it admits; null is always.
    #[schema(format = DateTime, required = true)]
    opens: Option<String>,
    /// Until when; null is for ever.
    #[schema(format = DateTime, required = true)]
    closes: Option<String>,
    /// The tiers that it admits; null is all.
    #[schema(value_type = Option<Vec<TierIdText>>, required = true)]
    tiers: Option<Vec<TierId>>,
    /// Whether a used ticket lets its holder in again.
    reentry: bool,
}

impl GateOut {
    pub(super) fn of(gate: Gate, zone: &Zone) -> Self {
        Self {
            event_id: gate.event_id.into(),
            opens: gate.opens.map(|at| iso(at, zone)),
            closes: gate.closes.map(|at| iso(at, zone)),
            tiers: gate.tiers,
            reentry: gate.reentry,
        }
    }
}

/// How many of a tier have come in, of how many.
#[derive(Debug, Serialize, ToSchema)]
pub struct TierCountOut {
    /// The tier.
    #[schema(value_type = TierIdText)]
    id: String,
    /// Tickets with which somebody came in.
    admitted: i64,
    /// Tickets that can admit or have.
    expected: i64,
}

/// How many have come in, of how many.
#[derive(Debug, Serialize, ToSchema)]
pub struct CountsOut {
    /// Tickets with which somebody came in.
    admitted: i64,
    /// Tickets that can admit or have.
    expected: i64,
    /// The same by tier.
    tiers: Vec<TierCountOut>,
}

impl From<Counts> for CountsOut {
    fn from(counts: Counts) -> Self {
        let tiers = counts.tiers.into_iter().map(|tier| TierCountOut {
            id: tier.tier_id.into(),
            admitted: tier.admitted,
            expected: tier.expected,
        });
        Self {
            admitted: counts.admitted,
            expected: counts.expected,
            tiers: tiers.collect(),
        }
    }
}

/// What changed since a cursor.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangesOut {
    /// Where to go on from.
    cursor: String,
    /// The tickets that changed, as in a snapshot.
    #[schema(value_type = Vec<Vec<serde_json::Value>>)]
    records: Vec<Record>,
    /// The tiers that the records' indexes count in.
    #[schema(value_type = Vec<TierIdText>)]
    tiers: Vec<TierId>,
    /// Whether there is more at once.
    more: bool,
    /// The rules of the device's gate.
    gate: GateOut,
    /// How many have come in.
    counts: CountsOut,
    /// Our clock.
    #[schema(format = DateTime)]
    server_time: String,
    /// Whether the device must take a new snapshot: its cursor is none of ours.
    reset: bool,
}

impl ChangesOut {
    pub(super) fn of(changes: Changes, now: Time, zone: &Zone) -> Self {
        let delta = changes.delta;
        Self {
            cursor: delta.place.cursor(),
            records: delta.records,
            tiers: delta.tiers,
            more: delta.more,
            gate: GateOut::of(changes.gate, zone),
            counts: delta.counts.into(),
            server_time: iso(now, zone),
            reset: changes.reset,
        }
    }
}
