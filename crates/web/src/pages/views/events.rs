//! The list of events.

use super::parts::{Art, Badge, Cover};
use super::shell::Shell;
use crate::money_text::AllIn;
use crate::when::When;
use askama::Template;
use std::sync::Arc;

/// The list of events, as searched for.
#[derive(Clone, Debug, Template)]
#[template(path = "events.html")]
pub struct EventsPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// The whole address of this page without its search.
    pub canonical: String,
    /// What was searched for; empty for all.
    pub q: String,
    /// The city that was chosen; empty for all.
    pub city: String,
    /// The cities that have events.
    pub cities: Vec<String>,
    /// Events to come, soonest first.
    pub upcoming: Vec<EventCard>,
    /// Events gone by, latest first.
    pub past: Vec<EventCard>,
    /// The address of the next part of the list.
    pub next: Option<String>,
}

impl EventsPage {
    const fn searching(&self) -> bool {
        !self.q.is_empty() || !self.city.is_empty()
    }
}

/// One event of the list.
#[derive(Clone, Debug)]
pub struct EventCard {
    /// The address of its page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its picture.
    pub cover: Option<Cover>,
    /// When it is.
    pub when: When,
    /// Where it is: `Massey Theatre, New Westminster`.
    pub place: String,
    /// The smallest price at which anybody can buy a ticket.
    pub from: Option<AllIn>,
    /// How its sale stands.
    pub badge: Badge,
}

impl EventCard {
    fn art(&self) -> Art<'_> {
        Art {
            class: "card__art",
            cover: self.cover.as_ref(),
            when: &self.when,
            seed: &self.title,
            main: false,
        }
    }
}
