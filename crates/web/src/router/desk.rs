//! The organizer's desk: what happens after a sale.

use super::{api, page};
use crate::api::{audience, desk, orders, reports};
use crate::pages::handlers::portal::desk as pages;
use crate::route::Audience::{Buyer, Organizer};
use crate::route::Class::{Checkout, Read, Write};
use crate::route::Route;
use crate::route::Switch::On;
use crate::route::Verb::{Get, Patch, Post};
use model::flags::Flag::{Payouts, Refunds, Ticketing};

pub(super) fn table() -> Vec<Route> {
    let mut all = api_table();
    all.extend(page_table());
    all
}

#[rustfmt::skip] // A table is read by its columns.
fn api_table() -> Vec<Route> {
    vec![
        api(Get,   "/api/tickets/organizers/me/orders",            Organizer, On(Ticketing), Read,     desk::my_orders),
        api(Get,   "/api/tickets/organizers/me/audience.csv",      Organizer, On(Ticketing), Checkout, audience::audience_csv),
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

#[rustfmt::skip] // A table is read by its columns.
fn page_table() -> Vec<Route> {
    vec![
        page(Get,  "/tickets/organizer/orders",                               Organizer, Ticketing, Read,     pages::orders_page),
        page(Get,  "/tickets/organizer/news.csv",                             Organizer, Ticketing, Checkout, audience::audience_csv),
        page(Get,  "/tickets/organizer/events/{id}/orders",                   Organizer, Ticketing, Read,     pages::event_orders_page),
        page(Get,  "/tickets/organizer/events/{id}/comps",                    Organizer, Ticketing, Read,     pages::comps_page),
        page(Post, "/tickets/organizer/events/{id}/comps",                    Organizer, Ticketing, Write,    pages::comps_step),
        page(Get,  "/tickets/organizer/events/{id}/guests",                   Organizer, Ticketing, Read,     pages::guests_page),
        page(Get,  "/tickets/organizer/events/{id}/guests/print",             Organizer, Ticketing, Read,     pages::guests_print_page),
        page(Get,  "/tickets/organizer/events/{id}/guests/file",              Organizer, Ticketing, Checkout, pages::guests_file),
        page(Get,  "/tickets/organizer/events/{id}/statement",                Organizer, Ticketing, Checkout, reports::event_settlement),
        page(Get,  "/tickets/organizer/reports/tax",                          Organizer, Ticketing, Checkout, reports::my_taxes),
        page(Get,  "/tickets/organizer/orders/{id}",                          Organizer, Ticketing, Read,     pages::desk_order_page),
        page(Get,  "/tickets/organizer/orders/{id}/receipt.pdf",              Organizer, Ticketing, Checkout, orders::order_receipt),
        page(Get,  "/tickets/organizer/orders/{id}/refund",                   Organizer, Refunds,   Read,     pages::refund_page),
        page(Post, "/tickets/organizer/orders/{id}/refund",                   Organizer, Refunds,   Write,    pages::refund_step),
        page(Post, "/tickets/organizer/orders/{id}/resend",                   Organizer, Ticketing, Write,    pages::resend_step),
        page(Post, "/tickets/organizer/orders/{id}/email",                    Organizer, Ticketing, Write,    pages::email_step),
        page(Post, "/tickets/organizer/orders/{id}/notes",                    Organizer, Ticketing, Write,    pages::note_step),
        page(Post, "/tickets/organizer/orders/{id}/tickets/{ticket}",         Organizer, Ticketing, Write,    pages::name_step),
        page(Post, "/tickets/organizer/refund-requests/{id}/decline",         Organizer, Ticketing, Write,    pages::decline_step),
        page(Get,  "/tickets/organizer/payouts",                              Organizer, Payouts,   Read,     pages::payouts_page),
        page(Get,  "/tickets/organizer/payouts/{id}",                         Organizer, Payouts,   Read,     pages::payout_page),
        page(Get,  "/tickets/organizer/disputes",                             Organizer, Ticketing, Read,     pages::disputes_page),
        page(Get,  "/tickets/organizer/disputes/{id}/evidence.pdf",           Organizer, Ticketing, Checkout, reports::dispute_evidence),
        page(Get,  "/tickets/organizer/needs-you",                            Organizer, Ticketing, Read,     pages::needs_page),
        page(Post, "/tickets/organizer/mails/{id}",                           Organizer, Ticketing, Write,    pages::mail_step),
    ]
}
