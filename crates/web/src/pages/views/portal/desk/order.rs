//! One order at the desk: who, what, the money, what happened, and what can be done.

use crate::pages::views::portal::parts::{Badge, Input};
use crate::pages::views::portal::shell::Frame;
use askama::Template;

/// A line of money.
#[derive(Clone, Debug)]
pub struct MoneyLine {
    /// What it is.
    pub words: String,
    /// How much.
    pub amount: String,
    /// Whether it is a sum.
    pub sum: bool,
}

impl MoneyLine {
    /// A line.
    pub fn new(words: impl Into<String>, amount: impl std::fmt::Display) -> Self {
        Self {
            words: words.into(),
            amount: amount.to_string(),
            sum: false,
        }
    }

    /// A sum.
    pub fn sum(words: impl Into<String>, amount: impl std::fmt::Display) -> Self {
        Self {
            sum: true,
            ..Self::new(words, amount)
        }
    }
}

/// A ticket.
#[derive(Clone, Debug)]
pub struct TicketLine {
    /// Its serial.
    pub serial: String,
    /// What kind of ticket it is.
    pub tier: String,
    /// Whose it is.
    pub holder: String,
    /// Its state.
    pub badge: Badge,
    /// When and where somebody came in with it; empty if nobody did.
    pub used: String,
    /// The field for another name, and where it is sent; `None` if it cannot have one.
    pub rename: Option<(Input, String)>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct MomentLine {
    /// When, for people.
    pub when: String,
    /// When, for programs.
    pub iso: String,
    /// What sort of thing, for its sign.
    pub sort: &'static str,
    /// What.
    pub what: String,
    /// More, line by line.
    pub more: Vec<String>,
    /// Who did it; empty if nobody did.
    pub by: String,
    /// Whether it went wrong.
    pub bad: bool,
}

/// A request that waits for an answer.
#[derive(Clone, Debug)]
pub struct OpenRequest {
    /// What is asked for: `everything`, or the tickets by serial.
    pub about: String,
    /// What the buyer wrote, line by line.
    pub message: Vec<String>,
    /// When.
    pub when: String,
    /// Where it is granted.
    pub approve: String,
    /// Where it is declined.
    pub decline: String,
    /// The sentence for the buyer.
    pub answer: Input,
}

/// One order.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/desk/order.html")]
pub struct DeskOrderPage {
    /// The frame.
    pub frame: Frame,
    /// Its code.
    pub code: String,
    /// Its state.
    pub badge: Badge,
    /// Who bought.
    pub buyer: String,
    /// The buyer's address.
    pub email: String,
    /// The event's title.
    pub event: String,
    /// The event's orders.
    pub event_href: String,
    /// When the event is.
    pub event_when: String,
    /// When it was bought and where from.
    pub bought: String,
    /// A dispute that is open, in a sentence, with the address of the evidence.
    pub dispute: Option<(String, String)>,
    /// A request that waits.
    pub request: Option<OpenRequest>,
    /// The tickets.
    pub tickets: Vec<TicketLine>,
    /// The money.
    pub money: Vec<MoneyLine>,
    /// How it was paid: names and values.
    pub payment: Vec<(String, String)>,
    /// What happened, the latest first.
    pub moments: Vec<MomentLine>,
    /// Where money is given back, and what the button says; `None` if nothing can be.
    pub refund: Option<(String, &'static str)>,
    /// Why nothing can be given back; empty if it can.
    pub no_refund: String,
    /// Where the tickets are sent once more; `None` if there are none.
    pub resend: Option<String>,
    /// Where another address is sent, and its field.
    pub correct: (String, Input),
    /// Where a note is sent, and its field.
    pub note: (String, Input),
    /// The receipt; `None` if nothing was paid.
    pub receipt: Option<String>,
}
