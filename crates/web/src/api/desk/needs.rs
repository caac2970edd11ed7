//! What waits for the organizer.

use crate::api::words::{NeedWord, OrderIdText};
use crate::extract::Context;
use crate::problem::Problem;
use crate::state::WebState;
use app::desk::{Need, list_needs};
use axum::Json;
use axum::extract::State;
use model::time::Time;
use serde::Serialize;
use utoipa::ToSchema;

/// Something that waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedOut {
    /// What sort of thing.
    #[schema(value_type = NeedWord)]
    kind: &'static str,
    /// The id of the dispute, request, mail, refund or payout; null where there is none.
    #[schema(required = true)]
    id: Option<String>,
    /// The order that it is about.
    #[schema(value_type = Option<OrderIdText>, required = true)]
    order_id: Option<String>,
    /// How much money it is about, in cents.
    #[schema(required = true)]
    amount_cents: Option<i64>,
    /// Since when.
    #[schema(format = DateTime, required = true)]
    since: Option<String>,
    /// Until when something must be done.
    #[schema(format = DateTime, required = true)]
    due_at: Option<String>,
    /// What is wrong, in the words of whoever told us; may be empty.
    why: String,
}

impl From<Need> for NeedOut {
    fn from(need: Need) -> Self {
        let mut out = Self {
            kind: need.code(),
            id: None,
            order_id: need.about().map(|about| about.order_id.to_string()),
            amount_cents: None,
            since: None,
            due_at: None,
            why: String::new(),
        };
        match need {
            Need::Dispute(dispute) => {
                out.id = Some(dispute.id.into());
                out.amount_cents = Some(dispute.amount_cents);
                out.since = Some(dispute.opened_at.to_iso());
                out.due_at = dispute.due_at.map(Time::to_iso);
                out.why = dispute.reason;
            }
            Need::Request(request) => {
                out.id = Some(request.request.id.to_string());
                out.since = Some(request.request.created_at.to_iso());
                out.why.clone_from(&request.request.message);
            }
            Need::Requirements(wanted) => {
                out.due_at = wanted.until.map(Time::to_iso);
                out.why = wanted.due.join(", ");
            }
            Need::Mail(mail) => {
                out.id = Some(mail.id.into());
                out.since = Some(mail.created_at.to_iso());
                out.why = mail.error;
            }
            Need::RefundFailed(refund) | Need::RefundSlow(refund) => {
                out.id = Some(refund.id.into());
                out.amount_cents = Some(refund.amount_cents);
                out.since = Some(refund.created_at.to_iso());
                out.why = refund.error.unwrap_or_default();
            }
            Need::Payment(payment) => {
                out.amount_cents = Some(payment.total_cents);
                out.since = Some(payment.since.to_iso());
            }
            Need::Payout(payout) => {
                out.id = Some(payout.id.into());
                out.amount_cents = Some(payout.amount_cents);
                out.since = Some(payout.created_at.to_iso());
                out.why = payout.failure_code;
            }
        }
        out
    }
}

/// What waits for an organizer.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedsOut {
    /// What waits, the most urgent first.
    needs: Vec<NeedOut>,
}

/// Lists what waits for the caller to do something about it.
#[utoipa::path(get, path = "/api/tickets/organizers/me/needs", tag = "organizers",
    responses((status = 200, description = "What waits.", body = NeedsOut),
        (status = 409, description = "The caller is no organizer yet.")))]
pub async fn my_needs(
    State(state): State<WebState>,
    Context(cx): Context,
) -> Result<Json<NeedsOut>, Problem> {
    let found = list_needs(&state.house, &cx).await?;
    Ok(Json(NeedsOut {
        needs: found.needs.into_iter().map(NeedOut::from).collect(),
    }))
}
