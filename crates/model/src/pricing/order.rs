//! What pricing answers: the components of each unit, and the sums that people and Stripe see.
//!
//! The sums add the stored components and nothing else, so that they cannot disagree with them.

use super::{FeeMode, PricingError};
use crate::money::{Currency, Ppm};
use crate::tax::{TaxComponent, TaxRate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One tax and its amount.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct TaxAmount {
    /// The tax and its rate.
    pub rate: TaxRate,
    /// The amount in cents.
    pub cents: i64,
}

/// One unit with its components; all amounts in cents, none below zero.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct PricedUnit {
    /// The list price.
    pub price_cents: i64,
    /// This unit's share of the discount.
    pub discount_cents: i64,
    /// What is left for the organizer before fees: without taxes, after discount.
    pub net_cents: i64,
    /// The organizer's taxes.
    pub taxes: Vec<TaxAmount>,
    /// The platform's service fee, whoever bears it.
    pub fee_cents: i64,
    /// The platform's taxes on the service fee.
    pub fee_taxes: Vec<TaxAmount>,
}

impl PricedUnit {
    /// Ticket taxes, in cents.
    pub fn tax_cents(&self) -> i64 {
        sum(self.taxes.iter().map(|t| t.cents))
    }

    /// Taxes on the service fee, in cents.
    pub fn fee_tax_cents(&self) -> i64 {
        sum(self.fee_taxes.iter().map(|t| t.cents))
    }

    /// What the buyer pays for this unit, in cents.
    pub fn total_cents(&self, mode: FeeMode) -> i64 {
        let ticket = [self.net_cents, self.tax_cents()];
        let fee = [self.fee_cents, self.fee_tax_cents()];
        let fee = if mode == FeeMode::Pass { fee } else { [0, 0] };
        sum(ticket.into_iter().chain(fee))
    }
}

/// A line of the tax breakdown: ticket and fee taxes of one component at one rate.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct TaxLine {
    /// The tax.
    pub component: TaxComponent,
    /// Its rate.
    pub ppm: Ppm,
    /// The amount in cents.
    pub cents: i64,
}

/// How a tax stands in what people read.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum TaxPlace {
    /// It comes on top of the lines before it.
    OnTop,
    /// It is inside the tickets' prices.
    Included,
    /// It is on the fee, and comes on top, while the tickets' taxes are inside their prices.
    OnFee,
}

/// A tax as people read it: its line, and whether it still has to be added.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct ShownTax {
    /// The tax.
    pub component: TaxComponent,
    /// Its rate.
    pub ppm: Ppm,
    /// The amount in cents.
    pub cents: i64,
    /// How it stands among the other lines.
    pub place: TaxPlace,
}

/// A priced order: its units, and who bears the fee.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct PricedOrder {
    /// The currency of all amounts.
    pub currency: Currency,
    /// Who bears the fee.
    pub mode: FeeMode,
    /// The units, in the order of the request.
    pub units: Vec<PricedUnit>,
}

impl PricedOrder {
    /// The tickets without taxes, after discount, in cents.
    pub fn subtotal_cents(&self) -> i64 {
        self.sum(|unit| unit.net_cents)
    }

    /// The discount given, in cents.
    pub fn discount_cents(&self) -> i64 {
        self.sum(|unit| unit.discount_cents)
    }

    /// What the buyer pays as fees, in cents: nothing if the organizer absorbs them.
    pub fn fees_cents(&self) -> i64 {
        match self.mode {
            FeeMode::Pass => self.sum(|unit| unit.fee_cents),
            FeeMode::Absorb => 0,
        }
    }

    /// What the buyer pays as taxes, on the tickets and on the fees that he pays, in cents.
    pub fn tax_cents(&self) -> i64 {
        self.sum(|unit| match self.mode {
            FeeMode::Pass => sum([unit.tax_cents(), unit.fee_tax_cents()]),
            FeeMode::Absorb => unit.tax_cents(),
        })
    }

