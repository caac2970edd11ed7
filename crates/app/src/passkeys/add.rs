//! Adding a passkey: the browser asks a device for a new key, and we keep the public half.

use super::authenticator::{self, ID_MOST};
use super::challenge::{self, About};
use super::client::{self, Purpose};
use super::key;
use super::manage::{MOST, check_adding};
use super::news::{self, FromBrowser};
use super::party::Party;
use super::refusal::{PasskeyError, Refusal};
use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::sign_in::Signed;
use data_encoding::BASE64URL_NOPAD;
use model::ids::PasskeyId;
use store::passkeys::{Algorithm, Passkey};

/// What a new passkey is called when the browser has no name for itself.
const NAMELESS: &str = "Passkey";

/// What a browser needs to ask a device for a new passkey.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The site that it will be for.
    pub party: Party,
    /// The challenge, in base64url.
    pub challenge: String,
    /// What the device shall call the person, in base64url.
    pub person: String,
    /// What the device shall show as the person's name.
    pub email: String,
    /// The ids that are here already, in base64url: a device that has one of them makes no other.
    pub have: Vec<String>,
    /// The kinds of keys that we know, by their numbers, the best first.
    pub algorithms: [i64; 3],
}

/// What a browser brings back from a device that has made a passkey.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// The new passkey's id.
    pub credential: Vec<u8>,
    /// What the browser says of it: JSON.
    pub client_data: Vec<u8>,
    /// What the device says of it.
    pub authenticator_data: Vec<u8>,
    /// The public key, as SPKI.
    pub public_key: Vec<u8>,
    /// The number of its kind.
    pub algorithm: i64,
}

/// What is new and well made.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Sound {
    /// The kind of its key.
    pub algorithm: Algorithm,
    /// How often its device has signed already.
    pub counter: i64,
    /// The challenge that was answered.
    pub challenge: Vec<u8>,
}

/// Begins: the question that a browser takes to a device.
pub async fn begin_adding(house: &House, cx: &Cx, signed: &Signed) -> Result<Wanted, PasskeyError> {
    let party = Party::of(&house.settings.public_url).ok_or(PasskeyError::Off)?;
    let have = check_adding(house, cx, signed).await?;
    Ok(Wanted {
        party,
        challenge: challenge::ask(house, cx, About::Add(&signed.session)),
        person: person(house, &signed.email_folded),
        email: signed.email.clone(),
        have: have.into_iter().map(|p| p.credential_id).collect(),
        algorithms: key::ASKED_FOR,
    })
}

/// Ends: what the browser brought back is checked and kept.
pub async fn add(
    house: &House,
    cx: &mut Cx,
    signed: &Signed,
    offer: &Offer,
    from: FromBrowser<'_>,
) -> Result<Passkey, PasskeyError> {
    let party = Party::of(&house.settings.public_url).ok_or(PasskeyError::Off)?;
    let sound = check(&party, offer)?;
    let about = About::Add(&signed.session);
    let answered = challenge::check(house, cx, about, &sound.challenge)?;
    check_adding(house, cx, signed).await?;
    let name = if from.name.is_empty() {
        NAMELESS
    } else {
        from.name
    };
    let passkey = Passkey {
        id: cx.mint(PasskeyId::mint),
        email: signed.email.clone(),
        email_folded: signed.email_folded.clone(),
        user_handle: person(house, &signed.email_folded),
        credential_id: BASE64URL_NOPAD.encode(&offer.credential),
        public_key: BASE64URL_NOPAD.encode(&offer.public_key),
        algorithm: sound.algorithm,
        counter: sound.counter,
        name: name.to_owned(),
        created_at: cx.now,
        used_at: None,
    };
    let line = access::audit_line(cx, "passkey.added", "passkey", passkey.id.as_str());
    let mut tx = house.write().await?;
    if !store::passkeys::answered(&mut tx, &answered.hash, answered.until).await? {
        return Err(PasskeyError::Lapsed);
    }
    match store::passkeys::insert(&mut tx, &passkey).await {
        Err(error) if error.is_conflict_on("credential_id") => return Err(PasskeyError::Taken),
        other => other.map_err(Fault::from)?,
    }
    news::tell(&mut tx, cx, &passkey, true, from).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    house.bell.notify_one();
    metrics::counter!("tickets_passkeys_added").increment(1);
    Ok(passkey)
}

fn person(house: &House, email_folded: &str) -> String {
    BASE64URL_NOPAD.encode(&house.keyring.passkey_person(email_folded))
}

/// Checks a new passkey by itself (section 7.1): made for us, on our page, by somebody whom the device knows,
/// with a key that we can check signatures with. Whether we asked for it is not said by this.
pub(super) fn check(party: &Party, offer: &Offer) -> Result<Sound, Refusal> {
    let challenge = client::challenge(&offer.client_data, Purpose::Create, party)?;
    let said = authenticator::read(&offer.authenticator_data, party)?;
    let id = said.new_id.ok_or(Refusal::Malformed)?;
    if id != offer.credential.as_slice() || id.len() > ID_MOST {
        return Err(Refusal::Malformed);
    }
    let algorithm = key::algorithm(offer.algorithm)
        .filter(|algorithm| key::is_one(*algorithm, &offer.public_key))
        .ok_or(Refusal::Algorithm)?;
    Ok(Sound {
        algorithm,
        counter: said.counter,
        challenge,
    })
}

/// The most passkeys of an address, as a number to be compared with a list's length.
pub(super) fn is_full(passkeys: &[Passkey]) -> bool {
    i64::try_from(passkeys.len()).map_or(true, |many| many >= MOST)
}
