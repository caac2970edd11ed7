//! Discount codes that somebody types, with a limit on guessing them.
//!
//! A code is short and made to be remembered, so it can be guessed. Every code that is not known counts
//! against the address it came from, in a counter that all servers share (`app::rate`). Above the limit no
//! code of that address is looked at until the minute is over, not even a good one: otherwise the answer
//! would still tell the two apart.

use crate::extract::Address;
use crate::limits::{Who, too_many};
use crate::problem::Problem;
use crate::state::WebState;
use app::checkout::{Checkout, StartCheckout, StartCheckoutError};
use app::records::Discount;
use app::{Actor, discounts, rate};
use model::discount::Refusal;
use model::ids::EventId;

/// Unknown codes from one address in a minute, before it has to wait.
const WRONG_CODES: i64 = 20;

fn subject(address: Address) -> String {
    match Who::address(address.0) {
        Who::Address(ip) => format!("badcode:{ip}"),
        Who::Key(key) => format!("badcode:{key}"),
    }
}

/// Refuses an address that has guessed too often.
async fn may_try(state: &WebState, address: Address) -> Result<(), Problem> {
    let cx = state.house.cx(Actor::Public);
    match rate::spent(&state.house, &cx, &subject(address), WRONG_CODES).await? {
        Some(seconds) => Err(too_many(seconds)),
        None => Ok(()),
    }
}

/// Counts a code that is not known; other refusals tell nothing that a guess has found out.
async fn note(state: &WebState, address: Address, refusal: Refusal) -> Result<(), Problem> {
    if refusal == Refusal::Unknown {
        let cx = state.house.cx(Actor::Public);
        rate::hit(&state.house, &cx, &subject(address), WRONG_CODES).await?;
        metrics::counter!("tickets_wrong_codes").increment(1);
    }
    Ok(())
}

/// Refuses a checkout with a code from an address that has guessed too often.
pub async fn before(
    state: &WebState,
    address: Address,
    input: &StartCheckout,
) -> Result<(), Problem> {
    let typed = input.discount_code.as_deref().unwrap_or_default();
    if typed.trim().is_empty() {
        return Ok(());
    }
    may_try(state, address).await
}

/// Counts the code of a checkout that was refused for it.
pub async fn after(
    state: &WebState,
    address: Address,
    result: &Result<Checkout, StartCheckoutError>,
) -> Result<(), Problem> {
    match result {
        Err(StartCheckoutError::Discount(refusal)) => note(state, address, *refusal).await,
        _ => Ok(()),
    }
}

/// What somebody typed as a code, found or refused; `None` if nothing was typed.
pub async fn find(
    state: &WebState,
    address: Address,
    event: &EventId,
    typed: &str,
) -> Result<Option<Result<Discount, Refusal>>, Problem> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    may_try(state, address).await?;
    let now = state.house.now();
    let found = discounts::find(&state.house, event, typed, now).await?;
    if let Err(refusal) = &found {
        note(state, address, *refusal).await?;
    }
    Ok(Some(found))
}
