//! Taking a tier away; one that was sold or is held stays.

use crate::access;
use crate::catalogue;
use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::house::House;
use model::ids::TierId;

/// Why a tier was not taken away.
#[derive(Debug, thiserror::Error)]
pub enum DeleteTierError {
    /// There is no such tier, or it is somebody else's.
    #[error("This kind of ticket does not exist.")]
    NotFound,
    /// Tickets of it were sold or are being bought.
    #[error(
        "Tickets of this kind were sold or are being bought; end its sale instead of deleting it."
    )]
    InUse,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(DeleteTierError: store::StoreError);

/// Takes a tier away.
pub async fn delete(house: &House, cx: &mut Cx, id: &TierId) -> Result<(), DeleteTierError> {
    let tier = store::tiers::by_id(&mut *house.read().await?, id)
        .await?
        .ok_or(DeleteTierError::NotFound)?;
    let event = access::own_event(house, cx, &tier.event_id)
        .await?
        .ok_or(DeleteTierError::NotFound)?;
    let line = access::audit_line(cx, "tier.deleted", "tier", id.as_str());
    let mut tx = house.write().await?;
    if !store::tiers::delete(&mut tx, id, cx.now).await? {
        return Err(DeleteTierError::InUse);
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    catalogue::forget(house, &event.id);
    Ok(())
}
