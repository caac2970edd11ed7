//! An ID token, checked by the list of OpenID Connect Core 1.0, section 3.1.3.7 (read in 2026-11): pure, with
//! the time as an argument, and whole whatever the bytes are.

use crate::keys::{Algorithm, Keys};
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use serde_json::{Number, Value};

/// The longest token that is read, in bytes; providers send one or two thousand.
const TOKEN_MOST: usize = 16 * 1_024;
/// The longest name of a person with their provider, in bytes (Core, section 2).
const SUBJECT_MOST: usize = 255;
/// How far the provider's clock and ours may be apart, in seconds.
pub const LEEWAY_S: i64 = 60;

/// What is wrong with a token. Whoever sent it learns only that it was not taken.
#[derive(Copy, Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Something is missing, cut short or of another shape.
    #[error("it cannot be read")]
    Malformed,
    /// It is signed in a way that is not believed: not at all, with a shared secret, or in an unknown way.
    #[error("it is signed in a way that is not believed here")]
    Algorithm,
    /// The provider has no such key.
    #[error("it names a key that the provider does not have")]
    Key,
    /// It is signed by another key, or something of it was changed.
    #[error("its signature is not right")]
    Signature,
    /// Another provider made it.
    #[error("another provider made it")]
    Issuer,
    /// It was made for somebody else.
    #[error("it was made for somebody else")]
    Audience,
    /// It is past its time.
    #[error("it is past its time")]
    Expired,
    /// It is from the future.
    #[error("it does not hold yet")]
    Early,
    /// It answers another question than ours.
    #[error("it answers another question than ours")]
    Nonce,
    /// It names nobody, or what else the provider tells is about somebody else.
    #[error("it names nobody, or two people")]
    Subject,
}

impl Refusal {
    /// The stable code, for the log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Algorithm => "algorithm",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Issuer => "issuer",
            Self::Audience => "audience",
            Self::Expired => "expired",
            Self::Early => "early",
            Self::Nonce => "nonce",
            Self::Subject => "subject",
        }
    }
}

/// Somebody, as a provider knows them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Person {
    /// The provider's own name for them: it never changes, and is never given to another.
    pub subject: String,
    /// Their address; empty if it was not told.
    pub email: String,
    /// Whether the provider has proved that the address is theirs.
    pub email_verified: bool,
    /// What they are called; empty if it was not told.
    pub name: String,
}

/// What a token must say to be believed.
#[derive(Copy, Clone, Debug)]
pub struct Expected<'a> {
    /// Who must have made it.
    pub issuer: &'a str,
    /// For whom.
    pub client_id: &'a str,
    /// To which question.
    pub nonce: &'a str,
    /// Now, in seconds since 1970.
    pub now_s: i64,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    /// What a reader must understand or refuse (RFC 7515, section 4.1.11): we understand nothing of it.
    #[serde(default)]
    crit: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: Number,
    iat: Number,
    #[serde(default)]
    nbf: Option<Number>,
    #[serde(default)]
    azp: Option<String>,
    #[serde(default)]
    nonce: Option<String>,
}

/// What is told about a person, in a token or by the provider's own word for it; all of it may be missing.
#[derive(Default, Deserialize)]
struct Told {
    #[serde(default)]
    sub: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    email_verified: Option<Value>,
    #[serde(default)]
    name: Option<String>,
}

/// Checks a token: first that the provider has signed it, then everything that it says.
pub fn check(token: &str, keys: &Keys, expected: &Expected<'_>) -> Result<Person, Refusal> {
    if token.len() > TOKEN_MOST {
        return Err(Refusal::Malformed);
    }
    let (message, signature) = token.rsplit_once('.').ok_or(Refusal::Malformed)?;
    let (header, claims) = message.split_once('.').ok_or(Refusal::Malformed)?;
    let header: Header = read(&decoded(header)?)?;
    if header.crit.is_some() {
        return Err(Refusal::Malformed);
    }
    let algorithm = Algorithm::parse(&header.alg).ok_or(Refusal::Algorithm)?;
    let (signature, body) = (decoded(signature)?, decoded(claims)?);
    keys.check(
        algorithm,
        header.kid.as_deref(),
        message.as_bytes(),
        &signature,
    )?;
    let claims: Claims = read(&body)?;
    check_claims(&claims, expected)?;
    Ok(person(claims.sub, read(&body)?))
}

fn check_claims(claims: &Claims, expected: &Expected<'_>) -> Result<(), Refusal> {
    if claims.iss != expected.issuer {
        return Err(Refusal::Issuer);
    }
    check_audience(claims, expected.client_id)?;
    let (exp, iat) = (seconds(&claims.exp)?, seconds(&claims.iat)?);
    let begins = match &claims.nbf {
        Some(nbf) => seconds(nbf)?.max(iat),
        None => iat,
    };
    if exp.saturating_add(LEEWAY_S) <= expected.now_s {
        return Err(Refusal::Expired);
    }
    if begins > expected.now_s.saturating_add(LEEWAY_S) {
        return Err(Refusal::Early);
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(Refusal::Nonce);
    }
    if !(1..=SUBJECT_MOST).contains(&claims.sub.len()) {
        return Err(Refusal::Subject);
    }
    Ok(())
}

/// We must be among those it was made for; where there are others, it must have been made at our wish.
fn check_audience(claims: &Claims, client_id: &str) -> Result<(), Refusal> {
    let (ours, alone) = match &claims.aud {
        Audience::One(one) => (one == client_id, true),
        Audience::Many(many) => (many.iter().any(|one| one == client_id), many.len() == 1),
    };
    let party = match claims.azp.as_deref() {
        Some(azp) => azp == client_id,
        None => alone,
    };
    if ours && party {
        Ok(())
    } else {
        Err(Refusal::Audience)
    }
}

/// Adds what the provider tells beside the token (Core, section 5.3): it must be about the same person.
pub fn complete(person: &mut Person, bytes: &[u8]) -> Result<(), Refusal> {
    let told: Told = read(bytes)?;
    if told.sub.as_deref() != Some(person.subject.as_str()) {
        return Err(Refusal::Subject);
    }
    let name = std::mem::take(&mut person.name);
    *person = self::person(std::mem::take(&mut person.subject), told);
    if person.name.is_empty() {
        person.name = name;
    }
    Ok(())
}

fn person(subject: String, told: Told) -> Person {
    Person {
        subject,
        email: told.email.unwrap_or_default(),
        // Some providers write truth as a text.
        email_verified: match told.email_verified {
            Some(Value::Bool(truth)) => truth,
            Some(Value::String(text)) => text == "true",
            _ => false,
        },
        name: told.name.unwrap_or_default(),
    }
}

fn decoded(part: &str) -> Result<Vec<u8>, Refusal> {
    BASE64URL_NOPAD
        .decode(part.as_bytes())
        .map_err(|_| Refusal::Malformed)
}

fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Refusal> {
    serde_json::from_slice(bytes).map_err(|_| Refusal::Malformed)
}

/// A time in whole seconds since 1970; what some write behind the point is left out.
fn seconds(number: &Number) -> Result<i64, Refusal> {
    let text = number.to_string();
    let whole = text.split('.').next().unwrap_or_default();
    whole.parse().map_err(|_| Refusal::Malformed)
}
