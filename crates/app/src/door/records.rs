//! A ticket as a device keeps it: what decides at the door in clear, and whose it is sealed.

use super::seal;
use crate::catalogue;
use crate::error::Fault;
use crate::house::House;
use crate::keyring::Keyring;
use model::ids::{EventId, TierId};
use model::ticket::TicketStatus;
use serde::Serialize;
use std::collections::HashMap;
use store::StoreError;
use store::door_tickets::DoorTicket;

/// A ticket as a device keeps it. It is an array when written, because there are 25,000 of them.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Record(
    /// Its name on devices.
    pub String,
    /// Its serial's name there.
    pub String,
    /// Its tier, as an index into the list of tiers that comes with it.
    pub usize,
    /// `v` valid, `u` used, `r` refunded, `c` canceled.
    pub char,
    /// When it was used, in milliseconds since 1970, UTC.
    pub Option<i64>,
    /// The device that let its holder in.
    pub Option<String>,
    /// Holder, serial and the end of its order's code, under the key that its token makes.
    pub String,
);

/// What is sealed.
#[derive(Serialize)]
struct Sealed<'a> {
    name: &'a str,
    serial: &'a str,
    order: &'a str,
}

const fn letter(status: TicketStatus) -> char {
    match status {
        TicketStatus::Valid => 'v',
        TicketStatus::Used => 'u',
        TicketStatus::Refunded => 'r',
        TicketStatus::Canceled => 'c',
    }
}

/// Makes records off the threads that answer requests: 5,000 of them take some milliseconds of computing.
pub(super) async fn make(
    house: &House,
    event: &EventId,
    tiers: &[TierId],
    tickets: Vec<DoorTicket>,
) -> Result<Vec<Record>, Fault> {
    let at: HashMap<TierId, usize> = tiers.iter().cloned().zip(0..).collect();
    if tickets
        .iter()
        .any(|ticket| !at.contains_key(&ticket.tier_id))
    {
        // Made and sold within the two seconds for which tiers are remembered: the next question knows it.
        catalogue::forget(house, event);
        let why = "a ticket of a new tier".to_owned();
        return Err(Fault::Store(StoreError::TryAgain(why)));
    }
    let (house, event) = (house.clone(), event.clone());
    let work = move || {
        let one = |ticket| record(&house.keyring, &event, &at, ticket);
        tickets.into_iter().map(one).collect()
    };
    let made = tokio::task::spawn_blocking(work).await;
    made.map_err(|why| Fault::Workshop {
        what: "the door's records",
        why: why.to_string(),
    })?
}

fn record(
    keyring: &Keyring,
    event: &EventId,
    tiers: &HashMap<TierId, usize>,
    ticket: DoorTicket,
) -> Result<Record, Fault> {
    let tier = tiers.get(&ticket.tier_id);
    let tier =
        *tier.ok_or_else(|| Fault::Inconsistent(format!("ticket {} has no tier", ticket.id)))?;
    let token = keyring.ticket_token(&ticket.id, ticket.qr_generation);
    let event = event.as_str();
    let door_id = seal::door_id(event, &token);
    let text = serde_json::to_vec(&Sealed {
        name: &ticket.holder_name,
        serial: &ticket.serial,
        order: order_end(&ticket.serial),
    });
    let text = text.map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let sealed = seal::seal(event, &token, &door_id, &text)?;
    Ok(Record(
        door_id,
        seal::serial_id(event, &ticket.serial),
        tier,
        letter(ticket.status),
        ticket.used_at.map(|at| at.micros().div_euclid(1_000)),
        ticket.used_by,
        sealed,
    ))
}

/// The second half of the order's code, which is what people compare: `9XMPT` of `K7Q4M-9XMPT-3`.
fn order_end(serial: &str) -> &str {
    serial.split('-').nth(1).unwrap_or(serial)
}
