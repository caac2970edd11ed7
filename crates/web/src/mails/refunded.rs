//! The mail that says that a refund is on its way: how much, what for, what is kept, and when it arrives.

use super::{Letter, MailLogo, Occasion, one_line};
use crate::money_text::with_code;
use crate::words::{t1, t2};
use askama::Template;
use model::money::Money;

/// What the buyer reads when a refund is on its way.
#[derive(Clone, Debug)]
pub struct Refunded {
    /// The organizer's logo, if they have one.
    pub logo: Option<MailLogo>,
    /// The buyer's name.
    pub buyer: String,
    /// Which event; its address whole.
    pub occasion: Occasion,
    /// How much goes back, in cents.
    pub amount: Money,
    /// What of it is for what, each with its amount in cents: tickets, each tax, fee.
    pub parts: Vec<(String, Money)>,
    /// The service fee that is kept, in cents; `None` if nothing is.
    pub kept: Option<Money>,
    /// The tickets that admit nobody any more: tier, holder, serial.
    pub dead: Vec<LostTicket>,
    /// How many tickets of the order still admit somebody.
    pub still_valid: usize,
    /// The credit note's number; `None` if there is none.
    pub credit_note: Option<String>,
    /// The whole address of the order's page, with its secret.
    pub order_url: String,
    /// The order's number for people.
    pub number: String,
    /// Who refunds, by the name that buyers know.
    pub organizer: String,
}

/// A ticket that money goes back for, or is asked for.
#[derive(Clone, Debug)]
pub struct LostTicket {
    /// The tier.
    pub tier: String,
    /// Whose it was.
    pub holder: String,
    /// The number for people.
    pub serial: String,
}

#[derive(Template)]
#[template(path = "mails/refunded.html")]
struct Html<'a> {
    mail: &'a Refunded,
    amount: String,
}

#[derive(Template)]
#[template(path = "mails/refunded.txt")]
struct Text<'a> {
    mail: &'a Refunded,
    amount: String,
}

impl Refunded {
    /// Writes the mail.
    pub fn write(&self) -> Result<Letter, askama::Error> {
        let amount = with_code(self.amount);
        let subject = if self.amount.is_zero() {
            t1("refunded-subject-free", "title", &self.occasion.title)
        } else {
            t2(
                "refunded-subject",
                "title",
                &self.occasion.title,
                "amount",
                &amount,
            )
        };
        Ok(Letter {
            subject: one_line(&subject),
            text: Text {
                mail: self,
                amount: amount.clone(),
            }
            .render()?,
            html: Html { mail: self, amount }.render()?,
        })
    }
}
