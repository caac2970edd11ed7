//! Pairing: the organizer's page makes a short code, and the device that types or scans it becomes a gate.
//!
//! A code is 50 random bits, good for ten minutes and once, and kept as a keyed hash. Guesses are counted for
//! each address and for all together, so that not even many addresses get far.

use crate::access::{self, Issued, Purpose};
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use crate::rate;
use model::checkin::DoorRole;
use model::ids::{EventId, PairingId, TierId};
use model::serial;
use model::text;
use store::pairings::Pairing;

/// How long a code is good for, in seconds.
pub const GOOD_FOR_S: i64 = 10 * 60;
/// Tries from one address in a minute: a hall shares one, and its crew pairs its phones together.
const TRIES: i64 = 20;
/// Tries from all addresses in a minute.
const TRIES_OF_ALL: i64 = 600;

/// Why a device was not paired.
#[derive(Debug, thiserror::Error)]
pub enum PairingError {
    /// There is no such event, or it is somebody else's.
    #[error("This does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// The event has as many keys as it may.
    #[error("An event can have at most 200 keys that work; revoke those that are not needed.")]
    TooMany,
    /// The code is wrong, used or too old.
    #[error(
        "This code is not known, was used already, or is older than 10 minutes. Ask for a new one."
    )]
    NoSuchCode,
    /// Too many tries.
    #[error("Too many codes were tried. Please wait a minute.")]
    TooOften {
        /// Seconds after which to try again.
        retry_after_s: i64,
    },
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(PairingError: store::StoreError);

/// What a gate is going to be.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// What it is called.
    pub name: String,
    /// What its device may do.
    pub role: DoorRole,
    /// The tiers that it admits; `None` is all.
    pub tiers: Option<Vec<TierId>>,
}

impl Gateway {
    /// Checks a gate against its event; says what is wrong.
    pub(crate) async fn checked(
        mut self,
        house: &House,
        event: &EventId,
    ) -> Result<Result<Self, Invalid>, Fault> {
        let mut invalid = Invalid::default();
        if let Some(name) = invalid.check("name", text::line(&self.name, 60)) {
            self.name = name;
        }
        if let Some(tiers) = &mut self.tiers {
            tiers.sort_unstable();
            tiers.dedup();
            let known = store::tiers::of_event(&mut *house.read().await?, event).await?;
            if tiers.is_empty() {
                invalid.note(
                    "tiers",
                    "Choose at least one kind of ticket, or none for all.",
                );
            } else if !tiers.iter().all(|id| known.iter().any(|t| t.id == *id)) {
                invalid.note("tiers", "Choose from the tickets of this event.");
            }
        }
        Ok(if invalid.is_fine() {
            Ok(self)
        } else {
            Err(invalid)
        })
    }
}

/// A code and what it makes.
#[derive(Clone, Debug)]
pub struct Code {
    /// The pairing.
    pub pairing: Pairing,
    /// The code, which is shown this once: `K7Q4M-9XMPT`.
    pub code: String,
}

/// Makes a code for a device of an event.
pub async fn begin(
    house: &House,
    cx: &mut Cx,
    event: &EventId,
    gateway: Gateway,
) -> Result<Code, PairingError> {
    let own = access::own_event(house, cx, event).await?;
    own.ok_or(PairingError::NotFound)?;
    room_for_one(house, event).await?;
    let gateway = gateway.checked(house, event).await?;
    let gateway = gateway.map_err(PairingError::Invalid)?;
    let mut bits = [0u8; 8];
    bits.copy_from_slice(&house.secret_bytes()[..8]);
    let code = serial::order_code(u64::from_be_bytes(bits));
    let pairing = Pairing {
        id: cx.mint(PairingId::mint),
        event_id: event.clone(),
        name: gateway.name,
        role: gateway.role,
        tiers: gateway.tiers,
        created_by: cx.actor.label(),
        created_at: cx.now,
        expires_at: cx.now.plus_seconds(GOOD_FOR_S),
    };
    let line = access::audit_line(cx, "pairing.made", "event", event.as_str());
    let mut tx = house.write().await?;
    store::pairings::insert(&mut tx, &pairing, &house.keyring.pairing_hash(&code)).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(Code { pairing, code })
}

/// A device that has become a gate.
pub struct Paired {
    /// Its key.
    pub issued: Issued,
    /// The event.
    pub event_id: EventId,
    /// The event's title.
    pub title: String,
}

/// Turns a code into a key, once; `from` is the caller's address.
pub async fn pair(
    house: &House,
    cx: &mut Cx,
    from: &str,
    code: &str,
    device: &str,
) -> Result<Paired, PairingError> {
    for (subject, most) in [
        (format!("pair:{from}"), TRIES),
        ("pair".to_owned(), TRIES_OF_ALL),
    ] {
        if let Some(retry_after_s) = rate::hit(house, cx, &subject, most).await? {
            return Err(PairingError::TooOften { retry_after_s });
        }
    }
    let code = serial::normalize(code).filter(|code| code.len() == 11);
    let code = code.ok_or(PairingError::NoSuchCode)?;
    let device = text::optional_line(device, 60).unwrap_or_default();
    let mut tx = house.write().await?;
    let hash = house.keyring.pairing_hash(&code);
    let pairing = store::pairings::lock_open(&mut tx, &hash, cx.now).await?;
    let pairing = pairing.ok_or(PairingError::NoSuchCode)?;
    let purpose = Purpose::Scanner(pairing.event_id.clone());
    let mut issued = access::new_key(house, cx, purpose, &pairing.name);
    issued.key.role = pairing.role;
    issued.key.tiers = pairing.tiers;
    issued.key.device = device;
    let line = access::audit_line(cx, "key.paired", "key", issued.key.id.as_str());
    let hash = house.keyring.bearer_hash(&issued.secret);
    store::keys::insert(&mut tx, &issued.key, &hash).await?;
    let first = store::pairings::mark_used(&mut tx, &pairing.id, &issued.key.id, cx.now).await?;
    if !first {
        return Err(PairingError::NoSuchCode);
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    let event = store::events::by_id(&mut tx, &pairing.event_id).await?;
    tx.commit().await?;
    Ok(Paired {
        issued,
        event_id: pairing.event_id,
        title: event.map_or_else(String::new, |event| event.title),
    })
}

async fn room_for_one(house: &House, event: &EventId) -> Result<(), PairingError> {
    let keys = store::keys::of_event(&mut *house.read().await?, event).await?;
    let working = keys.iter().filter(|key| key.revoked_at.is_none()).count();
    if working >= crate::scanner_keys::KEYS_MOST {
        return Err(PairingError::TooMany);
    }
    Ok(())
}
