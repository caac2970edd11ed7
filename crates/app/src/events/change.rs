//! Changing an event: its fields, and its status.

use super::fields::{EventFields, FeeSetter};
use super::publish;
use crate::access;
use crate::catalogue::{self, Listing};
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::event::{EventStatus, Missing};
use model::ids::EventId;
use model::tax_engine::TaxEngine;
use model::time::Time;
use store::StoreError;
use store::events::Event;

/// Why an event was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeEventError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Things are missing before it can be published.
    #[error("The event cannot be published yet: {}", .0.iter().map(|m| m.sentence()).collect::<Vec<_>>().join(" "))]
    NotReady(Vec<Missing>),
    /// The capacity would be below what is sold and held.
    #[error("The capacity cannot be below the {taken} places that are sold or held.")]
    CapacityTooSmall {
        /// Places that are sold or held.
        taken: i64,
    },
    /// The status cannot follow the one that it has.
    #[error("An event that is {from} cannot become {to}.")]
    Step {
        /// The status it has.
        from: &'static str,
        /// The status asked for.
        to: &'static str,
    },
    /// Somebody else changed it meanwhile.
    #[error("Somebody else changed this event a moment ago. Load it again and repeat your change.")]
    Stale,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ChangeEventError: StoreError);

/// Changes what was said and leaves the rest.
pub async fn change(
    house: &House,
    cx: &mut Cx,
    id: &EventId,
    fields: &EventFields,
) -> Result<Event, ChangeEventError> {
    access::own_event(house, cx, id)
        .await?
        .ok_or(ChangeEventError::NotFound)?;
    let listing = catalogue::fresh(house, id)
        .await?
        .ok_or(ChangeEventError::NotFound)?;
    if fields.revision.is_some_and(|r| r != listing.event.revision) {
        return Err(ChangeEventError::Stale);
    }
    let mut changed = (*listing).clone();
    let mut invalid = Invalid::default();
    fields.apply(&mut changed.event, FeeSetter::of(cx), &mut invalid);
    check_tax_choices(&changed, cx.now, &mut invalid);
    let wanted = match fields.status.as_deref().map(EventStatus::parse) {
        Some(None) => {
            invalid.note("status", "Write “draft”, “published” or “archived”.");
            listing.event.status
        }
        Some(Some(status)) => status,
        None => listing.event.status,
    };
    if changed.event.currency != listing.event.currency && !listing.tiers.is_empty() {
        invalid.note(
            "currency",
            "The currency cannot change once there are tickets.",
        );
    }
    if !invalid.is_fine() {
        return Err(ChangeEventError::Invalid(invalid));
    }
    check_step(listing.event.status, wanted)?;
    changed.event.status = wanted;
    if wanted == EventStatus::Published {
        let missing = publish::missing(&changed, house.settings.platform_registration, cx.now);
        if !missing.is_empty() {
            return Err(ChangeEventError::NotReady(missing));
        }
        changed.event.published_at = changed.event.published_at.or(Some(cx.now));
    }
    changed.event.updated_at = cx.now;
    keep(house, cx, changed.event).await
}

/// The taxes that tiers have chosen must be charged where the event now takes place, and by whom it now
/// lets compute its taxes.
fn check_tax_choices(listing: &Listing, now: Time, invalid: &mut Invalid) {
    let event = &listing.event;
    for tier in &listing.tiers {
        let Some(choice) = &tier.tax_choice else {
            continue;
        };
        if let Err(why) = choice.check(event.province, tier.item_class, now) {
            invalid.note("province", format!("“{}”: {why}", tier.name));
        }
        if event.tax_engine == TaxEngine::Stripe && !choice.components().is_empty() {
            let why = "Stripe Tax decides by itself which taxes a ticket carries; take the tier's own choice of taxes away first.";
            invalid.note("tax_engine", format!("“{}”: {why}", tier.name));
        }
    }
}

fn check_step(from: EventStatus, to: EventStatus) -> Result<(), ChangeEventError> {
    use EventStatus::{Archived, Draft, Published};
    let fine = match (from, to) {
        (a, b) if a == b => true,
        (Draft, Published | Archived)
        | (Published, Draft | Archived)
        | (Archived, Draft | Published) => true,
        // Calling an event off (`Canceled`) refunds its buyers: a use case of its own.
        _ => false,
    };
    if fine {
        Ok(())
    } else {
        Err(ChangeEventError::Step {
            from: from.code(),
            to: to.code(),
        })
    }
}

async fn keep(house: &House, cx: &mut Cx, mut event: Event) -> Result<Event, ChangeEventError> {
    let line = access::audit_line(cx, "event.changed", "event", event.id.as_str());
    let mut tx = house.write().await?;
    match store::events::update(&mut tx, &event).await {
        Ok(true) => {}
        Ok(false) => return Err(ChangeEventError::Stale),
        Err(StoreError::Constraint(_)) => {
            return Err(ChangeEventError::CapacityTooSmall {
                taken: event.stock.held + event.stock.sold,
            });
        }
        Err(error) => return Err(error.into()),
    }
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    catalogue::forget(house, &event.id);
    event.revision += 1;
    Ok(event)
}
