use super::zone_here;
use crate::api::validate::DoorFactsOut;
use crate::api::words::{DoorDeedWord, DoorResultWord, TicketIdText};
use crate::extract::{Body, Context};
use crate::problem::Problem;
use crate::state::WebState;
use app::door::scans::{self, Answered, Member};
use app::door::{self, Pass};
use app::lanes::command::{DoorAnswer, Named};
use app::tickets::SeenTicket;
use axum::Json;
use axum::extract::State;
use model::ids::TicketId;
use model::time::{Time, Zone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Something that a device did while it was alone.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MemberIn {
    /// The device's own id for it, a UUID: a repeat gets the first answer again.
    #[schema(max_length = 64)]
    id: String,
    /// `scan` if absent.
    #[schema(value_type = Option<DoorDeedWord>)]
    kind: Option<String>,
    /// The ticket's name on devices.
    #[schema(max_length = 200)]
    door_id: Option<String>,
    /// Its serial's name on devices, if it was typed and is not among the device's tickets.
    #[schema(max_length = 200)]
    serial_id: Option<String>,
    /// What its code says.
    #[schema(max_length = 200)]
    token: Option<String>,
    /// When, by the device's clock.
    #[schema(format = DateTime)]
    at: Option<String>,
    /// What the device said; null if it had asked us and only the answer was lost.
    #[schema(max_length = 20)]
    told: Option<String>,
}

/// What a device did while it was alone.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ScansIn {
    /// The device's name; its key's if absent.
    #[schema(max_length = 60)]
    device: Option<String>,
    /// What it did, in its order.
    #[schema(max_items = 500)]
    scans: Vec<MemberIn>,
}

/// What came of one of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerOut {
    /// The device's own id for it.
    id: String,
    /// The answer; `invalid` for what cannot be read or is not allowed.
    #[schema(value_type = DoorResultWord)]
    result: &'static str,
    #[serde(flatten)]
    facts: DoorFactsOut,
    /// Whether the device let somebody in, and this very scan is no admission.
    conflict: bool,
}

/// What came of all of them, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswersOut {
    /// One answer for each.
    answers: Vec<AnswerOut>,
}

impl AnswerOut {
    fn of(answered: Answered, tier: impl Fn(&str) -> String, zone: &Zone) -> Self {
        let result = answered.answer.as_ref().map_or("invalid", DoorAnswer::code);
        let scan = match answered.answer {
            Some(DoorAnswer::Scan(scan)) => Some(scan),
            _ => None,
        };
        let ticket = answered.ticket.map(|t| SeenTicket {
            tier_name: tier(t.tier_id.as_str()),
            id: t.id,
            serial: t.serial,
            tier_id: t.tier_id,
            holder_name: t.holder_name,
        });
        Self {
            id: answered.id,
            result,
            facts: DoorFactsOut::of(ticket, scan, zone),
            conflict: answered.conflict,
        }
    }
}

/// Answers as the device reads them.
async fn dressed(
    state: &WebState,
    cx: &app::Cx,
    answers: Vec<Answered>,
) -> Result<Json<AnswersOut>, Problem> {
    let zone = zone_here(state, cx).await?;
    let pass = Pass::of(cx)?;
    let listing = door::listing(&state.house, &pass.event).await?;
    let tier = |id: &str| {
        let found = listing.tiers.iter().find(|t| t.id.as_str() == id);
        found.map_or_else(String::new, |t| t.name.clone())
    };
    let answers = answers.into_iter().map(|a| AnswerOut::of(a, tier, &zone));
    Ok(Json(AnswersOut {
        answers: answers.collect(),
    }))
}

/// Takes in what a device did while it was alone, in its order. It may be sent again: what was taken in is
/// answered as it was the first time.
#[utoipa::path(post, path = "/api/tickets/check-in/scans", tag = "door", request_body = ScansIn,
    responses((status = 200, description = "One answer for each, in their order.", body = AnswersOut)))]
