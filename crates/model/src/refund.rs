//! Where a refund is on its way back to the buyer.

use crate::order::words;
use serde::{Deserialize, Serialize};

/// Where a refund is on its way.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    /// Decided and written down; Stripe has not heard of it.
    Planned,
    /// Stripe has it and has not finished.
    Pending,
    /// The money is on its way to the buyer.
    Succeeded,
    /// Stripe refused it or the bank sent it back; a person must look.
    Failed,
}

words!(RefundStatus {
    Planned = "planned",
    Pending = "pending",
    Succeeded = "succeeded",
    Failed = "failed",
});

impl RefundStatus {
    /// Whether nothing more will happen by itself.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed)
    }
}
