//! The mail that says that a refund came back: nothing is lost, and whom to write to.

use super::{Letter, MailLogo, Occasion, one_line};
use crate::money_text::with_code;
use crate::words::t2;
use askama::Template;
use model::money::Money;

/// What the buyer reads when the bank sent a refund back.
#[derive(Clone, Debug)]
pub struct RefundFailed {
    /// The organizer's logo, if they have one.
    pub logo: Option<MailLogo>,
    /// The buyer's name.
    pub buyer: String,
    /// Which event; its address whole.
    pub occasion: Occasion,
    /// How much did not arrive, in cents.
    pub amount: Money,
    /// The tickets that admit somebody, as they stand now: tier, holder, serial.
    pub tickets: Vec<super::LostTicket>,
    /// Whom to write to: the organizer's address; empty if there is none but ours.
    pub contact: String,
    /// The organizer's name.
    pub organizer: String,
    /// The whole address of the order's page, with its secret.
    pub order_url: String,
    /// The order's number for people.
    pub number: String,
}

#[derive(Template)]
#[template(path = "mails/refund_failed.html")]
struct Html<'a> {
    mail: &'a RefundFailed,
    amount: String,
}

#[derive(Template)]
#[template(path = "mails/refund_failed.txt")]
struct Text<'a> {
    mail: &'a RefundFailed,
    amount: String,
}

impl RefundFailed {
    /// Writes the mail.
    pub fn write(&self) -> Result<Letter, askama::Error> {
        let amount = with_code(self.amount);
        Ok(Letter {
            subject: one_line(&t2(
                "failed-subject",
                "amount",
                &amount,
                "title",
                &self.occasion.title,
            )),
            text: Text {
                mail: self,
                amount: amount.clone(),
            }
            .render()?,
            html: Html { mail: self, amount }.render()?,
        })
    }
}
