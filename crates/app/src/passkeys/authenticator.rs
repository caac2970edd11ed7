//! What the device says of an answer: for which site it was, and that somebody was there whom it knows.
//!
//! Its bytes are the standard's authenticator data (section 6.1): a hash of the site, a byte of flags, a
//! counter, and for a new passkey its id. The public key that follows is in CBOR and is not read here: the
//! browser hands the same key over in a form that needs no reader.

use super::party::Party;
use super::refusal::Refusal;
use ring::digest::{SHA256, digest};
use subtle::ConstantTimeEq;

/// The longest that is read, in bytes; the id alone may have 1023.
const MOST: usize = 8_192;
/// The longest id of a passkey, in bytes (section 7.1, step 25).
pub const ID_MOST: usize = 1_023;

/// Somebody was there.
const PRESENT: u8 = 0x01;
/// The device has checked who it is.
const VERIFIED: u8 = 0x04;
/// The key may be copied to the person's other devices.
const MAY_SYNC: u8 = 0x08;
/// The key was copied.
const SYNCED: u8 = 0x10;
/// A new passkey follows.
const NEW: u8 = 0x40;

/// What the device said.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Said<'a> {
    /// How often it has signed; 0 if it does not count.
    pub counter: i64,
    /// The id of a new passkey; `None` when it only signs.
    pub new_id: Option<&'a [u8]>,
}

/// Reads what a device said, if it said it for us and has checked who holds it.
pub fn read<'a>(bytes: &'a [u8], party: &Party) -> Result<Said<'a>, Refusal> {
    let short = Refusal::Malformed;
    if bytes.len() > MOST {
        return Err(short);
    }
    let (site, rest) = bytes.split_first_chunk::<32>().ok_or(short)?;
    let (&[flags], rest) = rest.split_first_chunk::<1>().ok_or(short)?;
    let (counter, rest) = rest.split_first_chunk::<4>().ok_or(short)?;
    let ours = digest(&SHA256, party.id.as_bytes());
    if !bool::from(ours.as_ref().ct_eq(site.as_slice())) {
        return Err(Refusal::Party);
    }
    if flags & PRESENT == 0 {
        return Err(Refusal::NotPresent);
    }
    if flags & VERIFIED == 0 {
        return Err(Refusal::NotVerified);
    }
    // What was copied must have been allowed to be (section 6.1.3).
    if flags & SYNCED != 0 && flags & MAY_SYNC == 0 {
        return Err(Refusal::Malformed);
    }
    let new_id = if flags & NEW == 0 {
        None
    } else {
        Some(id(rest)?)
    };
    Ok(Said {
        counter: i64::from(u32::from_be_bytes(*counter)),
        new_id,
    })
}

/// The id of a new passkey: after the model of its device come its length and itself, and then the key.
fn id(rest: &[u8]) -> Result<&[u8], Refusal> {
    let short = Refusal::Malformed;
    let (_model, rest) = rest.split_first_chunk::<16>().ok_or(short)?;
    let (length, rest) = rest.split_first_chunk::<2>().ok_or(short)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (id, key) = rest.split_at_checked(length).ok_or(short)?;
    if id.is_empty() || id.len() > ID_MOST || key.is_empty() {
        return Err(short);
    }
    Ok(id)
}
