//! The event for machines: schema.org's `Event`, as search engines read it.
//!
//! Field names: <https://schema.org/Event> and <https://schema.org/Offer> (read in November 2026).
//! The price is the same all-in price that people see.

use super::{Badge, EventPage, TierRow};
use serde_json::{Value, json};

impl EventPage {
    /// JSON that can stand inside a `script` element: no `<` that could end it.
    pub(super) fn json_ld(&self) -> String {
        let mut event = json!({
            "@context": "https://schema.org",
            "@type": "Event",
            "name": self.title,
            "description": self.summary,
            "url": self.canonical,
            "startDate": self.when.start_iso(),
            "endDate": self.when.end_iso(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {"@type": "Place", "name": self.venue, "address": self.address},
            "organizer": {"@type": "Organization", "name": self.organizer.name},
            "offers": self.tiers.iter().map(|tier| self.offer(tier)).collect::<Vec<Value>>(),
        });
        if let (Some(cover), Some(fields)) = (&self.cover, event.as_object_mut()) {
            fields.insert("image".to_owned(), json!([cover.url]));
        }
        event.to_string().replace('<', "\\u003c")
    }

    fn offer(&self, tier: &TierRow) -> Value {
        let availability = match tier.badge {
            Badge::OnSale => "InStock",
            Badge::Low(_) => "LimitedAvailability",
            Badge::NotYet(_) => "PreSale",
            Badge::SoldOut => "SoldOut",
            Badge::Ended => "Discontinued",
        };
        json!({
            "@type": "Offer",
            "name": tier.name,
            "price": tier.price.price.amount_text(),
            "priceCurrency": tier.price.price.currency.as_str(),
            "availability": format!("https://schema.org/{availability}"),
            "url": self.canonical,
        })
    }
}
