//! GET `/tickets/sso?token=…`: a host site hands over somebody whom it knows. `docs/embedding.md` tells a
//! host how to make the token.

use super::enter::{begun, browser_name};
use crate::extract::{Address, Context, Search};
use crate::limits::too_many;
use crate::problem::{Kind, Problem};
use crate::state::WebState;
use app::rate;
use app::sign_in::{HandOverError, hand_over};
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use serde::Deserialize;

/// Tokens that one connection may show in a minute.
const TRIES_A_MINUTE: i64 = 60;

/// The token.
#[derive(Debug, Default, Deserialize)]
pub struct TokenSearch {
    #[serde(default)]
    token: String,
}

/// Takes the hand-over and leads on.
pub async fn sso_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    axum::Extension(address): axum::Extension<Address>,
    headers: HeaderMap,
    Search(search): Search<TokenSearch>,
) -> Result<Response, Problem> {
    let subject = format!("sso:{}", address.0);
    if let Some(seconds) = rate::hit(&state.house, &cx, &subject, TRIES_A_MINUTE).await? {
        return Err(too_many(seconds));
    }
    let browser = browser_name(&headers);
    match hand_over(&state.house, &mut cx, &search.token, &browser).await {
        Ok(entered) => begun(&state, &cx, &entered),
        Err(HandOverError::Off) => Err(Problem::not_found()),
        Err(HandOverError::Fault(fault)) => Err(fault.into()),
        Err(HandOverError::Taken) => Err(Problem::new(Kind::Forbidden, HandOverError::Taken)),
        Err(refused) => Err(Problem::new(
            Kind::Forbidden,
            "This link cannot be used any more. Go back to the site that you came from and press its button again.",
        )
        .caused_by(refused)),
    }
}
