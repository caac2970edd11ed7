//! The mail that brings the tickets.

use super::{Letter, MailLogo, Occasion, Sum, SumHtml, SumText, one_line};
use crate::words::t2;
use askama::Template;

/// What the buyer reads when an order is paid.
#[derive(Clone, Debug)]
pub struct OrderPaid {
    /// The organizer's logo, if they have one.
    pub logo: Option<MailLogo>,
    /// The buyer's name.
    pub buyer: String,
    /// Which event; its address whole.
    pub occasion: Occasion,
    /// Street, city and province of the place.
    pub address: String,
    /// The whole address of the order's page, with its secret.
    pub order_url: String,
    /// The order's number for people.
    pub number: String,
    /// When it was paid, in words.
    pub paid_at: String,
    /// How it was paid; `None` for a free order.
    pub method: Option<String>,
    /// The tickets.
    pub tickets: Vec<MailTicket>,
    /// What it cost.
    pub sum: Sum,
    /// Who sold, by the legal name.
    pub seller: String,
    /// Tax numbers, each with its name; empty if not registered.
    pub tax_numbers: Vec<(String, String)>,
    /// The refund rule of the event.
    pub refund_policy: String,
    /// Whether the order's page has passes for phones' wallets.
    pub wallets: bool,
}

/// One ticket of the mail.
#[derive(Clone, Debug)]
pub struct MailTicket {
    /// The tier.
    pub tier: String,
    /// Whose it is.
    pub holder: String,
    /// The number for people.
    pub serial: String,
    /// The whole address of the ticket's own page, for passing on.
    pub url: String,
}

#[derive(Template)]
#[template(path = "mails/order_paid.html")]
struct Html<'a> {
    mail: &'a OrderPaid,
    sum: SumHtml<'a>,
}

#[derive(Template)]
#[template(path = "mails/order_paid.txt")]
struct Text<'a> {
    mail: &'a OrderPaid,
    sum: SumText<'a>,
}

impl OrderPaid {
    /// Writes the mail.
    pub fn write(&self) -> Result<Letter, askama::Error> {
        let (n, title) = (self.tickets.len(), &self.occasion.title);
        Ok(Letter {
            subject: one_line(&t2("paid-subject", "n", n, "title", title)),
            text: Text {
                mail: self,
                sum: SumText { sum: &self.sum },
            }
            .render()?,
            html: Html {
                mail: self,
                sum: SumHtml { sum: &self.sum },
            }
            .render()?,
        })
    }
}
