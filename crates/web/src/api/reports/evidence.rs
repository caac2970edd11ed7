//! What a bank is shown about a dispute, as a PDF.

use super::super::orders::pdf_file;
use crate::api::words::DisputeIdText;
use crate::extract::{Context, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::evidence;
use axum::extract::State;
use axum::response::Response;
use model::ids::DisputeId;

/// The evidence about a dispute, gathered from our records: the order, what was accepted, mails, admissions, refunds.
#[utoipa::path(get, path = "/api/tickets/disputes/{id}/evidence.pdf", tag = "disputes",
    params(("id" = DisputeIdText, Path, description = "The dispute.")),
    responses((status = 200, description = "The PDF.", body = Vec<u8>, content_type = "application/pdf")))]
pub async fn dispute_evidence(
    State(state): State<WebState>,
    PathId(id): PathId<DisputeId>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    let pdf = evidence::evidence_pdf(&state.house, &cx, &id).await?;
    Ok(pdf_file(pdf, "inline; filename=\"evidence.pdf\""))
}
