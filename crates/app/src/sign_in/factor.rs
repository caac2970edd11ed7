//! The second factor: an authenticator app, and recovery codes for when the phone is lost.

use super::session::{Signed, prove_second_factor};
use super::totp;
use crate::access;
use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::house::House;
use crate::passkeys;
use data_encoding::BASE32_NOPAD;
use model::ids::AccountId;
use store::second_factors::SecondFactor;

/// Recovery codes that are handed out.
const CODES: usize = 8;
/// Wrong codes in a row after which an account has to wait.
const FAILURES_MOST: i64 = 6;
/// For how long, in seconds.
const LOCKED_S: i64 = 15 * 60;

/// Why a second factor was not taken.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// Whoever asks has no account.
    #[error("Only an account can have a second factor.")]
    NoAccount,
    /// The code is wrong, was used, or its time is over.
    #[error(
        "This code is not right, or it was used already. Wait for the next one and write that."
    )]
    Wrong,
    /// Too many wrong codes.
    #[error("Too many wrong codes. Please try again in {minutes} minutes.")]
    Locked {
        /// How long to wait.
        minutes: i64,
    },
    /// An admin has passkeys and no authenticator, and this session was opened without a passkey: a mail
    /// alone must not set up what opens an admin's pages.
    #[error("Sign in with your passkey first.")]
    PasskeyFirst,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(FactorError: store::StoreError);

/// How an account's second factor stands.
pub struct FactorState {
    /// Whether it protects the account.
    pub on: bool,
    /// What an app needs to set it up; `None` once it is.
    pub setup: Option<Setup>,
    /// Whether a passkey would do as well.
    pub passkeys: bool,
}

/// What an authenticator app needs.
pub struct Setup {
    /// The address inside the QR code.
    pub address: String,
    /// The secret, to be typed.
    pub secret: String,
}

/// How the second factor of whoever has signed in stands; begins one if there is none and one may be begun.
pub async fn factor_state(house: &House, signed: &Signed) -> Result<FactorState, FactorError> {
    let account = signed.account.as_ref().ok_or(FactorError::NoAccount)?;
    let passkeys = passkeys::has_any(house, signed).await?;
    let factor = ensure(house, account).await?;
    if factor.confirmed_at.is_some() || needs_passkey(signed, passkeys) {
        return Ok(FactorState {
            on: factor.confirmed_at.is_some(),
            setup: None,
            passkeys,
        });
    }
    let secret = house.keyring.totp_secret(account, factor.generation);
    Ok(FactorState {
        on: false,
        setup: Some(Setup {
            address: totp::address(&secret, &house.settings.platform_name, &signed.email),
            secret: totp::typed(&secret),
        }),
        passkeys,
    })
}

/// Whether an authenticator may be set up only after a passkey was shown.
fn needs_passkey(signed: &Signed, passkeys: bool) -> bool {
    passkeys::is_guarded(signed, passkeys) && !signed.proved
}

/// Whether an account has a second factor that protects it.
pub async fn factor_is_on(house: &House, account: &AccountId) -> Result<bool, Fault> {
    let factor = store::second_factors::by_account(&mut *house.read().await?, account).await?;
    Ok(factor.is_some_and(|f| f.confirmed_at.is_some()))
}

async fn ensure(house: &House, account: &AccountId) -> Result<SecondFactor, Fault> {
    let known = store::second_factors::by_account(&mut *house.read().await?, account).await?;
    if let Some(factor) = known {
        return Ok(factor);
    }
    let mut tx = house.write().await?;
    store::second_factors::begin(&mut tx, account).await?;
    tx.commit().await?;
    let made = store::second_factors::by_account(&mut *house.read().await?, account).await?;
    made.ok_or_else(|| Fault::Inconsistent("a second factor vanished".to_owned()))
}

