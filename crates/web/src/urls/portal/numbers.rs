//! The addresses around an event's numbers and messages.

use crate::urls::{EventId, Link, Urls};

impl Urls {
    /// A page about an event that its organizer sees, by the end of its address: `analytics`.
    pub fn about_event(&self, event: &EventId, part: &str) -> Link<'_> {
        let slash = if part.is_empty() { "" } else { "/" };
        self.link(format!("/tickets/organizer/events/{event}{slash}{part}"))
    }

    /// The same, saying what was done by a code.
    pub fn about_event_done(&self, event: &EventId, part: &str, done: &str) -> Link<'_> {
        self.about_event(event, part).query(&[("done", done)])
    }

    /// An event's messages after one of them.
    pub fn messages_from(&self, event: &EventId, cursor: &str) -> Link<'_> {
        self.about_event(event, "messages")
            .query(&[("cursor", cursor)])
    }

    /// An event's page by a link that says where its reader comes from.
    pub fn event_from(&self, slug: &str, source: &str) -> Link<'_> {
        self.event(slug).query(&[("src", source)])
    }
}
