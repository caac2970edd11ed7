//! The service fee of one ticket, and the first price that anyone sees.

use super::{FeeMode, FeeRule, PricingError};
use crate::money::Ppm;
use crate::tax::TaxRate;

/// The fee in cents for a unit that costs `base_cents` after discount: nothing for a free unit.
///
/// The reference program takes the percentage of the price as listed, so of a price with taxes
/// inside if prices are inclusive, where the prose beside it says "pre-tax". The program decides.
pub(super) fn unit_fee_cents(base_cents: i64, rule: &FeeRule) -> Result<i64, PricingError> {
    if base_cents == 0 {
        return Ok(0);
    }
    let share = rule.percent.of(base_cents)?;
    let fee = share
        .checked_add(rule.fixed_cents)
        .ok_or(PricingError::Overflow)?;
    Ok(fee
        .min(rule.cap_cents.unwrap_or(i64::MAX))
        .max(rule.min_cents))
}

/// Whether the fee of a ticket, with the taxes on it, can be taken out of its list price, however many
/// are bought at once and whatever the organizer is registered for.
///
/// Taxes on the fee are rounded on the whole order, so each is counted as rounded up here. Who passes
/// the fee on has it in the total, so there it always fits. A discount may still leave too little: then
/// `price` refuses the order.
pub fn fee_fits(
    price_cents: i64,
    fee: &FeeRule,
    fee_taxes: &[TaxRate],
) -> Result<bool, PricingError> {
    fee.check()?;
    if price_cents < 0 {
        return Err(PricingError::NegativePrice);
    }
    let fee_cents = i128::from(unit_fee_cents(price_cents, fee)?);
    let tax = |rate: &TaxRate| {
        let exact = fee_cents * i128::from(rate.ppm.0);
        (exact + Ppm::ONE - 1) / Ppm::ONE
    };
    let most = fee_cents + fee_taxes.iter().map(tax).sum::<i128>();
    Ok(fee.mode == FeeMode::Pass || most <= i128::from(price_cents))
}

/// The first price of one ticket that anyone sees, in cents: with the fee if the buyer must pay it.
///
/// Only taxes may be left out of a first price (Competition Act s. 52(1.3) and 74.01(1.1), read in
/// 2026), so the page says "plus tax" beside it, or that taxes are inside.
pub fn display_price_cents(price_cents: i64, fee: &FeeRule) -> Result<i64, PricingError> {
    fee.check()?;
    if price_cents < 0 {
        return Err(PricingError::NegativePrice);
    }
    match fee.mode {
        FeeMode::Absorb => Ok(price_cents),
        FeeMode::Pass => {
            let fee_cents = unit_fee_cents(price_cents, fee)?;
            price_cents
                .checked_add(fee_cents)
                .ok_or(PricingError::Overflow)
        }
    }
}
