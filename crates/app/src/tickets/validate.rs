//! The door: a device shows a token (or a typed serial) and gets one clear answer.

use crate::cx::Cx;
use crate::door::scans::is_id;
use crate::door::{self, Pass};
use crate::error::{Fault, faults};
use crate::house::House;
use crate::lanes::command::{Deed, DoorAnswer, Named, Redeem, Redeemed};
use model::checkin::ScanAnswer;
use model::ids::{ScanId, TicketId, TierId};
use model::serial;
use model::text;
use model::time::Time;

/// What a device asks.
#[derive(Clone, Debug, Default)]
pub struct Validate {
    /// What the QR code says, or a serial as somebody typed it.
    pub token: String,
    /// The device's own name for itself; the key's name if it has none.
    pub device: Option<String>,
    /// When it was scanned, by the device's clock; now if absent.
    pub at: Option<Time>,
    /// The device's own id for the scan; the same one gets the first answer again.
    pub id: Option<String>,
}

/// Why a scan got no answer at all.
#[derive(Debug, thiserror::Error)]
pub enum ValidateError {
    /// Whoever asks is no device at a door.
    #[error("This needs a scanner key of the event.")]
    NotAScanner,
    /// The token is missing or absurd.
    #[error("Send the scanned token, or the serial that is printed below the code.")]
    BadToken,
    /// The time lies in the future, or too far back.
    #[error(
        "The scan's time lies in the future or more than 30 days back; check the device's clock."
    )]
    BadTime,
    /// The device's own id for the scan cannot be one.
    #[error("The id of a scan has 1 to 64 letters, digits and hyphens: send a UUID.")]
    BadId,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ValidateError: store::StoreError, crate::lanes::LaneError);

/// The answer, with what the door may know of the ticket.
#[derive(Clone, Debug)]
pub struct Validated {
    /// The answer.
    pub answer: ScanAnswer,
    /// The ticket, unless it is unknown or another event's.
    pub ticket: Option<SeenTicket>,
}

/// A ticket, as the door sees it.
#[derive(Clone, Debug)]
pub struct SeenTicket {
    /// The ticket.
    pub id: TicketId,
    /// Its serial.
    pub serial: String,
    /// What kind it is.
    pub tier_id: TierId,
    /// The kind's name.
    pub tier_name: String,
    /// Whose it is.
    pub holder_name: String,
}

/// A device's clock may be ahead by so much, in seconds.
const CLOCK_SLACK_S: i64 = 5 * 60;
/// Scans may be reported so late, in seconds.
const LATEST_S: i64 = 30 * 24 * 3_600;

/// Decides a scan and records it; of any number at once, one is `valid`.
pub async fn validate(
    house: &House,
    cx: &mut Cx,
    input: Validate,
) -> Result<Validated, ValidateError> {
    let pass = Pass::of(cx).map_err(|_| ValidateError::NotAScanner)?;
    let typed = input.token.trim();
    if typed.is_empty() || typed.len() > 200 {
        return Err(ValidateError::BadToken);
    }
    if !input.id.as_deref().is_none_or(is_id) {
        return Err(ValidateError::BadId);
    }
    let at = input.at.unwrap_or(cx.now);
    if at > cx.now.plus_seconds(CLOCK_SLACK_S) || at < cx.now.plus_seconds(-LATEST_S) {
        return Err(ValidateError::BadTime);
    }
    let device = input
        .device
        .as_deref()
        .map(|d| text::optional_line(d, 60))
        .and_then(Result::ok)
        .filter(|d| !d.is_empty());
    let listing = door::listing(house, &pass.event).await?;
    let redeem = Redeem {
        deed: Deed::Scan,
        named: Named::Hash(hash_of(house, typed).await?),
        gate: pass.gate(&listing),
        scan_id: cx.mint(ScanId::mint),
        client_id: input.id,
        key_id: pass.key,
        device: device.unwrap_or(pass.name),
        told: None,
        at,
        received_at: cx.now,
    };
    let Redeemed { answer, ticket, .. } = house.lanes.redeem(redeem).await?;
    house.feeds.ring(&pass.event);
    let DoorAnswer::Scan(answer) = answer else {
        // The id was an undo's: a device that mixes its ids up gets no answer to a question that it did not ask.
        return Err(ValidateError::BadId);
    };
    metrics::counter!("tickets_scans", "result" => answer.code()).increment(1);
    let tier_name = |id: &TierId| {
        listing
            .tiers
            .iter()
            .find(|t| t.id == *id)
            .map_or_else(String::new, |t| t.name.clone())
    };
    let ticket = ticket.map(|t| SeenTicket {
        tier_name: tier_name(&t.tier_id),
        id: t.id,
        serial: t.serial,
        tier_id: t.tier_id,
        holder_name: t.holder_name,
    });
    Ok(Validated { answer, ticket })
}

/// A token is looked up by its keyed hash; a serial leads to its ticket's hash.
async fn hash_of(house: &House, typed: &str) -> Result<String, Fault> {
    if let Some(serial) = serial::normalize(typed).filter(|s| s.len() > 11)
        && let Some(ticket) = store::tickets::by_serial(&mut *house.read().await?, &serial).await?
    {
        return Ok(ticket.qr_hash);
    }
    Ok(house.keyring.ticket_hash(typed))
}
