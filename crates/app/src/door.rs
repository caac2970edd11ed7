//! The door: what a paired device may ask, keep and do, and what the organizer sets up for it.
//!
//! A device keeps the event's tickets under names that only the tickets' own codes lead to (`seal`), follows
//! what changes (`changes`, `feed`), decides by itself where no answer comes, and sends later what it decided
//! (`scans`). The rules are `model::checkin`; of any number at once, one wins in the lanes.

pub mod changes;
pub mod conflicts;
pub mod feed;
pub(crate) mod naming;
pub mod pairing;
pub mod passphrase;
pub mod people;
mod records;
pub mod scans;
pub mod seal;
pub mod snapshot;
pub mod status;

pub use records::Record;

use crate::catalogue::{self, Listing};
use crate::cx::{Actor, Cx};
use crate::error::{Fault, faults};
use crate::house::House;
use model::checkin::{DoorRole, Gate};
use model::ids::{EventId, KeyId, TierId};
use std::sync::Arc;

/// Why a device at the door got no answer.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// Whoever asks is no device at a door.
    #[error("This needs a scanner key of the event.")]
    NotAScanner,
    /// A steward asks for what supervisors do.
    #[error("This is for supervisors: ask the organizer for a supervisor’s key.")]
    NotASupervisor,
    /// A steward wants to undo what another device did.
    #[error("Another device let them in. A supervisor can undo it.")]
    NotYours,
    /// There is no such ticket at this event.
    #[error("This event has no such ticket.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(crate::error::Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(DoorError: store::StoreError, crate::lanes::LaneError);

/// The device that asks.
#[derive(Clone, Debug)]
pub struct Pass {
    /// Its key.
    pub key: KeyId,
    /// The event whose door it keeps.
    pub event: EventId,
    /// What its gate is called.
    pub name: String,
    /// What it may do.
    pub role: DoorRole,
    /// The tiers that its gate admits; `None` is all.
    pub tiers: Option<Vec<TierId>>,
}

impl Pass {
    /// The device of a context.
    pub fn of(cx: &Cx) -> Result<Self, DoorError> {
        match cx.actor.clone() {
            Actor::Scanner {
                key,
                event,
                name,
                role,
                tiers,
            } => Ok(Self {
                key,
                event,
                name,
                role,
                tiers,
            }),
            _ => Err(DoorError::NotAScanner),
        }
    }

    /// The device of a context, if it is a supervisor's.
    pub fn of_supervisor(cx: &Cx) -> Result<Self, DoorError> {
        let pass = Self::of(cx)?;
        match pass.role {
            DoorRole::Supervisor => Ok(pass),
            DoorRole::Steward => Err(DoorError::NotASupervisor),
        }
    }

    /// The rules of its gate.
    pub fn gate(&self, listing: &Listing) -> Gate {
        let event = &listing.event;
        Gate {
            event_id: event.id.clone(),
            opens: event.door_opens_at,
            closes: event.door_closes_at,
            tiers: self.tiers.clone(),
            reentry: event.door_reentry,
        }
    }
}

/// The event of a device's key, as it stood at most two seconds ago.
pub async fn listing(house: &House, event: &EventId) -> Result<Arc<Listing>, Fault> {
    let listing = catalogue::recent(house, event).await?;
    listing.ok_or_else(|| Fault::Inconsistent(format!("a key is for event {event}, which is gone")))
}
