//! One's own passkeys: seen, named and removed. A link by mail signs in all the same, so that nobody who
//! removes the last one is locked out.

use super::add::is_full;
use super::may::{Adding, adding, check_removing};
use super::news::{self, FromBrowser};
use super::party::Party;
use super::refusal::PasskeyError;
use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::sign_in::{Signed, factor_is_on};
use model::ids::PasskeyId;
use model::text;
use store::passkeys::Passkey;

/// The most passkeys of an address.
pub(super) const MOST: i64 = 20;
/// The longest name, in characters.
pub const NAME_MOST: usize = 60;

/// The passkeys of whoever has signed in.
pub struct Mine {
    /// The passkeys, the oldest first.
    pub passkeys: Vec<Passkey>,
    /// What has to be done before another may be added.
    pub adding: Adding,
}

/// The passkeys of whoever has signed in; `None` where this site has none.
pub async fn mine(house: &House, cx: &Cx, signed: &Signed) -> Result<Option<Mine>, Fault> {
    if Party::of(&house.settings.public_url).is_none() {
        return Ok(None);
    }
    let passkeys = list(house, signed).await?;
    let code = has_code(house, signed).await?;
    Ok(Some(Mine {
        adding: adding(signed, code, !passkeys.is_empty(), cx.now),
        passkeys,
    }))
}

async fn list(house: &House, signed: &Signed) -> Result<Vec<Passkey>, Fault> {
    let mut read = house.read().await?;
    Ok(store::passkeys::of_email(&mut read, &signed.email_folded, MOST).await?)
}

async fn has_code(house: &House, signed: &Signed) -> Result<bool, Fault> {
    match &signed.account {
        Some(account) => factor_is_on(house, account).await,
        None => Ok(false),
    }
}

/// Whether whoever has signed in has a passkey that could be shown here.
pub(crate) async fn has_any(house: &House, signed: &Signed) -> Result<bool, Fault> {
    if Party::of(&house.settings.public_url).is_none() {
        return Ok(false);
    }
    Ok(!list(house, signed).await?.is_empty())
}

/// The passkeys of whoever may add one; refuses everybody else.
pub(super) async fn check_adding(
    house: &House,
    cx: &Cx,
    signed: &Signed,
) -> Result<Vec<Passkey>, PasskeyError> {
    let mine = mine(house, cx, signed).await?.ok_or(PasskeyError::Off)?;
    if mine.adding != Adding::Now {
        return Err(PasskeyError::NotYet(mine.adding));
    }
    if is_full(&mine.passkeys) {
        return Err(PasskeyError::TooMany { most: MOST });
    }
    Ok(mine.passkeys)
}

/// Gives a passkey of one's own another name; false if there is none of this id.
pub async fn rename(
    house: &House,
    cx: &mut Cx,
    signed: &Signed,
    id: &PasskeyId,
    name: &str,
) -> Result<bool, PasskeyError> {
    let name = text::line(name, NAME_MOST).map_err(|why| PasskeyError::Name(why.to_string()))?;
    let line = access::audit_line(cx, "passkey.renamed", "passkey", id.as_str());
    let mut tx = house.write().await?;
    let renamed = store::passkeys::rename(&mut tx, id, &signed.email_folded, &name).await?;
    if renamed {
        store::audit::write(&mut tx, &[line], cx.now).await?;
    }
    tx.commit().await?;
    Ok(renamed)
}

/// Removes a passkey of one's own and tells its owner by mail; false if there is none of this id.
pub async fn remove(
    house: &House,
    cx: &mut Cx,
    signed: &Signed,
    id: &PasskeyId,
    from: FromBrowser<'_>,
) -> Result<bool, PasskeyError> {
    check_removing(signed, has_code(house, signed).await?)?;
    let all = list(house, signed).await?;
    let Some(passkey) = all.into_iter().find(|passkey| passkey.id == *id) else {
        return Ok(false);
    };
    let line = access::audit_line(cx, "passkey.removed", "passkey", id.as_str());
    let mut tx = house.write().await?;
    if !store::passkeys::remove(&mut tx, id, &signed.email_folded).await? {
        return Ok(false);
    }
    news::tell(&mut tx, cx, &passkey, false, from).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    house.bell.notify_one();
    Ok(true)
}
