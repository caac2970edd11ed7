//! The organizer's desk: what happens after a sale.

use super::api;
use crate::api::desk;
use crate::route::Audience::{Buyer, Organizer};
use crate::route::Class::{Checkout, Read, Write};
use crate::route::Route;
use crate::route::Switch::On;
use crate::route::Verb::{Get, Patch, Post};
use model::flags::Flag::{Refunds, Ticketing};

#[rustfmt::skip] // A table is read by its columns.
pub(super) fn table() -> Vec<Route> {
    vec![
        api(Get,   "/api/tickets/organizers/me/orders",            Organizer, On(Ticketing), Read,     desk::my_orders),
        api(Get,   "/api/tickets/organizers/me/needs",             Organizer, On(Ticketing), Read,     desk::my_needs),
        api(Get,   "/api/tickets/organizers/me/refund-requests",   Organizer, On(Ticketing), Read,     desk::my_refund_requests),
        api(Get,   "/api/tickets/events/{id}/orders",              Organizer, On(Ticketing), Read,     desk::event_orders),
        api(Get,   "/api/tickets/events/{id}/guests",              Organizer, On(Ticketing), Checkout, desk::event_guests),
        api(Post,  "/api/tickets/events/{id}/comps",               Organizer, On(Ticketing), Write,    desk::give_tickets),
        api(Patch, "/api/tickets/orders/{id}",                     Organizer, On(Ticketing), Write,    desk::correct_order),
        api(Get,   "/api/tickets/orders/{id}/timeline",            Organizer, On(Ticketing), Read,     desk::order_timeline),
        api(Post,  "/api/tickets/orders/{id}/notes",               Organizer, On(Ticketing), Write,    desk::note_order),
        api(Post,  "/api/tickets/orders/{id}/resend",              Buyer,     On(Ticketing), Write,    desk::resend_order),
        api(Post,  "/api/tickets/orders/{id}/refund-requests",     Buyer,     On(Refunds),   Write,    desk::ask_refund),
        api(Get,   "/api/tickets/orders/{id}/refund-requests",     Buyer,     On(Ticketing), Read,     desk::order_refund_requests),
        api(Patch, "/api/tickets/tickets/{id}",                    Buyer,     On(Ticketing), Write,    desk::rename_ticket),
        api(Post,  "/api/tickets/refund-requests/{id}/approve",    Organizer, On(Refunds),   Write,    desk::approve_refund_request),
        api(Post,  "/api/tickets/refund-requests/{id}/decline",    Organizer, On(Ticketing), Write,    desk::decline_refund_request),
        api(Post,  "/api/tickets/mails/{id}/retry",                Organizer, On(Ticketing), Write,    desk::retry_mail),
    ]
}
