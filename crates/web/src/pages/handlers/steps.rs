//! What a buyer does on the order's page while it waits for money: pay, ask for more time, leave.

use super::cookie::Opened;
use super::{csrf, see};
use crate::extract::Form;
use crate::problem::Problem;
use crate::state::WebState;
use app::checkout::{self, CancelError, ContinueError, ExtendError};
use axum::extract::State;
use axum::response::Response;

/// POST `/tickets/order/{id}/pay`: to the payment page; the buyer.
pub async fn pay_step(
    State(state): State<WebState>,
    mut opened: Opened,
    form: Form,
) -> Result<Response, Problem> {
    csrf::check(&state, opened.id.as_str(), form.get("csrf"))?;
    match checkout::continue_to_payment(&state.house, &mut opened.cx, &opened.id).await {
        Ok(url) => see(url),
        // Its page says what it is now.
        Err(ContinueError::NotPending) => see(state.urls.order(&opened.id)),
        Err(error) => Err(error.into()),
    }
}

/// POST `/tickets/order/{id}/extend`: more time; the buyer.
pub async fn extend_step(
    State(state): State<WebState>,
    opened: Opened,
    form: Form,
) -> Result<Response, Problem> {
    csrf::check(&state, opened.id.as_str(), form.get("csrf"))?;
    match checkout::extend(&state.house, &opened.cx, &opened.id).await {
        Ok(_) => see(state.urls.order_done(&opened.id, "extended")),
        Err(ExtendError::NotHeld | ExtendError::NoMore) => see(state.urls.order(&opened.id)),
        Err(error) => Err(error.into()),
    }
}

/// POST `/tickets/order/{id}/cancel`: the places go back; the buyer.
pub async fn cancel_step(
    State(state): State<WebState>,
    mut opened: Opened,
    form: Form,
) -> Result<Response, Problem> {
    csrf::check(&state, opened.id.as_str(), form.get("csrf"))?;
    match checkout::cancel(&state.house, &mut opened.cx, &opened.id).await {
        Ok(()) | Err(CancelError::NotPending) => see(state.urls.order(&opened.id)),
        Err(error) => Err(error.into()),
    }
}
