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
/// How much of each text is kept, in characters, until the token is short enough: first all of it.
const CUTS: [usize; 5] = [usize::MAX, 60, 36, 24, 16];

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

    /// The link that saves a pass. `origin` is the site that it stands on; `logo` is a picture that Google can fetch, if there is one.
    ///
    /// Long texts are cut until the token is short enough for every browser; the code and the number never are.
    pub fn link(
        &self,
        pass: &Pass,
        origin: &str,
        logo: Option<&str>,
        now_micros: i64,
    ) -> Result<String, WalletError> {
        for cut in CUTS {
            // What is only good to have goes with the first cut.
            let logo = logo.filter(|_| cut == usize::MAX);
            let token = self.token(&self.claims(pass, origin, logo, cut, now_micros)?)?;
            if token.len() <= TOKEN_MOST {
                return Ok(format!("{SAVE}{token}"));
            }
        }
        Err(WalletError::TooLong)
    }

    fn claims(
        &self,
        pass: &Pass,
        origin: &str,
        logo: Option<&str>,
        cut: usize,
        now_micros: i64,
    ) -> Result<Value, WalletError> {
        let mut class = class(pass, logo, cut)?;
        let class_id = self.id(&class);
        class["id"] = json!(class_id);
        let mut object = object(pass, cut);
        object["classId"] = json!(class_id);
        object["id"] = json!(self.id(&object));
        Ok(json!({
            "iss": self.email,
            "aud": "google",
            "typ": "savetowallet",
            "iat": now_micros / 1_000_000,
            "origins": [origin],
            "payload": { "eventTicketClasses": [class], "eventTicketObjects": [object] },
        }))
    }

    /// The id of what something says. Google keeps the first class or object that it sees under an id and looks at no later one, so
    /// what says something else must be something else.
    fn id(&self, said: &Value) -> String {
        let sum = digest(&SHA256, said.to_string().as_bytes());
        let start = sum.as_ref().get(..15).unwrap_or_default();
        format!("{}.{}", self.issuer, BASE64URL_NOPAD.encode(start))
    }

    /// A token by RS256 (RFC 7515, RFC 7518 section 3.3).
    fn token(&self, claims: &Value) -> Result<String, WalletError> {
        let head = BASE64URL_NOPAD.encode(br#"{"alg":"RS256","typ":"JWT"}"#);
        let body = BASE64URL_NOPAD.encode(&serde_json::to_vec(claims)?);
        let signed = format!("{head}.{body}");
        let signature = key::sign(&self.key, signed.as_bytes())?;
        Ok(format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature)))
    }
}

/// What all tickets of the event share.
fn class(pass: &Pass, logo: Option<&str>, cut: usize) -> Result<Value, WalletError> {
    let said = |text: &str| said(pass, text, cut);
    let mut class = json!({
        "issuerName": short(&pass.seller, cut),
        "reviewStatus": "UNDER_REVIEW",
        "eventName": said(&pass.event),
        "dateTime": {
            "start": pass.on_its_clock(pass.starts_micros)?,
            "end": pass.on_its_clock(pass.ends_micros)?,
        },
        "hexBackgroundColor": hex(GROUND),
    });
    // A place needs both, its name and its address.
    if !pass.venue.is_empty() && !pass.address.is_empty() {
        class["venue"] = json!({ "name": said(&pass.venue), "address": said(&pass.address) });
    }
    if let Some(logo) = logo {
        class["logo"] = json!({ "sourceUri": { "uri": logo } });
    }
    Ok(class)
}

/// The one ticket.
fn object(pass: &Pass, cut: usize) -> Value {
    let (title, address) = &pass.link;
    let mut object = json!({
        "state": "ACTIVE",
        "ticketNumber": pass.number,
        "ticketType": said(pass, &pass.tier, cut),
        "barcode": { "type": "QR_CODE", "value": pass.code, "alternateText": pass.number },
        "linksModuleData": { "uris": [{ "id": "1", "uri": address, "description": short(title, cut) }] },
    });
    if !pass.holder.is_empty() {
        object["ticketHolderName"] = json!(short(&pass.holder, cut));
    }
    object
}

/// A text with its language, as Google wants it.
fn said(pass: &Pass, text: &str, cut: usize) -> Value {
    json!({ "defaultValue": { "language": pass.lang, "value": short(text, cut) } })
}

/// At most so many characters, the last of them three dots if there were more.
fn short(text: &str, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
