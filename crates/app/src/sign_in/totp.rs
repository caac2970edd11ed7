//! Codes of authenticator apps: TOTP (RFC 6238) with HMAC-SHA-1, six digits and steps of 30 seconds,
//! which is what every app knows; several ignore whatever else an address asks for (read in 2026-11).

use data_encoding::BASE32_NOPAD;
use ring::hmac;
use subtle::ConstantTimeEq;

/// The length of a step, in seconds.
const STEP_S: i64 = 30;
/// How many digits a code has.
pub const DIGITS: usize = 6;
/// How many steps a clock may be early or late.
const DRIFT: i64 = 1;

/// The code of a step.
fn code(secret: &[u8], step: i64) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let bytes = tag.as_ref();
    let at = usize::from(bytes.last().copied().unwrap_or_default() & 0x0f);
    let word = bytes
        .iter()
        .skip(at)
        .take(4)
        .fold(0u32, |word, byte| (word << 8) | u32::from(*byte));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

/// The step of time that a code is good for, seen at `now_s` seconds since 1970; `None` if it is wrong.
pub fn step_of(secret: &[u8], typed: &str, now_s: i64) -> Option<i64> {
    let now = now_s.div_euclid(STEP_S);
    (now - DRIFT..=now + DRIFT)
        .find(|step| bool::from(code(secret, *step).as_bytes().ct_eq(typed.as_bytes())))
}

/// The secret as people type it.
pub fn typed(secret: &[u8]) -> String {
    BASE32_NOPAD.encode(secret)
}

/// The address that an authenticator app reads from a QR code (the key URI format of Google
/// Authenticator's wiki, read in 2026-11). `issuer` and `account` hold nothing but letters, digits,
/// `@`, `.`, `-`, `_` and `+`, or are escaped here.
pub fn address(secret: &[u8], issuer: &str, account: &str) -> String {
    let (issuer, account) = (escaped(issuer), escaped(account));
    format!(
        "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}",
        typed(secret)
    )
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&data_encoding::HEXUPPER.encode(&[byte]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_the_standard_come_out() {
        // RFC 6238, appendix B, SHA-1, the last six of its eight digits.
        let secret = b"12345678901234567890";
        for (at, wanted) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code(secret, at / STEP_S), wanted);
            assert_eq!(step_of(secret, wanted, at), Some(at / STEP_S));
        }
    }

    #[test]
    fn a_clock_may_be_half_a_minute_off_and_no_more() {
        let secret = b"12345678901234567890";
        for (off, good) in [(-60, false), (-30, true), (30, true), (60, false)] {
            let now = 1_111_111_109 + off;
            assert_eq!(step_of(secret, "081804", now).is_some(), good, "{off}");
        }
        assert_eq!(step_of(secret, "", 59), None);
    }

    #[test]
    fn an_app_reads_names_with_any_letters() {
        assert_eq!(
            address(b"12345", "Jugnu Tickets", "a+b@example.ca"),
            "otpauth://totp/Jugnu%20Tickets:a%2Bb@example.ca?secret=GEZDGNBV&issuer=Jugnu%20Tickets"
        );
    }
}
