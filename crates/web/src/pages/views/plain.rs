//! Pages that mostly say something: errors, terms, privacy, refunds, an order without its key.

use super::shell::Shell;
use crate::words::{t, t1};
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
    /// The address to try again, where trying again makes sense.
    pub again: Option<String>,
    /// Whether it happened on the organizers' pages, where the way out leads back to them.
    pub portal: bool,
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
    /// The request made no sense: a sentence that says what to do; empty for a general one.
    BadRequest(String),
    /// Too many requests: so many seconds to wait.
    TooMany(u64),
    /// This part is switched off for now.
    Off,
    /// We are overloaded or a part is down: so many seconds to wait.
    Busy(u64),
    /// Stripe does not answer: so many seconds to wait.
    PaymentsAway(u64),
    /// Places have been held for as long as they can be.
    NoMoreTime,
    /// Our own fault.
    Ours,
}

impl ErrorKind {
    const fn key(&self) -> &'static str {
        match self {
            Self::NotFound => "error-not-found",
            Self::Gone => "error-gone",
            Self::Stale => "error-stale",
            Self::BadRequest(_) => "error-bad-request",
            Self::TooMany(_) => "error-too-many",
            Self::Off => "error-off",
            Self::Busy(_) => "error-busy",
            Self::PaymentsAway(_) => "error-payments",
            Self::NoMoreTime => "error-no-more-time",
            Self::Ours => "error-ours",
        }
    }

    /// The heading.
    pub fn title(&self) -> String {
        t(self.key())
    }

    /// What happened and what to do.
    pub fn words(&self) -> String {
        let key = format!("{}-words", self.key());
        match self {
            Self::BadRequest(sentence) if !sentence.is_empty() => sentence.clone(),
            Self::TooMany(wait) | Self::Busy(wait) | Self::PaymentsAway(wait) => {
                t1(&key, "wait", waiting(*wait))
            }
            _ => t(&key),
        }
    }
}

fn waiting(wait: u64) -> String {
    match wait {
        0 | 1 => t("wait-second"),
        2..=90 => t1("wait-seconds", "n", wait),
        _ => t1("wait-minutes", "n", wait.div_ceil(60)),
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
