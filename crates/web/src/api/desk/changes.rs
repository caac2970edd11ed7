//! Corrections: an address, a holder's name; and mails that go once more.

use crate::api::words::{EmailIdText, OrderIdText, TicketIdText};
use crate::extract::{Body, Context, MaybeBody, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::desk;
use axum::extract::State;
use http::StatusCode;
use model::ids::{EmailId, OrderId, TicketId};
use serde::Deserialize;
use utoipa::ToSchema;

/// What is corrected about an order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectIn {
    /// Where its mails go from now on.
    #[schema(format = Email, max_length = 254)]
    buyer_email: String,
}

/// Whose a ticket is from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameIn {
    /// The name.
    #[schema(min_length = 1, max_length = 120)]
    holder_name: String,
}

/// Where a mail goes this time.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetryIn {
    /// Another address, which is the order's from then on; the same one if it is left out.
    #[schema(format = Email, max_length = 254)]
    email: Option<String>,
}

/// Corrects the buyer's address; the tickets are mailed there at once.
#[utoipa::path(patch, path = "/api/tickets/orders/{id}", tag = "orders", request_body = CorrectIn,
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 204, description = "It is corrected.")))]
pub async fn correct_order(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(mut cx): Context,
    Body(input): Body<CorrectIn>,
) -> Result<StatusCode, Problem> {
    desk::correct_email(&state.house, &mut cx, &id, &input.buyer_email).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Mails the tickets of an order once more.
#[utoipa::path(post, path = "/api/tickets/orders/{id}/resend", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 202, description = "They are on their way.")))]
pub async fn resend_order(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(mut cx): Context,
) -> Result<StatusCode, Problem> {
    desk::resend(&state.house, &mut cx, &id).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Gives a ticket another name; its code stays as it is.
#[utoipa::path(patch, path = "/api/tickets/tickets/{id}", tag = "orders", request_body = RenameIn,
    params(("id" = TicketIdText, Path, description = "The ticket.")),
    responses((status = 204, description = "It has the name.")))]
pub async fn rename_ticket(
    State(state): State<WebState>,
    PathId(id): PathId<TicketId>,
    Context(mut cx): Context,
    Body(input): Body<RenameIn>,
) -> Result<StatusCode, Problem> {
    desk::rename_holder(&state.house, &mut cx, &id, &input.holder_name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a mail that failed once more.
#[utoipa::path(post, path = "/api/tickets/mails/{id}/retry", tag = "organizers", request_body = Option<RetryIn>,
    params(("id" = EmailIdText, Path, description = "The mail.")),
    responses((status = 202, description = "It is on its way, unless it had gone before.")))]
pub async fn retry_mail(
    State(state): State<WebState>,
    PathId(id): PathId<EmailId>,
    Context(mut cx): Context,
    MaybeBody(input): MaybeBody<RetryIn>,
) -> Result<StatusCode, Problem> {
    desk::retry_mail(&state.house, &mut cx, &id, input.email.as_deref()).await?;
    Ok(StatusCode::ACCEPTED)
}
