//! Passwords of the site's people, kept as PBKDF2 hashes. The lodger never sees one.

use data_encoding::HEXLOWER;
use ring::pbkdf2::{PBKDF2_HMAC_SHA256, derive, verify};
use ring::rand::{SecureRandom, SystemRandom};
use std::num::NonZeroU32;

/// OWASP's Password Storage Cheat Sheet asks for 600,000 rounds (read in November 2026).
const ROUNDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(599_999);
const BYTES: usize = 32;

/// A password as it is kept: its salt and its hash. Empty, which fits no password, if the system has no
/// randomness to give.
pub fn keep(password: &str) -> String {
    let (mut salt, mut hash) = ([0; 16], [0; BYTES]);
    if SystemRandom::new().fill(&mut salt).is_err() {
        return String::new();
    }
    derive(
        PBKDF2_HMAC_SHA256,
        ROUNDS,
        &salt,
        password.as_bytes(),
        &mut hash,
    );
    format!("{}.{}", HEXLOWER.encode(&salt), HEXLOWER.encode(&hash))
}

/// Whether a password is the one that is kept.
pub fn fits(password: &str, kept: &str) -> bool {
    let parts = kept.split_once('.');
    let decoded = parts.and_then(|(salt, hash)| {
        let decode = |text: &str| HEXLOWER.decode(text.as_bytes()).ok();
        Some((decode(salt)?, decode(hash)?))
    });
    decoded.is_some_and(|(salt, hash)| {
        verify(
            PBKDF2_HMAC_SHA256,
            ROUNDS,
            &salt,
            password.as_bytes(),
            &hash,
        )
        .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_itself_fits_and_no_two_are_kept_alike() {
        let kept = keep("a thousand lanterns");
        assert!(fits("a thousand lanterns", &kept));
        assert!(!fits("A thousand lanterns", &kept) && !fits("", &kept));
        assert!(!fits("", "") && !fits("x", "no.hash"));
        assert_ne!(kept, keep("a thousand lanterns"));
    }
}
