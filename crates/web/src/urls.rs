//! Every address of ours, as methods that know where we are mounted.
//!
//! A host may put us below a path of its own (`/a/b`), and mails need whole addresses, so no page
//! ever writes an address by hand. [`Urls`] makes a [`Link`]; a link shows itself from the root
//! (`/a/b/tickets/e/diwali`) and can be made whole ([`Link::absolute`]). Deliberately not here:
//! which handler answers (`router`), and addresses of other people's sites.

use crate::words::{Lang, lang};
use model::ids::{
    CreditNoteId, DiscountId, EventId, FileId, JobId, KeyId, OrderId, OrganizerId, PayoutId,
    TicketId, TierId,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;
use url::{Url, form_urlencoded};

mod api;
mod pages;
pub mod portal;
#[cfg(test)]
mod tests;

/// What may stand unescaped in one segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// What a link in a mail says of its language, so that its page speaks as the mail does: nothing in English,
/// which is what a page speaks anyway unless its reader has chosen.
fn lang_of_link() -> &'static str {
    match lang() {
        Lang::En => "",
        Lang::Fr => Lang::Fr.code(),
    }
}

/// Our place on the web: an origin, and the path below which a host has mounted us.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Urls {
    origin: String,
    mount: String,
}

/// Why a public address or a mount cannot be used.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum BadUrls {
    /// The public address is not one that a browser can open.
    #[error(
        "The public address must look like https://tickets.example.ca, without a path: put the path into the mount."
    )]
    Public,
    /// The mount is not a path.
    #[error("The mount must be empty, or start with a slash and not end with one, like /a/b.")]
    Mount,
}

impl Urls {
    /// From the origin that people see (`https://tickets.example.ca`) and the mount (empty, or `/a/b`).
    pub fn new(public: &str, mount: &str) -> Result<Self, BadUrls> {
        let url = Url::parse(public).map_err(|_| BadUrls::Public)?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !matches!(url.scheme(), "http" | "https") || !bare || !url.username().is_empty() {
            return Err(BadUrls::Public);
        }
        let fits = |segment: &str| {
            !segment.is_empty()
                && utf8_percent_encode(segment, SEGMENT)
                    .all(|part| segment.contains(part) && !part.starts_with('%'))
        };
        if !mount.is_empty()
            && !mount
                .strip_prefix('/')
                .is_some_and(|rest| rest.split('/').all(fits))
        {
            return Err(BadUrls::Mount);
        }
        Ok(Self {
            origin: url.origin().ascii_serialization(),
            mount: mount.to_owned(),
        })
    }

    /// Scheme, host and port: what browsers call the origin.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The path below which we are mounted: empty, or `/a/b`.
    pub fn mount(&self) -> &str {
        &self.mount
    }

    /// The path that our cookies are kept for.
    pub fn cookie_path(&self) -> String {
        self.link("/tickets".to_owned()).to_string()
    }

    fn link(&self, path: String) -> Link<'_> {
        Link { urls: self, path }
    }
}

/// One address of ours: shown from the root, or whole.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Link<'a> {
    urls: &'a Urls,
    path: String,
}

impl Link<'_> {
    /// The whole address, for mails, for Stripe and for other sites.
    pub fn absolute(&self) -> String {
        format!("{}{self}", self.urls.origin)
    }

    /// Adds a query of the pairs whose value is not empty.
    #[must_use]
    fn query(mut self, pairs: &[(&str, &str)]) -> Self {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
            query.append_pair(name, value);
        }
        let query = query.finish();
        if !query.is_empty() {
            self.path.push('?');
            self.path.push_str(&query);
        }
        self
    }
}

impl fmt::Display for Link<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.urls.mount)?;
        f.write_str(&self.path)
    }
}

impl From<Link<'_>> for String {
    fn from(link: Link<'_>) -> Self {
        link.to_string()
    }
}

/// One segment of a path, escaped.
fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}
