//! A device for tests: makes passkeys and signs with them, byte by byte as the standard says.

use super::add::Offer;
use super::party::Party;
use super::sign_in::{Known, Shown};
use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use store::passkeys::Algorithm;

/// Somebody was there, and the device has checked who.
pub const GOOD: u8 = 0x05;
/// The same, and a new passkey follows.
pub const GOOD_NEW: u8 = 0x45;

enum Pair {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

/// A device with one passkey.
pub struct Device {
    pair: Pair,
    random: SystemRandom,
    pub id: Vec<u8>,
    pub person: Vec<u8>,
}

/// What the browser says.
pub fn client_data(purpose: &str, challenge: &[u8], origin: &str) -> Vec<u8> {
    let challenge = BASE64URL_NOPAD.encode(challenge);
    format!(
        r#"{{"type":"{purpose}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#
    )
    .into_bytes()
}

impl Device {
    /// A device whose key is of one of two kinds.
    pub fn new(algorithm: Algorithm) -> Self {
        let random = SystemRandom::new();
        let pair = if algorithm == Algorithm::EdDsa {
            let made = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
            Pair::EdDsa(Ed25519KeyPair::from_pkcs8(made.as_ref()).unwrap())
        } else {
            let kind = &ECDSA_P256_SHA256_ASN1_SIGNING;
            let made = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
            Pair::Es256(EcdsaKeyPair::from_pkcs8(kind, made.as_ref(), &random).unwrap())
        };
        Self {
            pair,
            random,
            id: vec![7; 20],
            person: vec![9; 32],
        }
    }

    /// Its public key as a browser hands it over, with the number of its kind.
    pub fn public_key(&self) -> (i64, Vec<u8>) {
        match &self.pair {
            Pair::Es256(pair) => {
                let head = "3059301306072a8648ce3d020106082a8648ce3d030107034200";
                (
                    -7,
                    [hex(head).as_slice(), pair.public_key().as_ref()].concat(),
                )
            }
            Pair::EdDsa(pair) => {
                let head = hex("302a300506032b6570032100");
                (-8, [head.as_slice(), pair.public_key().as_ref()].concat())
            }
        }
    }

    /// What is kept of it.
    pub fn known(&self, counter: i64) -> Known {
        let (number, public_key) = self.public_key();
        Known {
            algorithm: super::key::algorithm(number).unwrap(),
            public_key,
            person: self.person.clone(),
            counter,
        }
    }

    /// What it says.
    pub fn data(&self, site: &str, flags: u8, counter: u32) -> Vec<u8> {
        let mut data = digest(&SHA256, site.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(counter.to_be_bytes());
        if flags & 0x40 != 0 {
            data.extend([0; 16]);
            data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
            data.extend(&self.id);
            data.extend([0xa5, 0x01, 0x02]);
        }
        data
    }

    /// A new passkey for a site, as its browser brings it.
    pub fn offer(&self, party: &Party, challenge: &[u8]) -> Offer {
        let (algorithm, public_key) = self.public_key();
        Offer {
            credential: self.id.clone(),
            client_data: client_data("webauthn.create", challenge, &party.origin),
            authenticator_data: self.data(&party.id, GOOD_NEW, 0),
            public_key,
            algorithm,
        }
    }

    /// Signs what both say.
    pub fn sign(&self, client_data: Vec<u8>, authenticator_data: Vec<u8>) -> Shown {
        let hash = digest(&SHA256, &client_data);
        let message = [authenticator_data.as_slice(), hash.as_ref()].concat();
        let signature = match &self.pair {
            Pair::Es256(pair) => pair.sign(&self.random, &message).unwrap().as_ref().to_vec(),
            Pair::EdDsa(pair) => pair.sign(&message).as_ref().to_vec(),
        };
        Shown {
            credential: self.id.clone(),
            client_data,
            authenticator_data,
            signature,
            person: self.person.clone(),
        }
    }
}

pub fn hex(text: &str) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(text.as_bytes()).unwrap()
}
