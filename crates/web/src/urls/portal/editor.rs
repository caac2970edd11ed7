//! The addresses of an organizer's own events.

use crate::urls::{EventId, Link, Urls};

impl Urls {
    /// An organizer's events.
    pub fn own_events(&self) -> Link<'_> {
        self.link("/tickets/organizer/events".to_owned())
    }

    /// One shelf of them, as searched for; empty texts are left out.
    pub fn own_events_on(&self, board: &str, q: &str, cursor: &str) -> Link<'_> {
        self.own_events()
            .query(&[("shelf", board), ("q", q), ("cursor", cursor)])
    }

    /// Where an event is made; its form is sent there, too.
    pub fn own_event_new(&self) -> Link<'_> {
        self.link("/tickets/organizer/events/new".to_owned())
    }

    /// An event's overview.
    pub fn own_event(&self, event: &EventId) -> Link<'_> {
        self.own_event_part(event, "")
    }

    /// A page about an event by the end of its address: `edit`, `tickets/new`; empty is its overview.
    pub fn own_event_part(&self, event: &EventId, part: &str) -> Link<'_> {
        let slash = if part.is_empty() { "" } else { "/" };
        self.link(format!("/tickets/organizer/events/{event}{slash}{part}"))
    }

    /// The same, saying what was done by a code.
    pub fn own_event_done(&self, event: &EventId, part: &str, done: &str) -> Link<'_> {
        self.own_event_part(event, part).query(&[("done", done)])
    }

    /// An event's discount codes after one of them.
    pub fn own_discounts_from(&self, event: &EventId, cursor: &str) -> Link<'_> {
        self.own_event_part(event, "discounts")
            .query(&[("cursor", cursor)])
    }
}
