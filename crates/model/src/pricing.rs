//! What an order costs, to the cent: one pure function from a request to a priced order.
//!
//! Every ticket is one unit, and each unit keeps its components as integers (net, each tax, fee,
//! each tax on the fee), so that a refund of one ticket gives back exactly what it cost. Amounts
//! are computed once, stored with the order, and never computed again for display. Taxes are
//! rounded on the total of a group and then shared out to its units: ten tickets of 25.33 at 5 %
//! carry 12.67 of tax, not ten times 1.27. Deliberately not here: which rates apply (`tax`), which
//! discount code holds (`app`), and fees per order, which the first price seen could not include.

mod at_payment;
mod compute;
mod fee;
mod lines;
mod order;
#[cfg(test)]
mod properties;
mod request;
#[cfg(test)]
mod tests;

pub use at_payment::{PaidTax, SettleError, settle};
pub use compute::price;
pub use fee::{display_price_cents, fee_fits};
pub use lines::{TicketLine, ticket_lines};
pub use order::{PricedOrder, PricedUnit, ShownTax, TaxAmount, TaxLine, TaxPlace};
pub use request::{FeeMode, FeeRule, PriceRequest, UnitRequest};

use crate::money::{MoneyError, SplitError};

/// The most units in one order; far above any limit per order that an organizer can set.
pub const MAX_UNITS: usize = 1_000;

/// Why a request has no price.
#[derive(Copy, Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PricingError {
    /// An amount lies outside of 64 bits.
    #[error("The amounts of this order are too large.")]
    Overflow,
    /// A price is below zero.
    #[error("A price cannot be below zero.")]
    NegativePrice,
    /// The discount is below zero.
    #[error("A discount cannot be below zero.")]
    NegativeDiscount,
    /// The fee rule has an amount below zero, or a minimum above its cap.
    #[error(
        "The fee rule contradicts itself: amounts must not be below zero, nor the minimum above the cap."
    )]
    BadFeeRule,
    /// One unit carries the same tax twice.
    #[error("The same tax is given twice for one ticket.")]
    DuplicateTax,
    /// The platform's fee is more than the buyer pays, so it could not be taken from the payment.
    #[error(
        "What is left of the price does not cover the fee that is taken from it. Choose other tickets, or leave the discount out."
    )]
    FeeExceedsPrice,
    /// The order has more than [`MAX_UNITS`] units.
    #[error("An order can hold at most {MAX_UNITS} tickets.")]
    TooManyUnits,
    /// Inclusive taxes would leave less than nothing of the price.
    #[error("The taxes are more than the price that includes them.")]
    TaxExceedsPrice,
}

impl PricingError {
    /// A stable name for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Overflow => "overflow",
            Self::NegativePrice => "negative-price",
            Self::NegativeDiscount => "negative-discount",
            Self::BadFeeRule => "bad-fee-rule",
            Self::DuplicateTax => "duplicate-tax",
            Self::FeeExceedsPrice => "fee-exceeds-price",
            Self::TooManyUnits => "too-many-units",
            Self::TaxExceedsPrice => "tax-exceeds-price",
        }
    }
}

impl From<MoneyError> for PricingError {
    fn from(_: MoneyError) -> Self {
        Self::Overflow
    }
}

/// Prices and fees are checked to be zero or more before they are shared out, and shares are never
/// larger than their total, so sums that do not fit are all that is left to go wrong.
impl From<SplitError> for PricingError {
    fn from(_: SplitError) -> Self {
        Self::Overflow
    }
}
