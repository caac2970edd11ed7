//! The platform's fee on a charge, and the parts of it that were given back.

use serde::Deserialize;

use super::{BalanceTransaction, Charge, Expandable, Metadata};
use crate::lenient::or_default;

/// The platform's fee on one charge.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ApplicationFee {
    /// `fee_…`
    pub id: String,
    /// The connected account that paid it.
    pub account: Expandable<super::Account>,
    /// Cents.
    pub amount: i64,
    /// Cents given back so far.
    pub amount_refunded: i64,
    /// Whether all of it was given back.
    #[serde(default, deserialize_with = "or_default")]
    pub refunded: bool,
    pub currency: String,
    /// The connected account's charge or payment.
    pub charge: Option<Expandable<Charge>>,
    /// The platform's charge behind it, for destination charges.
    pub originating_transaction: Option<Expandable<Charge>>,
    pub balance_transaction: Option<Expandable<BalanceTransaction>>,
}

/// A part of the platform's fee that went back to the connected account.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct FeeRefund {
    /// `fr_…`
    pub id: String,
    /// Cents.
    pub amount: i64,
    pub currency: String,
    /// Seconds since 1970.
    pub created: i64,
    pub fee: Expandable<ApplicationFee>,
    pub balance_transaction: Option<Expandable<BalanceTransaction>>,
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Metadata,
}
