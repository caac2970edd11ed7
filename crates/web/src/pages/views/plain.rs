//! Pages that mostly say something: errors, terms, privacy, refunds, an order without its key.

use super::shell::Shell;
use askama::Template;
use std::sync::Arc;

/// What went wrong, with a way out.
#[derive(Clone, Debug, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// The frame.
    pub shell: Arc<Shell>,
    /// What went wrong.
    pub kind: ErrorKind,
    /// The request's id, to be quoted to us; shown where it helps.
    pub request_id: Option<String>,
}

/// What went wrong.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ErrorKind {
    /// There is nothing here.
    NotFound,
    /// There was something here.
    Gone,
    /// The form was too old, or was not ours.
    Stale,
    /// The request made no sense: a sentence that says what to do.
    BadRequest(String),
    /// Too many requests: so many seconds to wait.
    TooMany(u64),
    /// This part is switched off for now.
    Off,
    /// We are overloaded or a part is down: so many seconds to wait.
    Busy(u64),
    /// Our own fault.
    Ours,
}

impl ErrorKind {
    /// The heading.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "There is nothing here",
            Self::Gone => "This page is gone",
            Self::Stale => "This form has been open for too long",
            Self::BadRequest(_) => "That did not work",
            Self::TooMany(_) => "A little too fast",
            Self::Off => "Paused for the moment",
            Self::Busy(_) => "Many people are here right now",
            Self::Ours => "Something broke on our side",
        }
    }

    /// What happened and what to do.
    pub fn words(&self) -> String {
        match self {
            Self::NotFound => "The address may be mistyped, or the event may not be public any more.".to_owned(),
            Self::Gone => "The organizer has taken it down.".to_owned(),
            Self::Stale => "Nothing was bought and nothing was charged. Go back, load the page again and send it once more.".to_owned(),
            Self::BadRequest(sentence) => sentence.clone(),
            Self::TooMany(wait) => format!("Too many requests came from your connection. Please try again in {}.", seconds(*wait)),
            Self::Off => "Tickets are not sold here at the moment. Tickets that you have already bought stay valid.".to_owned(),
            Self::Busy(wait) => format!("Nothing was charged. Please try again in {}; no place is lost by waiting.", seconds(*wait)),
            Self::Ours => "We have written it down and will look at it. If you have just paid, your order is safe: the link in your mail leads to it.".to_owned(),
        }
    }
}

fn seconds(wait: u64) -> String {
    match wait {
        0 | 1 => "a second".to_owned(),
        2..=90 => format!("{wait} seconds"),
        _ => format!("{} minutes", wait.div_ceil(60)),
    }
}

/// An order's page was opened without its secret.
#[derive(Clone, Debug, Template)]
#[template(path = "sign_in_needed.html")]
pub struct SignInNeededPage {
    /// The frame.
    pub shell: Arc<Shell>,
}

/// The terms of sale.
#[derive(Clone, Debug, Template)]
#[template(path = "terms.html")]
pub struct TermsPage {
    /// The frame.
    pub shell: Arc<Shell>,
}

/// The privacy page.
#[derive(Clone, Debug, Template)]
#[template(path = "privacy.html")]
pub struct PrivacyPage {
    /// The frame.
    pub shell: Arc<Shell>,
}

/// The refund policy.
#[derive(Clone, Debug, Template)]
#[template(path = "refund_policy.html")]
pub struct RefundPolicyPage {
    /// The frame.
    pub shell: Arc<Shell>,
}

/// The version of the terms, the privacy page and the refund policy: the day from which they hold.
pub const POLICY_VERSION: &str = app::terms::VERSION;
