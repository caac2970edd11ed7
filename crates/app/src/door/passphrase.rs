//! The passphrase with which supervisors find people without a network.
//!
//! It is never kept: the key to an event's people is wrapped under a key that is stretched from it. Another
//! passphrase is another generation of that key, so whoever knew the old one opens nothing new.

use super::seal;
use crate::access;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use data_encoding::BASE64URL_NOPAD;
use model::ids::EventId;
use ring::pbkdf2;
use std::num::NonZeroU32;
use store::doors::{self, PeopleLock};

/// Rounds of PBKDF2-HMAC-SHA-256 (OWASP's password storage sheet, read in November 2026).
pub const ITERATIONS: u32 = 600_000;
/// The least of a passphrase, in characters.
const LEAST: usize = 8;
/// The most of one.
const MOST: usize = 200;

/// Why a passphrase was not set.
#[derive(Debug, thiserror::Error)]
pub enum PassphraseError {
    /// There is no such event, or it is somebody else's.
    #[error("This does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Somebody else set one meanwhile.
    #[error("Somebody else changed the passphrase meanwhile. Look again, and repeat it if needed.")]
    Stale,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(PassphraseError: store::StoreError);

/// Whether people of an event can be found without a network.
pub async fn is_set(house: &House, event: &EventId) -> Result<bool, Fault> {
    let door = doors::of_event(&mut *house.read().await?, event).await?;
    Ok(door.people.is_some())
}

/// Sets an event's passphrase; `None` takes it away.
pub async fn set(
    house: &House,
    cx: &mut Cx,
    event: &EventId,
    passphrase: Option<&str>,
) -> Result<(), PassphraseError> {
    let own = access::own_event(house, cx, event).await?;
    own.ok_or(PassphraseError::NotFound)?;
    if passphrase.is_some_and(|p| !(LEAST..=MOST).contains(&p.trim().chars().count())) {
        let mut invalid = Invalid::default();
        invalid.note(
            "passphrase",
            "Write 8 to 200 characters: a few words are best.",
        );
        return Err(PassphraseError::Invalid(invalid));
    }
    let door = doors::of_event(&mut *house.read().await?, event).await?;
    let generation = door.people_generation + 1;
    let lock = match passphrase {
        Some(passphrase) => Some(lock(house, event, generation, passphrase).await?),
        None => None,
    };
    let action = if lock.is_some() {
        "door.passphrase_set"
    } else {
        "door.passphrase_removed"
    };
    let line = access::audit_line(cx, action, "event", event.as_str());
    let mut tx = house.write().await?;
    if !doors::lock_people(&mut tx, event, generation, lock.as_ref()).await? {
        return Err(PassphraseError::Stale);
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(())
}

/// Wraps the event's key for people. Stretching takes a good part of a second, so it is done off the threads
/// that answer requests.
async fn lock(
    house: &House,
    event: &EventId,
    generation: i64,
    passphrase: &str,
) -> Result<PeopleLock, Fault> {
    let key = house.keyring.people_key(event, generation);
    let (random, passphrase) = (house.secret_bytes(), passphrase.to_owned());
    let (salt, rest) = random.split_at(16);
    let salt = salt.to_vec();
    let mut nonce = [0u8; 12];
    nonce.copy_from_slice(&rest[..12]);
    let work = move || {
        let rounds = NonZeroU32::new(ITERATIONS).unwrap_or(NonZeroU32::MAX);
        let mut wrapping = [0u8; 32];
        let algorithm = pbkdf2::PBKDF2_HMAC_SHA256;
        pbkdf2::derive(
            algorithm,
            rounds,
            &salt,
            passphrase.as_bytes(),
            &mut wrapping,
        );
        let wrapped = seal::seal_under(&wrapping, nonce, b"", &key)?;
        Ok(PeopleLock {
            salt: BASE64URL_NOPAD.encode(&salt),
            iterations: i64::from(ITERATIONS),
            wrapped,
        })
    };
    let made = tokio::task::spawn_blocking(work).await;
    made.map_err(|why| Fault::Workshop {
        what: "the lock on an event's people",
        why: why.to_string(),
    })?
}
