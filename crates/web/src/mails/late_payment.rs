//! The mail that says sorry: money came when there was nothing left to sell for it.

use super::{Letter, MailLogo, Occasion, one_line};
use crate::money_text::with_code;
use crate::words::t2;
use askama::Template;
use model::money::Money;

/// What the buyer reads when a payment goes straight back.
#[derive(Clone, Debug)]
pub struct LatePayment {
    /// The organizer's logo, if they have one.
    pub logo: Option<MailLogo>,
    /// The buyer's name.
    pub buyer: String,
    /// Which event; its address whole.
    pub occasion: Occasion,
    /// How much goes back, in cents.
    pub amount: Money,
    /// Why, in a sentence.
    pub why: String,
    /// The order's number for people.
    pub number: String,
    /// Whether tickets can still be had.
    pub on_sale: bool,
}

#[derive(Template)]
#[template(path = "mails/late_payment.html")]
struct Html<'a> {
    mail: &'a LatePayment,
    amount: String,
}

#[derive(Template)]
#[template(path = "mails/late_payment.txt")]
struct Text<'a> {
    mail: &'a LatePayment,
    amount: String,
}

impl LatePayment {
    /// Writes the mail.
    pub fn write(&self) -> Result<Letter, askama::Error> {
        let amount = with_code(self.amount);
        Ok(Letter {
            subject: one_line(&t2(
                "late-subject",
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
