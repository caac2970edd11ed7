//! The API: one file for each thing, one function for each verb.
//!
//! A handler says what comes in, calls the use case, and dresses what goes out. Who may call, how often
//! and under which flag stands in the table of routes (`router`), and is written into the documentation
//! from there (`openapi`).

pub mod admin;
pub mod audience;
pub mod checkout;
pub mod desk;
pub mod discounts;
pub mod disputes;
pub mod docs;
pub mod door;
pub mod events;
pub mod exports;
pub mod health;
pub mod messages;
pub mod metrics;
pub mod orders;
pub mod organizers;
pub mod payouts;
pub mod quote;
pub mod reports;
pub mod scanner_keys;
pub mod sso;
pub mod tickets;
pub mod tiers;
pub mod validate;
pub mod wallet;
pub mod webhooks;
pub mod widget;
pub mod words;

use model::time::{Time, Zone};
use serde::{Deserialize, Deserializer};

/// A time as the API writes it: ISO 8601 with the offset of the event's zone.
fn iso(time: Time, zone: &Zone) -> String {
    time.to_iso_in(zone)
}

fn iso_maybe(time: Option<Time>, zone: &Zone) -> Option<String> {
    time.map(|t| t.to_iso_in(zone))
}

/// The zone of an event; one that is no longer known falls back to UTC, which is never wrong, only less kind.
fn zone_of(event: &app::records::Event) -> Option<Zone> {
    Zone::parse(&event.timezone)
        .or_else(|_| Zone::parse("UTC"))
        .ok()
}

/// Tells `null` (take it away) from a field that is not there (leave it as it is).
#[expect(
    clippy::option_option,
    reason = "absent, null and a value are three things here"
)]
fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}
