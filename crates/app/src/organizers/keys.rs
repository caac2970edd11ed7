//! An organizer's own bearer keys, for their programs.

use crate::access::{self, Issued, Purpose};
use crate::cx::{Actor, Cx};
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::ids::KeyId;
use model::text;
use store::keys::Key;

/// The most keys that an account may have at once.
const MOST: usize = 20;

/// Why a key was not made.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Fields are wrong.
    #[error("{0}")]
    Invalid(Invalid),
    /// Whoever asks has no account.
    #[error("Sign in as an organizer first.")]
    NotAUser,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(KeyError: store::StoreError);

/// The keys of the actor's account, revoked ones too, the latest first.
pub async fn own_keys(house: &House, cx: &Cx) -> Result<Vec<Key>, Fault> {
    match &cx.actor {
        Actor::User(account) => {
            Ok(store::keys::of_account(&mut *house.read().await?, account).await?)
        }
        _ => Ok(Vec::new()),
    }
}

/// Makes a key for the actor's programs; its secret is shown once.
pub async fn make_key(house: &House, cx: &mut Cx, name: &str) -> Result<Issued, KeyError> {
    let Actor::User(account) = cx.actor.clone() else {
        return Err(KeyError::NotAUser);
    };
    let mut invalid = Invalid::default();
    let name = invalid.check("name", text::line(name, 80));
    let keys = own_keys(house, cx).await?;
    if keys.iter().filter(|key| key.revoked_at.is_none()).count() >= MOST {
        invalid.note(
            "name",
            "You have 20 keys already: revoke one that is not used any more.",
        );
    }
    let Some(name) = name.filter(|_| invalid.is_fine()) else {
        return Err(KeyError::Invalid(invalid));
    };
    Ok(access::issue_key(house, cx, Purpose::Organizer(account), &name).await?)
}

/// A key of the actor's account that still opens; a stranger's is `None`.
pub async fn own_key(house: &House, cx: &Cx, id: &KeyId) -> Result<Option<Key>, Fault> {
    let keys = own_keys(house, cx).await?;
    Ok(keys
        .into_iter()
        .find(|key| key.id == *id && key.revoked_at.is_none()))
}

/// Revokes a key of the actor's account at once; `false` if there is none.
pub async fn revoke_key(house: &House, cx: &mut Cx, id: &KeyId) -> Result<bool, Fault> {
    if own_key(house, cx, id).await?.is_none() {
        return Ok(false);
    }
    let line = access::audit_line(cx, "key.revoked", "key", id.as_str());
    let mut tx = house.write().await?;
    let revoked = store::keys::revoke(&mut tx, id, cx.now).await?;
    if revoked {
        store::audit::write(&mut tx, &[line], cx.now).await?;
    }
    tx.commit().await?;
    Ok(revoked)
}
