//! The rows of passes for phones' wallets. Where no wallet is configured, each of them is 404.

use super::{api, page};
use crate::api::wallet;
use crate::pages::handlers as pages;
use crate::route::Audience::Buyer;
use crate::route::Class::Checkout;
use crate::route::Route;
use crate::route::Switch::On;
use crate::route::Verb::Get;
use model::flags::Flag::Ticketing;

#[rustfmt::skip] // A table is read by its columns.
pub(super) fn table() -> Vec<Route> {
    vec![
        api(Get,  "/api/tickets/tickets/{id}/ticket.pkpass",              Buyer, On(Ticketing), Checkout, wallet::ticket_apple_pass),
        api(Get,  "/api/tickets/tickets/{id}/google-wallet",              Buyer, On(Ticketing), Checkout, wallet::ticket_google_pass),
        api(Get,  "/api/tickets/orders/{id}/tickets.pkpasses",            Buyer, On(Ticketing), Checkout, wallet::order_apple_passes),
        page(Get, "/tickets/order/{id}/tickets.pkpasses",                 Buyer, Ticketing,     Checkout, pages::order_passes),
        page(Get, "/tickets/order/{id}/tickets/{ticket}/ticket.pkpass",   Buyer, Ticketing,     Checkout, pages::order_apple_pass),
        page(Get, "/tickets/order/{id}/tickets/{ticket}/google-wallet",   Buyer, Ticketing,     Checkout, pages::order_google_pass),
        page(Get, "/tickets/ticket/{id}/ticket.pkpass",                   Buyer, Ticketing,     Checkout, pages::alone_apple_pass),
        page(Get, "/tickets/ticket/{id}/google-wallet",                   Buyer, Ticketing,     Checkout, pages::alone_google_pass),
    ]
}
