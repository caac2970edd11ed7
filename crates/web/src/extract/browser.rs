//! Who sits at a browser: found by its session's cookie.

use super::cookie;
use crate::problem::Problem;
use crate::state::WebState;
use app::Actor;
use app::sign_in::{Signed, who_signed_in};
use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, HeaderValue};

/// The name of the session's cookie.
pub const SESSION_COOKIE: &str = "jt_session";
/// How long a browser keeps it, in seconds: half a year. The session itself ends a month after its last use.
const KEPT_S: i64 = 182 * 86_400;

/// Whoever has signed in with this browser, if anybody has; for pages that are open to all.
pub struct Browser(pub Option<Signed>);

impl FromRequestParts<WebState> for Browser {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Problem> {
        match parts.extensions.get::<Signed>() {
            Some(signed) => Ok(Self(Some(signed.clone()))),
            None => signed_in(state, &parts.headers).await.map(Self),
        }
    }
}

/// Whoever has signed in: only for routes whose audience has, which the gate looks after.
pub struct SignedIn(pub Signed);

impl FromRequestParts<WebState> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &WebState) -> Result<Self, Problem> {
        let signed = parts.extensions.get::<Signed>().cloned();
        signed.map(Self).ok_or_else(Problem::not_found)
    }
}

/// Who has signed in with the browser that sends these headers.
pub async fn signed_in(state: &WebState, headers: &HeaderMap) -> Result<Option<Signed>, Problem> {
    let Some(secret) = cookie(headers, SESSION_COOKIE) else {
        return Ok(None);
    };
    let now = state.house.cx(Actor::Public).now;
    Ok(who_signed_in(&state.house, now, secret).await?)
}

/// The header that gives a browser its session, or with an empty secret takes it away.
pub fn session_cookie(state: &WebState, secret: &str) -> Option<HeaderValue> {
    let secure = if state.urls.origin().starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let kept = if secret.is_empty() { 0 } else { KEPT_S };
    let path = state.urls.cookie_path();
    HeaderValue::from_str(&format!(
        "{SESSION_COOKIE}={secret}; Path={path}; Max-Age={kept}; HttpOnly; SameSite=Lax{secure}"
    ))
    .ok()
}
