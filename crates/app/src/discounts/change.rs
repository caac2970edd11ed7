//! Changing a discount code; orders that were priced with it before keep their price and their use.

use super::fields::DiscountFields;
use crate::access;
use crate::catalogue;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::ids::DiscountId;
use store::StoreError;
use store::discounts::Discount;

/// Why a code was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeDiscountError {
    /// There is no such code, or it is somebody else's.
    #[error("This discount code does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// The event has another code like that.
    #[error(
        "This event has a code like that already: capital letters and accents make no difference."
    )]
    Exists,
    /// The limit would be below the uses that are held and used.
    #[error("The number of uses cannot be below the {taken} that are taken.")]
    TooFewUses {
        /// Uses of pending and of paid orders.
        taken: i64,
    },
    /// Somebody else changed it meanwhile.
    #[error("Somebody else changed this code a moment ago. Load it again and repeat your change.")]
    Stale,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ChangeDiscountError: StoreError);

/// Changes what was said and leaves the rest.
pub async fn change(
    house: &House,
    cx: &mut Cx,
    id: &DiscountId,
    fields: &DiscountFields,
) -> Result<Discount, ChangeDiscountError> {
    let mut read = house.read().await?;
    let mut changed = store::discounts::by_id(&mut read, id)
        .await?
        .ok_or(ChangeDiscountError::NotFound)?;
    drop(read);
    let event = access::own_event(house, cx, &changed.event_id)
        .await?
        .ok_or(ChangeDiscountError::NotFound)?;
    let listing = catalogue::fresh(house, &event.id)
        .await?
        .ok_or(ChangeDiscountError::NotFound)?;
    let mut invalid = Invalid::default();
    fields.apply(&mut changed, &listing.tiers, &mut invalid);
    if !invalid.is_fine() {
        return Err(ChangeDiscountError::Invalid(invalid));
    }
    changed.updated_at = cx.now;
    let line = access::audit_line(cx, "discount.changed", "discount", id.as_str());
    let mut tx = house.write().await?;
    // Orders that are being priced now are priced anew: a hidden tier may need another code from here on.
    store::events::touch_revision(&mut tx, &event.id).await?;
    match store::discounts::update(&mut tx, &changed).await {
        Ok(true) => {}
        Ok(false) => return Err(ChangeDiscountError::Stale),
        Err(StoreError::Constraint(_)) => {
            drop(tx);
            return Err(why_refused(house, &changed).await?);
        }
        Err(error) => return Err(error.into()),
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    catalogue::forget(house, &event.id);
    let mut read = house.read().await?;
    store::discounts::by_id(&mut read, id)
        .await?
        .ok_or(ChangeDiscountError::NotFound)
}

/// Which of the two rules a change has broken: its code is another one's, or its uses are too few.
async fn why_refused(
    house: &House,
    changed: &Discount,
) -> Result<ChangeDiscountError, ChangeDiscountError> {
    let mut read = house.read().await?;
    let (event, folded) = (&changed.event_id, &changed.code_folded);
    let other = store::discounts::by_code(&mut read, event, folded).await?;
    if other.is_some_and(|d| d.id != changed.id) {
        return Ok(ChangeDiscountError::Exists);
    }
    let now = store::discounts::by_id(&mut read, &changed.id).await?;
    let uses = now.map_or(changed.terms.uses, |d| d.terms.uses);
    Ok(ChangeDiscountError::TooFewUses {
        taken: uses.held.saturating_add(uses.sold),
    })
}
