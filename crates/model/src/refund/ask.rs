//! What a person may ask for when money is to go back, and why it may be refused.

use crate::ids::{ItemId, TicketId};
use crate::order::words;
use serde::{Deserialize, Serialize};

/// What is to go back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Ask {
    /// All that is left of the order.
    Everything,
    /// These tickets, each whole.
    Tickets(Vec<TicketId>),
    /// So many tickets of these lines: living ones that nobody came in with first, the last ones first.
    Items(Vec<(ItemId, i64)>),
    /// An amount in cents, shared out over what is left; tickets stay valid unless nothing is left.
    Amount(i64),
}

/// Whether the platform's fee goes back with the ticket.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeePolicy {
    /// The platform keeps it: somebody changed their mind.
    Keep,
    /// It goes back: the event was called off, or the fault was ours.
    Return,
}

words!(FeePolicy {
    Keep = "keep",
    Return = "return",
});

/// Why nothing can go back as it was asked.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum RefundRefusal {
    /// Everything that may go back went back.
    #[error("Nothing of this is left to refund.")]
    NothingLeft,
    /// A ticket is not this order's.
    #[error("This ticket does not belong to the order.")]
    UnknownTicket {
        /// The ticket as it was given.
        ticket: TicketId,
    },
    /// A line is not this order's.
    #[error("This line does not belong to the order.")]
    UnknownItem {
        /// The line as it was given.
        item: ItemId,
    },
    /// Fewer tickets of a line are left than asked for, or none was asked for.
    #[error("Of this line between 1 and {left} tickets can be refunded.")]
    Quantity {
        /// The line.
        item: ItemId,
        /// How many are left.
        left: i64,
    },
    /// The amount is above what is left, or nothing.
    #[error("The amount must be between 1 and {most_cents} cents.")]
    Amount {
        /// The most, in cents.
        most_cents: i64,
    },
    /// The sums do not fit.
    #[error("The amounts of this order are too large.")]
    Overflow,
}

impl RefundRefusal {
    /// A stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NothingLeft => "nothing-left",
            Self::UnknownTicket { .. } => "unknown-ticket",
            Self::UnknownItem { .. } => "unknown-item",
            Self::Quantity { .. } => "refund-quantity",
            Self::Amount { .. } => "refund-amount",
            Self::Overflow => "overflow",
        }
    }
}
