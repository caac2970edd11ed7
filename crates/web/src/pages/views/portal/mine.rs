//! What belongs to whoever has signed in: a buyer's orders, and an account's sessions.

use super::input::Input;
use super::parts::{Badge, Pager};
use super::passkeys::{Another, OwnPasskeys, ShowPasskey};
use crate::pages::views::parts::Occasion;
use crate::pages::views::shell::Shell;
use askama::Template;
use std::sync::Arc;

/// One of a buyer's orders.
#[derive(Clone, Debug)]
pub struct OwnOrder {
    /// Its page, with its secret.
    pub url: String,
    /// Its number for people.
    pub code: String,
    /// Its event.
    pub occasion: Occasion,
    /// How many tickets, and what they cost: `2 tickets, $53.09`.
    pub line: String,
    /// What is special about it.
    pub badge: Option<Badge>,
    /// What its button says.
    pub go: String,
}

/// A buyer's orders.
#[derive(Clone, Debug, Template)]
#[template(path = "mine/tickets.html")]
pub struct MyTicketsPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// Who has signed in.
    pub email: String,
    /// The token of the forms.
    pub csrf: String,
    /// Orders of events to come.
    pub upcoming: Vec<OwnOrder>,
    /// Orders of events that are over.
    pub past: Vec<OwnOrder>,
    /// The way through them.
    pub pager: Pager,
}

/// A browser that one has signed in with.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Its id, for ending it.
    pub id: String,
    /// What it calls itself.
    pub browser: String,
    /// When it signed in.
    pub since: String,
    /// How: `with a passkey`.
    pub way: String,
    /// When it was last seen.
    pub seen: String,
    /// Whether it is this one.
    pub here: bool,
}

/// One's own account.
#[derive(Clone, Debug, Template)]
#[template(path = "mine/account.html")]
pub struct AccountPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// The address.
    pub email: String,
    /// The token of the forms.
    pub csrf: String,
    /// What just happened, in a sentence.
    pub done: Option<String>,
    /// What did not work, in a sentence.
    pub trouble: Option<String>,
    /// The passkeys; `None` where this site has none.
    pub passkeys: Option<OwnPasskeys>,
    /// The browsers.
    pub sessions: Vec<SessionRow>,
    /// Where one session is ended.
    pub end: String,
    /// Where all others are ended.
    pub end_others: String,
    /// The second factor's page.
    pub second_factor: String,
    /// Whether there is a second factor.
    pub factor_on: bool,
    /// Whether there is an account, and not only an address.
    pub account: bool,
}

/// Where the second factor is set up, or shown.
#[derive(Clone, Debug, Template)]
#[template(path = "mine/second_factor.html")]
pub struct SecondFactorPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// The token of the forms.
    pub csrf: String,
    /// Where the form is sent.
    pub action: String,
    /// Where to go on.
    pub next: String,
    /// What is shown to set it up; `None` if it is set up and only asked for.
    pub setup: Option<FactorSetup>,
    /// The code.
    pub code: Input,
    /// Whether a code is asked for: not where only a passkey will do.
    pub asks: bool,
    /// The way by a passkey, for whoever has one.
    pub passkey: Option<ShowPasskey>,
    /// One's account.
    pub account: String,
}

/// What an authenticator app needs to know.
#[derive(Clone, Debug)]
pub struct FactorSetup {
    /// The code to be scanned, as SVG that we drew ourselves.
    pub qr: String,
    /// The same to be typed.
    pub secret: String,
}

/// The recovery codes, shown once.
#[derive(Clone, Debug, Template)]
#[template(path = "mine/recovery_codes.html")]
pub struct RecoveryCodesPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// The codes.
    pub codes: Vec<String>,
    /// Where to go on.
    pub next: String,
}
