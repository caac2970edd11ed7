//! Finding people at the door by name, address or serial; for supervisors, and sealed for when there is no network.

use super::{DoorError, Pass, naming};
use crate::cx::Cx;
use crate::door::seal;
use crate::error::{Fault, Invalid};
use crate::house::House;
use model::ids::TicketId;
use model::{serial, text};
use serde::Serialize;
use store::door_tickets::{self, Person};

/// The most that one search shows.
const MOST: i64 = 50;
/// The people of one sealed page.
const PAGE: i64 = 2_500;

/// Finds people of the device's event; `q` is how a name, an address or a serial begins.
pub async fn search(house: &House, cx: &Cx, q: &str) -> Result<Vec<Person>, DoorError> {
    let pass = Pass::of_supervisor(cx)?;
    let q = q.trim();
    if q.chars().count() < 2 {
        return Err(invalid("q", "Write at least two letters."));
    }
    let event = &pass.event;
    naming::name_all(house, event).await?;
    let mut read = house.read().await?;
    if let Some(code) = serial::normalize(q) {
        let found = door_tickets::people_exactly(&mut read, event, &code, MOST).await?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    let key = text::search_key(q);
    Ok(door_tickets::people_beginning(&mut read, event, &key, MOST).await?)
}

/// A page of everybody, sealed.
#[derive(Clone, Debug)]
pub struct SealedPage {
    /// Which lock opens it.
    pub generation: i64,
    /// Nonce, sealed text and tag, base64url.
    pub sealed: String,
    /// The next page, if there is one.
    pub next: Option<TicketId>,
}

/// One of the people, as an array: name on devices, name, address, serial, tier.
#[derive(Serialize)]
struct Row<'a>(&'a str, &'a str, &'a str, &'a str, usize);

/// Everybody with a ticket, sealed under the event's key for people; none without a passphrase.
pub async fn sealed(house: &House, cx: &Cx, page: &str) -> Result<Option<SealedPage>, DoorError> {
    let pass = Pass::of_supervisor(cx)?;
    if !page.is_empty() && TicketId::parse(page).is_err() {
        return Err(invalid(
            "page",
            "Continue with the next_page of the page before.",
        ));
    }
    let event = &pass.event;
    naming::name_all(house, event).await?;
    let listing = super::listing(house, event).await?;
    let mut read = house.read().await?;
    let door = store::doors::of_event(&mut read, event).await?;
    if door.people.is_none() {
        return Ok(None);
    }
    let people = door_tickets::people_page(&mut read, event, page, PAGE).await?;
    drop(read);
    let tier = |p: &Person| listing.tiers.iter().position(|t| t.id == p.tier_id);
    let rows: Vec<Row<'_>> = people
        .iter()
        .filter_map(|p| {
            let (door_id, tier) = (p.door_id.as_deref()?, tier(p)?);
            Some(Row(
                door_id,
                &p.holder_name,
                &p.buyer_email,
                &p.serial,
                tier,
            ))
        })
        .collect();
    let text = serde_json::to_vec(&rows).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let key = house.keyring.people_key(event, door.people_generation);
    let mut nonce = [0u8; 12];
    nonce.copy_from_slice(&house.secret_bytes()[..12]);
    let full = i64::try_from(people.len()).is_ok_and(|n| n == PAGE);
    Ok(Some(SealedPage {
        generation: door.people_generation,
        sealed: seal::seal_under(&key, nonce, b"", &text)?,
        next: people.last().filter(|_| full).map(|p| p.ticket_id.clone()),
    }))
}

fn invalid(field: &str, message: &str) -> DoorError {
    let mut invalid = Invalid::default();
    invalid.note(field, message);
    DoorError::Invalid(invalid)
}
