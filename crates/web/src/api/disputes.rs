//! Disputes: what buyers complain to their banks about, for the organizer and for admins.

use crate::api::words::{
    DisputeFundsWord, DisputeIdText, DisputePolicyWord, DisputeStatusWord, EventIdText, OrderIdText,
};
use crate::extract::{Context, PathId, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::disputes::{self, Page};
use app::records::Dispute;
use axum::Json;
use axum::extract::State;
use model::ids::DisputeId;
use model::time::Time;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How many disputes stand on a page.
const PAGE: i64 = 50;

/// Where to continue.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DisputePage {
    /// The `next_cursor` of the page before.
    #[param(value_type = Option<DisputeIdText>)]
    cursor: Option<DisputeId>,
}

/// A dispute.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisputeOut {
    /// The dispute.
    #[schema(value_type = DisputeIdText)]
    id: String,
    /// Its id at Stripe, where it is answered.
    stripe_dispute_id: String,
    /// The order.
    #[schema(value_type = OrderIdText)]
    order_id: String,
    /// The event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// Where it stands.
    #[schema(value_type = DisputeStatusWord)]
    status: &'static str,
    /// Where the money is.
    #[schema(value_type = DisputeFundsWord)]
    funds: &'static str,
    /// What is disputed, in cents.
    amount_cents: i64,
    /// What Stripe charges us for it, in cents.
    fee_cents: i64,
    /// ISO currency code.
    currency: String,
    /// The bank's reason, such as `fraudulent`.
    reason: String,
    /// What it does to the tickets while it is open.
    #[schema(value_type = DisputePolicyWord)]
    policy: &'static str,
    /// Until when evidence can be sent.
    #[schema(format = DateTime, required = true)]
    due_at: Option<String>,
    /// When it was opened.
    #[schema(format = DateTime)]
    opened_at: String,
    /// When it ended.
    #[schema(format = DateTime, required = true)]
    closed_at: Option<String>,
}

impl From<&Dispute> for DisputeOut {
    fn from(dispute: &Dispute) -> Self {
        Self {
            id: dispute.id.to_string(),
            stripe_dispute_id: dispute.stripe_dispute_id.clone(),
            order_id: dispute.order_id.to_string(),
            event_id: dispute.event_id.to_string(),
            status: dispute.status.code(),
            funds: dispute.funds.code(),
            amount_cents: dispute.amount_cents,
            fee_cents: dispute.fee_cents,
            currency: dispute.currency.as_str().to_owned(),
            reason: dispute.reason.clone(),
            policy: dispute.policy.code(),
            due_at: dispute.due_at.map(Time::to_iso),
            opened_at: dispute.opened_at.to_iso(),
            closed_at: dispute.closed_at.map(Time::to_iso),
        }
    }
}

/// A page of disputes.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisputesOut {
    /// The disputes, newest first.
    disputes: Vec<DisputeOut>,
    /// Where the next page continues; null on the last.
    #[schema(value_type = Option<DisputeIdText>, required = true)]
    next_cursor: Option<String>,
}

fn page(cursor: Option<DisputeId>) -> Page {
    Page {
        after: cursor,
        limit: PAGE,
    }
}

fn shown(found: &[Dispute]) -> Json<DisputesOut> {
    let full = i64::try_from(found.len()).is_ok_and(|count| count == PAGE);
    let last = found.last().filter(|_| full);
    Json(DisputesOut {
        disputes: found.iter().map(DisputeOut::from).collect(),
        next_cursor: last.map(|d| d.id.to_string()),
    })
}

/// Lists the caller's own disputes, newest first.
#[utoipa::path(get, path = "/api/tickets/organizers/me/disputes", tag = "organizers", params(DisputePage),
    responses((status = 200, description = "The disputes.", body = DisputesOut)))]
pub async fn my_disputes(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<DisputePage>,
) -> Result<Json<DisputesOut>, Problem> {
    let found = disputes::of_organizer(&state.house, &cx, &page(search.cursor)).await?;
    Ok(shown(&found))
}

/// Lists everybody's disputes, newest first.
#[utoipa::path(get, path = "/api/tickets/admin/disputes", tag = "admin", params(DisputePage),
    responses((status = 200, description = "The disputes.", body = DisputesOut)))]
pub async fn all_disputes(
    State(state): State<WebState>,
    Search(search): Search<DisputePage>,
) -> Result<Json<DisputesOut>, Problem> {
    Ok(shown(
        &disputes::all(&state.house, &page(search.cursor)).await?,
    ))
}

/// Shows a dispute to its organizer and to admins.
#[utoipa::path(get, path = "/api/tickets/disputes/{id}", tag = "organizers",
    params(("id" = DisputeIdText, Path, description = "The dispute.")),
    responses((status = 200, description = "The dispute.", body = DisputeOut)))]
pub async fn show_dispute(
    State(state): State<WebState>,
    PathId(id): PathId<DisputeId>,
    Context(cx): Context,
) -> Result<Json<DisputeOut>, Problem> {
    let dispute = disputes::show_for(&state.house, &cx, &id).await?;
    Ok(Json(DisputeOut::from(&dispute)))
}
