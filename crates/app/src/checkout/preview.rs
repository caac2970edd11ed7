//! What a selection would cost, without holding anything.

use super::place::{priced_with, read_items};
use super::pricing::Quote;
use super::start::StartCheckoutError;
use crate::catalogue::{self, Listing};
use crate::cx::Cx;
use crate::error::Invalid;
use crate::house::House;
use model::ids::EventId;
use std::sync::Arc;
use store::discounts::Discount;

/// Prices a selection as a checkout would, now. Room is not looked at, and no use of the code is taken.
pub async fn price_selection(
    house: &House,
    cx: &Cx,
    event: &EventId,
    items: &[(String, i64)],
    code: Option<&Discount>,
) -> Result<(Arc<Listing>, Quote), StartCheckoutError> {
    let mut invalid = Invalid::default();
    let tiers = read_items(items, &mut invalid);
    if !invalid.is_fine() {
        return Err(StartCheckoutError::Invalid(invalid));
    }
    let listing = catalogue::recent(house, event)
        .await?
        .ok_or(StartCheckoutError::NotFound)?;
    let quote = priced_with(house, cx.now, &listing, &tiers, code)?;
    Ok((listing, quote))
}
