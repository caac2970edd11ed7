//! Requests for refunds: asked by buyers, answered by organizers.

use super::word;
use crate::api::orders::{RefundIn, RefundOut};
use crate::api::words::{
    EventIdText, OrderIdText, RefundIdText, RefundRequestIdText, RequestStatusWord, TicketIdText,
};
use crate::extract::{Body, Context, MaybeBody, PathId, Search};
use crate::problem::{Kind, Problem};
use crate::state::WebState;
use app::orders::show_for;
use app::refund_requests::{self, AskRefund, RefundRequest, RequestStatus};
use app::refunds::RefundAsked;
use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::ids::{OrderId, RefundRequestId};
use model::time::Time;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// How many requests stand on a page.
const PAGE: i64 = 50;

/// What a buyer asks for.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskRefundIn {
    /// The tickets; all of them if it is left out.
    #[schema(value_type = Option<Vec<TicketIdText>>, max_items = 100)]
    tickets: Option<Vec<String>>,
    /// Why, for the organizer to read.
    #[schema(max_length = 2000)]
    message: Option<String>,
}

/// Why not.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineIn {
    /// A sentence, which is mailed to the buyer.
    #[schema(min_length = 1, max_length = 1000)]
    answer: String,
}

/// A request.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundRequestOut {
    /// The request.
    #[schema(value_type = RefundRequestIdText)]
    id: String,
    /// The order.
    #[schema(value_type = OrderIdText)]
    order_id: String,
    /// The event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// The tickets that it is about; none named is all of them.
    #[schema(value_type = Vec<TicketIdText>)]
    tickets: Vec<String>,
    /// What the buyer wrote.
    message: String,
    /// Where it stands.
    #[schema(value_type = RequestStatusWord)]
    status: &'static str,
    /// What the organizer answered; empty until then.
    answer: String,
    /// The refund that came of it.
    #[schema(value_type = Option<RefundIdText>, required = true)]
    refund_id: Option<String>,
    /// When it was decided.
    #[schema(format = DateTime, required = true)]
    decided_at: Option<String>,
    /// When it was asked.
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<RefundRequest> for RefundRequestOut {
    fn from(request: RefundRequest) -> Self {
        Self {
            id: request.id.into(),
            order_id: request.order_id.into(),
            event_id: request.event_id.into(),
            tickets: request.tickets.into_iter().map(String::from).collect(),
            message: request.message,
            status: request.status.code(),
            answer: request.answer,
            refund_id: request.refund_id.map(String::from),
            decided_at: request.decided_at.map(Time::to_iso),
            created_at: request.created_at.to_iso(),
        }
    }
}

/// Requests.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundRequestsOut {
    /// The requests.
    requests: Vec<RefundRequestOut>,
    /// What to send as `cursor` for the next page; null on the last one.
    #[schema(value_type = Option<RefundRequestIdText>, required = true)]
    next_cursor: Option<String>,
}

/// Which requests.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RequestsSearch {
    /// Those that stand so; `open` if it is left out.
    #[param(value_type = Option<RequestStatusWord>)]
    status: Option<String>,
    /// The `next_cursor` of the page before.
    #[param(value_type = Option<RefundRequestIdText>)]
    cursor: Option<RefundRequestId>,
}

/// Asks the organizer for a refund of an order, or of some of its tickets. It moves no money.
#[utoipa::path(post, path = "/api/tickets/orders/{id}/refund-requests", tag = "orders", request_body = Option<AskRefundIn>,
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 201, description = "It is asked.", body = RefundRequestOut)))]
pub async fn ask_refund(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(mut cx): Context,
    MaybeBody(input): MaybeBody<AskRefundIn>,
) -> Result<(StatusCode, Json<RefundRequestOut>), Problem> {
    let input = AskRefund {
        tickets: input.tickets.unwrap_or_default(),
        message: input.message.unwrap_or_default(),
    };
    let asked = refund_requests::ask(&state.house, &mut cx, &id, &input).await?;
    Ok((StatusCode::CREATED, Json(asked.into())))
}

