//! The organizers' home and its sections.

use crate::urls::{EventId, Link, Urls};

impl Urls {
    /// A section of the organizers' pages, by its path below the mount.
    pub fn section(&self, path: &'static str) -> Link<'_> {
        self.link(path.to_owned())
    }

    /// Where an organization gets its name: the first step of whoever wants to sell.
    pub fn organizer_start(&self) -> Link<'_> {
        self.link("/tickets/organizer/start".to_owned())
    }

    /// The pages of one event.
    pub fn organizer_event(&self, event: &EventId) -> Link<'_> {
        self.link(format!("/tickets/organizer/events/{event}"))
    }

    /// The organizers' home, saying what was done by a code.
    pub fn organizer_done(&self, done: &str) -> Link<'_> {
        self.organizer().query(&[("done", done)])
    }
}
