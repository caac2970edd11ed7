//! The rows of the door's app: its page, and what a browser reads to install it. They show nothing of any
//! event, because only a paired device asks for more, with its key.

use super::page;
use crate::pages::handlers as pages;
use crate::route::Audience::Public;
use crate::route::Class::{Free, Read};
use crate::route::Route;
use crate::route::Verb::Get;
use model::flags::Flag::Scanning;

#[rustfmt::skip] // A table is read by its columns.
pub(super) fn table() -> Vec<Route> {
    vec![
        page(Get, "/tickets/checkin",                 Public, Scanning, Read, pages::checkin_page),
        page(Get, "/tickets/checkin/sw.js",           Public, Scanning, Free, pages::checkin_worker),
        page(Get, "/tickets/checkin/app.webmanifest", Public, Scanning, Free, pages::checkin_manifest),
    ]
}
