//! The addresses around an event's numbers and messages.

use crate::urls::{EventId, Link, Urls};

impl Urls {
    /// An event's messages after one of them.
    pub fn messages_from(&self, event: &EventId, cursor: &str) -> Link<'_> {
        self.own_event_part(event, "messages")
            .query(&[("cursor", cursor)])
    }

    /// An event's page by a link that says where its reader comes from.
    pub fn event_from(&self, slug: &str, source: &str) -> Link<'_> {
        self.event(slug).query(&[("src", source)])
    }
}
