//! What a buyer can still do with a paid order, and the word about what was just done.

use crate::words::t;
use askama::Template;

/// What a buyer can do: have the mail again, ask for a refund, take the data home.
#[derive(Clone, Debug, Template)]
#[template(path = "order/manage.html")]
pub struct Manage {
    /// The token against forged forms.
    pub csrf: String,
    /// POST: the mail once more.
    pub resend_url: String,
    /// Where it goes.
    pub email: String,
    /// Whether and how a refund can be asked for.
    pub refund: RefundAsk,
    /// What was agreed to and can be taken back.
    pub news: Vec<News>,
    /// POST: takes a consent back.
    pub news_url: String,
    /// The file with everything that we hold about the order.
    pub data_url: String,
}

/// News that somebody agreed to.
#[derive(Clone, Debug)]
pub struct News {
    /// The sender's word.
    pub sender: &'static str,
    /// What stood beside the box.
    pub wording: String,
}

/// Whether and how a refund can be asked for.
#[derive(Clone, Debug)]
pub enum RefundAsk {
    /// It can.
    Form {
        /// POST: the request.
        action: String,
        /// The event's rule, in a sentence.
        rule: String,
    },
    /// It was asked for, and the organizer has not answered yet.
    Open,
    /// It cannot.
    None {
        /// The event's rule, in a sentence.
        rule: String,
    },
}

/// One line about what was just done, at the head of the page.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Whether it was done.
    pub good: bool,
    /// The sentence.
    pub words: String,
}

impl Notice {
    /// The notice of a code in an address; a code that is none of ours says nothing.
    pub fn of(done: &str) -> Option<Self> {
        let (good, key) = match done {
            "resent" => (true, "order-done-resent"),
            "renamed" => (true, "order-done-renamed"),
            "extended" => (true, "order-done-extended"),
            "refund-asked" => (true, "order-done-refund-asked"),
            "news-ended" => (true, "order-done-news"),
            "resend-failed" => (false, "order-fail-resend"),
            "rename-failed" => (false, "order-fail-rename"),
            "refund-failed" => (false, "order-fail-refund"),
            _ => return None,
        };
        Some(Self {
            good,
            words: t(key),
        })
    }
}
