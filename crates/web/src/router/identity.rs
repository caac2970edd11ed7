//! Who is who in a browser: signing in and out, accounts, an organization's first steps.

use super::page;
use crate::pages::handlers::portal;
use crate::route::Audience::{Organizer, Public, SignedIn};
use crate::route::Class::{Read, Write};
use crate::route::Route;
use crate::route::Verb::{Get, Post};
use model::flags::Flag::Ticketing;

#[rustfmt::skip] // A table is read by its columns.
pub(super) fn table() -> Vec<Route> {
    vec![
        page(Get,  "/tickets/sign-in",                 Public,    Ticketing, Read,  portal::sign_in_page),
        page(Post, "/tickets/sign-in",                 Public,    Ticketing, Write, portal::sign_in_step),
        page(Get,  "/tickets/sign-in/link",            Public,    Ticketing, Read,  portal::enter_page),
        page(Post, "/tickets/sign-in/link",            Public,    Ticketing, Write, portal::enter_step),
        page(Post, "/tickets/sign-out",                SignedIn,  Ticketing, Write, portal::sign_out_step),
        page(Post, "/tickets/account/sell",            SignedIn,  Ticketing, Write, portal::sell_step),
        page(Get,  "/tickets/organizer",               Organizer, Ticketing, Read,  portal::home_page),
        page(Get,  "/tickets/organizer/start",         Organizer, Ticketing, Read,  portal::start_page),
        page(Post, "/tickets/organizer/start",         Organizer, Ticketing, Write, portal::start_step),
    ]
}
