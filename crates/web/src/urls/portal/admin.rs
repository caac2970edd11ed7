//! The admins' pages.

use crate::urls::{JobId, Link, Urls};

impl Urls {
    /// The flags, saying what was done by a code; empty for nothing. POST: switch one.
    pub fn admin_flags(&self, done: &str) -> Link<'_> {
        self.link("/tickets/admin/flags".to_owned())
            .query(&[("done", done)])
    }

    /// Work that is not tried again by itself, saying what was done by a code; empty for nothing.
    pub fn admin_dead_letters(&self, done: &str) -> Link<'_> {
        self.link("/tickets/admin/dead-letters".to_owned())
            .query(&[("done", done)])
    }

    /// POST: put it back into the queue.
    pub fn admin_revive(&self, job: &JobId) -> Link<'_> {
        self.link(format!("/tickets/admin/dead-letters/{job}/revive"))
    }

    /// Our books against Stripe's.
    pub fn admin_books(&self) -> Link<'_> {
        self.link("/tickets/admin/books".to_owned())
    }

    /// Everybody's disputes; `after` is the last one of the page before, and may be empty.
    pub fn admin_disputes(&self, after: &str) -> Link<'_> {
        self.link("/tickets/admin/disputes".to_owned())
            .query(&[("after", after)])
    }
}
