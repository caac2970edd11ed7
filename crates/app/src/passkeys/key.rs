//! Public keys as browsers hand them over (SPKI, RFC 5280), and what was signed with them.
//!
//! Three kinds are asked for, which every browser can hand over in this form (Web Authentication, Level 3,
//! section 5.2.1.1). Each kind's SPKI begins with the same bytes always, so that no reader of ASN.1 is needed.

use super::refusal::Refusal;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
    VerificationAlgorithm,
};
use store::passkeys::Algorithm;

/// What stands before a point on P-256 (RFC 5480): the kind of key, the curve, and the point's length.
const P256: &[u8] = &[
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// How long such a point is, with the byte that says that it is whole.
const P256_POINT: usize = 65;
/// What stands before a key of Ed25519 (RFC 8410).
const EDWARDS: &[u8] = &[
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];
/// How long such a key is.
const EDWARDS_KEY: usize = 32;
/// The name of RSA's keys inside an SPKI (RFC 3279).
const RSA: &[u8] = &[
    0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
];

/// The kinds that we ask for by their numbers (the COSE registry of IANA, read in 2026-11), the best first.
pub const ASKED_FOR: [i64; 3] = [-8, -7, -257];

/// The kind of a number; `None` for what we did not ask for.
pub const fn algorithm(number: i64) -> Option<Algorithm> {
    match number {
        -7 => Some(Algorithm::Es256),
        -8 => Some(Algorithm::EdDsa),
        -257 => Some(Algorithm::Rs256),
        _ => None,
    }
}

/// The key inside an SPKI, as `ring` wants it; `None` if it is not of the kind.
fn bare(algorithm: Algorithm, spki: &[u8]) -> Option<&[u8]> {
    match algorithm {
        Algorithm::Es256 => spki
            .strip_prefix(P256)
            .filter(|point| point.len() == P256_POINT && point.first() == Some(&0x04)),
        Algorithm::EdDsa => spki
            .strip_prefix(EDWARDS)
            .filter(|key| key.len() == EDWARDS_KEY),
        Algorithm::Rs256 => {
            let inside = long(spki, 0x30)?.strip_prefix(RSA)?;
            long(inside, 0x03)?.strip_prefix(&[0x00])
        }
    }
}

/// What is inside a piece of DER that fills `bytes` and is 256 to 65535 bytes long, as every part of an SPKI
/// around an RSA key of 2048 bits or more is.
fn long(bytes: &[u8], tag: u8) -> Option<&[u8]> {
    let (head, inside) = bytes.split_first_chunk::<4>()?;
    let length = usize::from(u16::from_be_bytes([head[2], head[3]]));
    (head[0] == tag && head[1] == 0x82 && length == inside.len() && length > 255).then_some(inside)
}

/// Whether a text of bytes is a public key of a kind.
pub fn is_one(algorithm: Algorithm, spki: &[u8]) -> bool {
    bare(algorithm, spki).is_some()
}

/// Whether a message was signed by the owner of a public key.
pub fn check(
    algorithm: Algorithm,
    spki: &[u8],
    message: &[u8],
    signature: &[u8],
) -> Result<(), Refusal> {
    let key = bare(algorithm, spki).ok_or(Refusal::Algorithm)?;
    let kind: &'static dyn VerificationAlgorithm = match algorithm {
        Algorithm::Es256 => &ECDSA_P256_SHA256_ASN1,
        Algorithm::EdDsa => &ED25519,
        Algorithm::Rs256 => &RSA_PKCS1_2048_8192_SHA256,
    };
    UnparsedPublicKey::new(kind, key)
        .verify(message, signature)
        .map_err(|_| Refusal::Signature)
}
