//! The stand-in's keys, and everything that it can sign with them.

use super::{CLIENT_SECRET, Signing};
use data_encoding::BASE64URL_NOPAD;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair as RsaKeyPair, PublicKeyComponents};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING as KIND, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256,
};
use serde_json::{Value, json};

/// An RSA key, since `ring` makes none: it was made for these tests, and protects nothing.
const RSA: &[u8] = include_bytes!("rsa.pk8");

/// The keys of one time.
pub struct Keys {
    /// Which time; it is part of the keys' names.
    pub number: u32,
    curve: EcdsaKeyPair,
    rsa: RsaKeyPair,
}

pub fn encoded(bytes: impl AsRef<[u8]>) -> String {
    BASE64URL_NOPAD.encode(bytes.as_ref())
}

impl Keys {
    pub fn new(number: u32) -> Self {
        let random = SystemRandom::new();
        let made = EcdsaKeyPair::generate_pkcs8(&KIND, &random).expect("a key");
        Self {
            number,
            curve: EcdsaKeyPair::from_pkcs8(&KIND, made.as_ref(), &random).expect("a key"),
            rsa: RsaKeyPair::from_pkcs8(RSA).expect("a key"),
        }
    }

    /// As they are published, with some that nobody can use.
    pub fn published(&self) -> Value {
        let point = self.curve.public_key().as_ref();
        let rsa: PublicKeyComponents<Vec<u8>> = self.rsa.public().into();
        json!({ "keys": [
            { "kty": "RSA", "kid": format!("rsa-{}", self.number), "use": "sig", "alg": "RS256",
              "n": encoded(&rsa.n), "e": encoded(&rsa.e) },
            { "kty": "EC", "crv": "P-256", "kid": format!("p256-{}", self.number), "use": "sig",
              "x": encoded(&point[1..33]), "y": encoded(&point[33..]) },
            { "kty": "XYZ", "kid": "future" },
        ] })
    }

    /// A token that says this.
    pub fn token(&self, signing: Signing, claims: &Value) -> String {
        let (alg, kid) = match signing {
            Signing::Rs256 => ("RS256", format!("rsa-{}", self.number)),
            Signing::Unsigned => ("none", String::new()),
            Signing::SharedSecret => ("HS256", format!("p256-{}", self.number)),
            Signing::Nameless => ("ES256", "nowhere".to_owned()),
            Signing::Es256 | Signing::Flipped => ("ES256", format!("p256-{}", self.number)),
        };
        let header = json!({ "alg": alg, "kid": kid, "typ": "JWT" });
        let message = format!(
            "{}.{}",
            encoded(header.to_string()),
            encoded(claims.to_string())
        );
        let mut signature = self.signature(signing, message.as_bytes());
        if signing == Signing::Flipped {
            signature[7] ^= 1;
        }
        format!("{message}.{}", encoded(signature))
    }

    fn signature(&self, signing: Signing, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match signing {
            Signing::Unsigned => Vec::new(),
            Signing::SharedSecret => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, CLIENT_SECRET.as_bytes());
                hmac::sign(&key, message).as_ref().to_vec()
            }
            Signing::Rs256 => {
                let mut signature = vec![0; self.rsa.public().modulus_len()];
                self.rsa
                    .sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)
                    .expect("a signature");
                signature
            }
            Signing::Es256 | Signing::Flipped | Signing::Nameless => {
                let signature = self.curve.sign(&random, message).expect("a signature");
                signature.as_ref().to_vec()
            }
        }
    }
}
