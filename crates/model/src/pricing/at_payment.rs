//! Taxes that come with the payment: Stripe has computed them on its page, and they are put into the
//! order's price, unit by unit.
//!
//! Stripe says how much of each tax is on each line; the line's units share it by largest remainder, as
//! they share every tax. Nothing is computed again, only checked: that each amount finds its line, and
//! that all of them add up to what was taken. A tax that we have no name for is refused, because it could
//! stand in no book and on no receipt; the order then waits, with its places, until somebody has looked.

use super::compute::leave_no_net_below_zero;
use super::{PricedOrder, PricedUnit, PricingError, TaxAmount, TicketLine};
use crate::money::{Ppm, largest_remainder};
use crate::tax::{TaxComponent, TaxRate};

/// One tax on one line of tickets, as it was taken.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PaidTax {
    /// Which of the lines of tickets.
    pub line: usize,
    /// Its name: `gst`, `rst`.
    pub name: String,
    /// Its rate.
    pub ppm: Ppm,
    /// Its amount in cents.
    pub cents: i64,
}

/// Why taxes could not be put into an order's price.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum SettleError {
    /// A tax that we have no account for.
    #[error("a tax of {cents} cents is called {name:?}, and no account is kept for that")]
    UnknownTax {
        /// Its name.
        name: String,
        /// Its amount in cents.
        cents: i64,
    },
    /// The amounts contradict each other.
    #[error("the taxes that came with the payment do not add up: {0}")]
    Disagrees(&'static str),
}

impl From<PricingError> for SettleError {
    fn from(_: PricingError) -> Self {
        Self::Disagrees("they are more than the prices that include them")
    }
}

/// The order's price with the taxes that came with its payment; `tax_cents` is what they are in all.
///
/// `included` says that the prices contained them: then the net amounts shrink, and the total stays.
pub fn settle(
    order: &PricedOrder,
    lines: &[TicketLine],
    taxes: &[PaidTax],
    tax_cents: i64,
    included: bool,
) -> Result<PricedOrder, SettleError> {
    let sum: i128 = taxes.iter().map(|t| i128::from(t.cents)).sum();
    if sum != i128::from(tax_cents) {
        return Err(SettleError::Disagrees("their lines are not their sum"));
    }
    let mut units: Vec<Vec<TaxAmount>> = vec![Vec::new(); order.units.len()];
    for tax in taxes.iter().filter(|t| t.cents != 0) {
        let line = lines
            .get(tax.line)
            .ok_or(SettleError::Disagrees("one is on no line of tickets"))?;
        share(tax, line, order, &mut units)?;
    }
    if included {
        let bases: Vec<i64> = order.units.iter().map(|u| u.net_cents).collect();
        for line in lines {
            leave_no_net_below_zero(&mut units, &line.units, &bases)?;
        }
    }
    let units = order.units.iter().zip(units).map(|(unit, taxes)| {
        let inside: i64 = if included {
            taxes.iter().map(|t| t.cents).sum()
        } else {
            0
        };
        PricedUnit {
            net_cents: unit.net_cents - inside,
            taxes,
            ..unit.clone()
        }
    });
    let settled = PricedOrder {
        units: units.collect(),
        ..order.clone()
    };
    settled
        .check()
        .map_err(|_| SettleError::Disagrees("they are too large"))
}

/// Shares one tax out to the units of its line.
fn share(
    tax: &PaidTax,
    line: &TicketLine,
    order: &PricedOrder,
    units: &mut [Vec<TaxAmount>],
) -> Result<(), SettleError> {
    let component = known_as(&tax.name).ok_or_else(|| SettleError::UnknownTax {
        name: tax.name.clone(),
        cents: tax.cents,
    })?;
    let rate = TaxRate {
        component,
        ppm: tax.ppm,
    };
    let weights: Vec<i64> = line
        .units
        .iter()
        .map(|at| order.units[*at].net_cents)
        .collect();
    let shares = largest_remainder(tax.cents, &weights)
        .map_err(|_| SettleError::Disagrees("one is below zero, or on a line without a price"))?;
    for (at, cents) in line.units.iter().zip(shares) {
        let taxes = &mut units[*at];
        if taxes.iter().any(|t| t.rate.component == component) {
            return Err(SettleError::Disagrees("one is on the same line twice"));
        }
        taxes.push(TaxAmount { rate, cents });
    }
    Ok(())
}

