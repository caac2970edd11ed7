//! Pages that only say something.

use super::{html, see};
use crate::pages::views::plain::{PrivacyPage, RefundPolicyPage, TermsPage};
use crate::problem::Problem;
use crate::state::WebState;
use axum::extract::State;
use axum::response::Response;

/// GET `/tickets`: the list of events is our home.
pub async fn home(State(state): State<WebState>) -> Result<Response, Problem> {
    see(state.urls.events())
}

/// GET `/tickets/terms`.
pub async fn terms_page(State(state): State<WebState>) -> Result<Response, Problem> {
    html(&TermsPage {
        shell: state.shell.clone(),
    })
}

/// GET `/tickets/privacy`.
pub async fn privacy_page(State(state): State<WebState>) -> Result<Response, Problem> {
    html(&PrivacyPage {
        shell: state.shell.clone(),
    })
}

/// GET `/tickets/refund-policy`.
pub async fn refund_policy_page(State(state): State<WebState>) -> Result<Response, Problem> {
    html(&RefundPolicyPage {
        shell: state.shell.clone(),
    })
}
