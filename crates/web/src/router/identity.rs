//! Who is who in a browser: signing in and out, accounts, an organization's first steps.

use super::page;
use crate::pages::handlers::{portal, unsubscribe_page, unsubscribe_step};
use crate::route::Audience::{Admin, Organizer, Public, SignedIn};
use crate::route::Class::{Checkout, Read, Write};
use crate::route::Verb::{Get, Post};
use crate::route::{Route, Switch};
use model::flags::Flag::{Payouts, Ticketing};

#[rustfmt::skip] // A table is read by its columns.
pub(super) fn table() -> Vec<Route> {
    let mut all = vec![
        page(Get,  "/tickets/sign-in",                 Public,    Ticketing, Read,  portal::sign_in_page),
        page(Post, "/tickets/sign-in",                 Public,    Ticketing, Write, portal::sign_in_step),
        page(Get,  "/tickets/sign-in/link",            Public,    Ticketing, Read,  portal::enter_page),
        page(Post, "/tickets/sign-in/link",            Public,    Ticketing, Write, portal::enter_step),
        page(Post, "/tickets/sign-in/passkey/begin",   Public,    Ticketing, Read,  portal::passkey_begin),
        page(Post, "/tickets/sign-in/passkey",         Public,    Ticketing, Write, portal::passkey_step),
        page(Get,  "/tickets/sign-in/oidc",            Public,    Ticketing, Read,  portal::provider_step),
        page(Get,  "/tickets/sign-in/oidc/back",       Public,    Ticketing, Write, portal::provider_back_step),
        page(Post, "/tickets/sign-out",                SignedIn,  Ticketing, Write, portal::sign_out_step),
        page(Get,  "/tickets/unsubscribe",             Public,    Ticketing, Read,  unsubscribe_page),
        page(Post, "/tickets/unsubscribe",             Public,    Ticketing, Write, unsubscribe_step),
        page(Post, "/tickets/account/sell",            SignedIn,  Ticketing, Write, portal::sell_step),
        page(Get,  "/tickets/organizer",               Organizer, Ticketing, Read,  portal::home_page),
        page(Get,  "/tickets/organizer/start",         Organizer, Ticketing, Read,  portal::start_page),
        page(Post, "/tickets/organizer/start",         Organizer, Ticketing, Write, portal::start_step),
        page(Get,  "/tickets/organizer/settings",                   Organizer, Ticketing, Read,     portal::settings_page),
        page(Post, "/tickets/organizer/settings",                   Organizer, Ticketing, Write,    portal::settings_step),
        page(Get,  "/tickets/organizer/settings/ticket.pdf",        Organizer, Ticketing, Checkout, portal::settings_ticket),
        page(Get,  "/tickets/organizer/settings/mail",              Organizer, Ticketing, Read,     portal::settings_mail),
        page(Get,  "/tickets/organizer/settings/payments",          Organizer, Payouts,   Read,     portal::payments_page),
        page(Post, "/tickets/organizer/connect",                    Organizer, Payouts,   Write,    portal::connect_step),
        page(Get,  "/tickets/organizer/settings/keys",              Organizer, Ticketing, Read,     portal::keys_page),
        page(Post, "/tickets/organizer/settings/keys",              Organizer, Ticketing, Write,    portal::keys_step),
        page(Get,  "/tickets/organizer/settings/keys/{id}/revoke",  Organizer, Ticketing, Read,     portal::revoke_page),
        page(Post, "/tickets/organizer/settings/keys/{id}/revoke",  Organizer, Ticketing, Write,    portal::revoke_step),
        page(Get,  "/tickets/my-tickets",                           SignedIn,  Ticketing, Read,     portal::my_tickets_page),
        page(Get,  "/tickets/account",                              SignedIn,  Ticketing, Read,     portal::account_page),
        page(Post, "/tickets/account/sessions/end",                 SignedIn,  Ticketing, Write,    portal::end_session_step),
        page(Post, "/tickets/account/sessions/end-others",          SignedIn,  Ticketing, Write,    portal::end_others_step),
        page(Post, "/tickets/account/passkeys/begin",               SignedIn,  Ticketing, Write,    portal::new_passkey_begin),
        page(Post, "/tickets/account/passkeys",                     SignedIn,  Ticketing, Write,    portal::new_passkey_step),
        page(Post, "/tickets/account/passkeys/rename",              SignedIn,  Ticketing, Write,    portal::rename_passkey_step),
        page(Post, "/tickets/account/passkeys/remove",              SignedIn,  Ticketing, Write,    portal::remove_passkey_step),
        page(Get,  "/tickets/account/second-factor",                SignedIn,  Ticketing, Read,     portal::second_factor_page),
        page(Post, "/tickets/account/second-factor",                SignedIn,  Ticketing, Write,    portal::second_factor_step),
        page(Get,  "/tickets/sso",                                  Public,    Ticketing, Write,    portal::sso_step),
        page(Get,  "/tickets/admin",                                Admin,     Ticketing, Read,     portal::admin_page),
        page(Get,  "/tickets/admin/flags",                          Admin,     Ticketing, Read,     portal::flags_page),
        page(Post, "/tickets/admin/flags",                          Admin,     Ticketing, Write,    portal::flags_step),
        page(Get,  "/tickets/admin/dead-letters",                   Admin,     Ticketing, Read,     portal::dead_letters_page),
        page(Post, "/tickets/admin/dead-letters/{id}/revive",       Admin,     Ticketing, Write,    portal::revive_step),
        page(Get,  "/tickets/admin/books",                          Admin,     Ticketing, Read,     portal::books_page),
        page(Get,  "/tickets/admin/disputes",                       Admin,     Ticketing, Read,     portal::admin_disputes_page),
    ];
    // What can switch everything off must be there to switch it on again.
    for route in &mut all {
        if route.row.path == "/tickets/admin/flags" {
            route.row.switch = Switch::Always;
        }
    }
    all
}
