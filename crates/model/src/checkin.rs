//! The door's decision: what a scan of a ticket is answered, and nothing else.
//!
//! It is one pure function, because it runs twice: here, and in the door's app without a network.
//! `vectors/checkin.json` holds the cases that both must answer alike. Deliberately not here: that
//! of two simultaneous scans exactly one is recorded (the database's conditional update decides),
//! and how a token finds its ticket.

use crate::ids::{EventId, TierId};
use crate::time::Time;
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// For so many seconds after it an admission can be undone.
pub const UNDO_SECONDS: i64 = 60;

/// What the door is told.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum ScanAnswer {
    /// Let them in.
    Valid,
    /// Somebody came in with this ticket.
    AlreadyUsed {
        /// When that was.
        #[serde(rename = "used_at")]
        at: Time,
        /// The device that let them in, by its name.
        #[serde(rename = "used_by")]
        by: Option<String>,
    },
    /// The money went back.
    Refunded,
    /// The ticket was cancelled.
    Canceled,
    /// The ticket is for another event, or for a tier that this door does not admit.
    WrongEvent,
    /// The door has not opened.
    NotYet {
        /// When it opens.
        #[serde(rename = "opens_at")]
        opens: Time,
    },
    /// The door has closed.
    TooLate {
        /// When it closed.
        #[serde(rename = "closed_at")]
        closed: Time,
    },
    /// No ticket has this code.
    NotFound,
}

impl ScanAnswer {
    /// The stable name in answers and records.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::AlreadyUsed { .. } => "already_used",
            Self::Refunded => "refunded",
            Self::Canceled => "canceled",
            Self::WrongEvent => "wrong_event",
            Self::NotYet { .. } => "not_yet",
            Self::TooLate { .. } => "too_late",
            Self::NotFound => "not_found",
        }
    }
}

/// Where a ticket stands, as far as the door is concerned.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum TicketState {
    /// Paid for, and nobody came in with it.
    Valid,
    /// Somebody came in with it.
    Used {
        /// When, by the clock of whoever recorded it.
        #[serde(rename = "used_at")]
        at: Time,
        /// The device that let them in, by its name.
        #[serde(rename = "used_by")]
        by: Option<String>,
    },
    /// The money went back.
    Refunded,
    /// Cancelled without a refund: a mistake, a dispute, a replaced ticket.
    Canceled,
}

/// What one door admits.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    /// The event that the door belongs to.
    pub event_id: EventId,
    /// From this time on, itself included; `None` is always.
    pub opens: Option<Time>,
    /// Until this time, itself excluded; `None` is for ever.
    pub closes: Option<Time>,
    /// The tiers that may come in here; `None` is all, an empty list is none.
    pub tiers: Option<Vec<TierId>>,
    /// True if a used ticket lets its holder in again.
    pub reentry: bool,
}

/// A ticket as the door's decision needs it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct ScannedTicket {
    /// The event that it is for.
    pub event_id: EventId,
    /// Its tier.
    pub tier_id: TierId,
    /// Where it stands.
    #[serde(flatten)]
    pub state: TicketState,
}

/// Decides a scan at `at`; `ticket` is what the scanned code found.
///
/// What waiting cannot change is answered before what it can: somebody who stands before a closed
/// door with a refunded ticket is told of the refund and not to wait. A ticket of another event
/// reveals nothing but that. A recorded use counts even if it lies after `at`, as happens when
/// scans of a door without a network arrive late.
pub fn decide(gate: &Gate, ticket: Option<&ScannedTicket>, at: Time) -> ScanAnswer {
    let Some(ticket) = ticket else {
        return ScanAnswer::NotFound;
    };
    if ticket.event_id != gate.event_id || !gate.admits(&ticket.tier_id) {
        return ScanAnswer::WrongEvent;
    }
    match &ticket.state {
        TicketState::Refunded => ScanAnswer::Refunded,
        TicketState::Canceled => ScanAnswer::Canceled,
        TicketState::Used { at, by } if !gate.reentry => ScanAnswer::AlreadyUsed {
            at: *at,
            by: by.clone(),
        },
        TicketState::Used { .. } | TicketState::Valid => gate.hours(at),
    }
}

impl Gate {
    fn admits(&self, tier: &TierId) -> bool {
        self.tiers.as_ref().is_none_or(|tiers| tiers.contains(tier))
    }

    fn hours(&self, at: Time) -> ScanAnswer {
        match (self.opens, self.closes) {
            (Some(opens), _) if at < opens => ScanAnswer::NotYet { opens },
            (_, Some(closed)) if at >= closed => ScanAnswer::TooLate { closed },
            _ => ScanAnswer::Valid,
        }
    }
}

/// True if an admission of `used_at` can still be undone at `now`.
///
/// The two clocks may differ by the same minute in either direction, so that a device that is a
/// little ahead of the server can undo as well, and one that is far ahead cannot undo for ever.
pub fn may_undo(used_at: Time, now: Time) -> bool {
    used_at <= now.plus_seconds(UNDO_SECONDS) && now <= used_at.plus_seconds(UNDO_SECONDS)
}
