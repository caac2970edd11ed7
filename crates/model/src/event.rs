//! An event's life, and what is missing before it can be sold.

use crate::order::words;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// Where an event is in its life.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventStatus {
    /// Only its organizer sees it.
    Draft,
    /// Everybody sees it.
    Published,
    /// Put away; its orders and tickets live on.
    Archived,
    /// Called off; its buyers are refunded.
    Canceled,
}

words!(EventStatus { Draft = "draft", Published = "published", Archived = "archived", Canceled = "canceled" });

/// Something that keeps an event from being published.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash)]
pub enum Missing {
    /// It has no title.
    Title,
    /// It has no venue or city.
    Venue,
    /// It ends before it starts.
    Dates,
    /// It is over.
    Past,
    /// It has no tier.
    Tiers,
    /// A tier costs money and the organizer's Stripe account cannot take any yet.
    Payments,
    /// A tier's price is below the fee that would be taken from it.
    FeeExceedsPrice,
}

impl Missing {
    /// The stable code for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Venue => "venue",
            Self::Dates => "dates",
            Self::Past => "past",
            Self::Tiers => "tiers",
            Self::Payments => "payments",
            Self::FeeExceedsPrice => "fee-exceeds-price",
        }
    }

    /// What to do about it, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Title => "Give the event a title.",
            Self::Venue => "Say where it takes place: a venue and a city.",
            Self::Dates => "The end must lie after the start.",
            Self::Past => "The event is over; choose dates that lie ahead.",
            Self::Tiers => "Add at least one kind of ticket.",
            Self::Payments => "Connect Stripe before selling tickets that cost money.",
            Self::FeeExceedsPrice => {
                "A ticket costs less than the fee that is taken from it; raise its price or make it free."
            }
        }
    }
}

/// What publishing looks at.
#[derive(Clone, Debug)]
pub struct Readiness<'a> {
    /// The title.
    pub title: &'a str,
    /// The venue's name.
    pub venue: &'a str,
    /// The city.
    pub city: &'a str,
    /// When it starts.
    pub start_at: Time,
    /// When it ends.
    pub end_at: Time,
    /// How many tiers there are.
    pub tiers: usize,
    /// Whether any tier costs money.
    pub any_paid: bool,
    /// Whether the organizer can take money.
    pub can_charge: bool,
    /// Whether the fee fits into every price.
    pub fees_fit: bool,
}

/// Everything that keeps an event from being published; empty means go.
pub fn missing_for_publish(event: &Readiness<'_>, now: Time) -> Vec<Missing> {
    let checks = [
        (event.title.trim().is_empty(), Missing::Title),
        (
            event.venue.trim().is_empty() || event.city.trim().is_empty(),
            Missing::Venue,
        ),
        (event.end_at <= event.start_at, Missing::Dates),
        (event.end_at <= now, Missing::Past),
        (event.tiers == 0, Missing::Tiers),
        (event.any_paid && !event.can_charge, Missing::Payments),
        (!event.fees_fit, Missing::FeeExceedsPrice),
    ];
    checks
        .into_iter()
        .filter_map(|(missing, what)| missing.then_some(what))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_gap_is_named_and_nothing_else() {
        let good = Readiness {
            title: "Diwali night",
            venue: "Hall",
            city: "Surrey",
            start_at: Time::from_seconds(100),
            end_at: Time::from_seconds(200),
            tiers: 1,
            any_paid: true,
            can_charge: true,
            fees_fit: true,
        };
        let now = Time::from_seconds(50);
        assert!(missing_for_publish(&good, now).is_empty());
        let bad = Readiness {
            title: " ",
            tiers: 0,
            can_charge: false,
            ..good.clone()
        };
        assert_eq!(
            missing_for_publish(&bad, now),
            [Missing::Title, Missing::Tiers, Missing::Payments]
        );
        assert_eq!(
            missing_for_publish(&good, Time::from_seconds(200)),
            [Missing::Past]
        );
    }
}
