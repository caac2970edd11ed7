//! Lists of orders, and the page where tickets are given away.

use crate::pages::views::portal::parts::{Badge, Empty, Input, Pager, Tabs, Tone};
use crate::pages::views::portal::shell::Frame;
use askama::Template;
use model::order::OrderStatus;

/// An order on a list.
#[derive(Clone, Debug)]
pub struct OrderLine {
    /// The address of its page.
    pub href: String,
    /// Its code.
    pub code: String,
    /// Who bought.
    pub buyer: String,
    /// The buyer's address.
    pub email: String,
    /// The event's title; empty where all are of one.
    pub event: String,
    /// When it was begun, or paid.
    pub when: String,
    /// How many tickets: `2 tickets`.
    pub tickets: String,
    /// What it cost.
    pub total: String,
    /// What went back; empty if nothing did.
    pub refunded: String,
    /// Its state.
    pub badge: Badge,
}

/// The badge of an order's state.
pub fn status_badge(status: OrderStatus, given: bool) -> Badge {
    match status {
        OrderStatus::Paid if given => Badge::new(Tone::Good, "Given"),
        OrderStatus::Paid => Badge::new(Tone::Good, "Paid"),
        OrderStatus::Pending => Badge::new(Tone::Glow, "Being paid"),
        OrderStatus::Refunded if given => Badge::new(Tone::Plain, "Taken back"),
        OrderStatus::Refunded => Badge::new(Tone::Plain, "Refunded"),
        OrderStatus::PartiallyRefunded => Badge::new(Tone::Plain, "Partly refunded"),
        OrderStatus::Canceled => Badge::new(Tone::Plain, "Not completed"),
    }
}

/// A list of orders.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/desk/orders.html")]
pub struct OrdersPage {
    /// The frame.
    pub frame: Frame,
    /// The event's title; empty for all events.
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
    /// Where tickets are given away; `None` for all events.
    pub comps: Option<String>,
    /// The file of those who want news; `None` for one event.
    pub news: Option<String>,
    /// The orders.
    pub orders: Vec<OrderLine>,
    /// What stands there if there is none.
    pub empty: Empty,
    /// The way on.
    pub pager: Pager,
}

/// Where tickets are given away.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/desk/comps.html")]
pub struct CompsPage {
    /// The form's own key: however often it is sent, tickets are given once.
    pub attempt: String,
    /// The frame.
    pub frame: Frame,
    /// The pages about the event.
    pub tabs: Option<Tabs>,
    /// Where the form is sent.
    pub action: String,
    /// Its fields.
    pub fields: Vec<Input>,
    /// Why it cannot be done at all; a sentence.
    pub closed: Option<String>,
    /// Back to the orders.
    pub back: String,
    /// Those that were given away lately.
    pub given: Vec<OrderLine>,
}
