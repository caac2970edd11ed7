//! The door: one question, one clear answer.

use crate::api::words::{ScanWord, TicketIdText, TierIdText};
use crate::api::{iso, zone_of};
use crate::extract::{Body, Context};
use crate::problem::Problem;
use crate::state::WebState;
use app::tickets::{SeenTicket, Validate, Validated, validate};
use app::{Actor, Fault, catalogue};
use axum::Json;
use axum::extract::State;
use model::checkin::ScanAnswer;
use model::time::{Time, Zone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a device at the door asks.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ScanIn {
    /// What the QR code says, or the serial that is printed below it.
    #[schema(max_length = 200, min_length = 1)]
    token: String,
    /// The device's own name for itself; its key's name if absent.
    #[schema(max_length = 60)]
    device: Option<String>,
    /// When it was scanned, for scans that are reported later; now if absent.
    #[schema(format = DateTime)]
    at: Option<String>,
    /// The device's own id for the scan, a UUID: the same one gets the first answer again.
    #[schema(max_length = 64, min_length = 1)]
    id: Option<String>,
}

/// A ticket, as the door may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeenOut {
    /// The ticket.
    #[schema(value_type = TicketIdText)]
    id: String,
    /// The number for people.
    serial: String,
    /// Its tier.
    #[schema(value_type = TierIdText)]
    tier_id: String,
    /// Its tier's name.
    tier: String,
    /// Whose it is.
    holder: String,
}

impl From<SeenTicket> for SeenOut {
    fn from(ticket: SeenTicket) -> Self {
        Self {
            id: ticket.id.into(),
            serial: ticket.serial,
            tier_id: ticket.tier_id.into(),
            tier: ticket.tier_name,
            holder: ticket.holder_name,
        }
    }
}

/// What goes with an answer of the door.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct DoorFactsOut {
    /// The ticket, unless it is unknown or another event's.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    ticket: Option<SeenOut>,
    /// When somebody had come in with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    used_at: Option<String>,
    /// The device that had let them in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    used_by: Option<String>,
    /// When the door opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    opens_at: Option<String>,
    /// When the door closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, nullable = false)]
    closed_at: Option<String>,
}

impl DoorFactsOut {
    /// A ticket, and what an answer says of times and devices.
    pub(crate) fn of(ticket: Option<SeenTicket>, answer: Option<ScanAnswer>, zone: &Zone) -> Self {
        let mut out = Self {
            ticket: ticket.map(SeenOut::from),
            ..Self::default()
        };
        match answer {
            Some(ScanAnswer::AlreadyUsed { at, by }) => {
                out.used_at = Some(iso(at, zone));
                out.used_by = by;
            }
            Some(ScanAnswer::NotYet { opens }) => out.opens_at = Some(iso(opens, zone)),
            Some(ScanAnswer::TooLate { closed }) => out.closed_at = Some(iso(closed, zone)),
            Some(
                ScanAnswer::Valid
                | ScanAnswer::Refunded
                | ScanAnswer::Canceled
                | ScanAnswer::WrongEvent
                | ScanAnswer::NotFound,
            )
            | None => {}
        }
        out
    }
}

/// The door's answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScanOut {
    /// What to do: `valid` is the only one that lets anybody in.
    #[schema(value_type = ScanWord)]
    result: &'static str,
    #[serde(flatten)]
    facts: DoorFactsOut,
}

impl ScanOut {
    fn of(validated: Validated, zone: &Zone) -> Self {
        Self {
            result: validated.answer.code(),
            facts: DoorFactsOut::of(validated.ticket, Some(validated.answer), zone),
        }
    }
}

/// Decides a scan and records it. Of any number of scans of a ticket at once, exactly one is `valid`.
#[utoipa::path(post, path = "/api/tickets/tickets/validate", tag = "door", request_body = ScanIn,
    responses((status = 200, description = "The answer.", body = ScanOut)))]
pub async fn validate_ticket(
    State(state): State<WebState>,
    Context(mut cx): Context,
    Body(input): Body<ScanIn>,
) -> Result<Json<ScanOut>, Problem> {
    let zone = zone_of_door(&state, &cx.actor).await?;
    let at = input
        .at
        .as_deref()
        .map(Time::parse_iso)
        .transpose()
        .map_err(|e| Problem::field("at", e))?;
    let scan = Validate {
        token: input.token,
        device: input.device,
        at,
        id: input.id,
    };
    let validated = validate(&state.house, &mut cx, scan).await?;
    Ok(Json(ScanOut::of(validated, &zone)))
}

async fn zone_of_door(state: &WebState, actor: &Actor) -> Result<Zone, Problem> {
    let Actor::Scanner { event, .. } = actor else {
        return Err(Problem::not_found());
    };
    let listing = catalogue::recent(&state.house, event)
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(zone_of(&listing.event)
        .ok_or_else(|| Fault::Inconsistent("there is no time zone".to_owned()))?)
}
