//! Making a discount code.

use super::fields::DiscountFields;
use crate::access;
use crate::catalogue;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::discount::{Discount as Terms, DiscountKind, DiscountStatus};
use model::ids::{DiscountId, EventId};
use model::stock::Stock;
use store::StoreError;
use store::discounts::Discount;

/// Why a code was not made.
#[derive(Debug, thiserror::Error)]
pub enum CreateDiscountError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// The event has this code already.
    #[error(
        "This event has a code like that already: capital letters and accents make no difference."
    )]
    Exists,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(CreateDiscountError: StoreError);

/// Makes a code.
pub async fn create(
    house: &House,
    cx: &mut Cx,
    event_id: &EventId,
    fields: &DiscountFields,
) -> Result<Discount, CreateDiscountError> {
    let event = access::own_event(house, cx, event_id)
        .await?
        .ok_or(CreateDiscountError::NotFound)?;
    let listing = catalogue::fresh(house, &event.id)
        .await?
        .ok_or(CreateDiscountError::NotFound)?;
    let mut invalid = Invalid::default();
    let unlocks = fields.unlocks_hidden == Some(true);
    for (field, missing) in [
        ("code", fields.code.is_none()),
        ("type", fields.kind.is_none() && !unlocks),
        ("value", fields.value.is_none() && !unlocks),
    ] {
        if missing {
            invalid.note(field, "This is needed.");
        }
    }
    let mut discount = blank(cx, event_id);
    if invalid.is_fine() {
        fields.apply(&mut discount, &listing.tiers, &mut invalid);
    }
    if !invalid.is_fine() {
        return Err(CreateDiscountError::Invalid(invalid));
    }
    let line = access::audit_line(cx, "discount.created", "discount", discount.id.as_str());
    let mut tx = house.write().await?;
    // Orders that are being priced now are priced anew: a hidden tier may need this code from here on.
    store::events::touch_revision(&mut tx, event_id).await?;
    match store::discounts::insert(&mut tx, &discount).await {
        Ok(()) => {}
        Err(StoreError::Constraint(_)) => return Err(CreateDiscountError::Exists),
        Err(error) => return Err(error.into()),
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    catalogue::forget(house, event_id);
    Ok(discount)
}

/// A code that gives nothing yet: for all tiers, at any time, as often as anybody likes.
fn blank(cx: &mut Cx, event_id: &EventId) -> Discount {
    Discount {
        id: cx.mint(DiscountId::mint),
        event_id: event_id.clone(),
        code: String::new(),
        code_folded: String::new(),
        terms: Terms {
            kind: DiscountKind::Percent,
            value: 0,
            starts_at: None,
            ends_at: None,
            min_qty: 1,
            tiers: Vec::new(),
            unlocks_hidden: false,
            status: DiscountStatus::Active,
            uses: Stock {
                capacity: None,
                held: 0,
                sold: 0,
            },
        },
        reuse_after_refund: true,
        revision: 1,
        created_at: cx.now,
        updated_at: cx.now,
    }
}
