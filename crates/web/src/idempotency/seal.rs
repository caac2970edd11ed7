//! Sealing a kept answer: ChaCha20-Poly1305 (RFC 8439) under a key that is derived from the house's secret.
//!
//! Each actor and idempotency key has a sealing key of its own, so an answer that is moved to another
//! row does not open there.

use crate::problem::{Kind, Problem};
use app::House;
use data_encoding::{BASE64, HEXLOWER};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

/// What keeps these keys apart from bearer keys, which all begin with `jt_`.
const PURPOSE: &str = "seal an idempotent answer";

fn key(house: &House, actor: &str, key: &str) -> Option<LessSafeKey> {
    let derived = house
        .keyring
        .bearer_hash(&format!("{PURPOSE}\n{actor}\n{key}"));
    let bytes = HEXLOWER.decode(derived.as_bytes()).ok()?;
    UnboundKey::new(&CHACHA20_POLY1305, &bytes)
        .ok()
        .map(LessSafeKey::new)
}

/// Seals an answer: the nonce and the sealed bytes, as text.
pub(super) fn seal(
    house: &House,
    actor: &str,
    idempotency_key: &str,
    answer: &[u8],
) -> Result<String, Problem> {
    let failed = || {
        Problem::new(Kind::Internal, "The answer could not be kept.")
            .caused_by("an answer could not be sealed")
    };
    let mut nonce = [0u8; NONCE_LEN];
    nonce.copy_from_slice(&house.secret_bytes()[..NONCE_LEN]);
    let mut sealed = answer.to_vec();
    let key = key(house, actor, idempotency_key).ok_or_else(failed)?;
    key.seal_in_place_append_tag(
        Nonce::assume_unique_for_key(nonce),
        Aad::empty(),
        &mut sealed,
    )
    .map_err(|_| failed())?;
    Ok(BASE64.encode(&[&nonce[..], &sealed].concat()))
}

/// Opens an answer; `None` if it was not sealed for this actor and key.
pub(super) fn open(
    house: &House,
    actor: &str,
    idempotency_key: &str,
    kept: &str,
) -> Option<Vec<u8>> {
    let bytes = BASE64.decode(kept.as_bytes()).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut sealed = sealed.to_vec();
    let key = key(house, actor, idempotency_key)?;
    let opened = key.open_in_place(nonce, Aad::empty(), &mut sealed).ok()?;
    Some(opened.to_vec())
}
