//! The mail that tells of a passkey that was added or removed, so that its owner hears of what somebody else did.

use super::{Letter, one_line};
use askama::Template;

/// What the owner of an address reads when a passkey was added or removed.
#[derive(Clone, Debug)]
pub struct PasskeyNews {
    /// The address that it signs in.
    pub email: String,
    /// Whether it was added, and not removed.
    pub added: bool,
    /// What it is called.
    pub name: String,
    /// What the browser calls itself that did it; empty if it says nothing.
    pub browser: String,
    /// When it was done, in words.
    pub when: String,
    /// The whole address of the account's page.
    pub account_url: String,
}

#[derive(Template)]
#[template(path = "mails/passkey.html")]
struct Html<'a> {
    mail: &'a PasskeyNews,
}

#[derive(Template)]
#[template(path = "mails/passkey.txt")]
struct Text<'a> {
    mail: &'a PasskeyNews,
}

impl PasskeyNews {
    /// Writes the mail.
    pub fn write(&self) -> Result<Letter, askama::Error> {
        let subject = if self.added {
            "A passkey was added to your account"
        } else {
            "A passkey was removed from your account"
        };
        Ok(Letter {
            subject: one_line(subject),
            text: Text { mail: self }.render()?,
            html: Html { mail: self }.render()?,
        })
    }
}
