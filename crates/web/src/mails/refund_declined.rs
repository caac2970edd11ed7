//! The mail that answers a request for a refund with no: the organizer's own sentence, and what still holds.

use super::{Letter, MailLogo, Occasion, one_line};
use crate::words::t1;
use askama::Template;

/// What the buyer reads when the organizer declined a refund.
#[derive(Clone, Debug)]
pub struct RefundDeclined {
    /// The organizer's logo, if they have one.
    pub logo: Option<MailLogo>,
    /// The buyer's name.
    pub buyer: String,
    /// Which event; its address whole.
    pub occasion: Occasion,
    /// What the organizer wrote, paragraph by paragraph.
    pub answer: Vec<String>,
    /// The organizer's name.
    pub organizer: String,
    /// Whom to write to; empty if there is none but ours.
    pub contact: String,
    /// The whole address of the order's page, with its secret.
    pub order_url: String,
    /// The order's number for people.
    pub number: String,
}

#[derive(Template)]
#[template(path = "mails/refund_declined.html")]
struct Html<'a> {
    mail: &'a RefundDeclined,
}

#[derive(Template)]
#[template(path = "mails/refund_declined.txt")]
struct Text<'a> {
    mail: &'a RefundDeclined,
}

impl RefundDeclined {
    /// Writes the mail.
    pub fn write(&self) -> Result<Letter, askama::Error> {
        Ok(Letter {
            subject: one_line(&t1("declined-subject", "title", &self.occasion.title)),
            text: Text { mail: self }.render()?,
            html: Html { mail: self }.render()?,
        })
    }
}
