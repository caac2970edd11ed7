//! The organizer's share of a charge, and the parts of it that were taken back.

use serde::Deserialize;

use super::{Account, BalanceTransaction, Charge, Expandable, List, Metadata, Refund};
use crate::lenient::or_default;

/// Money that went from the platform to a connected account.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Transfer {
    /// `tr_…`
    pub id: String,
    /// Cents.
    pub amount: i64,
    /// Cents taken back so far.
    pub amount_reversed: i64,
    /// Whether all of it was taken back.
    #[serde(default, deserialize_with = "or_default")]
    pub reversed: bool,
    pub currency: String,
    /// Seconds since 1970.
    pub created: i64,
    pub destination: Option<Expandable<Account>>,
    /// The payment (`py_…`) that it became on the connected account.
    pub destination_payment: Option<Expandable<Charge>>,
    /// The charge that paid for it.
    pub source_transaction: Option<Expandable<Charge>>,
    pub transfer_group: Option<String>,
    pub reversals: Option<List<TransferReversal>>,
    pub balance_transaction: Option<Expandable<BalanceTransaction>>,
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Metadata,
}

/// Money that was taken back from a connected account.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TransferReversal {
    /// `trr_…`
    pub id: String,
    /// Cents.
    pub amount: i64,
    pub currency: String,
    /// Seconds since 1970.
    pub created: i64,
    pub transfer: Expandable<Transfer>,
    /// The connected account's half (`pyr_…`), a refund of the payment that had arrived.
    pub destination_payment_refund: Option<Expandable<Refund>>,
    /// The refund that caused it, when a refund was told to.
    pub source_refund: Option<Expandable<Refund>>,
    pub balance_transaction: Option<Expandable<BalanceTransaction>>,
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Metadata,
}
