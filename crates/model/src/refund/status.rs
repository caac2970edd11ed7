//! Where a refund is on its way back to the buyer, and who set it going.

use crate::order::words;
use serde::{Deserialize, Serialize};

/// Where a refund is on its way.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundStatus {
    /// Decided, written down and taken out of what can be refunded; Stripe has not heard of it.
    Planned,
    /// Stripe has it and has not finished.
    Pending,
    /// The money is on its way to the buyer. Not the end: a bank may still send it back.
    Succeeded,
    /// Stripe refused it, or the bank sent it back; everything was given back, and a person must look.
    Failed,
}

words!(RefundStatus {
    Planned = "planned",
    Pending = "pending",
    Succeeded = "succeeded",
    Failed = "failed",
});

impl RefundStatus {
    /// Whether a refund may go from here to there. `Succeeded` to `Failed` is legal, days later.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (
                Self::Planned,
                Self::Pending | Self::Succeeded | Self::Failed
            ) | (Self::Pending, Self::Succeeded | Self::Failed)
                | (Self::Succeeded, Self::Failed)
        )
    }
}

/// Who set a refund going.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundOrigin {
    /// An organizer or an admin.
    Asked,
    /// The event was called off.
    Cancellation,
    /// A payment that could not be taken: it never became tickets.
    GiveBack,
    /// Somebody in Stripe's dashboard; we heard of it later.
    Stripe,
    /// The buyer's bank took the money back.
    Dispute,
}

words!(RefundOrigin {
    Asked = "asked",
    Cancellation = "cancellation",
    GiveBack = "give_back",
    Stripe = "stripe",
    Dispute = "dispute",
});
