//! Keys for devices at an event's door: made with a name, listed with their last use, revoked at once.

use crate::access::{self, Issued, Purpose};
use crate::cx::Cx;
use crate::door::pairing::Gateway;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::ids::{EventId, KeyId};
use store::keys::Key;

/// Why keys were not listed, made or revoked.
#[derive(Debug, thiserror::Error)]
pub enum ScannerKeyError {
    /// There is no such event or key, or it is somebody else's.
    #[error("This does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// The event has as many keys as it may.
    #[error("An event can have at most 200 keys that work; revoke those that are not needed.")]
    TooMany,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ScannerKeyError: store::StoreError);

/// The most keys of one event that work: more doors than any stadium has.
pub(crate) const KEYS_MOST: usize = 200;

/// An event's keys, those that were revoked too, oldest first.
pub async fn list(house: &House, cx: &Cx, event: &EventId) -> Result<Vec<Key>, ScannerKeyError> {
    let own = access::own_event(house, cx, event).await?;
    own.ok_or(ScannerKeyError::NotFound)?;
    Ok(store::keys::of_event(&mut *house.read().await?, event).await?)
}

/// Makes a key; its secret is shown this once.
pub async fn create(
    house: &House,
    cx: &mut Cx,
    event: &EventId,
    gateway: Gateway,
) -> Result<Issued, ScannerKeyError> {
    let keys = list(house, cx, event).await?;
    if keys.iter().filter(|k| k.revoked_at.is_none()).count() >= KEYS_MOST {
        return Err(ScannerKeyError::TooMany);
    }
    let gateway = gateway.checked(house, event).await?;
    let gateway = gateway.map_err(ScannerKeyError::Invalid)?;
    let purpose = Purpose::Scanner(event.clone());
    let mut issued = access::new_key(house, cx, purpose, &gateway.name);
    issued.key.role = gateway.role;
    issued.key.tiers = gateway.tiers;
    access::keep_key(house, cx, &issued).await?;
    Ok(issued)
}

/// Ends a key: the next scan with it is refused. Doing it twice is doing it once.
pub async fn revoke(
    house: &House,
    cx: &mut Cx,
    event: &EventId,
    id: &KeyId,
) -> Result<(), ScannerKeyError> {
    let own = access::own_event(house, cx, event).await?;
    own.ok_or(ScannerKeyError::NotFound)?;
    let key = store::keys::by_id(&mut *house.read().await?, id).await?;
    key.filter(|k| k.event_id.as_ref() == Some(event))
        .ok_or(ScannerKeyError::NotFound)?;
    let line = access::audit_line(cx, "key.revoked", "key", id.as_str());
    let mut tx = house.write().await?;
    if store::keys::revoke(&mut tx, id, cx.now).await? {
        // A device that listens hears of it at once.
        store::doors::notice(&mut tx, event).await?;
        store::audit::write(&mut tx, &[line], cx.now).await?;
        tx.commit().await?;
        house.feeds.ring(event);
    }
    Ok(())
}
