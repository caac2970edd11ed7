//! One line of Stripe's own books: what moved a balance, by how much, at what cost.

use serde::Deserialize;

use super::Expandable;
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
    /// The object behind it; ask for it (`data.source`) to trace the movement to a payment.
    pub source: Option<Expandable<MovementSource>>,
}

/// The object behind a movement, in the few fields that lead to a payment. Which of them are there
/// depends on the kind.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct MovementSource {
    /// Such as `ch_…`, `re_…`, `tr_…`, `trr_…`, `fee_…`, `fr_…`, `du_…`, `po_…`.
    pub id: String,
    /// `charge`, `refund`, `transfer`, `transfer_reversal`, `application_fee`, `fee_refund`, `dispute`…
    #[serde(default, deserialize_with = "or_default")]
    pub object: String,
    /// The charge that was refunded or disputed; of a fee, the connected account's payment.
    pub charge: Option<Expandable<Reference>>,
    /// The platform's charge behind an application fee.
    pub originating_transaction: Option<Expandable<Reference>>,
    /// The transfer that a reversal is of.
    pub transfer: Option<Expandable<Reference>>,
    /// The charge that paid for a transfer.
    pub source_transaction: Option<Expandable<Reference>>,
    /// On a connected account: the transfer that a payment is the arrival of.
    pub source_transfer: Option<Expandable<Reference>>,
    /// On a connected account: the reversal that a payment's refund is the other half of.
    pub source_transfer_reversal: Option<Expandable<Reference>>,
    /// The fee that a fee refund is of.
    pub fee: Option<Expandable<Reference>>,
}

/// An object of which only the id matters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Reference {
    pub id: String,
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