pub async fn upload_scans(
    State(state): State<WebState>,
    Context(mut cx): Context,
    Body(input): Body<ScansIn>,
) -> Result<Json<AnswersOut>, Problem> {
    let member = |m: MemberIn| Member {
        at: m.at.as_deref().and_then(|at| Time::parse_iso(at).ok()),
        kind: m.kind.unwrap_or_else(|| "scan".to_owned()),
        id: m.id,
        door_id: m.door_id,
        serial_id: m.serial_id,
        token: m.token,
        told: m.told,
    };
    let members = input.scans.into_iter().map(member).collect();
    let device = input.device.unwrap_or_default();
    let answers = scans::upload(&state.house, &mut cx, &device, members).await?;
    dressed(&state, &cx, answers).await
}

/// An admission that is taken back.
#[derive(Debug, Deserialize, ToSchema)]
pub struct UndoIn {
    /// The ticket's name on devices.
    #[schema(max_length = 200)]
    door_id: Option<String>,
    /// Or its id.
    #[schema(value_type = Option<TicketIdText>)]
    ticket_id: Option<String>,
    /// When, by the device's clock; now if absent.
    #[schema(format = DateTime)]
    at: Option<String>,
    /// The device's own id for it; a repeat gets the first answer again.
    #[schema(max_length = 64)]
    id: Option<String>,
}

/// Takes an admission back, within a minute: a steward's own, or anybody's for a supervisor.
#[utoipa::path(post, path = "/api/tickets/check-in/undo", tag = "door", request_body = UndoIn,
    responses((status = 200, description = "`undone`, `too_late` or `not_used`.", body = AnswerOut)))]
pub async fn undo_admission(
    State(state): State<WebState>,
    Context(mut cx): Context,
    Body(input): Body<UndoIn>,
) -> Result<Json<AnswerOut>, Problem> {
    let named = match (input.door_id, input.ticket_id) {
        (Some(door_id), None) => Named::DoorId(door_id),
        (None, Some(id)) => {
            Named::Id(TicketId::parse(&id).map_err(|e| Problem::field("ticket_id", e))?)
        }
        _ => {
            return Err(Problem::field(
                "door_id",
                "Send the ticket’s door_id or its ticket_id.",
            ));
        }
    };
    let at = input.at.as_deref().map(Time::parse_iso).transpose();
    let at = at.map_err(|e| Problem::field("at", e))?;
    let id = input.id.clone();
    let done = scans::undo(&state.house, &mut cx, named, at, input.id).await?;
    let answered = Answered {
        id: id.unwrap_or_default(),
        answer: Some(done.answer),
        conflict: done.conflict,
        ticket: done.ticket,
    };
    let Json(mut out) = dressed(&state, &cx, vec![answered]).await?;
    out.answers.pop().map(Json).ok_or_else(Problem::not_found)
}

/// Tickets that are let in by hand.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AdmitIn {
    /// The tickets.
    #[schema(value_type = Vec<TicketIdText>, min_items = 1, max_items = 100)]
    tickets: Vec<String>,
    /// The device's own id for it; a repeat gets the first answers again.
    #[schema(max_length = 64, min_length = 1)]
    id: String,
}

/// Lets tickets in by hand, under the same rules as a scan; for supervisors.
#[utoipa::path(post, path = "/api/tickets/check-in/admit", tag = "door", request_body = AdmitIn,
    responses((status = 200, description = "One answer for each ticket, in their order; `id` is the ticket.", body = AnswersOut)))]
pub async fn admit_by_hand(
    State(state): State<WebState>,
    Context(mut cx): Context,
    Body(input): Body<AdmitIn>,
) -> Result<Json<AnswersOut>, Problem> {
    Pass::of_supervisor(&cx)?;
    let tickets = input.tickets.iter().map(|id| TicketId::parse(id));
    let tickets: Result<Vec<TicketId>, _> = tickets.collect();
    let tickets = tickets.map_err(|e| Problem::field("tickets", e))?;
    let done = scans::admit(&state.house, &mut cx, &tickets, &input.id).await?;
    let answers = tickets.into_iter().zip(done).map(|(id, done)| Answered {
        id: id.into(),
        answer: Some(done.answer),
        conflict: done.conflict,
        ticket: done.ticket,
    });
    dressed(&state, &cx, answers.collect()).await
}
