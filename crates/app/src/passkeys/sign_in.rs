//! Signing in with a passkey: nobody types an address, because the device knows who it is.

use super::authenticator;
use super::challenge::{self, About};
use super::client::{self, Purpose};
use super::key;
use super::party::Party;
use super::refusal::{PasskeyError, Refusal};
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::sign_in::{Begun, Entered, Opening, Signed, Way};
use data_encoding::BASE64URL_NOPAD;
use ring::digest::{SHA256, digest};
use store::passkeys::Passkey;

/// What a browser needs to ask for a passkey.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The site that it must be for.
    pub party: Party,
    /// The challenge, in base64url.
    pub challenge: String,
}

/// What a browser brings back from a device.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The passkey's id.
    pub credential: Vec<u8>,
    /// What the browser says: JSON.
    pub client_data: Vec<u8>,
    /// What the device says.
    pub authenticator_data: Vec<u8>,
    /// The signature over what both say.
    pub signature: Vec<u8>,
    /// What the device calls the person.
    pub person: Vec<u8>,
}

/// A passkey as it is kept, decoded.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub algorithm: store::passkeys::Algorithm,
    pub public_key: Vec<u8>,
    pub person: Vec<u8>,
    pub counter: i64,
}

/// Begins: the question that a browser takes to whatever device has a passkey for us. Nothing is written.
pub fn begin_signing_in(house: &House, cx: &Cx) -> Result<Asked, PasskeyError> {
    Ok(Asked {
        party: Party::of(&house.settings.public_url).ok_or(PasskeyError::Off)?,
        challenge: challenge::ask(house, cx, About::SignIn),
    })
}

/// Ends: whoever holds the passkey is signed in, by both factors at once. `before` is who had signed in with
/// this browser until now: a session of the same address is not left behind.
pub async fn sign_in(
    house: &House,
    cx: &mut Cx,
    shown: &Shown,
    browser: &str,
    before: Option<&Signed>,
) -> Result<Entered, PasskeyError> {
    let party = Party::of(&house.settings.public_url).ok_or(PasskeyError::Off)?;
    let question = client::challenge(&shown.client_data, Purpose::Get, &party)?;
    let answered = challenge::check(house, cx, About::SignIn, &question)?;
    let credential = BASE64URL_NOPAD.encode(&shown.credential);
    let found = store::passkeys::by_credential(&mut *house.read().await?, &credential).await?;
    let passkey = found.ok_or(PasskeyError::Unknown)?;
    let counter = check(&party, &known(&passkey)?, shown)?;
    let account =
        store::accounts::by_email(&mut *house.read().await?, &passkey.email_folded).await?;
    let opening = Opening {
        email: &passkey.email,
        account: account.as_ref(),
        browser,
        way: Way::Passkey,
        proved: true,
    };
    let begun = Begun::new(house, cx, &opening)?;
    let mut tx = house.write().await?;
    if !store::passkeys::answered(&mut tx, &answered.hash, answered.until).await? {
        return Err(PasskeyError::Lapsed);
    }
    // Two signatures with the same counter at once: the later one is taken for a copy's. A passkey that was
    // removed at this moment signs nobody in either.
    let last = passkey.counter;
    if !store::passkeys::used(&mut tx, &passkey.id, last, counter, cx.now).await? {
        return Err(Refusal::Counter.into());
    }
    if let Some(old) = before.filter(|old| old.email_folded == passkey.email_folded) {
        store::sessions::end(&mut tx, &old.session, &old.email_folded).await?;
    }
    begun.write(&mut tx, cx).await?;
    tx.commit().await?;
    Ok(begun.entered(String::new()))
}

fn known(passkey: &Passkey) -> Result<Known, Fault> {
    let bytes = |text: &str| {
        BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|why| {
            Fault::Inconsistent(format!("passkey {} cannot be read: {why}", passkey.id))
        })
    };
    Ok(Known {
        algorithm: passkey.algorithm,
        public_key: bytes(&passkey.public_key)?,
        person: bytes(&passkey.user_handle)?,
        counter: passkey.counter,
    })
}

/// Checks an answer by itself (section 7.2): for us, by somebody whom the device knows, signed by the key
/// that we keep, and not by a copy of it. The device's counter is what comes back. Whether we asked, and
/// whether it was on our page, was looked at before.
pub(super) fn check(party: &Party, known: &Known, shown: &Shown) -> Result<i64, Refusal> {
    let said = authenticator::read(&shown.authenticator_data, party)?;
    if shown.person != known.person {
        return Err(Refusal::Person);
    }
    let mut message = shown.authenticator_data.clone();
    message.extend_from_slice(digest(&SHA256, &shown.client_data).as_ref());
    key::check(
        known.algorithm,
        &known.public_key,
        &message,
        &shown.signature,
    )?;
    // A device that counts must have counted on (step 22); most do not count, and say 0 always.
    let counts = said.counter != 0 || known.counter != 0;
    if counts && said.counter <= known.counter {
        return Err(Refusal::Counter);
    }
    Ok(said.counter)
}
