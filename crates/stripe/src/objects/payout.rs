//! Money on its way to a bank. A schedule makes them, or a request of ours.

use serde::Deserialize;

use super::{BalanceTransaction, Expandable, Metadata};
use crate::lenient::or_default;
use crate::open_enum::open_enum;

open_enum! {
    /// Where a payout stands; `paid` may still become `failed` within days.
    PayoutStatus {
        Pending = "pending",
        InTransit = "in_transit",
        Paid = "paid",
        Canceled = "canceled",
        Failed = "failed",
    }
}

/// A payout.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Payout {
    /// `po_…`
    pub id: String,
    /// Cents.
    pub amount: i64,
    pub currency: String,
    /// Seconds since 1970.
    pub created: i64,
    /// When the bank is expected to have it, in seconds since 1970.
    pub arrival_date: i64,
    /// Whether the schedule made it, and not somebody's order.
    #[serde(default, deserialize_with = "or_default")]
    pub automatic: bool,
    pub status: PayoutStatus,
    pub failure_code: Option<String>,
    /// The movement that brought a failed one back.
    pub failure_balance_transaction: Option<Expandable<BalanceTransaction>>,
    /// `completed`, `in_progress` or `not_applicable`.
    pub reconciliation_status: Option<String>,
    pub balance_transaction: Option<Expandable<BalanceTransaction>>,
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Metadata,
}
