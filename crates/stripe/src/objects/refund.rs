//! Money on its way back to a buyer.
//!
//! `succeeded` is not the end: a refund may turn `failed` days later, and then the money is back
//! in the balance and the buyer must be paid another way (docs.stripe.com/refunds, November 2026).

use serde::Deserialize;

use super::{BalanceTransaction, Charge, Expandable, Metadata, PaymentIntent, TransferReversal};
use crate::lenient::or_default;
use crate::open_enum::open_enum;

open_enum! {
    /// Where a refund stands.
    RefundStatus {
        Pending = "pending",
        RequiresAction = "requires_action",
        Succeeded = "succeeded",
        Failed = "failed",
        Canceled = "canceled",
    }
}

/// A refund.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Refund {
    /// `re_…`
    pub id: String,
    /// Cents.
    pub amount: i64,
    pub currency: String,
    /// Seconds since 1970.
    pub created: i64,
    /// Stripe's types allow it to be absent; no decision may rest on that.
    pub status: Option<RefundStatus>,
    pub charge: Option<Expandable<Charge>>,
    pub payment_intent: Option<Expandable<PaymentIntent>>,
    pub balance_transaction: Option<Expandable<BalanceTransaction>>,
    pub failure_balance_transaction: Option<Expandable<BalanceTransaction>>,
    /// Such as `lost_or_stolen_card` or `expired_or_canceled_card`.
    pub failure_reason: Option<String>,
    /// `processing`, `insufficient_funds` or `charge_pending`.
    pub pending_reason: Option<String>,
    pub reason: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Metadata,
    /// Set when the refund itself took the money back from the organizer.
    pub transfer_reversal: Option<Expandable<TransferReversal>>,
    pub source_transfer_reversal: Option<Expandable<TransferReversal>>,
    pub destination_details: Option<DestinationDetails>,
    pub receipt_number: Option<String>,
}

/// Where the money went; only cards are told apart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DestinationDetails {
    pub card: Option<CardDestination>,
}

/// How a card was refunded, and the number by which the buyer's bank can find it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CardDestination {
    /// `reversal`, `refund` or `pending`.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub reference: Option<String>,
    pub reference_status: Option<String>,
}
