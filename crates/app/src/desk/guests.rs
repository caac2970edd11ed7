//! Who comes: a page at a time for people, all of it for a file.

use super::orders::after_key;
use crate::access;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::ids::{EventId, TicketId, TierId};
use model::serial;
use model::text;
use model::ticket::TicketStatus;
use model::time::Zone;
use store::events::Event;
use store::guests::{self, Guest, GuestFilter};

/// The most guests on one page.
const MOST_AT_ONCE: i64 = 500;
/// How many guests a file reads at once: few enough for a small machine, many enough not to ask too often.
const PIECE: i64 = 1_000;

/// What is looked for, as it came in.
#[derive(Clone, Debug, Default)]
pub struct GuestSearch {
    /// The beginning of a name (first or last), or a whole serial or order code.
    pub q: String,
    /// With tickets of one tier.
    pub tier: Option<TierId>,
    /// In one state; otherwise all who may come in or have.
    pub status: Option<TicketStatus>,
    /// Where to continue, as the page before said.
    pub cursor: String,
    /// At most so many.
    pub limit: i64,
}

/// A page of guests.
#[derive(Clone, Debug)]
pub struct GuestPage {
    /// Whose guests they are.
    pub event: Event,
    /// The guests.
    pub guests: Vec<Guest>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<String>,
    /// How many tickets can admit or have admitted somebody.
    pub issued: i64,
    /// How many of them have.
    pub came: i64,
}

/// Why no guests are listed.
#[derive(Debug, thiserror::Error)]
pub enum GuestsError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(GuestsError: store::StoreError);

/// Lists an event's guests, for its organizer or an admin.
pub async fn list(
    house: &House,
    cx: &Cx,
    event: &EventId,
    input: &GuestSearch,
) -> Result<GuestPage, GuestsError> {
    let event = access::own_event(house, cx, event).await?;
    let event = event.ok_or(GuestsError::NotFound)?;
    let limit = input.limit.clamp(1, MOST_AT_ONCE);
    let q = input.q.trim();
    let after = match input.cursor.as_str() {
        "" => None,
        text => Some(after_key(text, TicketId::parse).ok_or_else(bad_cursor)?),
    };
    let mut read = house.read().await?;
    let counts = store::doors::counts(&mut read, &event.id).await?;
    let mut found = Vec::new();
    if let Some(normal) = serial::normalize(q).filter(|_| after.is_none()) {
        found = guests::exactly(&mut read, &event.id, &normal).await?;
    }
    let mut next = None;
    if found.is_empty() {
        let filter = GuestFilter {
            event_id: event.id.clone(),
            tier_id: input.tier.clone(),
            status: input.status,
            key: (!q.is_empty()).then(|| text::search_key(q)),
            after,
            limit: limit + 1,
        };
        found = guests::page(&mut read, &filter).await?;
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = found.len() > most;
        found.truncate(most);
        let last = found.last().filter(|_| more);
        next = last.map(|g| format!("{}.{}", g.found_key, g.ticket_id));
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|g| seen.insert(g.ticket_id.clone()));
    }
    Ok(GuestPage {
        event,
        guests: found,
        next,
        issued: counts.iter().map(|tier| tier.expected).sum(),
        came: counts.iter().map(|tier| tier.admitted).sum(),
    })
}

fn bad_cursor() -> GuestsError {
    let mut invalid = Invalid::default();
    invalid.note(
        "cursor",
        "Continue with the next_cursor of the page before.",
    );
    GuestsError::Invalid(invalid)
}

/// All guests of an event, read piece by piece: memory does not grow with them.
pub struct Guests {
    house: House,
    /// The event.
    pub event: Event,
    /// The zone that its times are told in.
    pub zone: Zone,
    after: Option<(String, TicketId)>,
    over: bool,
}

/// Begins to read all guests of an event, for its organizer or an admin.
pub async fn stream(house: &House, cx: &Cx, event: &EventId) -> Result<Guests, GuestsError> {
    let event = access::own_event(house, cx, event).await?;
    let event = event.ok_or(GuestsError::NotFound)?;
    let zone = Zone::parse(&event.timezone)
        .map_err(|e| Fault::Inconsistent(format!("event {}: {e}", event.id)))?;
    Ok(Guests {
        house: house.clone(),
        event,
        zone,
        after: None,
        over: false,
    })
}

impl Guests {
    /// The next guests; `None` after the last.
    pub async fn next(&mut self) -> Result<Option<Vec<Guest>>, Fault> {
        if self.over {
            return Ok(None);
        }
        let filter = GuestFilter {
            event_id: self.event.id.clone(),
            tier_id: None,
            status: None,
            key: None,
            after: self.after.take(),
            limit: PIECE,
        };
        let found = guests::page(&mut *self.house.read().await?, &filter).await?;
        self.over = i64::try_from(found.len()).is_ok_and(|n| n < PIECE);
        self.after = found
            .last()
            .map(|g| (g.found_key.clone(), g.ticket_id.clone()));
        Ok(Some(found))
    }
}
