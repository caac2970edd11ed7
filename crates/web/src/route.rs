//! A row of the table of routes: where, how, for whom, and what must be switched on.

use crate::state::WebState;
use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use model::flags::{Flag, FlagSet};

/// Who may call.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Audience {
    /// Anybody; a key that is shown must still be a good one.
    Public,
    /// Whoever holds the order's secret, or its organizer or an admin.
    Buyer,
    /// Whoever has signed in with their address, with an account or without: pages only.
    SignedIn,
    /// An organizer (or an admin where the use case lets one).
    Organizer,
    /// An admin.
    Admin,
    /// A device at the door.
    Scanner,
    /// Stripe, by its signature.
    StripeSignature,
    /// Whoever operates us, by the token of the metrics.
    Operator,
}

impl Audience {
    /// The word in the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Buyer => "buyer",
            Self::SignedIn => "signed_in",
            Self::Organizer => "organizer",
            Self::Admin => "admin",
            Self::Scanner => "scanner",
            Self::StripeSignature => "stripe",
            Self::Operator => "operator",
        }
    }
}

/// The method.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Verb {
    /// Reads.
    Get,
    /// Makes or does.
    Post,
    /// Sets.
    Put,
    /// Changes in part.
    Patch,
    /// Takes away.
    Delete,
}

impl Verb {
    /// The method's name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether it changes anything.
    pub const fn writes(self) -> bool {
        !matches!(self, Self::Get)
    }

    const fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
            Self::Put => MethodFilter::PUT,
            Self::Patch => MethodFilter::PATCH,
            Self::Delete => MethodFilter::DELETE,
        }
    }
}

/// What must be switched on.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Switch {
    /// Nothing: health, the intake of webhooks, and the flags themselves.
    Always,
    /// A flag, and with it the global one.
    On(Flag),
}

impl Switch {
    /// Whether the route answers under these flags.
    pub fn open(self, flags: FlagSet) -> bool {
        match self {
            Self::Always => true,
            Self::On(flag) => flags.is_on(flag),
        }
    }
}

/// How dear a request is, for the limits of an address.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Class {
    /// Not limited: health, webhooks, files.
    Free,
    /// Reads.
    Read,
    /// Writes.
    Write,
    /// Starts a checkout or makes a PDF.
    Checkout,
    /// A scan: limited by key, not by address, because a hall shares one.
    Scan,
}

/// Which skin its problems wear.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Area {
    /// `application/problem+json`.
    Api,
    /// A page with a way out.
    Page,
}

/// What is known of a route before it is called.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Row {
    /// The path below the mount, with its parameters in braces.
    pub path: &'static str,
    /// The method.
    pub verb: Verb,
    /// Who may call.
    pub audience: Audience,
    /// What must be switched on.
    pub switch: Switch,
    /// How dear it is.
    pub class: Class,
    /// Its skin.
    pub area: Area,
}

/// The most that the body of a request may have, in bytes.
pub const BODY_MOST: usize = 256 * 1024;
/// The most that a picture may have, in bytes; a form around one is a little more.
pub const PICTURE_MOST: usize = 8 * 1024 * 1024 + 64 * 1024;
/// The most that a webhook may have, in bytes.
pub const WEBHOOK_MOST: usize = 1024 * 1024;

impl Row {
    fn takes_picture(&self) -> bool {
        self.path.ends_with("/{id}/cover") || self.path.ends_with("/logo")
    }

    /// The most that its body may have, in bytes.
    pub fn body_most(&self) -> usize {
        match self.audience {
            Audience::StripeSignature => WEBHOOK_MOST,
            // Pictures come to one address of an event and of its organizer, and nowhere else.
            Audience::Organizer if self.takes_picture() => PICTURE_MOST,
            _ => BODY_MOST,
        }
    }
}

/// A row with what answers it.
#[derive(Clone)]
pub struct Route {
    /// What is known of it.
    pub row: Row,
    /// What answers.
    pub handler: MethodRouter<WebState>,
}

impl Route {
    /// A row of the table.
    pub fn new<H, T>(row: Row, handler: H) -> Self
    where
        H: Handler<T, WebState>,
        T: 'static,
    {
        Self {
            row,
            handler: on(row.verb.filter(), handler),
        }
    }
}
