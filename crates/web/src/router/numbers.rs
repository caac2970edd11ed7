//! The rows of an event's numbers: analytics, files to take away, and what its guests are told.

use super::{api, page};
use crate::api as handlers;
use crate::pages::handlers::portal;
use crate::route::Audience::Organizer;
use crate::route::Class::{Checkout, Read, Write};
use crate::route::Route;
use crate::route::Switch::On;
use crate::route::Verb::{Get, Post};
use model::flags::Flag::Ticketing;

#[rustfmt::skip] // A table is read by its columns.
pub(super) fn table() -> Vec<Route> {
    vec![
        api(Get,  "/api/tickets/events/{id}/metrics",     Organizer, On(Ticketing), Read,     handlers::metrics::show_event_metrics),
        api(Get,  "/api/tickets/events/{id}/messages",    Organizer, On(Ticketing), Read,     handlers::messages::list_messages),
        api(Post, "/api/tickets/events/{id}/messages",    Organizer, On(Ticketing), Write,    handlers::messages::write_message),
        api(Get,  "/api/tickets/events/{id}/export.csv",  Organizer, On(Ticketing), Checkout, handlers::exports::export_csv),
        api(Get,  "/api/tickets/events/{id}/export.xlsx", Organizer, On(Ticketing), Checkout, handlers::exports::export_xlsx),
        page(Get,  "/tickets/organizer/events/{id}/analytics",     Organizer, Ticketing, Read,     portal::analytics_page),
        page(Get,  "/tickets/organizer/events/{id}/export/{file}", Organizer, Ticketing, Checkout, portal::export_file),
        page(Get,  "/tickets/organizer/events/{id}/messages",      Organizer, Ticketing, Read,     portal::messages_page),
        page(Post, "/tickets/organizer/events/{id}/messages",      Organizer, Ticketing, Write,    portal::messages_step),
    ]
}
