//! The mail with a sign-in link.

use super::{Letter, one_line};
use crate::words::t;
use askama::Template;

/// What somebody reads who asked to sign in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// The address that asked.
    pub email: String,
    /// The whole address of the link.
    pub url: String,
    /// Whether somebody wants to see their tickets, and not to sell any.
    pub for_tickets: bool,
    /// How long the link holds, in minutes.
    pub minutes: i64,
}

#[derive(Template)]
#[template(path = "mails/sign_in.html")]
struct Html<'a> {
    mail: &'a SignIn,
}

#[derive(Template)]
#[template(path = "mails/sign_in.txt")]
struct Text<'a> {
    mail: &'a SignIn,
}

impl SignIn {
    /// Writes the mail.
    pub fn write(&self) -> Result<Letter, askama::Error> {
        let subject = if self.for_tickets {
            t("link-subject-tickets")
        } else {
            t("link-subject")
        };
        Ok(Letter {
            subject: one_line(&subject),
            text: Text { mail: self }.render()?,
            html: Html { mail: self }.render()?,
        })
    }
}
