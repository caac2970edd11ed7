//! Writing to the people who hold tickets: the form, how it would look, and what was sent.

use super::parts::{Badge, Input, Pager, Tabs};
use super::shell::Frame;
use askama::Template;

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/messages.html")]
pub struct MessagesPage {
    /// The frame.
    pub frame: Frame,
    /// The event's title.
    pub title: String,
    /// The pages about the event.
    pub tabs: Tabs,
    /// Where the form is sent.
    pub action: String,
    /// Its fields; empty where nothing can be sent.
    pub inputs: Vec<Input>,
    /// How the mail would look, once it was asked for.
    pub preview: Option<Preview>,
    /// What was sent before, the latest first.
    pub sent: Vec<SentMessage>,
    /// The way through what was sent.
    pub pager: Pager,
}

/// A mail before it is sent.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Who hears it: `23 people`.
    pub people: String,
    /// Whether anybody does.
    pub anybody: bool,
    /// Its subject.
    pub subject: String,
    /// Where answers go; empty if the organizer has no address.
    pub reply_to: String,
    /// Its text.
    pub text: String,
    /// The fields of the form as they were filled in, to be sent as they are.
    pub fields: Vec<(String, String)>,
}

/// A message that was sent.
#[derive(Clone, Debug)]
pub struct SentMessage {
    /// When.
    pub when: String,
    /// Its subject.
    pub subject: String,
    /// To whom: `Everybody with a ticket`.
    pub audience: String,
    /// How far it is.
    pub state: Badge,
    /// How many mails: `23 sent, 1 waiting`.
    pub mails: String,
}
