//! Who comes to an event, on a screen and on paper.

use crate::pages::views::portal::parts::{Badge, Empty, Input, Pager, Tabs};
use crate::pages::views::portal::shell::Frame;
use askama::Template;

/// A guest.
#[derive(Clone, Debug)]
pub struct GuestLine {
    /// Whose ticket it is.
    pub holder: String,
    /// Who bought it, if that is somebody else.
    pub buyer: String,
    /// What kind of ticket it is.
    pub tier: String,
    /// Its serial.
    pub serial: String,
    /// The order's page.
    pub href: String,
    /// Its state.
    pub badge: Badge,
    /// When and by which device it came in; empty if it did not.
    pub used: String,
}

/// The guests of an event.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/desk/guests.html")]
pub struct GuestsPage {
    /// The frame.
    pub frame: Frame,
    /// The event's title.
    pub event: String,
    /// The pages about the event.
    pub tabs: Option<Tabs>,
    /// Where the search is sent.
    pub action: String,
    /// What was typed.
    pub q: String,
    /// What narrows the list.
    pub filters: Vec<Input>,
    /// How many of them are set.
    pub narrowed: usize,
    /// What is wrong with the search; a sentence.
    pub wrong: Option<String>,
    /// How many came, of how many: `12 of 240 are here`.
    pub count: String,
    /// The files: words and address.
    pub files: Vec<(&'static str, String)>,
    /// Where tickets are given away.
    pub comps: String,
    /// The guests.
    pub guests: Vec<GuestLine>,
    /// What stands there if there is none.
    pub empty: Empty,
    /// The way on.
    pub pager: Pager,
}

/// The guests of an event on paper: a box to tick, the name, the ticket.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/desk/guests_print.html")]
pub struct GuestsPrintPage {
    /// The frame, which is not printed.
    pub frame: Frame,
    /// The event's title.
    pub event: String,
    /// When it is, and when the list was made.
    pub facts: Vec<String>,
    /// The guests, by their last names.
    pub guests: Vec<GuestLine>,
    /// Back to the list.
    pub back: String,
    /// Where the list goes on, if it is longer than a door can hold in hand.
    pub more: Option<String>,
}
