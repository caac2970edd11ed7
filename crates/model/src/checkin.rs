//! The door's decision: what a scan of a ticket is answered, and nothing else.
//!
//! It is one pure function, because it runs twice: here, and in the door's app without a network.
//! `vectors/checkin.json` holds the cases that both must answer alike. Deliberately not here: that
//! of two simultaneous scans exactly one is recorded (the database's conditional update decides),
//! and how a token finds its ticket.

use crate::ids::{EventId, TierId};
use crate::order::words;
use crate::time::Time;
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// For so many seconds after it an admission can be undone.
pub const UNDO_SECONDS: i64 = 60;

/// The word of the one answer that lets anybody in.
const VALID: &str = "valid";

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
            Self::Valid => VALID,
            Self::AlreadyUsed { .. } => "already_used",
            Self::Refunded => "refunded",
            Self::Canceled => "canceled",
            Self::WrongEvent => "wrong_event",
            Self::NotYet { .. } => "not_yet",
            Self::TooLate { .. } => "too_late",
            Self::NotFound => "not_found",
        }
    }

    /// What the answer says beside its word, as it is kept: a time and a device's name.
    pub fn facts(&self) -> (Option<Time>, Option<&str>) {
        match self {
            Self::AlreadyUsed { at, by } => (Some(*at), by.as_deref()),
            Self::NotYet { opens: at } | Self::TooLate { closed: at } => (Some(*at), None),
            Self::Valid | Self::Refunded | Self::Canceled | Self::WrongEvent | Self::NotFound => {
                (None, None)
            }
        }
    }

    /// Reads back what was kept; `None` for what no answer looks like.
    pub fn parse(code: &str, at: Option<Time>, by: Option<String>) -> Option<Self> {
        Some(match (code, at) {
            (VALID, _) => Self::Valid,
            ("already_used", Some(at)) => Self::AlreadyUsed { at, by },
            ("refunded", _) => Self::Refunded,
            ("canceled", _) => Self::Canceled,
            ("wrong_event", _) => Self::WrongEvent,
            ("not_yet", Some(opens)) => Self::NotYet { opens },
            ("too_late", Some(closed)) => Self::TooLate { closed },
            ("not_found", _) => Self::NotFound,
            _ => return None,
        })
    }
}

/// What a device at the door may do.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorRole {
    /// Scans, and undoes its own admissions for a minute.
    Steward,
    /// Also finds people by name, admits by hand, and undoes any admission for a minute.
    Supervisor,
}

words!(DoorRole {
    Steward = "steward",
    Supervisor = "supervisor",
});

/// What whoever takes an admission back is told.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub enum UndoAnswer {
    /// The ticket is good for one admission again.
    Undone,
    /// The minute is over.
    TooLate,
    /// Nobody came in with it, or somebody else undid it first.
    NotUsed,
    /// No ticket of this event has this name.
    NotFound,
    /// Another device let them in, and this one may undo its own admissions only.
    NotYours,
}

words!(UndoAnswer {
    Undone = "undone",
    TooLate = "too_late",
    NotUsed = "not_used",
    NotFound = "not_found",
    NotYours = "invalid",
});

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

/// Decides whether an admission is taken back at `at`, by the clock of whoever asks; `own` says whether they
/// made it or may undo anybody's.
///
/// A ticket of another event was never found, so that it reveals nothing.
pub fn undo(event: &EventId, ticket: Option<&ScannedTicket>, own: bool, at: Time) -> UndoAnswer {
    let Some(ticket) = ticket.filter(|t| t.event_id == *event) else {
        return UndoAnswer::NotFound;
    };
    match &ticket.state {
        TicketState::Used { .. } if !own => UndoAnswer::NotYours,
        TicketState::Used { at: used_at, .. } if !may_undo(*used_at, at) => UndoAnswer::TooLate,
        TicketState::Used { .. } => UndoAnswer::Undone,
        TicketState::Valid | TicketState::Refunded | TicketState::Canceled => UndoAnswer::NotUsed,
    }
}

/// Whether what a device said while it was alone turned out wrong: it let somebody in, and this very scan is no
/// admission.
pub fn is_conflict(told: Option<&str>, result: &str) -> bool {
    told == Some(VALID) && result != VALID
}

/// True if an admission of `used_at` can still be undone at `now`.
///
/// The two clocks may differ by the same minute in either direction, so that a device that is a
/// little ahead of the server can undo as well, and one that is far ahead cannot undo for ever.
pub fn may_undo(used_at: Time, now: Time) -> bool {
    used_at <= now.plus_seconds(UNDO_SECONDS) && now <= used_at.plus_seconds(UNDO_SECONDS)
}
