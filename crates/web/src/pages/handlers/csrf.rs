//! The tokens of our forms: derived from the house's secret, so that nothing needs to be kept.

use crate::problem::{Kind, Problem};
use crate::state::WebState;
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