/// Takes a code of the app, or a recovery code. The first code ever sets the factor up, and gives the
/// recovery codes, which are shown once.
pub async fn show_factor(
    house: &House,
    cx: &mut Cx,
    signed: &Signed,
    typed: &str,
) -> Result<Option<Vec<String>>, FactorError> {
    let account = signed.account.clone().ok_or(FactorError::NoAccount)?;
    let factor = ensure(house, &account).await?;
    if factor.confirmed_at.is_none()
        && needs_passkey(signed, passkeys::has_any(house, signed).await?)
    {
        return Err(FactorError::PasskeyFirst);
    }
    if let Some(until) = factor.locked_until.filter(|until| *until > cx.now) {
        let minutes = (until.seconds() - cx.now.seconds()).max(0).div_euclid(60) + 1;
        return Err(FactorError::Locked { minutes });
    }
    let plain: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    let codes = if plain.len() == totp::DIGITS && plain.bytes().all(|b| b.is_ascii_digit()) {
        by_app(house, cx, &factor, &plain).await?
    } else {
        by_recovery(house, cx, &factor, &plain).await?
    };
    prove_second_factor(house, cx, &signed.session).await?;
    Ok(codes)
}

async fn by_app(
    house: &House,
    cx: &mut Cx,
    factor: &SecondFactor,
    code: &str,
) -> Result<Option<Vec<String>>, FactorError> {
    let account = &factor.account_id;
    let secret = house.keyring.totp_secret(account, factor.generation);
    let Some(step) = totp::step_of(&secret, code, cx.now.seconds()) else {
        return wrong(house, cx, factor).await;
    };
    let first = factor.confirmed_at.is_none();
    let codes = if first { new_codes(house) } else { Vec::new() };
    let hashes: Vec<String> = codes.iter().map(|c| hash(house, c)).collect();
    let line = access::audit_line(cx, "second_factor.set_up", "account", account.as_str());
    let mut tx = house.write().await?;
    if !store::second_factors::take_step(&mut tx, account, step).await? {
        drop(tx);
        return wrong(house, cx, factor).await;
    }
    if first && store::second_factors::confirm(&mut tx, account, cx.now).await? {
        store::second_factors::add_codes(&mut tx, account, &hashes).await?;
        store::audit::write(&mut tx, &[line], cx.now).await?;
    }
    tx.commit().await?;
    Ok(Some(codes).filter(|codes| !codes.is_empty()))
}

async fn by_recovery(
    house: &House,
    cx: &mut Cx,
    factor: &SecondFactor,
    code: &str,
) -> Result<Option<Vec<String>>, FactorError> {
    let account = &factor.account_id;
    let line = access::audit_line(cx, "second_factor.recovered", "account", account.as_str());
    let mut tx = house.write().await?;
    let good = factor.confirmed_at.is_some()
        && store::second_factors::use_code(&mut tx, account, &hash(house, code), cx.now).await?;
    if !good {
        drop(tx);
        return wrong(house, cx, factor).await;
    }
    store::second_factors::reset_failures(&mut tx, account).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(None)
}

async fn wrong<T>(house: &House, cx: &Cx, factor: &SecondFactor) -> Result<T, FactorError> {
    let failures = factor.failures + 1;
    let locked = (failures % FAILURES_MOST == 0).then(|| cx.now.plus_seconds(LOCKED_S));
    let mut tx = house.write().await?;
    store::second_factors::failed(&mut tx, &factor.account_id, factor.failures, locked).await?;
    tx.commit().await?;
    Err(FactorError::Wrong)
}

/// Codes of 50 random bits each, in two groups that are easy to copy by hand.
fn new_codes(house: &House) -> Vec<String> {
    (0..CODES)
        .map(|_| {
            let text = BASE32_NOPAD.encode(&house.secret_bytes()[..7]);
            let text = text.get(..10).unwrap_or_default().to_ascii_lowercase();
            let (left, right) = text.split_at(text.len() / 2);
            format!("{left}-{right}")
        })
        .collect()
}

fn hash(house: &House, code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    house
        .keyring
        .bearer_hash(&format!("recovery {}", plain.to_ascii_lowercase()))
}
