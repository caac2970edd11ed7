//! What a buyer would see and pay for a tier that is still being typed. Nothing is kept.

use super::create::blank;
use super::fields::TierFields;
use crate::access;
use crate::catalogue::{self, Listing};
use crate::checkout::{Quote, quote};
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::events::{TierView, tier_view};
use crate::house::House;
use model::event::EventStatus;
use model::ids::EventId;
use model::pricing::PricingError;

/// Why there is no price.
#[derive(Debug, thiserror::Error)]
pub enum TryPriceError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// The price cannot be sold.
    #[error("{0}")]
    Price(#[from] PricingError),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(TryPriceError: store::StoreError);

/// One ticket of such a tier.
#[derive(Clone, Debug)]
pub struct PriceTried {
    /// The event, as if it were on sale with this tier alone.
    pub listing: Listing,
    /// How the tier looks.
    pub view: TierView,
    /// What one ticket costs.
    pub quote: Quote,
}

/// Prices one ticket of a tier that does not exist yet, as checkout would.
pub async fn try_price(
    house: &House,
    cx: &mut Cx,
    event: &EventId,
    fields: &TierFields,
) -> Result<PriceTried, TryPriceError> {
    let own = access::own_event(house, cx, event).await?;
    own.ok_or(TryPriceError::NotFound)?;
    let listing = catalogue::fresh(house, event).await?;
    let mut listing = (*listing.ok_or(TryPriceError::NotFound)?).clone();
    let mut tier = blank(cx, &listing);
    let mut invalid = Invalid::default();
    fields.apply(&mut tier, listing.event.currency, &mut invalid);
    fields.apply_taxes(&mut tier, &listing, cx.now, &mut invalid);
    if !invalid.is_fine() {
        return Err(TryPriceError::Invalid(invalid));
    }
    // As if it were on sale: a price is asked for long before that.
    tier.sales_start_at = None;
    tier.sales_end_at = None;
    tier.stock.capacity = Some(1);
    listing.event.status = EventStatus::Published;
    listing.event.stock.capacity = None;
    listing.event.end_at = listing.event.end_at.max(cx.now.plus_seconds(1));
    listing.tiers = vec![tier.clone()];
    listing.locked = Vec::new();
    let platform = house.settings.platform_registration;
    let wanted = [(tier.id.clone(), 1)];
    let quote = match quote(&listing, &wanted, None, platform, 1, cx.now) {
        Ok(quote) => quote,
        Err(crate::checkout::QuoteError::Price(error)) => return Err(error.into()),
        Err(other) => return Err(Fault::Inconsistent(other.to_string()).into()),
    };
    let view = tier_view(&listing, &tier, cx.now)?;
    Ok(PriceTried {
        listing,
        view,
        quote,
    })
}
