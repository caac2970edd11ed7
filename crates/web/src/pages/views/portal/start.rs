//! The first pages of whoever sells: the organization's name, and home, which says what comes next.

use super::input::Input;
use super::parts::{Badge, Stat, Steps, grouped};
use super::shell::Frame;
use askama::Template;

/// Where an organization gets its name.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/start.html")]
pub struct StartPage {
    /// The frame, without any navigation yet.
    pub frame: Frame,
    /// Where the form is sent.
    pub action: String,
    /// The name.
    pub name: Input,
}

/// An event, as home shows it.
#[derive(Clone, Debug)]
pub struct HomeEvent {
    /// Its title.
    pub title: String,
    /// The address of its own pages.
    pub href: String,
    /// When it is.
    pub when: String,
    /// Where it is.
    pub place: String,
    /// How it stands.
    pub badge: Badge,
    /// How many tickets are sold.
    pub sold: i64,
    /// How many there are; `None` if only its tiers are limited.
    pub of: Option<i64>,
}

impl HomeEvent {
    /// How many are sold, as people read it.
    fn count(&self) -> String {
        grouped(self.sold)
    }

    /// Of how many, as people read it.
    fn lid(&self) -> Option<String> {
        self.of.map(grouped)
    }
}

/// Something that waits for the organizer.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// What it is, in a sentence.
    pub words: String,
    /// What the link says, and where it leads.
    pub link: (String, String),
}

/// The organizers' home.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/home.html")]
pub struct HomePage {
    /// The frame.
    pub frame: Frame,
    /// The way to the first event on sale; `None` once it was gone.
    pub steps: Option<Steps>,
    /// What needs somebody now.
    pub waiting: Vec<Waiting>,
    /// What the link to all of it says and where it leads, if that was not all.
    pub all_waiting: Option<(String, String)>,
    /// The numbers that matter.
    pub stats: Vec<Stat>,
    /// The next events, and drafts.
    pub events: Vec<HomeEvent>,
    /// Where a new event is made; `None` if there is no such page.
    pub new_event: Option<String>,
    /// The list of all events; `None` if there is no such page.
    pub all_events: Option<String>,
}
