//! What the browser says of an answer: for what it was asked, by which page, and to which question.

use super::party::Party;
use super::refusal::Refusal;
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;

/// The longest that is read, in bytes; browsers send some 150 to 400.
const MOST: usize = 4_096;

/// What an answer is for.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Purpose {
    /// To add a passkey.
    Create,
    /// To sign in.
    Get,
}

impl Purpose {
    /// The word of the standard.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Create => "webauthn.create",
            Self::Get => "webauthn.get",
        }
    }
}

/// The standard's `CollectedClientData`. It may grow, so that what is unknown is left alone.
#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    purpose: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: Option<bool>,
    #[serde(default, rename = "topOrigin")]
    top_origin: Option<String>,
}

/// The challenge that the browser answered, if it did so for this purpose and on a page of ours.
pub fn challenge(bytes: &[u8], purpose: Purpose, party: &Party) -> Result<Vec<u8>, Refusal> {
    if bytes.len() > MOST {
        return Err(Refusal::Malformed);
    }
    let said: ClientData = serde_json::from_slice(bytes).map_err(|_| Refusal::Malformed)?;
    if said.purpose != purpose.word() {
        return Err(Refusal::Purpose);
    }
    if said.origin != party.origin {
        return Err(Refusal::Origin);
    }
    if said.cross_origin == Some(true) || said.top_origin.is_some() {
        return Err(Refusal::Framed);
    }
    BASE64URL_NOPAD
        .decode(said.challenge.as_bytes())
        .map_err(|_| Refusal::Malformed)
}
