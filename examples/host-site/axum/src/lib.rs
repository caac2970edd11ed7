//! An example of a host: a listings site with its own tables, its own sign-in and its own pages, that takes
//! tickets in as a lodger.
//!
//! [`Site`] is the site as it was before. [`Lodger`] is all that it knows of tickets: one line on an event's
//! page, one in the portal, a signed word about who somebody is. Everything else of the lodger stands in
//! routes of its own, which are merged beside the site's. Deliberately not here: anything that a real
//! site would have and that no test of living together needs.

mod db;
mod lodger;
mod pages;
mod passwords;
mod seal;
mod site;

pub use db::{Db, DbError};
pub use lodger::Lodger;
pub use site::Site;
