//! The question that a passkey answers: made by nobody but us, for one purpose, for five minutes, once.
//!
//! A challenge carries its own end and our seal, so that asking writes nothing: every look at the sign-in
//! page asks. Only what was answered well is written down, and from then on it is used up.

use super::refusal::{PasskeyError, Refusal};
use crate::cx::Cx;
use crate::house::House;
use data_encoding::BASE64URL_NOPAD;
use model::ids::SessionId;
use model::time::Time;

/// How long a challenge may be answered, in seconds.
pub const CHALLENGE_S: i64 = 5 * 60;

/// What a challenge is for.
#[derive(Copy, Clone, Debug)]
pub enum About<'a> {
    /// Signing in, whoever it is.
    SignIn,
    /// Adding a passkey, in one session.
    Add(&'a SessionId),
}

impl About<'_> {
    fn label(self) -> String {
        match self {
            Self::SignIn => "sign in".to_owned(),
            Self::Add(session) => format!("add {session}"),
        }
    }
}

/// A challenge that was answered in time; to be used up in the transaction that believes the answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answered {
    /// The keyed hash of it.
    pub hash: String,
    /// When it lapses.
    pub until: Time,
}

/// A new challenge, in base64url.
pub fn ask(house: &House, cx: &Cx, about: About<'_>) -> String {
    let until = cx.now.plus_seconds(CHALLENGE_S).seconds();
    let random = house.secret_bytes();
    let challenge = house
        .keyring
        .passkey_challenge(&about.label(), &random, until);
    BASE64URL_NOPAD.encode(&challenge)
}

/// Whether a challenge is one of ours, for this purpose, and its time is not over.
pub fn check(
    house: &House,
    cx: &Cx,
    about: About<'_>,
    challenge: &[u8],
) -> Result<Answered, PasskeyError> {
    let until = house
        .keyring
        .passkey_challenge_until(&about.label(), challenge)
        .ok_or(Refusal::Challenge)?;
    if until <= cx.now.seconds() {
        return Err(PasskeyError::Lapsed);
    }
    let text = BASE64URL_NOPAD.encode(challenge);
    Ok(Answered {
        hash: house.keyring.bearer_hash(&format!("challenge {text}")),
        until: Time::from_seconds(until),
    })
}
