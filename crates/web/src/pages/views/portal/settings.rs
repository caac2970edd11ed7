//! An organization's settings, its way to being paid, and its keys for programs.

use super::input::Input;
use super::parts::{Badge, Confirm, Empty, Tabs};
use super::shell::Frame;
use askama::Template;

/// The settings: one form, with what belongs together in groups.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/settings.html")]
pub struct SettingsPage {
    /// The frame.
    pub frame: Frame,
    /// The settings' pages.
    pub tabs: Tabs,
    /// Where the form is sent.
    pub action: String,
    /// How many things need another look.
    pub errors: usize,
    /// Who sells: name, legal name, address, address for questions.
    pub who: Vec<Input>,
    /// The registrations: each tax's number, and since when it holds.
    pub taxes: Vec<TaxFields>,
    /// What buyers are promised, and who pays the fee.
    pub terms: Vec<Input>,
    /// How tickets look: colour, footer.
    pub brand: Vec<Input>,
    /// A ticket with the brand as it is kept, as a PDF.
    pub preview: String,
    /// The mail that brings it.
    pub mail: String,
}

/// One tax that an organizer may be registered for.
#[derive(Clone, Debug)]
pub struct TaxFields {
    /// Its number.
    pub number: Input,
    /// Its first day.
    pub from: Input,
}

/// Where an organization stands with Stripe.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/payments.html")]
pub struct PaymentsPage {
    /// The frame.
    pub frame: Frame,
    /// The settings' pages.
    pub tabs: Tabs,
    /// The state in a word.
    pub badge: Badge,
    /// What it means, in plain words.
    pub words: &'static str,
    /// What the button says, and where it is sent; `None` if there is nothing to do.
    pub button: Option<(&'static str, String)>,
}

/// A key for programs.
#[derive(Clone, Debug)]
pub struct KeyRow {
    /// What it is for.
    pub name: String,
    /// When it was made.
    pub made: String,
    /// When it was last used, or that it never was.
    pub used: String,
    /// The page that revokes it; `None` if it was revoked.
    pub revoke: Option<String>,
}

/// The keys for programs.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/keys.html")]
pub struct KeysPage {
    /// The frame.
    pub frame: Frame,
    /// The settings' pages.
    pub tabs: Tabs,
    /// A key that was just made: shown now, and never again.
    pub fresh: Option<String>,
    /// The keys.
    pub keys: Vec<KeyRow>,
    /// What is said while there are none.
    pub none: Empty,
    /// Where the form is sent.
    pub action: String,
    /// The new key's name.
    pub name: Input,
    /// The API's description.
    pub docs: String,
}

/// Asks before a key is revoked.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/confirm_page.html")]
pub struct ConfirmPage {
    /// The frame.
    pub frame: Frame,
    /// What is asked.
    pub confirm: Confirm,
}
