//! A provider's public keys (RFC 7517), and what was signed with them (RFC 7515, RFC 7518, RFC 8037).
//!
//! Three kinds, named here and nowhere else: what a token says about its own kind only chooses among them.
//! `none` is none of them, and neither are the kinds with a shared secret, so that nobody can sign with a
//! public key as if it were one.

use crate::error::Error;
use crate::token::Refusal;
use data_encoding::BASE64URL_NOPAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents,
    UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::Value;

/// The most keys that are kept of one provider; those in use have two to five.
const KEYS_MOST: usize = 50;

/// How a token may be signed.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Algorithm {
    /// RSA with SHA-256 (PKCS #1 v1.5): what every provider can.
    Rs256,
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl Algorithm {
    /// The algorithm of a name; `None` for what is not believed.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "ES256" => Some(Self::Es256),
            "EdDSA" | "Ed25519" => Some(Self::EdDsa),
            _ => None,
        }
    }
}

/// A public key.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Key {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256(Vec<u8>),
    Edwards(Vec<u8>),
}

impl Key {
    fn fits(&self, algorithm: Algorithm) -> bool {
        matches!(
            (self, algorithm),
            (Self::Rsa { .. }, Algorithm::Rs256)
                | (Self::P256(_), Algorithm::Es256)
                | (Self::Edwards(_), Algorithm::EdDsa)
        )
    }

    fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Rsa { n, e } => RsaPublicKeyComponents { n, e }
                .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
                .is_ok(),
            Self::P256(point) => UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                .verify(message, signature)
                .is_ok(),
            Self::Edwards(key) => UnparsedPublicKey::new(&ED25519, key)
                .verify(message, signature)
                .is_ok(),
        }
    }
}

/// The keys of a provider, as it published them.
#[derive(Clone, Debug, Default)]
pub struct Keys(Vec<(Option<String>, Key)>);

#[derive(Deserialize)]
struct Set {
    keys: Vec<Value>,
}

/// A key as it is published; which of these are there depends on its kind.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default, rename = "use")]
    used_for: Option<String>,
    #[serde(default)]
    alg: Option<String>,
    #[serde(default)]
    crv: Option<String>,
    #[serde(default)]
    n: Option<String>,
    #[serde(default)]
    e: Option<String>,
    #[serde(default)]
    x: Option<String>,
    #[serde(default)]
    y: Option<String>,
}

impl Keys {
    /// Reads a set; keys of other kinds or for other uses are left out.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let set: Set = serde_json::from_slice(bytes)
            .map_err(|why| Error::Unfit(format!("its keys cannot be read ({why})")))?;
        let keys = set.keys.into_iter().filter_map(|value| {
            let jwk: Jwk = serde_json::from_value(value).ok()?;
            let key = key(&jwk)?;
            Some((jwk.kid, key))
        });
        Ok(Self(keys.take(KEYS_MOST).collect()))
    }

    /// Whether one of the keys has signed a message: the one that the token names, or any that fits if it
    /// names none (Core, section 10.1).
    pub fn check(
        &self,
        algorithm: Algorithm,
        kid: Option<&str>,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), Refusal> {
        let named = |key: &Option<String>| kid.is_none() || key.as_deref() == kid;
        let mut fitting = self
            .0
            .iter()
            .filter(|(name, key)| named(name) && key.fits(algorithm))
            .peekable();
        if fitting.peek().is_none() {
            return Err(Refusal::Key);
        }
        if fitting.any(|(_, key)| key.has_signed(message, signature)) {
            Ok(())
        } else {
            Err(Refusal::Signature)
        }
    }
}

fn key(jwk: &Jwk) -> Option<Key> {
    if jwk.used_for.as_deref().is_some_and(|used| used != "sig") {
        return None;
    }
    let key = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
        ("RSA", _) => {
            let (n, e) = (number(jwk.n.as_deref()?)?, number(jwk.e.as_deref()?)?);
            Key::Rsa { n, e }
        }
        ("EC", Some("P-256")) => {
            let (x, y) = (field(jwk.x.as_deref()?, 32)?, field(jwk.y.as_deref()?, 32)?);
            Key::P256([&[0x04][..], &x, &y].concat())
        }
        ("OKP", Some("Ed25519")) => Key::Edwards(field(jwk.x.as_deref()?, 32)?),
        _ => return None,
    };
    let meant = jwk.alg.as_deref();
    meant
        .is_none_or(|name| Algorithm::parse(name).is_some_and(|alg| key.fits(alg)))
        .then_some(key)
}

/// A whole number without the zeros that some put before it.
fn number(text: &str) -> Option<Vec<u8>> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros..).map(<[u8]>::to_vec)
}

fn field(text: &str, length: usize) -> Option<Vec<u8>> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    (bytes.len() == length).then_some(bytes)
}
