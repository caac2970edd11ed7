//! The mail that tells of a passkey that was added or removed, so that its owner hears of what somebody else did.

use super::{Letter, one_line};
use crate::words::{t, t1, t2};
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
    /// When it was done, and with what, in a sentence.
    fn done(&self) -> String {
        let (when, browser) = (self.when.as_str(), self.browser.as_str());
        match (self.added, browser.is_empty()) {
            (true, true) => t1("news-added-when", "when", when),
            (true, false) => t2("news-added-when-with", "when", when, "browser", browser),
            (false, true) => t1("news-removed-when", "when", when),
            (false, false) => t2("news-removed-when-with", "when", when, "browser", browser),
        }
    }

    /// Writes the mail.
    pub fn write(&self) -> Result<Letter, askama::Error> {
        let subject = if self.added {
            t("news-added-subject")
        } else {
            t("news-removed-subject")
        };
        Ok(Letter {
            subject: one_line(&subject),
            text: Text { mail: self }.render()?,
            html: Html { mail: self }.render()?,
        })
    }
}
