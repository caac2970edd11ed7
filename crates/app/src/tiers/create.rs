//! Adding a tier to an event.

use super::fields::TierFields;
use crate::access;
use crate::catalogue;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::event::EventStatus;
use model::ids::{EventId, TierId};
use model::stock::Stock;
use model::tax::ItemClass;
use model::tier::Visibility;
use store::tiers::Tier;

/// Why a tier was not added.
#[derive(Debug, thiserror::Error)]
pub enum CreateTierError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// The event is on sale, and the new tier could not be sold.
    #[error("{0}")]
    NotSellable(&'static str),
    /// An event can have so many tiers.
    #[error("An event can have at most 50 kinds of tickets.")]
    TooMany,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(CreateTierError: store::StoreError);

const MOST_TIERS: usize = 50;

/// Adds a tier.
pub async fn create(
    house: &House,
    cx: &mut Cx,
    event_id: &EventId,
    fields: &TierFields,
) -> Result<Tier, CreateTierError> {
    let event = access::own_event(house, cx, event_id)
        .await?
        .ok_or(CreateTierError::NotFound)?;
    let listing = catalogue::fresh(house, event_id)
        .await?
        .ok_or(CreateTierError::NotFound)?;
    if listing.tiers.len() >= MOST_TIERS {
        return Err(CreateTierError::TooMany);
    }
    let mut invalid = Invalid::default();
    for (field, missing) in [
        ("name", fields.name.is_none()),
        ("price_cents", fields.price_cents.is_none()),
        ("capacity", fields.capacity.is_none()),
    ] {
        if missing {
            invalid.note(field, "This is needed.");
        }
    }
    let mut tier = blank(cx, &listing);
    fields.apply(&mut tier, event.currency, &mut invalid);
    fields.apply_taxes(&mut tier, &listing, cx.now, &mut invalid);
    if !invalid.is_fine() {
        return Err(CreateTierError::Invalid(invalid));
    }
    if let Some(why) = why_not_sellable(house, cx, &listing, &tier) {
        return Err(CreateTierError::NotSellable(why));
    }
    let line = access::audit_line(cx, "tier.created", "tier", tier.id.as_str());
    let mut tx = house.write().await?;
    store::tiers::insert(&mut tx, &tier).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    catalogue::forget(house, event_id);
    Ok(tier)
}

/// A tier of nothing yet, to stand behind the others.
pub(super) fn blank(cx: &mut Cx, listing: &catalogue::Listing) -> Tier {
    Tier {
        id: cx.mint(TierId::mint),
        event_id: listing.event.id.clone(),
        name: String::new(),
        description: String::new(),
        price_cents: 0,
        currency: listing.event.currency,
        item_class: ItemClass::Admission,
        tax_choice: None,
        stock: Stock {
            capacity: Some(0),
            held: 0,
            sold: 0,
        },
        max_per_order: 10,
        sales_start_at: None,
        sales_end_at: None,
        visibility: Visibility::Public,
        sort: last_sort(listing),
        revision: 1,
        deleted_at: None,
        created_at: cx.now,
        updated_at: cx.now,
    }
}

fn last_sort(listing: &catalogue::Listing) -> i64 {
    let last = listing.tiers.iter().map(|t| t.sort).max();
    last.map_or(0, |sort| (sort + 1).min(1_000_000))
}

/// While an event is on sale, each of its tiers must be sellable.
pub(super) fn why_not_sellable(
    house: &House,
    cx: &Cx,
    listing: &catalogue::Listing,
    tier: &Tier,
) -> Option<&'static str> {
    use model::event::Missing::{FeeExceedsPrice, Payments};
    if listing.event.status != EventStatus::Published {
        return None;
    }
    if tier.price_cents > 0 && !listing.organizer.status.can_charge() {
        return Some(Payments.sentence());
    }
    let fits =
        crate::checkout::pricing_fits(listing, tier, house.settings.platform_registration, cx.now);
    (!fits).then(|| FeeExceedsPrice.sentence())
}
