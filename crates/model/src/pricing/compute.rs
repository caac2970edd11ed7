//! The arithmetic: discount, taxes by group, fees, taxes on the fees.
//!
//! It agrees cent for cent with the reference program of the design. Where the prose of the design
//! groups tickets by (supplier, component, rate), the program groups them by their whole set of
//! rates, and the program decides: tickets with GST alone and tickets with GST and PST are two
//! groups, each rounded by itself.

use super::fee::unit_fee_cents;
use super::{
    MAX_UNITS, PriceRequest, PricedOrder, PricedUnit, PricingError, TaxAmount, UnitRequest,
};
use crate::money::{Ppm, largest_remainder, round_half_up};
use crate::tax::TaxRate;
use std::collections::BTreeMap;

/// Prices an order; all amounts in cents. The same request always gives the same answer.
pub fn price(request: &PriceRequest) -> Result<PricedOrder, PricingError> {
    check(request)?;
    let discounts = discounts(request)?;
    let bases: Vec<i64> = request
        .units
        .iter()
        .zip(&discounts)
        .map(|(unit, off)| unit.price_cents - off)
        .collect();
    let taxes = ticket_taxes(request, &bases)?;
    let fees = bases
        .iter()
        .map(|base| unit_fee_cents(*base, &request.fee))
        .collect::<Result<Vec<i64>, _>>()?;
    let fee_taxes = fee_taxes(&request.fee_taxes, &fees)?;

    let mut units = Vec::with_capacity(bases.len());
    let parts = taxes.into_iter().zip(fee_taxes).enumerate();
    for (i, (taxes, fee_taxes)) in parts {
        let inside: i64 = if request.tax_inclusive {
            tax_sum(&taxes)
        } else {
            0
        };
        units.push(PricedUnit {
            price_cents: request.units[i].price_cents,
            discount_cents: discounts[i],
            net_cents: bases[i] - inside,
            taxes,
            fee_cents: fees[i],
            fee_taxes,
        });
    }
    PricedOrder {
        currency: request.currency,
        mode: request.fee.mode,
        units,
    }
    .check()
}

fn check(request: &PriceRequest) -> Result<(), PricingError> {
    if request.units.len() > MAX_UNITS {
        return Err(PricingError::TooManyUnits);
    }
    if request.units.iter().any(|unit| unit.price_cents < 0) {
        return Err(PricingError::NegativePrice);
    }
    if request.discount_cents < 0 {
        return Err(PricingError::NegativeDiscount);
    }
    let mut sets = request
        .units
        .iter()
        .map(|unit| &unit.taxes)
        .chain([&request.fee_taxes]);
    if sets.any(|rates| names_one_twice(rates)) {
        return Err(PricingError::DuplicateTax);
    }
    request.fee.check()
}

fn names_one_twice(rates: &[TaxRate]) -> bool {
    rates
        .iter()
        .enumerate()
        .any(|(i, a)| rates[..i].iter().any(|b| a.component == b.component))
}

fn total(cents: impl IntoIterator<Item = i64>) -> Result<i64, PricingError> {
    cents
        .into_iter()
        .try_fold(0_i64, i64::checked_add)
        .ok_or(PricingError::Overflow)
}

/// Shares of the order's discount, by list price; a unit that it is not for has no weight, so it gets
/// neither a floor nor one of the cents that are left over.
fn discounts(request: &PriceRequest) -> Result<Vec<i64>, PricingError> {
    let weight = |unit: &UnitRequest| {
        if unit.discountable {
            unit.price_cents
        } else {
            0
        }
    };
    let weights: Vec<i64> = request.units.iter().map(weight).collect();
    let discount = request.discount_cents.min(total(weights.iter().copied())?);
    Ok(largest_remainder(discount, &weights)?)
}

