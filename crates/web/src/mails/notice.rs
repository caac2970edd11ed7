//! The mails before an event: a reminder, news of another time or place, and the organizer's own words.

use super::{Letter, Occasion, one_line};
use crate::words::{t1, t2};
use askama::Template;

/// What a notice is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Subject {
    /// It is soon.
    Reminder,
    /// It takes place at another time or place; what stands in the mail is what holds now.
    Changed,
    /// The organizer's own words, under their own subject.
    Words(String),
}

/// What whoever holds tickets reads before the event.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What it is about.
    pub subject: Subject,
    /// The buyer's name.
    pub buyer: String,
    /// Which event; its address whole.
    pub occasion: Occasion,
    /// Street, city and province of the place.
    pub address: String,
    /// The organizer's name.
    pub organizer: String,
    /// What the organizer says, line by line; an empty line is a gap.
    pub note: Vec<String>,
    /// Until when tickets are refunded on request, in a sentence; for a change only.
    pub refund_rule: String,
    /// How many tickets are good.
    pub tickets: usize,
    /// The whole address of the order's page, with its secret.
    pub order_url: String,
    /// The order's number for people.
    pub number: String,
    /// The organizer's address on paper; may be empty.
    pub organizer_address: String,
    /// Where one leaves the organizer's own words.
    pub unsubscribe_url: String,
}

#[derive(Template)]
#[template(path = "mails/reminder.html")]
struct ReminderHtml<'a> {
    mail: &'a Notice,
}

#[derive(Template)]
#[template(path = "mails/reminder.txt")]
struct ReminderText<'a> {
    mail: &'a Notice,
}

#[derive(Template)]
#[template(path = "mails/event_changed.html")]
struct ChangedHtml<'a> {
    mail: &'a Notice,
}

#[derive(Template)]
#[template(path = "mails/event_changed.txt")]
struct ChangedText<'a> {
    mail: &'a Notice,
}

#[derive(Template)]
#[template(path = "mails/organizer_message.html")]
struct WordsHtml<'a> {
    mail: &'a Notice,
    subject: &'a str,
}

#[derive(Template)]
#[template(path = "mails/organizer_message.txt")]
struct WordsText<'a> {
    mail: &'a Notice,
    subject: &'a str,
}

impl Notice {
    /// Writes the mail.
    pub fn write(&self) -> Result<Letter, askama::Error> {
        let title = &self.occasion.title;
        let (subject, text, html) = match &self.subject {
            Subject::Reminder => (
                t2(
                    "reminder-subject",
                    "title",
                    title,
                    "when",
                    self.occasion.when.short(),
                ),
                ReminderText { mail: self }.render()?,
                ReminderHtml { mail: self }.render()?,
            ),
            Subject::Changed => (
                t1("changed-subject", "title", title),
                ChangedText { mail: self }.render()?,
                ChangedHtml { mail: self }.render()?,
            ),
            Subject::Words(subject) => (
                subject.clone(),
                WordsText {
                    mail: self,
                    subject,
                }
                .render()?,
                WordsHtml {
                    mail: self,
                    subject,
                }
                .render()?,
            ),
        };
        Ok(Letter {
            subject: one_line(&subject),
            text,
            html,
        })
    }
}
