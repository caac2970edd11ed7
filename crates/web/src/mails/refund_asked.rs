//! The mail that tells an organizer that a buyer asks for money back: who, which tickets, why, and where to answer.

use super::{Letter, LostTicket, Occasion, one_line};
use crate::words::t2;
use askama::Template;

/// What the organizer reads when a buyer asks for a refund.
#[derive(Clone, Debug)]
pub struct RefundAsked {
    /// The buyer's name.
    pub buyer: String,
    /// Which event; its address whole.
    pub occasion: Occasion,
    /// What the buyer wrote, paragraph by paragraph; may be empty.
    pub message: Vec<String>,
    /// The tickets that it is about.
    pub tickets: Vec<LostTicket>,
    /// The whole address of the order's page at the organizer's desk.
    pub desk_url: String,
    /// The order's number for people.
    pub number: String,
}

#[derive(Template)]
#[template(path = "mails/refund_asked.html")]
struct Html<'a> {
    mail: &'a RefundAsked,
}

#[derive(Template)]
#[template(path = "mails/refund_asked.txt")]
struct Text<'a> {
    mail: &'a RefundAsked,
}

impl RefundAsked {
    /// Writes the mail.
    pub fn write(&self) -> Result<Letter, askama::Error> {
        let (number, title) = (&self.number, &self.occasion.title);
        Ok(Letter {
            subject: one_line(&t2("asked-subject", "number", number, "title", title)),
            text: Text { mail: self }.render()?,
            html: Html { mail: self }.render()?,
        })
    }
}
