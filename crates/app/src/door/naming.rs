//! Names on devices for tickets from before there were any: given when an event's door first asks.

use super::seal;
use crate::error::Fault;
use crate::house::House;
use model::ids::EventId;
use moka::sync::Cache;
use std::time::Duration;
use store::door_tickets::{self, DoorTicket, Names};

/// The most tickets that are named in one transaction.
const AT_ONCE: i64 = 1_000;
/// How long an event's tickets are known to be named; new ones are born with a name.
const KNOWN_FOR: Duration = Duration::from_hours(1);

/// Events whose tickets all have a name.
pub struct Named(Cache<EventId, ()>);

impl Default for Named {
    fn default() -> Self {
        let cache = Cache::builder()
            .max_capacity(10_000)
            .time_to_live(KNOWN_FOR);
        Self(cache.build())
    }
}

/// Gives every ticket of an event its name, a thousand at a time.
pub(super) async fn name_all(house: &House, event: &EventId) -> Result<(), Fault> {
    if house.named.0.contains_key(event) {
        return Ok(());
    }
    loop {
        let unnamed = door_tickets::unnamed(&mut *house.read().await?, event, AT_ONCE).await?;
        if unnamed.is_empty() {
            break;
        }
        let names: Vec<Names> = unnamed.iter().map(|t| names_of(house, event, t)).collect();
        let mut tx = house.write().await?;
        door_tickets::name(&mut tx, &names).await?;
        tx.commit().await?;
    }
    house.named.0.insert(event.clone(), ());
    Ok(())
}

fn names_of(house: &House, event: &EventId, ticket: &DoorTicket) -> Names {
    let token = house.keyring.ticket_token(&ticket.id, ticket.qr_generation);
    Names {
        id: ticket.id.as_str().to_owned(),
        door_id: seal::door_id(event.as_str(), &token),
        door_serial: seal::serial_id(event.as_str(), &ticket.serial),
    }
}
