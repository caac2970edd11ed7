//! What changed among an event's tickets since a device last asked.
//!
//! A cursor is the number of a change (and, in the middle of a change of many tickets, the last ticket that was
//! told). Numbers become visible in their order (`store::doors`), so nothing is missed; a ticket that is told
//! twice does no harm.

use super::status::{Counts, counts};
use super::{DoorError, Pass, Record, listing, records};
use crate::catalogue::Listing;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::checkin::Gate;
use model::ids::{TicketId, TierId};
use store::door_tickets::{self, DoorTicket};
use store::doors;

/// The most tickets of one answer.
pub(super) const MOST: i64 = 1_000;

/// How far a device has read.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Place {
    /// The number of the last change that was told, wholly or in part.
    pub change: i64,
    /// The last ticket of that change that was told; empty if it was told in full.
    pub ticket: String,
}

impl Place {
    /// After every ticket of a change.
    pub const fn after(change: i64) -> Self {
        Self {
            change,
            ticket: String::new(),
        }
    }

    /// Reads a cursor; `None` if it is none of ours.
    pub fn parse(cursor: &str) -> Option<Self> {
        let (change, ticket) = cursor.split_once('.').unwrap_or((cursor, ""));
        let change = change.parse().ok().filter(|n| *n >= 0)?;
        if !ticket.is_empty() {
            TicketId::parse(ticket).ok()?;
        }
        Some(Self {
            change,
            ticket: ticket.to_owned(),
        })
    }

    /// The cursor.
    pub fn cursor(&self) -> String {
        if self.ticket.is_empty() {
            self.change.to_string()
        } else {
            format!("{}.{}", self.change, self.ticket)
        }
    }

    /// What the store reads on from: after a change that was told in full comes whatever ticket of the next one.
    fn bound(&self) -> (i64, &str) {
        if self.ticket.is_empty() {
            (self.change.saturating_add(1), "")
        } else {
            (self.change, &self.ticket)
        }
    }
}

/// Tickets that changed, and how far that reaches.
#[derive(Clone, Debug)]
pub struct Delta {
    /// The tickets as devices keep them.
    pub records: Vec<Record>,
    /// How far they reach.
    pub place: Place,
    /// Whether there is more.
    pub more: bool,
    /// The tiers, in the order of the records' indexes.
    pub tiers: Vec<TierId>,
    /// How many have come in.
    pub counts: Counts,
}

/// What changed since a device last asked.
#[derive(Clone, Debug)]
pub struct Changes {
    /// What changed.
    pub delta: Delta,
    /// The rules of its gate, as they are now.
    pub gate: Gate,
    /// Whether the device must take everything anew: its cursor is none of this database's.
    pub reset: bool,
}

/// Tells a device what changed since its cursor.
pub async fn changes(house: &House, cx: &Cx, since: &str) -> Result<Changes, DoorError> {
    let pass = Pass::of(cx)?;
    let listing = listing(house, &pass.event).await?;
    let gate = pass.gate(&listing);
    let place = Place::parse(since);
    let (delta, reset) = since_place(house, &listing, place).await?;
    Ok(Changes { delta, gate, reset })
}

/// What changed after a place; with `true`, and nothing told, if the place is none of this database's.
pub(super) async fn since_place(
    house: &House,
    listing: &Listing,
    place: Option<Place>,
) -> Result<(Delta, bool), Fault> {
    let door = doors::of_event(&mut *house.read().await?, &listing.event.id).await?;
    // A number that was never reached is from before a database was put back.
    let known = place.filter(|place| place.change <= door.changes);
    let reset = known.is_none();
    let place = known.unwrap_or_else(|| Place::after(door.changes));
    let delta = read(house, listing, &place, door.changes).await?;
    Ok((delta, reset))
}

/// What changed after a place, up to a change.
pub(super) async fn read(
    house: &House,
    listing: &Listing,
    place: &Place,
    up_to: i64,
) -> Result<Delta, Fault> {
    let event = &listing.event.id;
    let mut tickets: Vec<DoorTicket> = Vec::new();
    if *place != Place::after(up_to) {
        let mut read = house.read().await?;
        let bound = place.bound();
        tickets = door_tickets::changed(&mut read, event, bound, up_to, MOST).await?;
    }
    let more = i64::try_from(tickets.len()).is_ok_and(|n| n == MOST);
    let last = tickets.last().filter(|_| more).map(|last| Place {
        change: last.door_change,
        ticket: last.id.as_str().to_owned(),
    });
    let tiers: Vec<TierId> = listing.tiers.iter().map(|t| t.id.clone()).collect();
    Ok(Delta {
        records: records::make(house, event, &tiers, tickets).await?,
        place: last.unwrap_or_else(|| Place::after(up_to)),
        more,
        tiers,
        counts: counts(house, listing).await?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Time;

    #[test]
    fn a_cursor_reads_back_and_nothing_else_is_one() {
        let ticket = TicketId::mint(Time::from_seconds(1), 7);
        let within = Place {
            change: 12,
            ticket: ticket.as_str().to_owned(),
        };
        for place in [Place::after(0), Place::after(12), within] {
            assert_eq!(Place::parse(&place.cursor()), Some(place));
        }
        for bad in ["", "-1", "x", "1.x", "1.evt_x"] {
            assert_eq!(Place::parse(bad), None, "{bad}");
        }
    }
}
