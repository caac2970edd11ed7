//! The state that a browser takes to the provider and brings back: where it wants to go, sealed, for ten
//! minutes, for the one browser, once.
//!
//! It is sealed so that going out writes nothing, and so that the provider does not learn which page of ours
//! somebody was on. The cookie that it is bound to is the same for all ways out of one browser at a time:
//! whoever signs in twice, in two windows, can finish both.

use super::refusal::Astray;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use data_encoding::BASE64URL_NOPAD;
use model::time::Time;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use store::sign_in_links::Purpose;

/// How long somebody may be at the provider, in seconds.
pub const STATE_S: i64 = 10 * 60;
/// The longest state that is looked at, in characters: a path of 600, its end and its seal fit.
const STATE_MOST: usize = 1_200;
/// How long what a cookie says is, in bytes before they are written as text.
const BROWSER: usize = 32;

/// A state of ours that its own browser has brought back in time.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct State {
    /// What somebody signs in for.
    pub purpose: Purpose,
    /// Where to go on; to be checked once more.
    pub next: String,
    hash: String,
    until: Time,
}

/// What the browser's cookie must say: what it says already, if that can be ours, or something new.
pub fn browser(house: &House, known: Option<&str>) -> String {
    let ours = |text: &&str| {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes());
        bytes.is_ok_and(|bytes| bytes.len() == BROWSER)
    };
    known.filter(ours).map_or_else(
        || BASE64URL_NOPAD.encode(&house.secret_bytes()),
        str::to_owned,
    )
}

/// Seals a state for a browser.
pub fn seal(
    house: &House,
    cx: &Cx,
    browser: &str,
    purpose: Purpose,
    next: &str,
) -> Result<String, Fault> {
    let until = cx.now.plus_seconds(STATE_S).seconds();
    let mut text = until.to_be_bytes().to_vec();
    text.push(letter(purpose));
    text.extend_from_slice(next.as_bytes());
    let mut nonce = [0u8; NONCE_LEN];
    nonce.copy_from_slice(&house.secret_bytes()[..NONCE_LEN]);
    let once = Nonce::assume_unique_for_key(nonce);
    key(house)
        .and_then(|key| {
            key.seal_in_place_append_tag(once, Aad::from(browser.as_bytes()), &mut text)
                .ok()
        })
        .ok_or_else(|| Fault::Inconsistent("a state could not be sealed".to_owned()))?;
    Ok(BASE64URL_NOPAD.encode(&[&nonce[..], &text].concat()))
}

/// The state, if it is one of ours, of this browser, and its time is not over.
pub fn open(house: &House, cx: &Cx, browser: &str, sealed: &str) -> Option<State> {
    if sealed.len() > STATE_MOST {
        return None;
    }
    let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
    let (nonce, text) = bytes.split_first_chunk::<NONCE_LEN>()?;
    let mut text = text.to_vec();
    let once = Nonce::assume_unique_for_key(*nonce);
    let key = key(house)?;
    let opened = key
        .open_in_place(once, Aad::from(browser.as_bytes()), &mut text)
        .ok()?;
    let (until, rest) = opened.split_first_chunk::<8>()?;
    let (letter, next) = rest.split_first()?;
    let until = Time::from_seconds(i64::from_be_bytes(*until));
    Some(State {
        purpose: purpose(*letter)?,
        next: String::from_utf8(next.to_vec()).ok()?,
        hash: house.keyring.bearer_hash(&format!("provider {sealed}")),
        until,
    })
    .filter(|_| until > cx.now)
}

/// Uses a state up; whoever shows it again is too late.
pub async fn use_up(house: &House, state: &State) -> Result<(), Astray> {
    let mut tx = house.write().await?;
    if !store::hand_overs::use_up(&mut tx, &state.hash, state.until).await? {
        return Err(Astray::Lapsed);
    }
    Ok(tx.commit().await?)
}

fn key(house: &House) -> Option<LessSafeKey> {
    let key = UnboundKey::new(&AES_256_GCM, &house.keyring.provider_key()).ok()?;
    Some(LessSafeKey::new(key))
}

const fn letter(purpose: Purpose) -> u8 {
    match purpose {
        Purpose::Organizer => b'o',
        Purpose::Buyer => b'b',
    }
}

const fn purpose(letter: u8) -> Option<Purpose> {
    match letter {
        b'o' => Some(Purpose::Organizer),
        b'b' => Some(Purpose::Buyer),
        _ => None,
    }
}
