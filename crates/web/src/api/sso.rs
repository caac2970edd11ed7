//! A host's word that somebody has signed out there.

use crate::extract::{Address, Body, Context};
use crate::limits::too_many;
use crate::problem::{Kind, Problem};
use crate::state::WebState;
use app::rate;
use app::sign_in::{HandOverError, hand_back};
use axum::extract::State;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Tokens that one address may show in a minute; a host's own server is one address.
const TRIES_A_MINUTE: i64 = 600;

/// Who has signed out.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SignOutInput {
    /// A token as for a hand-over, with `"act": "sign-out"`; `email` may be left out.
    #[schema(max_length = 4096)]
    token: String,
}

/// What was ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignOutOut {
    /// How many sessions were ended; 0 for somebody who was never handed over.
    ended: u64,
}

/// Ends every session of somebody whom the host has handed over before. The host's own server sends this,
/// signed with the secret that we share, so that signing out there needs no answer from us.
#[utoipa::path(post, path = "/api/tickets/sso/sign-out", tag = "sign-in", request_body = SignOutInput,
    responses((status = 200, description = "They are signed out.", body = SignOutOut),
        (status = 403, description = "The token was not made by the host, was used, or is too old.")))]
pub async fn sign_out(
    State(state): State<WebState>,
    Context(mut cx): Context,
    Extension(address): Extension<Address>,
    Body(input): Body<SignOutInput>,
) -> Result<Json<SignOutOut>, Problem> {
    let subject = format!("sso-out:{}", address.0);
    if let Some(seconds) = rate::hit(&state.house, &cx, &subject, TRIES_A_MINUTE).await? {
        return Err(too_many(seconds));
    }
    match hand_back(&state.house, &mut cx, &input.token).await {
        Ok(ended) => Ok(Json(SignOutOut { ended })),
        Err(HandOverError::Off) => Err(Problem::not_found()),
        Err(HandOverError::Fault(fault)) => Err(fault.into()),
        Err(refused) => Err(Problem::new(
            Kind::Forbidden,
            "This token cannot be used: make a new one for each call.",
        )
        .caused_by(refused)),
    }
}
