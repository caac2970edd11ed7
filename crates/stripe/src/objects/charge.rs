//! The money of one payment: where it went, and how much of it came back.

use serde::Deserialize;

use super::{ApplicationFee, BalanceTransaction, Expandable, List, Metadata, Refund, Transfer};
use crate::lenient::or_default;

/// A charge.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Charge {
    /// `ch_…` or `py_…`
    pub id: String,
    /// Cents.
    pub amount: i64,
    /// Cents refunded so far.
    pub amount_refunded: i64,
    pub currency: String,
    /// Seconds since 1970.
    pub created: i64,
    /// Whether all of it was refunded.
    #[serde(default, deserialize_with = "or_default")]
    pub refunded: bool,
    #[serde(default, deserialize_with = "or_default")]
    pub captured: bool,
    #[serde(default, deserialize_with = "or_default")]
    pub paid: bool,
    #[serde(default, deserialize_with = "or_default")]
    pub disputed: bool,
    pub livemode: bool,
    /// `succeeded`, `pending` or `failed`.
    pub status: String,
    pub payment_intent: Option<Expandable<super::PaymentIntent>>,
    pub application_fee: Option<Expandable<ApplicationFee>>,
    /// Cents asked for as the platform's fee.
    pub application_fee_amount: Option<i64>,
    /// The transfer to the organizer, for destination charges.
    pub transfer: Option<Expandable<Transfer>>,
    pub destination: Option<Expandable<super::Account>>,
    /// On a connected account: the transfer that this payment is the arrival of.
    pub source_transfer: Option<Expandable<Transfer>>,
    pub transfer_group: Option<String>,
    pub transfer_data: Option<TransferData>,
    pub balance_transaction: Option<Expandable<BalanceTransaction>>,
    pub payment_method_details: Option<PaymentMethodDetails>,
    pub outcome: Option<Outcome>,
    pub receipt_url: Option<String>,
    /// The ten newest, only where they were asked for.
    pub refunds: Option<List<Refund>>,
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Metadata,
}

/// Where a destination charge sends its money.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TransferData {
    pub destination: Expandable<super::Account>,
    /// Cents, where it is not everything.
    pub amount: Option<i64>,
}

/// How it was paid; only cards are told apart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PaymentMethodDetails {
    #[serde(rename = "type")]
    pub kind: String,
    pub card: Option<Card>,
}

/// As much of a card as may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Card {
    pub brand: Option<String>,
    pub last4: Option<String>,
    /// Two letters: the issuer's country.
    pub country: Option<String>,
    /// `credit`, `debit`, `prepaid` or `unknown`.
    pub funding: Option<String>,
}

/// What the network and Stripe's risk rules said.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Outcome {
    pub network_status: Option<String>,
    pub reason: Option<String>,
    pub risk_level: Option<String>,
    pub seller_message: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
}
