//! One line of Stripe's own books: what moved a balance, by how much, at what cost.

use serde::Deserialize;

use crate::lenient::or_default;

/// A movement of a balance.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct BalanceTransaction {
    /// `txn_…`
    pub id: String,
    /// Cents, signed; before `fee`.
    pub amount: i64,
    /// Cents that Stripe kept.
    pub fee: i64,
    /// Cents that arrived: `amount - fee`.
    pub net: i64,
    pub currency: String,
    /// Seconds since 1970.
    pub created: i64,
    /// When it can be paid out, in seconds since 1970.
    pub available_on: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub fee_details: Vec<FeeDetail>,
    /// `available` or `pending`.
    pub status: String,
    /// `charge`, `refund`, `transfer`, `application_fee`… (an open list of about fifty).
    #[serde(rename = "type")]
    pub kind: String,
    /// Stripe's grouping for reports.
    #[serde(default, deserialize_with = "or_default")]
    pub reporting_category: String,
    /// The object behind it.
    pub source: Option<String>,
}

/// One component of a movement's cost.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FeeDetail {
    /// Cents.
    pub amount: i64,
    pub currency: String,
    /// `application_fee`, `stripe_fee`, `tax`…
    #[serde(rename = "type")]
    pub kind: String,
    pub description: Option<String>,
}
