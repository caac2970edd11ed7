//! One attempt to place an order, however often its button is pressed.
//!
//! The form carries the attempt's own key. The first press places the order and writes its id under the
//! key; a second one waits for the first and goes where that one went. What failed is forgotten, so that
//! a corrected form can be sent under the same key.

use crate::problem::{Kind, Problem};
use crate::state::WebState;
use app::idempotency::{Claim, Keyed, claim, finish, forget};
use app::{Actor, Fault};
use data_encoding::BASE32_NOPAD;
use model::ids::OrderId;
use std::time::Duration;

/// How often a second press looks whether the first is done, and for how long in all.
const LOOK_EVERY: Duration = Duration::from_millis(100);
const LOOKS: usize = 100;

/// A key for a new form.
pub(super) fn fresh(state: &WebState) -> String {
    BASE32_NOPAD
        .encode(&state.house.secret_bytes()[..15])
        .to_ascii_lowercase()
}

/// What an attempt finds.
pub(super) enum Turn {
    /// It is the first, and places the order.
    First(Keyed),
    /// The order was placed.
    Again(OrderId),
}

/// Whose turn it is.
pub(super) async fn turn(state: &WebState, attempt: &str) -> Result<Turn, Problem> {
    let keyed = Keyed::new(
        &state.house,
        "page".to_owned(),
        attempt.to_owned(),
        "POST",
        "checkout",
        &[],
    );
    for _ in 0..LOOKS {
        let cx = state.house.cx(Actor::Public);
        match claim(&state.house, &cx, &keyed).await? {
            Claim::New => return Ok(Turn::First(keyed)),
            Claim::Done { body, .. } => {
                let id = OrderId::parse(&body)
                    .map_err(|e| Fault::Inconsistent(format!("an attempt has no order: {e}")))?;
                return Ok(Turn::Again(id));
            }
            Claim::Running => tokio::time::sleep(LOOK_EVERY).await,
            Claim::Mismatch => break,
        }
    }
    Err(Problem::new(
        Kind::Busy,
        "Your order is still being placed. Please try again in a moment.",
    )
    .retry_after(5))
}

/// Writes the order down under the attempt, or gives the attempt back.
pub(super) async fn settle(
    state: &WebState,
    keyed: &Keyed,
    order: Option<&OrderId>,
) -> Result<(), Fault> {
    match order {
        Some(order) => finish(&state.house, keyed, 303, "text/plain", order.as_str()).await,
        None => forget(&state.house, keyed).await,
    }
}
