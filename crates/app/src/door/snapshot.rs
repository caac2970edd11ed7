//! All tickets of an event, for a device that is going to decide without a network.

use super::changes::Place;
use super::{DoorError, Pass, Record, listing, naming, records};
use crate::cx::Cx;
use crate::error::Invalid;
use crate::house::House;
use model::checkin::Gate;
use model::ids::{TicketId, TierId};
use store::door_tickets;
use store::doors::{self, PeopleLock};

/// The tickets of one page.
const PAGE: i64 = 5_000;

/// A page of all tickets.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Where changes continue from: what happens while the pages are read comes after the first page's.
    pub place: Place,
    /// The tiers, in the order of the records' indexes.
    pub tiers: Vec<TierId>,
    /// The rules of the device's gate.
    pub gate: Gate,
    /// The tickets.
    pub records: Vec<Record>,
    /// The next page, if there is one.
    pub next: Option<TicketId>,
    /// How many tickets there are in all.
    pub total: i64,
    /// The lock on the event's people, if they can be searched offline, and which one it is.
    pub people: Option<(i64, PeopleLock)>,
}

/// Gives a device a page of its event's tickets; `page` is empty for the first.
pub async fn snapshot(house: &House, cx: &Cx, page: &str) -> Result<Snapshot, DoorError> {
    let pass = Pass::of(cx)?;
    let event = &pass.event;
    if !page.is_empty() && TicketId::parse(page).is_err() {
        let mut invalid = Invalid::default();
        invalid.note("page", "Continue with the next_page of the page before.");
        return Err(DoorError::Invalid(invalid));
    }
    naming::name_all(house, event).await?;
    let listing = listing(house, event).await?;
    let mut read = house.read().await?;
    let door = doors::of_event(&mut read, event).await?;
    let tickets = door_tickets::page(&mut read, event, page, PAGE).await?;
    let total = door_tickets::count(&mut read, event).await?;
    drop(read);
    let full = i64::try_from(tickets.len()).is_ok_and(|n| n == PAGE);
    let next = tickets.last().filter(|_| full).map(|t| t.id.clone());
    let tiers: Vec<TierId> = listing.tiers.iter().map(|t| t.id.clone()).collect();
    Ok(Snapshot {
        place: Place::after(door.changes),
        gate: pass.gate(&listing),
        records: records::make(house, event, &tiers, tickets).await?,
        tiers,
        next,
        total,
        people: door.people.map(|lock| (door.people_generation, lock)),
    })
}
