//! What a buyer does with an order that is paid: the mail again, another name on a ticket, the data.

use super::cookie::Opened;
use super::{csrf, see};
use crate::extract::{Form, PathId};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::buyers::{RenameError, ResendError, Sender, held_about, rename, resend, take_back};
use app::refund_requests::{AskRefund, AskRefundError, ask};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use model::ids::TicketId;

/// POST `/tickets/order/{id}/resend`: the mail once more; the buyer.
pub async fn resend_step(
    State(state): State<WebState>,
    mut opened: Opened,
    form: Form,
) -> Result<Response, Problem> {
    csrf::check(&state, opened.id.as_str(), form.get("csrf"))?;
    let done = match resend(&state.house, &mut opened.cx, &opened.id).await {
        Ok(()) => "resent",
        Err(ResendError::TooSoon | ResendError::NoTickets) => "resend-failed",
        Err(ResendError::NotFound) => return Err(Problem::not_found()),
        Err(ResendError::Fault(fault)) => return Err(fault.into()),
    };
    see(state.urls.order_done(&opened.id, done))
}

/// POST `/tickets/order/{id}/tickets/{ticket}/name`: another name on a ticket; the buyer.
pub async fn rename_step(
    State(state): State<WebState>,
    PathId(ticket): PathId<TicketId>,
    mut opened: Opened,
    form: Form,
) -> Result<Response, Problem> {
    csrf::check(&state, opened.id.as_str(), form.get("csrf"))?;
    let name = form.get("holder_name");
    let done = match rename(&state.house, &mut opened.cx, &opened.id, &ticket, name).await {
        Ok(()) => "renamed",
        Err(RenameError::Invalid(_) | RenameError::TooLate) => "rename-failed",
        Err(RenameError::NotFound) => return Err(Problem::not_found()),
        Err(RenameError::Fault(fault)) => return Err(fault.into()),
    };
    see(state.urls.order_done(&opened.id, done))
}

/// POST `/tickets/order/{id}/refund-request`: the organizer is asked for the money back; the buyer.
pub async fn ask_refund_step(
    State(state): State<WebState>,
    mut opened: Opened,
    form: Form,
) -> Result<Response, Problem> {
    csrf::check(&state, opened.id.as_str(), form.get("csrf"))?;
    let wanted = AskRefund {
        message: form.get("message").to_owned(),
        ..AskRefund::default()
    };
    let done = match ask(&state.house, &mut opened.cx, &opened.id, &wanted).await {
        // A request that is there already is what was wanted.
        Ok(_) | Err(AskRefundError::Open) => "refund-asked",
        Err(AskRefundError::NotFound) => return Err(Problem::not_found()),
        Err(AskRefundError::Fault(fault)) => return Err(fault.into()),
        Err(_) => "refund-failed",
    };
    see(state.urls.order_done(&opened.id, done))
}

/// POST `/tickets/order/{id}/news`: a consent to news is taken back; the buyer.
pub async fn end_news_step(
    State(state): State<WebState>,
    mut opened: Opened,
    form: Form,
) -> Result<Response, Problem> {
    csrf::check(&state, opened.id.as_str(), form.get("csrf"))?;
    let sender = Sender::parse(form.get("sender")).ok_or_else(Problem::not_found)?;
    take_back(&state.house, &mut opened.cx, &opened.id, sender).await?;
    see(state.urls.order_done(&opened.id, "news-ended"))
}

/// GET `/tickets/order/{id}/data.json`: everything that we hold about the order; the buyer.
pub async fn order_data(
    State(state): State<WebState>,
    opened: Opened,
) -> Result<Response, Problem> {
    let data = held_about(&state.house, &opened.cx, &opened.id).await?;
    let mut response = Json(data).into_response();
    response.headers_mut().insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=\"jugnu-tickets-data.json\""),
    );
    security::secret(&mut response);
    Ok(response)
}
