//! An order's receipt and its credit notes, as PDFs.

use super::papers::pdf_file;
use crate::api::words::{CreditNoteIdText, OrderIdText};
use crate::extract::{Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::{Cx, orders};
use axum::extract::State;
use axum::response::Response;
use model::ids::{CreditNoteId, OrderId};

/// The receipt of a paid order as a PDF, with everything that Canadian law wants on one.
#[utoipa::path(get, path = "/api/tickets/orders/{id}/receipt.pdf", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 200, description = "The PDF.", body = Vec<u8>, content_type = "application/pdf"),
        (status = 409, description = "The order was never paid.")))]
pub async fn order_receipt(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    receipt(&state, &cx, &id).await
}

/// A credit note of an order as a PDF.
#[utoipa::path(get, path = "/api/tickets/orders/{id}/credit-notes/{note}/credit-note.pdf", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order."),
        ("note" = CreditNoteIdText, Path, description = "The credit note.")),
    responses((status = 200, description = "The PDF.", body = Vec<u8>, content_type = "application/pdf"),
        (status = 409, description = "The order was never paid.")))]
pub async fn order_credit_note(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    PathId(note): PathId<CreditNoteId>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    credit_note(&state, &cx, &id, &note).await
}

/// The receipt as an answer, for the API and for pages.
pub async fn receipt(state: &WebState, cx: &Cx, id: &OrderId) -> Result<Response, Problem> {
    let pdf = orders::receipt_pdf(&state.house, cx, id).await?;
    Ok(pdf_file(pdf, "inline; filename=\"receipt.pdf\""))
}

/// A credit note as an answer, for the API and for pages.
pub async fn credit_note(
    state: &WebState,
    cx: &Cx,
    id: &OrderId,
    note: &CreditNoteId,
) -> Result<Response, Problem> {
    let pdf = orders::credit_note_pdf(&state.house, cx, id, note).await?;
    Ok(pdf_file(pdf, "inline; filename=\"credit-note.pdf\""))
}
