//! Calling an event off: previewed, decided, followed.

use crate::api::words::{CancellationWord, EventIdText, RefundStatusWord};
use crate::extract::{Context, MaybeBody, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::cancellation::{self, CallOff, CalledOff, CancellationView, Preview};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use model::ids::EventId;
use model::time::Time;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How an event is called off.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallOffIn {
    /// What its buyers are told, in your own words.
    #[schema(max_length = 2000)]
    note: Option<String>,
    /// Only say what would go back.
    preview: Option<bool>,
    /// True, unless it is a preview: it cannot be undone, so nobody does it by an empty request.
    confirm: Option<bool>,
}

/// What calling an event off would give back.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallOffPreviewOut {
    /// Sold orders.
    orders: i64,
    /// Tickets that live.
    tickets: i64,
    /// What buyers get, in cents.
    amount_cents: i64,
    /// How much of it (or, where you absorbed it, beside it) is our fee, in cents.
    fee_cents: i64,
}

impl From<Preview> for CallOffPreviewOut {
    fn from(preview: Preview) -> Self {
        Self {
            orders: preview.orders,
            tickets: preview.tickets,
            amount_cents: preview.amount_cents,
            fee_cents: preview.fee_cents,
        }
    }
}

/// The refunds of one status.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundCountOut {
    /// Where their money is.
    #[schema(value_type = RefundStatusWord)]
    status: String,
    /// How many.
    refunds: i64,
    /// How much, in cents.
    amount_cents: i64,
}

/// How far giving an event's money back is.
#[derive(Debug, Serialize, ToSchema)]
pub struct CancellationOut {
    /// The event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// Whether orders are left.
    #[schema(value_type = CancellationWord)]
    status: &'static str,
    /// What buyers are told.
    note: String,
    /// Orders that were sold.
    orders_total: i64,
    /// Orders of which nothing is left to be given back.
    orders_done: i64,
    /// What goes or went back, in cents.
    amount_cents: i64,
    /// The refunds, by where their money is.
    refunds: Vec<RefundCountOut>,
    /// When it was called off.
    #[schema(format = DateTime)]
    started_at: String,
    /// When the last order was dealt with.
    #[schema(format = DateTime, required = true)]
    finished_at: Option<String>,
}

impl From<&CancellationView> for CancellationOut {
    fn from(view: &CancellationView) -> Self {
        let (cancellation, progress) = (&view.cancellation, &view.progress);
        let counts = progress.refunds.iter();
        Self {
            event_id: cancellation.event_id.to_string(),
            status: cancellation.status.code(),
            note: cancellation.note.clone(),
            orders_total: progress.orders,
            orders_done: progress.taken,
            amount_cents: progress.taken_cents,
            refunds: counts
                .map(|(status, refunds, amount_cents)| RefundCountOut {
                    status: status.clone(),
                    refunds: *refunds,
                    amount_cents: *amount_cents,
                })
                .collect(),
            started_at: cancellation.started_at.to_iso(),
            finished_at: cancellation.finished_at.map(Time::to_iso),
        }
    }
}

/// Calls an event off: sale ends, and everybody gets their money back, fee and all. It cannot be undone.
#[utoipa::path(post, path = "/api/tickets/events/{id}/cancel", tag = "events", request_body = CallOffIn,
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 200, description = "What would go back.", body = CallOffPreviewOut),
              (status = 202, description = "It is called off, now or before.", body = CancellationOut)))]
pub async fn cancel_event(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    MaybeBody(input): MaybeBody<CallOffIn>,
) -> Result<Response, Problem> {
    let input = CallOff {
        note: input.note.unwrap_or_default(),
        preview: input.preview.unwrap_or(false),
        confirm: input.confirm.unwrap_or(false),
    };
    Ok(
        match cancellation::call_off(&state.house, &mut cx, &id, &input).await? {
            CalledOff::Preview(preview) => Json(CallOffPreviewOut::from(preview)).into_response(),
            CalledOff::Under(view) => {
                let body = Json(CancellationOut::from(&view));
                (StatusCode::ACCEPTED, body).into_response()
            }
        },
    )
}

/// Says how far giving an event's money back is.
#[utoipa::path(get, path = "/api/tickets/events/{id}/cancellation", tag = "events",
    params(("id" = EventIdText, Path, description = "The event.")),
    responses((status = 200, description = "How far it is.", body = CancellationOut)))]
pub async fn show_cancellation(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(cx): Context,
) -> Result<Json<CancellationOut>, Problem> {
    let view = cancellation::show(&state.house, &cx, &id).await?;
    Ok(Json(CancellationOut::from(&view)))
}