    /// What the buyer pays, in cents.
    pub fn total_cents(&self) -> i64 {
        sum([self.subtotal_cents(), self.fees_cents(), self.tax_cents()])
    }

    /// What Stripe takes from the payment for the platform, in cents: fees and their taxes,
    /// whoever bears them.
    pub fn application_fee_cents(&self) -> i64 {
        self.sum(|unit| sum([unit.fee_cents, unit.fee_tax_cents()]))
    }

    /// The taxes that the buyer pays, per component and rate, without lines of nothing.
    pub fn tax_lines(&self) -> Vec<TaxLine> {
        by_rate(self.units.iter().flat_map(|unit| self.taxes_paid(unit)))
    }

    /// The same as people read them; `included` says that the tickets' prices contain their taxes.
    ///
    /// Then the taxes on the fee stand by themselves, because they come on top: whoever adds the lines
    /// up must come to the total.
    pub fn shown_taxes(&self, included: bool) -> Vec<ShownTax> {
        let shown = |lines: Vec<TaxLine>, place| {
            lines.into_iter().map(move |line| ShownTax {
                component: line.component,
                ppm: line.ppm,
                cents: line.cents,
                place,
            })
        };
        if !included {
            return shown(self.tax_lines(), TaxPlace::OnTop).collect();
        }
        let fees = match self.mode {
            FeeMode::Pass => by_rate(self.units.iter().flat_map(|unit| &unit.fee_taxes)),
            FeeMode::Absorb => Vec::new(),
        };
        let tickets = by_rate(self.units.iter().flat_map(|unit| &unit.taxes));
        shown(tickets, TaxPlace::Included)
            .chain(shown(fees, TaxPlace::OnFee))
            .collect()
    }

    fn taxes_paid<'a>(
        &self,
        unit: &'a PricedUnit,
    ) -> impl Iterator<Item = &'a TaxAmount> + use<'a> {
        let fee_taxes = match self.mode {
            FeeMode::Pass => unit.fee_taxes.as_slice(),
            FeeMode::Absorb => &[],
        };
        unit.taxes.iter().chain(fee_taxes)
    }

    fn sum(&self, of: impl Fn(&PricedUnit) -> i64) -> i64 {
        sum(self.units.iter().map(of))
    }

    /// Refuses an order whose sums do not fit, or whose fee could not be taken from the payment.
    pub(super) fn check(self) -> Result<Self, PricingError> {
        let components = self.units.iter().flat_map(|unit| {
            let taxes = unit.taxes.iter().chain(&unit.fee_taxes).map(|t| t.cents);
            [unit.price_cents, unit.fee_cents].into_iter().chain(taxes)
        });
        // The list prices bound net and discount, so this sum bounds every sum above.
        components
            .into_iter()
            .try_fold(0_i64, i64::checked_add)
            .ok_or(PricingError::Overflow)?;
        if self.application_fee_cents() > self.total_cents() {
            return Err(PricingError::FeeExceedsPrice);
        }
        Ok(self)
    }
}

/// Taxes added up by component and rate, without lines of nothing.
fn by_rate<'a>(taxes: impl Iterator<Item = &'a TaxAmount>) -> Vec<TaxLine> {
    let mut by_rate: BTreeMap<TaxRate, i64> = BTreeMap::new();
    for tax in taxes {
        let cents = by_rate.entry(tax.rate).or_default();
        *cents = cents.saturating_add(tax.cents);
    }
    by_rate
        .into_iter()
        .filter(|(_, cents)| *cents != 0)
        .map(|(rate, cents)| TaxLine {
            component: rate.component,
            ppm: rate.ppm,
            cents,
        })
        .collect()
}

/// Adds cents. Sums of what `price` made fit by its own check; of a record from elsewhere the sum
/// stops at the largest number, which then matches no payment.
fn sum(cents: impl IntoIterator<Item = i64>) -> i64 {
    cents.into_iter().fold(0, i64::saturating_add)
}
