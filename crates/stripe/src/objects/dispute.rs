//! A buyer's complaint to the card's issuer, who takes the money back first and asks afterwards.

use serde::Deserialize;

use super::{BalanceTransaction, Charge, Expandable, Metadata, PaymentIntent};
use crate::lenient::or_default;
use crate::open_enum::open_enum;

open_enum! {
    /// Where a dispute stands.
    DisputeStatus {
        WarningNeedsResponse = "warning_needs_response",
        WarningUnderReview = "warning_under_review",
        WarningClosed = "warning_closed",
        NeedsResponse = "needs_response",
        UnderReview = "under_review",
        AppealNeedsResponse = "appeal_needs_response",
        AppealUnderReview = "appeal_under_review",
        Won = "won",
        Lost = "lost",
        Prevented = "prevented",
    }
}

/// A dispute.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Dispute {
    /// `du_…` or `dp_…`
    pub id: String,
    /// Cents.
    pub amount: i64,
    pub currency: String,
    /// Seconds since 1970.
    pub created: i64,
    pub status: DisputeStatus,
    /// The network's reason, such as `fraudulent` or `product_not_received`.
    pub reason: String,
    pub charge: Expandable<Charge>,
    pub payment_intent: Option<Expandable<PaymentIntent>>,
    /// Whether a refund would still settle it (an inquiry); otherwise a refund would pay twice.
    #[serde(default, deserialize_with = "or_default")]
    pub is_charge_refundable: bool,
    #[serde(default, deserialize_with = "or_default")]
    pub evidence_details: EvidenceDetails,
    #[serde(default, deserialize_with = "or_default")]
    pub balance_transactions: Vec<BalanceTransaction>,
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Metadata,
}

/// How far the answer to a dispute is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct EvidenceDetails {
    /// Seconds since 1970.
    pub due_by: Option<i64>,
    #[serde(default, deserialize_with = "or_default")]
    pub has_evidence: bool,
    #[serde(default, deserialize_with = "or_default")]
    pub past_due: bool,
    #[serde(default, deserialize_with = "or_default")]
    pub submission_count: i64,
    pub submission_method: Option<String>,
}
