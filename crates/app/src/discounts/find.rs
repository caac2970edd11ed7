//! Finding the code that somebody typed.

use crate::error::Fault;
use crate::house::House;
use model::discount::{Refusal, clean_code, fold_code};
use model::ids::EventId;
use model::time::Time;
use store::discounts::Discount;

/// The event's code that was typed, if a new order could take a use of it now; or why not.
///
/// Read anew each time: it is one row by an index, and its uses change with every order. What is no
/// code at all, one of another event and one that is switched off are refused in the same words.
pub async fn find(
    house: &House,
    event: &EventId,
    typed: &str,
    now: Time,
) -> Result<Result<Discount, Refusal>, Fault> {
    let Ok(code) = clean_code(typed) else {
        return Ok(Err(Refusal::Unknown));
    };
    let folded = fold_code(&code);
    let found = store::discounts::by_code(&mut *house.read().await?, event, &folded).await?;
    Ok(match found {
        Some(discount) => discount.terms.open(now).map(|()| discount),
        None => Err(Refusal::Unknown),
    })
}