/// Lists what was asked about an order, oldest first.
#[utoipa::path(get, path = "/api/tickets/orders/{id}/refund-requests", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 200, description = "The requests.", body = RefundRequestsOut)))]
pub async fn order_refund_requests(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(cx): Context,
) -> Result<Json<RefundRequestsOut>, Problem> {
    show_for(&state.house, &cx, &id).await?;
    let found = refund_requests::of_order(&state.house, &id).await?;
    Ok(Json(RefundRequestsOut {
        requests: found.into_iter().map(RefundRequestOut::from).collect(),
        next_cursor: None,
    }))
}

/// Lists the requests to the caller, newest first.
#[utoipa::path(get, path = "/api/tickets/organizers/me/refund-requests", tag = "organizers", params(RequestsSearch),
    responses((status = 200, description = "The requests.", body = RefundRequestsOut),
        (status = 409, description = "The caller is no organizer yet.")))]
pub async fn my_refund_requests(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(asked): Search<RequestsSearch>,
) -> Result<Json<RefundRequestsOut>, Problem> {
    let status = word("status", asked.status.as_deref(), RequestStatus::parse)?;
    let before = match asked.cursor {
        None => None,
        Some(id) => {
            let last = refund_requests::show_for(&state.house, &cx, &id).await?;
            let last = last.ok_or_else(|| {
                Problem::field(
                    "cursor",
                    "Continue with the next_cursor of the page before.",
                )
            })?;
            Some((last.created_at, last.id))
        }
    };
    let status = status.unwrap_or(RequestStatus::Open);
    let page = refund_requests::list(&state.house, &cx, status, before, PAGE)
        .await?
        .ok_or_else(|| Problem::new(Kind::NoOrganizer, "Connect an organizer first."))?;
    let requests = page.requests.into_iter();
    Ok(Json(RefundRequestsOut {
        requests: requests.map(|row| row.request.into()).collect(),
        next_cursor: page.next.map(|(_, id)| id.into()),
    }))
}

/// Gives the money back that was asked for, or only says what would go back; other choices than the buyer's
/// may be sent, as for a refund.
#[utoipa::path(post, path = "/api/tickets/refund-requests/{id}/approve", tag = "organizers", request_body = Option<RefundIn>,
    params(("id" = RefundRequestIdText, Path, description = "The request.")),
    responses((status = 200, description = "What would go back.", body = RefundOut),
              (status = 201, description = "It is decided, and the money is about to leave.", body = RefundOut)))]
pub async fn approve_refund_request(
    State(state): State<WebState>,
    PathId(id): PathId<RefundRequestId>,
    Context(mut cx): Context,
    MaybeBody(input): MaybeBody<RefundIn>,
) -> Result<(StatusCode, Json<RefundOut>), Problem> {
    Ok(
        match refund_requests::approve(&state.house, &mut cx, &id, input.into()).await? {
            RefundAsked::Preview(view) => (StatusCode::OK, Json(RefundOut::from(&view))),
            RefundAsked::Taken(view) => (StatusCode::CREATED, Json(RefundOut::from(&view))),
        },
    )
}

/// Says no, with a sentence that is mailed to the buyer.
#[utoipa::path(post, path = "/api/tickets/refund-requests/{id}/decline", tag = "organizers", request_body = DeclineIn,
    params(("id" = RefundRequestIdText, Path, description = "The request.")),
    responses((status = 200, description = "It is declined.", body = RefundRequestOut)))]
pub async fn decline_refund_request(
    State(state): State<WebState>,
    PathId(id): PathId<RefundRequestId>,
    Context(mut cx): Context,
    Body(input): Body<DeclineIn>,
) -> Result<Json<RefundRequestOut>, Problem> {
    let declined = refund_requests::decline(&state.house, &mut cx, &id, &input.answer).await?;
    Ok(Json(declined.into()))
}
