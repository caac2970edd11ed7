//! What pricing is asked: the units, the discount, the fee rule and the rates.

use super::PricingError;
use crate::money::{Currency, Ppm};
use crate::tax::TaxRate;
use serde::{Deserialize, Serialize};

/// Who bears the service fee.
#[derive(Copy, Clone, Eq, PartialEq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeMode {
    /// The buyer pays it on top of the ticket.
    Pass,
    /// The organizer pays it out of the ticket.
    Absorb,
}

impl FeeMode {
    /// The name in records: `pass`, `absorb`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Absorb => "absorb",
        }
    }

    /// Reads [`Self::code`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Pass, Self::Absorb]
            .into_iter()
            .find(|m| m.code() == text)
    }
}

/// The platform's service fee for one ticket that costs something; amounts in cents.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct FeeRule {
    /// Share of the ticket's price after discount.
    pub percent: Ppm,
    /// Added to the share, per ticket.
    pub fixed_cents: i64,
    /// The least that is taken per ticket.
    pub min_cents: i64,
    /// The most that is taken per ticket; `None` is without limit.
    pub cap_cents: Option<i64>,
    /// Who bears it.
    pub mode: FeeMode,
}

impl FeeRule {
    /// A rule that takes nothing.
    pub const FREE: Self = Self {
        percent: Ppm(0),
        fixed_cents: 0,
        min_cents: 0,
        cap_cents: None,
        mode: FeeMode::Pass,
    };

    /// Refuses a rule that contradicts itself.
    pub fn check(&self) -> Result<(), PricingError> {
        let least = self.min_cents.min(self.fixed_cents);
        if least < 0 || self.cap_cents.is_some_and(|cap| cap < self.min_cents) {
            return Err(PricingError::BadFeeRule);
        }
        Ok(())
    }
}

/// One ticket (or other thing) as it is listed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct UnitRequest {
    /// List price in cents; with taxes inside if the request says so.
    pub price_cents: i64,
    /// The taxes on it, each component at most once.
    pub taxes: Vec<TaxRate>,
    /// Whether the order's discount is for it; a request that does not say so means every unit.
    #[serde(default = "yes")]
    pub discountable: bool,
}

const fn yes() -> bool {
    true
}

/// An order to be priced.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct PriceRequest {
    /// The currency of all amounts.
    pub currency: Currency,
    /// One entry per ticket; ties in rounding go to the earlier one.
    pub units: Vec<UnitRequest>,
    /// Discount on all units that it is for, in cents; what exceeds their prices is ignored.
    pub discount_cents: i64,
    /// The service fee.
    pub fee: FeeRule,
    /// The taxes on the service fee, each component at most once; always on top of it.
    pub fee_taxes: Vec<TaxRate>,
    /// True if list prices contain their taxes.
    pub tax_inclusive: bool,
}
