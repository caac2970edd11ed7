//! The mails as data: each is written twice, as text and as HTML, from the same facts.
//!
//! The HTML keeps to what Gmail and Outlook let through: style attributes, no pictures but the organizer's
//! logo, which travels inside, no scripts, one column of 600 px, and colours that stay readable when a reader turns them dark. All kinds here are
//! about an order or were just asked for, so they need no consent (CASL, s. 6(6)) and carry no promotion. Deliberately not
//! here: addresses, attachments and sending (`mail`).

use crate::pages::views::parts::{Occasion, Sum};
use askama::Template;

mod event_canceled;
mod late_payment;
mod logo;
mod notice;
mod order_paid;
mod passkey;
mod refund_asked;
mod refund_declined;
mod refund_failed;
mod refunded;
mod sign_in;

pub use event_canceled::EventCanceled;
pub use late_payment::LatePayment;
pub use logo::MailLogo;
pub use notice::{Notice, Subject};
pub use order_paid::{MailTicket, OrderPaid};
pub use passkey::PasskeyNews;
pub use refund_asked::RefundAsked;
pub use refund_declined::RefundDeclined;
pub use refund_failed::RefundFailed;
pub use refunded::{LostTicket, Refunded};
pub use sign_in::SignIn;

/// A mail's words, ready to be addressed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Letter {
    /// The subject, in one line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// One line without line ends, because a subject is a header.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The sum of an order as a mail shows it in text: a line each.
#[derive(Template)]
#[template(path = "mails/sum.txt")]
struct SumText<'a> {
    sum: &'a Sum,
}

/// The sum of an order as a mail shows it in HTML.
#[derive(Template)]
#[template(path = "mails/sum.html")]
struct SumHtml<'a> {
    sum: &'a Sum,
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_title_cannot_add_a_header() {
        assert_eq!(
            super::one_line("Mela\r\nBcc: x@example.ca"),
            "Mela  Bcc: x@example.ca"
        );
    }
}
