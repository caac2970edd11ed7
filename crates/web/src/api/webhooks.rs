//! What Stripe tells us: taken in at once, acted on by a job.

use crate::extract::{Context, read};
use crate::problem::Problem;
use crate::route::WEBHOOK_MOST;
use crate::state::WebState;
use app::webhooks;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use http::HeaderMap;
use serde::Serialize;
use utoipa::ToSchema;

/// That it was taken in.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookOut {
    /// Always true.
    received: bool,
    /// Whether it was the first time.
    new: bool,
}

/// Takes a webhook of Stripe's in; works even while ticketing is off, because money does not pause.
#[utoipa::path(post, path = "/api/tickets/webhooks/stripe", tag = "stripe",
    request_body(content = Object, content_type = "application/json", description = "The event, exactly as Stripe signed it."),
    params(("stripe-signature" = Option<String>, Header, description = "Stripe's signature; without it, or with a wrong one, the answer is 400.")),
    responses((status = 200, description = "It is kept, and will be acted on.", body = WebhookOut)))]
pub async fn receive_webhook(
    State(state): State<WebState>,
    Context(mut cx): Context,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<WebhookOut>, Problem> {
    let payload = read(body, WEBHOOK_MOST).await?;
    let signature = headers
        .get("stripe-signature")
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let new = webhooks::receive(&state.house, &mut cx, &payload, signature).await?;
    Ok(Json(WebhookOut {
        received: true,
        new,
    }))
}
