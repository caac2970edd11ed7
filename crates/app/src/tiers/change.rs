//! Changing a tier; orders that were priced before keep their price.

use super::create::why_not_sellable;
use super::fields::TierFields;
use crate::access;
use crate::catalogue;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::ids::TierId;
use store::StoreError;
use store::tiers::Tier;

/// Why a tier was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeTierError {
    /// There is no such tier, or it is somebody else's.
    #[error("This kind of ticket does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// The event is on sale, and the changed tier could not be sold.
    #[error("{0}")]
    NotSellable(&'static str),
    /// The capacity would be below what is sold and held.
    #[error("The capacity cannot be below the {taken} places that are sold or held.")]
    CapacityTooSmall {
        /// Places that are sold or held.
        taken: i64,
    },
    /// Somebody else changed it meanwhile.
    #[error(
        "Somebody else changed this kind of ticket a moment ago. Load it again and repeat your change."
    )]
    Stale,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ChangeTierError: StoreError);

/// Changes what was said and leaves the rest.
pub async fn change(
    house: &House,
    cx: &mut Cx,
    id: &TierId,
    fields: &TierFields,
) -> Result<Tier, ChangeTierError> {
    let tier = store::tiers::by_id(&mut *house.read().await?, id)
        .await?
        .ok_or(ChangeTierError::NotFound)?;
    let event = access::own_event(house, cx, &tier.event_id)
        .await?
        .ok_or(ChangeTierError::NotFound)?;
    let listing = catalogue::fresh(house, &event.id)
        .await?
        .ok_or(ChangeTierError::NotFound)?;
    if fields.revision.is_some_and(|r| r != tier.revision) {
        return Err(ChangeTierError::Stale);
    }
    let mut changed = tier;
    let mut invalid = Invalid::default();
    fields.apply(&mut changed, event.currency, &mut invalid);
    fields.apply_taxes(&mut changed, &listing, cx.now, &mut invalid);
    if !invalid.is_fine() {
        return Err(ChangeTierError::Invalid(invalid));
    }
    if let Some(why) = why_not_sellable(house, cx, &listing, &changed) {
        return Err(ChangeTierError::NotSellable(why));
    }
    changed.updated_at = cx.now;
    let line = access::audit_line(cx, "tier.changed", "tier", id.as_str());
    let mut tx = house.write().await?;
    match store::tiers::update(&mut tx, &changed).await {
        Ok(true) => {}
        Ok(false) => return Err(ChangeTierError::Stale),
        Err(StoreError::Constraint(_)) => {
            return Err(ChangeTierError::CapacityTooSmall {
                taken: changed.stock.held + changed.stock.sold,
            });
        }
        Err(error) => return Err(error.into()),
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    catalogue::forget(house, &event.id);
    changed.revision += 1;
    Ok(changed)
}
