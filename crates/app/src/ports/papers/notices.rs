//! What mails before an event tell.

use super::OrderPaper;

/// What a notice is about.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum NoticeKind {
    /// The event is soon.
    Reminder,
    /// It takes place at another time or place.
    Changed,
    /// The organizer's own words, under this subject.
    Words(String),
}

/// A mail before an event, to whoever holds tickets.
#[derive(Clone, Debug)]
pub struct NoticePaper {
    /// The order whose tickets they are.
    pub order: OrderPaper,
    /// What it is about.
    pub kind: NoticeKind,
    /// What the organizer says; may be empty.
    pub note: String,
    /// How many of the tickets are good.
    pub tickets: usize,
    /// The key of the link that leaves the organizer's own words.
    pub unsubscribe_key: String,
}
