//! The routes by which an organizer makes and changes events.

use super::{api, page};
use crate::pages::handlers as pages;
use crate::route::Audience::{Organizer, Public};
use crate::route::Class::{Checkout, Free, Read, Write};
use crate::route::Route;
use crate::route::Switch::On;
use crate::route::Verb::{Delete, Get, Post, Put};
use model::flags::Flag::{Scanning, Ticketing};

/// The API's and the pages'.
#[rustfmt::skip] // A table is read by its columns.
pub(super) fn table() -> Vec<Route> {
    vec![
        api(Put,    "/api/tickets/events/{id}/cover",              Organizer, On(Ticketing), Checkout, api::events::set_cover),
        api(Delete, "/api/tickets/events/{id}/cover",              Organizer, On(Ticketing), Write,    api::events::take_cover_away),
        api(Put,    "/api/tickets/organizers/me/logo",             Organizer, On(Ticketing), Checkout, api::organizers::set_logo),
        api(Delete, "/api/tickets/organizers/me/logo",             Organizer, On(Ticketing), Write,    api::organizers::take_logo_away),
        api(Post,   "/api/tickets/events/{id}/duplicate",          Organizer, On(Ticketing), Write,    api::events::duplicate_event),
        api(Put,    "/api/tickets/events/{id}/tier-order",         Organizer, On(Ticketing), Write,    api::tiers::arrange_tiers),
        api(Post,   "/api/tickets/events/{id}/price",              Organizer, On(Ticketing), Write,    api::tiers::try_price),
        api(Get,    "/api/tickets/events/{id}/scanner-keys",       Organizer, On(Scanning),  Read,     api::scanner_keys::list_scanner_keys),
        api(Delete, "/api/tickets/events/{id}/scanner-keys/{key}", Organizer, On(Scanning),  Write,    api::scanner_keys::revoke_scanner_key),
        page(Get,   "/tickets/files/{id}",                         Public,    Ticketing,     Free,     pages::file),
        page(Get,   "/tickets/files/{id}/narrow",                  Public,    Ticketing,     Free,     pages::narrow_file),
    ]
}
