//! The receipt's page, its PDF, and the PDFs of credit notes, for a browser that has opened the order.

use super::cookie::Opened;
use super::html;
use crate::api::orders::{credit_note, receipt};
use crate::extract::PathId;
use crate::pages::views::receipt::ReceiptPage;
use crate::papers::receipt::Receipt;
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::{Fault, orders};
use axum::extract::State;
use axum::response::Response;
use model::ids::CreditNoteId;

/// GET `/tickets/order/{id}/receipt`: the buyer.
pub async fn receipt_page(
    State(state): State<WebState>,
    opened: Opened,
) -> Result<Response, Problem> {
    let paper = orders::receipt(&state.house, &opened.cx, &opened.id).await?;
    let url = |note: &CreditNoteId| state.urls.order_credit_note(&opened.id, note).to_string();
    let mut response = html(&ReceiptPage {
        shell: state.shell.clone(),
        receipt: Receipt::of(&paper, url).map_err(|e| Fault::Inconsistent(e.to_string()))?,
        pdf_url: state.urls.order_receipt_pdf(&opened.id).to_string(),
        order_url: state.urls.order(&opened.id).to_string(),
    })?;
    security::secret(&mut response);
    Ok(response)
}

/// GET `/tickets/order/{id}/receipt.pdf`: the buyer.
pub async fn receipt_pdf(
    State(state): State<WebState>,
    opened: Opened,
) -> Result<Response, Problem> {
    receipt(&state, &opened.cx, &opened.id).await
}

/// GET `/tickets/order/{id}/credit-notes/{note}/credit-note.pdf`: the buyer.
pub async fn credit_note_pdf(
    State(state): State<WebState>,
    PathId(note): PathId<CreditNoteId>,
    opened: Opened,
) -> Result<Response, Problem> {
    credit_note(&state, &opened.cx, &opened.id, &note).await
}
