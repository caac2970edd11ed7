//! The event for machines: schema.org's `Event`, as search engines read it.
//!
//! Field names: <https://schema.org/Event> and <https://schema.org/Offer> (read in November 2026).
//! The price is the same all-in price that people see.

use super::{Badge, EventPage, Stand, TierRow};
use serde_json::{Value, json};

impl EventPage {
    /// JSON that can stand inside a `script` element: no `<` that could end it.
    pub(super) fn json_ld(&self) -> String {
        let [street, city, province] = &self.address_parts;
        let status = match self.stand {
            Stand::Canceled => "https://schema.org/EventCancelled",
            Stand::Coming | Stand::Over => "https://schema.org/EventScheduled",
        };
        let mut event = json!({
            "@context": "https://schema.org",
            "@type": "Event",
            "name": self.title,
            "description": self.summary,
            "url": self.canonical,
            "startDate": self.when.start_iso(),
            "endDate": self.when.end_iso(),
            "eventStatus": status,
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {
                "@type": "Place",
                "name": self.venue,
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": street,
                    "addressLocality": city,
                    "addressRegion": province,
                    "addressCountry": "CA",
                },
            },
            "organizer": {"@type": "Organization", "name": self.organizer.name},
        });
        if let Some(fields) = event.as_object_mut() {
            if let Some(cover) = &self.cover {
                fields.insert("image".to_owned(), json!([cover.url]));
            }
            if let Some(logo) = &self.organizer.logo {
                fields["organizer"]["logo"] = json!(logo.url);
            }
            if let Some(doors) = self.doors {
                fields.insert(
                    "doorTime".to_owned(),
                    json!(doors.to_iso_in(&self.when.zone)),
                );
            }
            // What cannot be bought any more is not offered.
            if self.stand == Stand::Coming {
                let offers: Vec<Value> = self.tiers.iter().map(|tier| self.offer(tier)).collect();
                fields.insert("offers".to_owned(), json!(offers));
            }
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
        let mut offer = json!({
            "@type": "Offer",
            "name": tier.name,
            "price": tier.price.price.amount_text(),
            "priceCurrency": tier.price.price.currency.as_str(),
            "availability": format!("https://schema.org/{availability}"),
            "url": self.canonical,
        });
        if let (Some(from), Some(fields)) = (tier.sales_start, offer.as_object_mut()) {
            fields.insert(
                "validFrom".to_owned(),
                json!(from.to_iso_in(&self.when.zone)),
            );
        }
        offer
    }
}
