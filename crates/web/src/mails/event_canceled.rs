//! The mail that says that an event is called off, and what goes back.

use super::{Letter, MailLogo, Occasion, one_line};
use crate::money_text::with_code;
use crate::words::t1;
use askama::Template;
use model::money::Money;

/// What the buyer reads when an event is called off.
#[derive(Clone, Debug)]
pub struct EventCanceled {
    /// The organizer's logo, if they have one.
    pub logo: Option<MailLogo>,
    /// The buyer's name.
    pub buyer: String,
    /// Which event; its address whole.
    pub occasion: Occasion,
    /// The organizer's note, line by line; empty if there is none.
    pub note: Vec<String>,
    /// The organizer's name.
    pub organizer: String,
    /// What goes back, in cents; `None` for an order that cost nothing.
    pub amount: Option<Money>,
    /// The whole address of the order's page, with its secret.
    pub order_url: String,
    /// The order's number for people.
    pub number: String,
}

#[derive(Template)]
#[template(path = "mails/event_canceled.html")]
struct Html<'a> {
    mail: &'a EventCanceled,
}

#[derive(Template)]
#[template(path = "mails/event_canceled.txt")]
struct Text<'a> {
    mail: &'a EventCanceled,
}

impl EventCanceled {
    fn amount_words(&self) -> String {
        self.amount.map(with_code).unwrap_or_default()
    }

    /// Writes the mail.
    pub fn write(&self) -> Result<Letter, askama::Error> {
        Ok(Letter {
            subject: one_line(&t1("off-subject", "title", &self.occasion.title)),
            text: Text { mail: self }.render()?,
            html: Html { mail: self }.render()?,
        })
    }
}
