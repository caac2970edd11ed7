//! Proof that a webhook came from Stripe, and the making of such proof for tests and stand-ins.
//!
//! `Stripe-Signature: t=<unix>,v1=<hex>,…` where v1 is HMAC-SHA256 over `"{t}.{raw body}"` under
//! the endpoint's secret as text (docs.stripe.com/webhooks#verify-manually, read November 2026).
//! While a secret is being rolled there are two v1 values, and on our side two secrets: any pair
//! that matches passes. Other schemes (v0) are ignored. The age limit has one side, as in Stripe's
//! libraries: an old proof is refused, one from a clock ahead of ours is not.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Stripe's own default for the age of a signature, in seconds.
pub const DEFAULT_TOLERANCE_S: i64 = 300;

/// More candidates than any rollover produces; what follows them is not looked at.
const MAX_CANDIDATES: usize = 16;

/// Why a payload is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Nothing to check against.
    #[error("No webhook secret is configured.")]
    NoSecret,
    /// A blank secret would let anybody sign.
    #[error("A webhook secret is blank.")]
    BlankSecret,
    /// No time, two times, or no v1 signature.
    #[error("The signature header is malformed.")]
    Malformed,
    /// No secret of ours made any of the signatures.
    #[error("No signature matches the payload.")]
    Mismatch,
    /// The signature is genuine but older than the tolerance.
    #[error("The signature is {age_s} s old, which is too old.")]
    TooOld {
        /// Its age in seconds.
        age_s: i64,
    },
}

/// A payload that is proven to be Stripe's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// When it was signed, in seconds since 1970.
    pub signed_at: i64,
    /// Which of the given secrets matched, so that the end of a rollover can be seen.
    pub secret_index: usize,
}

/// Checks a raw body against its `Stripe-Signature` header.
///
/// `now_unix` and `tolerance_s` are in seconds. The body must be the bytes as they arrived.
/// Signatures are compared in constant time, and the age is judged only after a match.
pub fn verify(
    payload: &[u8],
    header: &str,
    secrets: &[SecretString],
    now_unix: i64,
    tolerance_s: i64,
) -> Result<Verified, SignatureError> {
    if secrets.is_empty() {
        return Err(SignatureError::NoSecret);
    }
    if secrets
        .iter()
        .any(|secret| secret.expose_secret().trim().is_empty())
    {
        return Err(SignatureError::BlankSecret);
    }
    let (signed_at, candidates) = parse(header)?;
    let matching = secrets
        .iter()
        .position(|secret| matches_any(payload, signed_at, secret, &candidates));
    let secret_index = matching.ok_or(SignatureError::Mismatch)?;
    let age_s = now_unix.saturating_sub(signed_at);
    if age_s > tolerance_s {
        return Err(SignatureError::TooOld { age_s });
    }
    Ok(Verified {
        signed_at,
        secret_index,
    })
}

/// The header that Stripe would send for this body, signed at `t` (seconds since 1970).
pub fn sign(payload: &[u8], secret: &SecretString, t: i64) -> String {
    format!("t={t},v1={}", HEXLOWER.encode(&mac(payload, secret, t)))
}

fn matches_any(payload: &[u8], t: i64, secret: &SecretString, candidates: &[Vec<u8>]) -> bool {
    let expected = mac(payload, secret, t);
    let found = candidates
        .iter()
        .fold(0, |found, one| found | expected.ct_eq(one).unwrap_u8());
    found == 1
}

fn mac(payload: &[u8], secret: &SecretString, t: i64) -> [u8; 32] {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
        unreachable!("HMAC takes keys of any length");
    };
    mac.update(t.to_string().as_bytes());
    mac.update(b".");
    mac.update(payload);
    mac.finalize().into_bytes().into()
}

fn parse(header: &str) -> Result<(i64, Vec<Vec<u8>>), SignatureError> {
    let mut signed_at = None;
    let mut candidates = Vec::new();
    for element in header.split(',') {
        match element.trim().split_once('=') {
            Some(("t", text)) if signed_at.is_none() => signed_at = Some(seconds(text)?),
            Some(("t", _)) => return Err(SignatureError::Malformed),
            Some(("v1", hex)) if candidates.len() < MAX_CANDIDATES => {
                // What is not hex cannot match; a genuine one beside it still may.
                candidates.extend(HEXLOWER.decode(hex.as_bytes()).ok());
            }
            _ => {}
        }
    }
    match signed_at {
        Some(signed_at) if !candidates.is_empty() => Ok((signed_at, candidates)),
        _ => Err(SignatureError::Malformed),
    }
}

fn seconds(text: &str) -> Result<i64, SignatureError> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(SignatureError::Malformed);
    }
    text.parse().map_err(|_| SignatureError::Malformed)
}
