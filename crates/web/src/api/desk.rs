//! The organizer's desk: finding orders and guests, correcting, giving away, answering, and what waits.

mod changes;
mod gift;
mod guests;
mod needs;
mod orders;
mod requests;
mod timeline;

pub use changes::*;
pub use gift::*;
pub use guests::*;
pub use needs::*;
pub use orders::*;
pub use requests::*;
pub use timeline::*;

use crate::problem::Problem;

/// One of a closed set of words in a query; an empty one is none, because forms send what is left empty.
pub(crate) fn word<T>(
    field: &str,
    text: Option<&str>,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    match text.filter(|t| !t.is_empty()) {
        None => Ok(None),
        Some(text) => parse(text)
            .map(Some)
            .ok_or_else(|| Problem::field(field, "This is none of the words that can stand here.")),
    }
}

/// An id in a query; an empty one is none.
pub(crate) fn id<T, E: std::fmt::Display>(
    field: &str,
    text: Option<&str>,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<Option<T>, Problem> {
    match text.filter(|t| !t.is_empty()) {
        None => Ok(None),
        Some(text) => parse(text)
            .map(Some)
            .map_err(|error| Problem::field(field, error)),
    }
}
