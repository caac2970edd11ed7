//! An organization's settings.

use crate::urls::{KeyId, Link, Urls};

impl Urls {
    /// The settings, saying what was done by a code; empty for nothing.
    pub fn settings(&self, done: &str) -> Link<'_> {
        self.link("/tickets/organizer/settings".to_owned())
            .query(&[("done", done)])
    }

    /// A ticket with the organization's look, as a PDF.
    pub fn settings_preview(&self) -> Link<'_> {
        self.link("/tickets/organizer/settings/ticket.pdf".to_owned())
    }

    /// The mail that brings it.
    pub fn settings_mail(&self) -> Link<'_> {
        self.link("/tickets/organizer/settings/mail".to_owned())
    }

    /// Where an organization stands with Stripe.
    pub fn settings_payments(&self) -> Link<'_> {
        self.link("/tickets/organizer/settings/payments".to_owned())
    }

    /// Where Stripe's form leads back to; POST: on to that form.
    pub fn organizer_connect(&self) -> Link<'_> {
        self.link("/tickets/organizer/connect".to_owned())
    }

    /// The keys for programs, saying what was done by a code; empty for nothing.
    pub fn settings_keys(&self, done: &str) -> Link<'_> {
        self.link("/tickets/organizer/settings/keys".to_owned())
            .query(&[("done", done)])
    }

    /// Revoking a key: GET asks, POST does it.
    pub fn settings_key_revoke(&self, key: &KeyId) -> Link<'_> {
        self.link(format!("/tickets/organizer/settings/keys/{key}/revoke"))
    }
}
