//! An order's papers: its tickets as one PDF, its event as a calendar file.

use crate::api::words::OrderIdText;
use crate::extract::{Context, PathId};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::{Cx, Fault, orders, tickets};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use model::ids::OrderId;

/// The tickets of an order as one PDF, a page each.
#[utoipa::path(get, path = "/api/tickets/orders/{id}/tickets.pdf", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 200, description = "The PDF.", body = Vec<u8>, content_type = "application/pdf"),
        (status = 409, description = "The order has no tickets.")))]
pub async fn order_pdf(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    pdf(&state, &cx, &id).await
}

/// The order's event as a calendar file.
#[utoipa::path(get, path = "/api/tickets/orders/{id}/calendar.ics", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 200, description = "The calendar file.", body = String, content_type = "text/calendar")))]
pub async fn order_calendar(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    calendar(&state, &cx, &id).await
}

/// The PDF as an answer, for the API and for pages.
pub async fn pdf(state: &WebState, cx: &Cx, id: &OrderId) -> Result<Response, Problem> {
    let pdf = tickets::pdf_of_order(&state.house, cx, id).await?;
    Ok(pdf_file(pdf, "inline; filename=\"tickets.pdf\""))
}

/// The calendar file as an answer, for the API and for pages.
pub async fn calendar(state: &WebState, cx: &Cx, id: &OrderId) -> Result<Response, Problem> {
    let view = orders::show_for(&state.house, cx, id).await?;
    let paper = orders::plain_paper_of(&state.house, &view)?;
    let ics = state
        .house
        .papers
        .calendar(&paper)
        .map_err(|why| Fault::Workshop {
            what: "the calendar file",
            why: why.to_string(),
        })?;
    Ok(file(
        ics.into_bytes(),
        "text/calendar; charset=utf-8",
        "attachment; filename=\"event.ics\"",
    ))
}

/// A PDF of an order, kept nowhere.
pub(crate) fn pdf_file(bytes: Vec<u8>, disposition: &'static str) -> Response {
    file(bytes, "application/pdf", disposition)
}

/// A file of an order, kept nowhere.
pub(crate) fn file(
    bytes: Vec<u8>,
    content_type: &'static str,
    disposition: &'static str,
) -> Response {
    let mut response = bytes.into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response.headers_mut().insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static(disposition),
    );
    security::secret(&mut response);
    response
}
