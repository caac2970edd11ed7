//! Google's passes: a link that carries class and object of the pass inside a signed token.
//!
//! Nothing of ours calls Google: the buyer's browser follows the link, and Google makes the pass from what stands in it (Google
//! Wallet, "Working with JSON Web Tokens", "EventTicketClass" and "EventTicketObject", read in 2026-11). The token has the QR code, so
//! the link is as good as the ticket: it is made when it is asked for and belongs into no log.

use super::key::{self, BadKey};
use super::look::{GROUND, hex};
use super::{Pass, WalletError};
use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use ring::rsa::KeyPair;
use serde::Deserialize;
use serde_json::{Value, json};

/// Where links lead (Google Wallet, "Issuing passes with web, email and SMS", read in 2026-11).
const SAVE: &str = "https://pay.google.com/gp/v/save/";
/// How long a token in a link may be: browsers cut off longer ones (the same page).
const TOKEN_MOST: usize = 1_800;
/// The head of each token.
const HEAD: &[u8] = br#"{"alg":"RS256","typ":"JWT"}"#;

/// How much a pass says: first everything, then less and less, until its token is short enough.
#[derive(Copy, Clone, Debug)]
struct Room {
    /// What is only good to have, the dearest last: a logo, the number in Google's own place for it, the end, our colour, the link to
    /// the truth, the place.
    extras: u8,
    /// How many characters of each text.
    cut: usize,
}

const LOGO: u8 = 6;
const NUMBER: u8 = 5;
const END: u8 = 4;
const COLOUR: u8 = 3;
const LINK: u8 = 2;
const PLACE: u8 = 1;

const fn room(extras: u8, cut: usize) -> Room {
    Room { extras, cut }
}

const ROOMS: [Room; 12] = [
    room(LOGO, usize::MAX),
    room(NUMBER, usize::MAX),
    room(END, usize::MAX),
    room(COLOUR, usize::MAX),
    room(LINK, usize::MAX),
    room(PLACE, usize::MAX),
    room(PLACE, 48),
    room(PLACE, 32),
    room(PLACE, 24),
    room(PLACE, 16),
    room(PLACE, 12),
    room(0, 12),
];

/// Why a service account signs no passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GoogleFault {
    /// The file is no service account's key.
    #[error(
        "it is no key of a service account: it should be the JSON file with client_email and private_key that Google Cloud gives"
    )]
    NoAccount,
    /// Its key cannot be used.
    #[error(transparent)]
    Key(BadKey),
    /// The issuer's id is none.
    #[error("the issuer's id has digits only; the Google Pay & Wallet console shows it")]
    Issuer,
}

impl GoogleFault {
    /// The name in the configuration that is wrong.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoAccount | Self::Key(_) => "GOOGLE_WALLET_KEY",
            Self::Issuer => "GOOGLE_WALLET_ISSUER",
        }
    }
}

#[derive(Deserialize)]
struct Account {
    client_email: String,
    private_key: String,
}

/// Makes Google's links, with a service account's key.
pub struct GooglePassMaker {
    issuer: String,
    email: String,
    key: KeyPair,
}

impl GooglePassMaker {
    /// From the text of a service account's JSON file, and the issuer's id.
    pub fn read(account: &[u8], issuer: &str) -> Result<Self, GoogleFault> {
        if issuer.is_empty() || !issuer.bytes().all(|b| b.is_ascii_digit()) {
            return Err(GoogleFault::Issuer);
        }
        let account: Account =
            serde_json::from_slice(account).map_err(|_| GoogleFault::NoAccount)?;
        let key = key::read(account.private_key.as_bytes()).map_err(GoogleFault::Key)?;
        Ok(Self {
            issuer: issuer.to_owned(),
            email: account.client_email,
            key,
        })
    }

    /// The link that saves a pass; `logo` is a picture that Google can fetch, if there is one.
    ///
    /// Where all of it is too much for a link, it says less: what the ticket's code and number are, it always says.
    pub fn link(
        &self,
        pass: &Pass,
        logo: Option<&str>,
        now_micros: i64,
    ) -> Result<String, WalletError> {
        let signature = BASE64URL_NOPAD.encode_len(self.key.public().modulus_len());
        for room in ROOMS {
            let claims = serde_json::to_vec(&self.claims(pass, logo, room, now_micros)?)?;
            let signed = format!(
                "{}.{}",
                BASE64URL_NOPAD.encode(HEAD),
                BASE64URL_NOPAD.encode(&claims)
            );
            if signed.len() + 1 + signature <= TOKEN_MOST {
                return self.signed(&signed);
            }
        }
        Err(WalletError::TooLong)
    }

