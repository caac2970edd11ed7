//! What an account has at Stripe.

use serde::Deserialize;

use crate::lenient::or_default;

/// A balance, by currency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Balance {
    /// What can be paid out or transferred now.
    #[serde(default, deserialize_with = "or_default")]
    pub available: Vec<Funds>,
    /// What will be available later.
    #[serde(default, deserialize_with = "or_default")]
    pub pending: Vec<Funds>,
}

/// An amount in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Funds {
    /// Cents, signed.
    pub amount: i64,
    pub currency: String,
}

impl Balance {
    /// Cents available and pending together.
    pub fn total(&self, currency: &str) -> i64 {
        let parts = self.available.iter().chain(&self.pending);
        parts
            .filter(|funds| funds.currency == currency)
            .map(|funds| funds.amount)
            .sum()
    }
}
