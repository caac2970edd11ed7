//! Giving money back: what is chosen, and exactly what will happen before it does.

use super::order::MoneyLine;
use crate::pages::views::portal::parts::Input;
use crate::pages::views::portal::shell::Frame;
use askama::Template;

/// A ticket that can be chosen.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// Its serial.
    pub serial: String,
    /// What kind of ticket it is, and whose.
    pub words: String,
    /// Whether it is chosen.
    pub on: bool,
}

/// Where a refund is chosen.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/desk/refund.html")]
pub struct RefundPage {
    /// The frame.
    pub frame: Frame,
    /// The order's code.
    pub code: String,
    /// Who bought.
    pub buyer: String,
    /// Back to the order.
    pub back: String,
    /// Where the form is sent.
    pub action: String,
    /// The request that is answered; empty for none.
    pub request: String,
    /// What is chosen: `all`, `tickets` or `amount`.
    pub what: String,
    /// What everything is that is left, in words.
    pub all: String,
    /// The tickets that can be chosen.
    pub tickets: Vec<Choice>,
    /// What is wrong with the choice of tickets.
    pub tickets_wrong: Option<String>,
    /// The amount; `None` where nothing was paid.
    pub amount: Option<Input>,
    /// Why, for the buyer; and a note, for the organizer.
    pub words: Vec<Input>,
    /// Whether the tickets stay valid.
    pub keep: Input,
}

/// What will happen.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/desk/refund_preview.html")]
pub struct RefundPreviewPage {
    /// The frame.
    pub frame: Frame,
    /// The order's code.
    pub code: String,
    /// Who bought.
    pub buyer: String,
    /// What the buyer gets.
    pub amount: String,
    /// Whether nothing was paid, so that only tickets go back.
    pub free: bool,
    /// What it is made of.
    pub lines: Vec<MoneyLine>,
    /// What follows, sentence by sentence.
    pub follows: Vec<String>,
    /// Whether the figures have changed since they were last shown.
    pub changed: bool,
    /// Where it is confirmed.
    pub action: String,
    /// What was chosen, to be sent along unseen.
    pub hidden: Vec<(String, String)>,
    /// What the button says.
    pub button: String,
    /// Back to the choice.
    pub back: String,
}
