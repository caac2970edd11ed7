//! The tokens of our forms: derived from the house's secret, so that nothing needs to be kept.

use crate::problem::{Kind, Problem};
use crate::state::WebState;
use app::Cx;
use model::ids::SessionId;
use subtle::ConstantTimeEq;

/// The token of the forms about one thing: an order, or one attempt to check out.
pub(super) fn token(state: &WebState, about: &str) -> String {
    let mut token = state
        .house
        .keyring
        .bearer_hash(&format!("form about {about}"));
    token.truncate(32);
    token
}

/// Refuses a form whose token is not its own.
pub(super) fn check(state: &WebState, about: &str, sent: &str) -> Result<(), Problem> {
    if bool::from(token(state, about).as_bytes().ct_eq(sent.as_bytes())) {
        Ok(())
    } else {
        Err(Problem::new(
            Kind::CrossSite,
            "This form is too old, or it was not ours. Go back, load the page again and send it once more.",
        ))
    }
}

/// The token of the forms on pages of whoever has signed in: bound to the session, so that it ends with it.
pub(crate) fn portal_token(state: &WebState, cx: &Cx) -> String {
    token(state, &about(cx))
}

/// Refuses a form of a page of whoever has signed in, if its token is not this session's.
pub(crate) fn check_portal(state: &WebState, cx: &Cx, sent: &str) -> Result<(), Problem> {
    if cx.session.is_none() {
        return Err(Problem::new(
            Kind::Forbidden,
            "You are signed out. Sign in and send this once more.",
        ));
    }
    check(state, &about(cx), sent)
}

fn about(cx: &Cx) -> String {
    let session = cx.session.as_ref().map(SessionId::as_str);
    format!("session {}", session.unwrap_or("none"))
}
