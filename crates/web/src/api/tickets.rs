//! A ticket's QR code.

use crate::api::words::TicketIdText;
use crate::extract::{Context, PathId, Search};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::Cx;
use app::tickets::{Codes, qr_of_ticket};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use model::ids::TicketId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// In which form.
#[derive(Copy, Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Scalable.
    #[default]
    Svg,
    /// Pixels.
    Png,
}

/// How the code is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct QrSearch {
    /// `svg` or `png`; `svg` if absent.
    #[param(inline)]
    format: Option<Format>,
}

/// The QR code of a ticket, for whoever may see its order.
#[utoipa::path(get, path = "/api/tickets/tickets/{id}/qrcode", tag = "tickets",
    params(("id" = TicketIdText, Path, description = "The ticket."), QrSearch),
    responses((status = 200, description = "The picture.", content(
        (String = "image/svg+xml"), (Vec<u8> = "image/png"))),
        (status = 409, description = "The ticket admits nobody any more.")))]
pub async fn ticket_qrcode(
    State(state): State<WebState>,
    PathId(id): PathId<TicketId>,
    Search(search): Search<QrSearch>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    qrcode(&state, &cx, &id, search.format.unwrap_or_default()).await
}

/// The code as an answer, for the API and for pages.
pub async fn qrcode(
    state: &WebState,
    cx: &Cx,
    id: &TicketId,
    format: Format,
) -> Result<Response, Problem> {
    let (mut response, content_type) =
        match qr_of_ticket(&state.house, cx, id, matches!(format, Format::Png)).await? {
            Codes::Svg(svg) => (svg.into_response(), "image/svg+xml"),
            Codes::Png(png) => (png.into_response(), "image/png"),
        };
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    security::secret(&mut response);
    Ok(response)
}