    /// The link with a token by RS256 (RFC 7515, RFC 7518 section 3.3).
    fn signed(&self, signed: &str) -> Result<String, WalletError> {
        let signature = key::sign(&self.key, signed.as_bytes())?;
        Ok(format!(
            "{SAVE}{signed}.{}",
            BASE64URL_NOPAD.encode(&signature)
        ))
    }

    /// `origins` would name the sites that show Google's own button; a link needs none.
    fn claims(
        &self,
        pass: &Pass,
        logo: Option<&str>,
        room: Room,
        now_micros: i64,
    ) -> Result<Value, WalletError> {
        let mut class = class(pass, logo, room)?;
        let class_id = self.id(&class);
        class["id"] = json!(class_id);
        let mut object = object(pass, room);
        object["classId"] = json!(class_id);
        object["id"] = json!(self.id(&object));
        Ok(json!({
            "iss": self.email,
            "aud": "google",
            "typ": "savetowallet",
            "iat": now_micros / 1_000_000,
            "origins": [],
            "payload": { "eventTicketClasses": [class], "eventTicketObjects": [object] },
        }))
    }

    /// The id of what something says. Google keeps the first class or object that it sees under an id and looks at no later one, so
    /// what says something else must be something else. Of ten million tickets, two have the same 72 bits once in a hundred million times.
    fn id(&self, said: &Value) -> String {
        let sum = digest(&SHA256, said.to_string().as_bytes());
        let start = sum.as_ref().get(..9).unwrap_or_default();
        format!("{}.{}", self.issuer, BASE64URL_NOPAD.encode(start))
    }
}

/// What all tickets of the event share.
fn class(pass: &Pass, logo: Option<&str>, room: Room) -> Result<Value, WalletError> {
    let said = |text: &str| said(pass, text, room);
    let mut class = json!({
        "issuerName": short(&pass.seller, room.cut),
        "reviewStatus": "UNDER_REVIEW",
        "eventName": said(&pass.event),
        "dateTime": { "start": pass.on_its_clock(pass.starts_micros)? },
    });
    // A place needs both, its name and its address.
    if room.extras >= PLACE && !pass.venue.is_empty() && !pass.address.is_empty() {
        class["venue"] = json!({ "name": said(&pass.venue), "address": said(&pass.address) });
    }
    if room.extras >= END {
        class["dateTime"]["end"] = json!(pass.on_its_clock(pass.ends_micros)?);
    }
    if room.extras >= COLOUR {
        class["hexBackgroundColor"] = json!(hex(GROUND));
    }
    if let Some(logo) = logo.filter(|_| room.extras >= LOGO) {
        class["logo"] = json!({ "sourceUri": { "uri": logo } });
    }
    Ok(class)
}

/// The one ticket.
fn object(pass: &Pass, room: Room) -> Value {
    let mut object = json!({
        "state": "ACTIVE",
        "ticketType": said(pass, &pass.tier, room),
        "barcode": { "type": "QR_CODE", "value": pass.code, "alternateText": pass.number },
    });
    if !pass.holder.is_empty() {
        object["ticketHolderName"] = json!(short(&pass.holder, room.cut));
    }
    if room.extras >= NUMBER {
        object["ticketNumber"] = json!(pass.number);
    }
    if room.extras >= LINK {
        let (title, address) = &pass.link;
        object["linksModuleData"] =
            json!({ "uris": [{ "uri": address, "description": short(title, room.cut) }] });
    }
    object
}

/// A text with its language, as Google wants it.
fn said(pass: &Pass, text: &str, room: Room) -> Value {
    let language = pass.lang.split('-').next().unwrap_or_default();
    json!({ "defaultValue": { "language": language, "value": short(text, room.cut) } })
}

/// At most so many characters, the last of them three dots if there were more.
fn short(text: &str, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
