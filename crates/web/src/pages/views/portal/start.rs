//! The first pages of whoever sells: the organization's name, and home, which says what comes next.

use super::events::EventRow;
use super::input::Input;
use super::parts::{Stat, Steps};
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
    pub events: Vec<EventRow>,
    /// Where a new event is made; `None` if there is no such page.
    pub new_event: Option<String>,
    /// The list of all events; `None` if there is no such page.
    pub all_events: Option<String>,
}
