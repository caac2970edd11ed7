//! A detached signature over a pass's manifest (Cryptographic Message Syntax, RFC 5652).
//!
//! Written by hand because it is one shape that never varies: one signer, by issuer and serial number, SHA-256 with RSA, three signed
//! attributes, two certificates, no content. `crates/press/tests/passes.rs` has OpenSSL judge it.
//! Apple wants the signing time and the intermediate certificate inside (Wallet Developer Guide, "Signing and compressing the pass",
//! read in 2026-11).

use super::WalletError;
use super::certificate::Certificate;
use super::der::{FIRST, INTEGER, OBJECT, OCTETS, SEQUENCE, SET, UTC_TIME, made, parts, set};
use super::key;
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use ring::rsa::KeyPair;

/// `id-data` and `id-signedData` (RFC 5652, sections 4 and 5.1).
const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01];
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// The signed attributes: what kind of content, its digest, when it was signed (RFC 5652, section 11).
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04];
const SIGNING_TIME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05];
/// SHA-256 (RFC 5754, section 2.2), and RSA by PKCS#1 v1.5 (RFC 3370, section 3.2).
const SHA_256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// `NULL`: algorithms without parameters carry it.
const NOTHING: &[u8] = &[0x05, 0x00];
const VERSION_1: &[u8] = &[INTEGER, 1, 1];

/// Who signs.
pub(super) struct Signer<'a> {
    /// The signer's certificate.
    pub(super) own: &'a Certificate,
    /// The certificate of its issuer.
    pub(super) intermediate: &'a Certificate,
    /// The key that belongs to the signer's certificate.
    pub(super) key: &'a KeyPair,
}

/// The signature over `manifest`, without it, as DER.
pub(super) fn detached(
    signer: &Signer<'_>,
    manifest: &[u8],
    now_micros: i64,
) -> Result<Vec<u8>, WalletError> {
    let attributes = attributes(manifest, now_micros)?;
    // What is signed is the attributes as a set; inside the signature the same bytes go by another tag (section 5.4).
    let signature = key::sign(signer.key, &set(SET, attributes.clone()))?;
    let info = parts(
        SEQUENCE,
        &[
            VERSION_1,
            &parts(SEQUENCE, &[&signer.own.issuer, &signer.own.serial]),
            &algorithm(SHA_256),
            &set(FIRST, attributes),
            &algorithm(RSA),
            &made(OCTETS, &signature),
        ],
    );
    let certificates = vec![signer.own.der.clone(), signer.intermediate.der.clone()];
    let content = parts(
        SEQUENCE,
        &[
            VERSION_1,
            &made(SET, &algorithm(SHA_256)),
            &made(SEQUENCE, &made(OBJECT, DATA)),
            &set(FIRST, certificates),
            &made(SET, &info),
        ],
    );
    Ok(parts(
        SEQUENCE,
        &[&made(OBJECT, SIGNED_DATA), &made(FIRST, &content)],
    ))
}

fn attributes(content: &[u8], now_micros: i64) -> Result<Vec<Vec<u8>>, WalletError> {
    let time =
        Timestamp::from_microsecond(now_micros).map_err(|_| WalletError::Time(now_micros))?;
    // Two digits for the year are right until 2049 (section 11.3).
    let time = time.strftime("%y%m%d%H%M%SZ").to_string();
    Ok(vec![
        attribute(CONTENT_TYPE, &made(OBJECT, DATA)),
        attribute(SIGNING_TIME, &made(UTC_TIME, time.as_bytes())),
        attribute(
            MESSAGE_DIGEST,
            &made(OCTETS, digest(&SHA256, content).as_ref()),
        ),
    ])
}

fn attribute(name: &[u8], value: &[u8]) -> Vec<u8> {
    parts(SEQUENCE, &[&made(OBJECT, name), &made(SET, value)])
}

fn algorithm(name: &[u8]) -> Vec<u8> {
    parts(SEQUENCE, &[&made(OBJECT, name), NOTHING])
}
