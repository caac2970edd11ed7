//! How a ticket is named and sealed on a device, so that a lost phone reveals nobody.
//!
//! A device keeps hashes of tokens and serials, and each holder's name under a key that is made from the
//! ticket's own token: only whoever shows the ticket opens its record. The app computes the same in the
//! browser; `vectors/door.json` holds the cases that both must answer alike, and docs/adr/0012 says why.

use crate::error::Fault;
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::{Digest, Sha256};

/// SHA-256 over a purpose, an event and a text, with a zero byte between them.
fn digest(purpose: &str, event: &str, text: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(purpose);
    hash.update([0]);
    hash.update(event);
    hash.update([0]);
    hash.update(text);
    hash.finalize().into()
}

/// The name under which a device of an event knows a ticket: 128 bits of a hash of its token.
pub fn door_id(event: &str, token: &str) -> String {
    BASE64URL_NOPAD.encode(&digest("jugnu-door-id/1", event, token)[..16])
}

/// The name under which a device knows a serial: 72 bits of a hash. Serials can be guessed, so this hides
/// nothing; it finds a ticket that was typed instead of scanned.
pub fn serial_id(event: &str, serial: &str) -> String {
    BASE64URL_NOPAD.encode(&digest("jugnu-door-serial/1", event, serial)[..9])
}

/// Seals a ticket's text under the key that its token makes, bound to its name on devices.
///
/// The nonce is a hash of the text under the same key: sealing the same text again gives the same bytes, and
/// two texts of one ticket (a name that was corrected) have different nonces.
pub fn seal(event: &str, token: &str, door_id: &str, text: &[u8]) -> Result<String, Fault> {
    let key = digest("jugnu-door-key/1", event, token);
    let mut block = [0u8; 64];
    block[..32].copy_from_slice(&key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    mac.update(text);
    let tag: [u8; 32] = mac.finalize().into_bytes().into();
    let mut nonce = [0u8; NONCE_LEN];
    nonce.copy_from_slice(&tag[..NONCE_LEN]);
    seal_under(&key, nonce, door_id.as_bytes(), text)
}

/// AES-256-GCM: nonce, sealed text and tag as base64url.
pub fn seal_under(
    key: &[u8; 32],
    nonce: [u8; NONCE_LEN],
    bound_to: &[u8],
    text: &[u8],
) -> Result<String, Fault> {
    let failed = |_| Fault::Workshop {
        what: "a sealed record",
        why: "the cipher refused".to_owned(),
    };
    let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).map_err(failed)?);
    let mut sealed = Vec::with_capacity(NONCE_LEN + text.len() + AES_256_GCM.tag_len());
    sealed.extend_from_slice(text);
    let unique = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(unique, Aad::from(bound_to), &mut sealed)
        .map_err(failed)?;
    Ok(BASE64URL_NOPAD.encode(&[&nonce[..], &sealed].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn vectors() -> Value {
        let text = include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../vectors/door.json"
        ));
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn tickets_are_named_and_sealed_as_every_shared_case_says() {
        let cases = vectors();
        let cases = cases["tickets"].as_array().unwrap();
        assert!(cases.len() > 2);
        for case in cases {
            let of = |name: &str| case[name].as_str().unwrap();
            assert_eq!(door_id(of("event_id"), of("token")), of("door_id"));
            assert_eq!(serial_id(of("event_id"), of("serial")), of("serial_id"));
            let sealed = seal(
                of("event_id"),
                of("token"),
                of("door_id"),
                of("text").as_bytes(),
            );
            assert_eq!(sealed.unwrap(), of("sealed"));
        }
    }

    #[test]
    fn another_ticket_opens_nothing() {
        let sealed = seal("evt_1", "TOKEN", "door", b"Harpreet").unwrap();
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).unwrap();
        let open = |token: &str, bound: &str| {
            let key = digest("jugnu-door-key/1", "evt_1", token);
            let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key).unwrap());
            let nonce = Nonce::try_assume_unique_for_key(&bytes[..NONCE_LEN]).unwrap();
            let mut text = bytes[NONCE_LEN..].to_vec();
            let opened = key.open_in_place(nonce, Aad::from(bound.as_bytes()), &mut text);
            opened.ok().map(|text| text.to_vec())
        };
        assert_eq!(open("TOKEN", "door"), Some(b"Harpreet".to_vec()));
        assert_eq!(open("TOKEM", "door"), None);
        assert_eq!(open("TOKEN", "another"), None);
    }
}
