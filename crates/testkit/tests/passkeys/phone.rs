//! A phone with a passkey, byte by byte as the standard says.

use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING as KIND, EcdsaKeyPair, KeyPair as _};
use serde_json::Value;

pub const HOST: &str = "tickets.example.ca";
pub const ORIGIN: &str = "https://tickets.example.ca";

/// What stands before a point on P-256 in an SPKI.
const SPKI: &str = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

pub type Pairs = Vec<(String, String)>;

/// A phone with one passkey.
pub struct Phone {
    pair: EcdsaKeyPair,
    pub id: Vec<u8>,
    pub person: String,
    pub counter: u32,
}

pub fn encoded(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

pub fn pairs(fields: &[(&str, String)]) -> Pairs {
    let owned = |(name, value): &(&str, String)| ((*name).to_owned(), value.clone());
    fields.iter().map(owned).collect()
}

fn client_data(purpose: &str, asked: &Value) -> Vec<u8> {
    let challenge = asked["challenge"].as_str().unwrap();
    format!(r#"{{"type":"{purpose}","challenge":"{challenge}","origin":"{ORIGIN}"}}"#).into_bytes()
}

impl Phone {
    pub fn new(id: u8) -> Self {
        let made = EcdsaKeyPair::generate_pkcs8(&KIND, &SystemRandom::new()).unwrap();
        Self {
            pair: EcdsaKeyPair::from_pkcs8(&KIND, made.as_ref(), &SystemRandom::new()).unwrap(),
            id: vec![id; 16],
            person: String::new(),
            counter: 0,
        }
    }

    /// Another phone that says to be this one.
    pub fn forged(&self) -> Self {
        Self {
            id: self.id.clone(),
            person: self.person.clone(),
            ..Self::new(0)
        }
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let mut data = digest(&SHA256, HOST.as_bytes()).as_ref().to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// What a browser sends of a new passkey.
    pub fn make(&mut self, asked: &Value) -> Pairs {
        asked["person"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.person);
        let mut data = self.data(0x45);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(&self.id);
        data.extend([0xa5, 1, 2]);
        let head = data_encoding::HEXLOWER.decode(SPKI.as_bytes()).unwrap();
        let public = [head.as_slice(), self.pair.public_key().as_ref()].concat();
        pairs(&[
            ("id", encoded(&self.id)),
            (
                "client_data",
                encoded(&client_data("webauthn.create", asked)),
            ),
            ("authenticator_data", encoded(&data)),
            ("public_key", encoded(&public)),
            ("algorithm", "-7".to_owned()),
        ])
    }

    /// What a browser sends of a passkey that is shown.
    pub fn sign(&self, asked: &Value, next: &str) -> Pairs {
        let client = client_data("webauthn.get", asked);
        let data = self.data(0x05);
        let message = [data.as_slice(), digest(&SHA256, &client).as_ref()].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &message).unwrap();
        pairs(&[
            ("id", encoded(&self.id)),
            ("client_data", encoded(&client)),
            ("authenticator_data", encoded(&data)),
            ("signature", encoded(signature.as_ref())),
            ("person", self.person.clone()),
            ("next", next.to_owned()),
        ])
    }
}
