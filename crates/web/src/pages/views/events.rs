//! The list of events.

use super::parts::{Art, Badge, Cover};
use super::shell::Shell;
use crate::money_text::AllIn;
use crate::when::When;
use crate::words::t;
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
    /// Which days were asked for.
    pub span: Span,
    /// The first day that was asked for, `2026-12-05`; empty for none.
    pub from: String,
    /// The last day that was asked for; empty for none.
    pub to: String,
    /// Whether this is the list of what has been.
    pub past_only: bool,
    /// The address of that list.
    pub past_url: String,
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
    fn searching(&self) -> bool {
        let days = self.span != Span::Any || !self.from.is_empty() || !self.to.is_empty();
        !self.q.is_empty() || !self.city.is_empty() || days
    }

    /// What can be chosen, with its words; days of one's own are two fields of their own.
    fn span_choices() -> Vec<(&'static str, String)> {
        let choices = [
            Span::Any,
            Span::Today,
            Span::Weekend,
            Span::Month,
            Span::Days,
        ];
        choices.map(|span| (span.code(), t(span.key()))).to_vec()
    }
}

/// Which days somebody looks for.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub enum Span {
    /// All.
    #[default]
    Any,
    /// Today.
    Today,
    /// This Friday evening to Sunday, or what is left of it.
    Weekend,
    /// The next thirty days.
    Month,
    /// From one day to another.
    Days,
}

impl Span {
    /// Reads the word of an address; what is none is all.
    pub fn parse(text: &str) -> Self {
        let all = [Self::Today, Self::Weekend, Self::Month, Self::Days];
        all.into_iter()
            .find(|s| s.code() == text)
            .unwrap_or_default()
    }

    /// Its word in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Today => "today",
            Self::Weekend => "weekend",
            Self::Month => "month",
            Self::Days => "days",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Any => "events-when-any",
            Self::Today => "events-when-today",
            Self::Weekend => "events-when-weekend",
            Self::Month => "events-when-month",
            Self::Days => "events-when-dates",
        }
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
