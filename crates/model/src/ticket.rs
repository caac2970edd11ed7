//! Where a ticket is in its life, as a word; the door's richer view of it stands in `checkin`.

use crate::order::words;
use serde::{Deserialize, Serialize};

/// Where a ticket is in its life.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketStatus {
    /// Paid for, and nobody came in with it.
    Valid,
    /// Somebody came in with it.
    Used,
    /// Its money went back.
    Refunded,
    /// It was cancelled without a refund.
    Canceled,
}

words!(TicketStatus {
    Valid = "valid",
    Used = "used",
    Refunded = "refunded",
    Canceled = "canceled",
});
