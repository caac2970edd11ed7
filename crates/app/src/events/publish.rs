//! What is missing before an event can be sold.

use crate::catalogue::Listing;
use crate::checkout::pricing_fits;
use model::event::{Missing, Readiness, missing_for_publish};
use model::tax::Registration;
use model::time::Time;

/// Everything that keeps an event from being published; empty means go.
pub fn missing(listing: &Listing, platform: Registration, now: Time) -> Vec<Missing> {
    let event = &listing.event;
    let readiness = Readiness {
        title: &event.title,
        venue: &event.venue,
        city: &event.city,
        start_at: event.start_at,
        end_at: event.end_at,
        tiers: listing.tiers.len(),
        any_paid: listing.tiers.iter().any(|t| t.price_cents > 0),
        can_charge: listing.organizer.status.can_charge(),
        fees_fit: listing
            .tiers
            .iter()
            .all(|tier| pricing_fits(listing, tier, platform, now)),
    };
    missing_for_publish(&readiness, now)
}