/// The taxes of each unit, in the order in which the unit names them.
fn ticket_taxes(
    request: &PriceRequest,
    bases: &[i64],
) -> Result<Vec<Vec<TaxAmount>>, PricingError> {
    let mut out: Vec<Vec<TaxAmount>> = request.units.iter().map(nothing_yet).collect();
    let mut groups: BTreeMap<Vec<TaxRate>, Vec<usize>> = BTreeMap::new();
    for (i, unit) in request.units.iter().enumerate() {
        let mut key = unit.taxes.clone();
        key.sort_unstable();
        groups.entry(key).or_default().push(i);
    }
    for (rates, members) in groups {
        let weights: Vec<i64> = members.iter().map(|i| bases[*i]).collect();
        let included = if request.tax_inclusive {
            rate_sum(&rates)
        } else {
            0
        };
        for rate in rates {
            let shares = group_tax(rate, &weights, included)?;
            for (i, cents) in members.iter().zip(shares) {
                put(&mut out[*i], rate, cents);
            }
        }
        if request.tax_inclusive {
            leave_no_net_below_zero(&mut out, &members, bases)?;
        }
    }
    Ok(out)
}

fn nothing_yet(unit: &UnitRequest) -> Vec<TaxAmount> {
    unit.taxes
        .iter()
        .map(|rate| TaxAmount {
            rate: *rate,
            cents: 0,
        })
        .collect()
}

fn put(taxes: &mut [TaxAmount], rate: TaxRate, cents: i64) {
    for tax in taxes.iter_mut().filter(|tax| tax.rate == rate) {
        tax.cents = cents;
    }
}

fn rate_sum(rates: &[TaxRate]) -> i128 {
    rates.iter().map(|rate| i128::from(rate.ppm.0)).sum()
}

fn tax_sum(taxes: &[TaxAmount]) -> i64 {
    taxes.iter().map(|tax| tax.cents).sum()
}

/// One tax of one group, rounded on the group's total and shared out by weight. `included_ppm` is
/// the sum of all rates that the prices contain, or zero if taxes come on top.
fn group_tax(rate: TaxRate, weights: &[i64], included_ppm: i128) -> Result<Vec<i64>, PricingError> {
    let base = i128::from(total(weights.iter().copied())?);
    let exact = base * i128::from(rate.ppm.0);
    let tax = round_half_up(exact, Ppm::ONE + included_ppm);
    let tax = i64::try_from(tax).map_err(|_| PricingError::Overflow)?;
    Ok(largest_remainder(tax, weights)?)
}

/// The taxes on the fees: one group per component over the whole order.
fn fee_taxes(rates: &[TaxRate], fees: &[i64]) -> Result<Vec<Vec<TaxAmount>>, PricingError> {
    let mut out: Vec<Vec<TaxAmount>> = vec![Vec::with_capacity(rates.len()); fees.len()];
    for rate in rates {
        for (unit, cents) in out.iter_mut().zip(group_tax(*rate, fees, 0)?) {
            unit.push(TaxAmount { rate: *rate, cents });
        }
    }
    Ok(out)
}

/// Moves single cents of tax from units of a cent or two, where two inclusive taxes round up onto
/// the same unit and exceed it, to the first unit of the group that has room.
///
/// Each tax of the group stays what it is in sum. Thirty tickets of one cent with GST and QST are
/// such a case; the reference program gives the first of them a net of minus one cent there, which
/// its own invariants forbid.
pub(super) fn leave_no_net_below_zero(
    out: &mut [Vec<TaxAmount>],
    members: &[usize],
    bases: &[i64],
) -> Result<(), PricingError> {
    for giver in members {
        while tax_sum(&out[*giver]) > bases[*giver] {
            let taker = members
                .iter()
                .find(|i| tax_sum(&out[**i]) < bases[**i])
                .ok_or(PricingError::TaxExceedsPrice)?;
            let tax = out[*giver]
                .iter_mut()
                .rev()
                .find(|tax| tax.cents > 0)
                .ok_or(PricingError::TaxExceedsPrice)?;
            tax.cents -= 1;
            let rate = tax.rate;
            for tax in out[*taker].iter_mut().filter(|tax| tax.rate == rate) {
                tax.cents += 1;
            }
        }
    }
    Ok(())
}