/// The component of a name in small letters; Manitoba's RST is its provincial tax.
fn known_as(name: &str) -> Option<TaxComponent> {
    match name {
        "rst" => Some(TaxComponent::Pst),
        name => TaxComponent::parse(&name.to_ascii_uppercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::pricing::{FeeMode, FeeRule, PriceRequest, UnitRequest, price, ticket_lines};

    /// Two tiers: three tickets of 25.33 and one of 10.00, with a fee of 1.00 and GST on it.
    fn placed() -> (PricedOrder, Vec<TicketLine>) {
        let unit = |price_cents| UnitRequest {
            price_cents,
            taxes: Vec::new(),
            discountable: true,
        };
        let request = PriceRequest {
            currency: Currency::CAD,
            units: [2_533, 2_533, 2_533, 1_000].map(unit).to_vec(),
            discount_cents: 0,
            fee: FeeRule {
                fixed_cents: 100,
                ..FeeRule::FREE
            },
            fee_taxes: vec![TaxRate {
                component: TaxComponent::Gst,
                ppm: Ppm(50_000),
            }],
            tax_inclusive: false,
        };
        let order = price(&request).unwrap();
        let lines = ticket_lines(&order, &[3, 1]);
        (order, lines)
    }

    fn tax(line: usize, name: &str, ppm: u32, cents: i64) -> PaidTax {
        PaidTax {
            line,
            name: name.to_owned(),
            ppm: Ppm(ppm),
            cents,
        }
    }

    #[test]
    fn taxes_of_a_line_are_shared_out_to_its_units_and_come_on_top() {
        let (order, lines) = placed();
        let taxes = [
            tax(0, "gst", 50_000, 380),
            tax(0, "qst", 99_750, 758),
            tax(1, "gst", 50_000, 50),
            tax(1, "qst", 99_750, 100),
        ];
        let settled = settle(&order, &lines, &taxes, 1_288, false).unwrap();
        let gst: Vec<i64> = settled.units.iter().map(|u| u.taxes[0].cents).collect();
        assert_eq!(gst, [127, 127, 126, 50]);
        assert_eq!(settled.total_cents(), order.total_cents() + 1_288);
        assert_eq!(settled.subtotal_cents(), order.subtotal_cents());
        assert_eq!(
            settled.application_fee_cents(),
            order.application_fee_cents()
        );
        assert_eq!(settled.mode, FeeMode::Pass);
    }

    #[test]
    fn taxes_inside_the_prices_leave_the_total_as_it_was() {
        let (order, lines) = placed();
        let taxes = [tax(0, "hst", 130_000, 874), tax(1, "hst", 130_000, 115)];
        let settled = settle(&order, &lines, &taxes, 989, true).unwrap();
        assert_eq!(settled.total_cents(), order.total_cents());
        assert_eq!(settled.subtotal_cents(), order.subtotal_cents() - 989);
        let whole = |u: &PricedUnit| u.net_cents + u.tax_cents();
        assert!(settled.units.iter().all(|u| whole(u) == u.price_cents));
    }

    #[test]
    fn no_tax_at_all_is_what_an_unregistered_organizer_collects() {
        let (order, lines) = placed();
        let none = [tax(0, "amusement_tax", 100_000, 0)];
        assert_eq!(settle(&order, &lines, &none, 0, false), Ok(order));
    }

    #[test]
    fn a_tax_without_an_account_is_named_and_refused() {
        let (order, lines) = placed();
        let taxes = [tax(0, "amusement_tax", 100_000, 760)];
        let refused = settle(&order, &lines, &taxes, 760, false);
        assert_eq!(
            refused,
            Err(SettleError::UnknownTax {
                name: "amusement_tax".to_owned(),
                cents: 760
            })
        );
    }

    #[test]
    fn manitobas_tax_is_booked_as_its_provincial_one() {
        let (order, lines) = placed();
        let settled = settle(&order, &lines, &[tax(1, "rst", 70_000, 70)], 70, false).unwrap();
        assert_eq!(settled.units[3].taxes[0].rate.component, TaxComponent::Pst);
    }

    #[test]
    fn amounts_that_contradict_each_other_are_refused() {
        let (order, lines) = placed();
        let gst = |line, cents| tax(line, "gst", 50_000, cents);
        for (taxes, sum) in [
            (vec![gst(0, 380)], 381),
            (vec![gst(2, 380)], 380),
            (vec![gst(0, -1)], -1),
            (vec![gst(0, 200), gst(0, 180)], 380),
            (vec![gst(0, i64::MAX), gst(1, i64::MAX)], i64::MAX),
        ] {
            let refused = settle(&order, &lines, &taxes, sum, false);
            assert!(
                matches!(refused, Err(SettleError::Disagrees(_))),
                "{taxes:?}"
            );
        }
        let too_much = settle(&order, &lines, &[gst(1, 1_001)], 1_001, true);
        assert!(matches!(too_much, Err(SettleError::Disagrees(_))));
    }
}
