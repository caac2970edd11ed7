//! The pages by which an organizer makes and changes events.

use super::page;
use crate::pages::handlers::portal;
use crate::route::Audience::Organizer;
use crate::route::Class::{Checkout, Read, Write};
use crate::route::Route;
use crate::route::Verb::{Get, Post};
use model::flags::Flag::{Refunds, Scanning, Ticketing};

/// The pages.
#[rustfmt::skip] // A table is read by its columns.
pub(super) fn table() -> Vec<Route> {
    vec![
        page(Get,  "/tickets/organizer/events",                                  Organizer, Ticketing, Read,     portal::own_events_page),
        page(Get,  "/tickets/organizer/events/new",                              Organizer, Ticketing, Read,     portal::new_event_page),
        page(Post, "/tickets/organizer/events/new",                              Organizer, Ticketing, Write,    portal::new_event_step),
        page(Get,  "/tickets/organizer/events/{id}",                             Organizer, Ticketing, Read,     portal::event_overview_page),
        page(Post, "/tickets/organizer/events/{id}/status",                      Organizer, Ticketing, Write,    portal::event_status_step),
        page(Get,  "/tickets/organizer/events/{id}/edit",                        Organizer, Ticketing, Read,     portal::edit_page),
        page(Post, "/tickets/organizer/events/{id}/edit",                        Organizer, Ticketing, Write,    portal::edit_step),
        page(Post, "/tickets/organizer/events/{id}/words",                       Organizer, Ticketing, Write,    portal::description_words),
        page(Post, "/tickets/organizer/events/{id}/cover",                       Organizer, Ticketing, Checkout, portal::cover_step),
        page(Post, "/tickets/organizer/events/{id}/cover/remove",                Organizer, Ticketing, Write,    portal::cover_removal_step),
        page(Get,  "/tickets/organizer/events/{id}/tell",                        Organizer, Ticketing, Read,     portal::tell_page),
        page(Post, "/tickets/organizer/events/{id}/tell",                        Organizer, Ticketing, Write,    portal::tell_step),
        page(Get,  "/tickets/organizer/events/{id}/preview",                     Organizer, Ticketing, Read,     portal::preview_page),
        page(Get,  "/tickets/organizer/events/{id}/duplicate",                   Organizer, Ticketing, Read,     portal::duplicate_page),
        page(Post, "/tickets/organizer/events/{id}/duplicate",                   Organizer, Ticketing, Write,    portal::duplicate_step),
        page(Get,  "/tickets/organizer/events/{id}/tickets",                     Organizer, Ticketing, Read,     portal::tiers_page),
        page(Post, "/tickets/organizer/events/{id}/tickets",                     Organizer, Ticketing, Write,    portal::new_tier_step),
        page(Get,  "/tickets/organizer/events/{id}/tickets/new",                 Organizer, Ticketing, Read,     portal::new_tier_page),
        page(Post, "/tickets/organizer/events/{id}/tickets/order",               Organizer, Ticketing, Write,    portal::move_tier_step),
        page(Get,  "/tickets/organizer/events/{id}/tickets/{tier}",              Organizer, Ticketing, Read,     portal::tier_page),
        page(Post, "/tickets/organizer/events/{id}/tickets/{tier}",              Organizer, Ticketing, Write,    portal::change_tier_step),
        page(Post, "/tickets/organizer/events/{id}/tickets/{tier}/delete",       Organizer, Ticketing, Write,    portal::delete_tier_step),
        page(Get,  "/tickets/organizer/events/{id}/price",                       Organizer, Ticketing, Read,     portal::price_words),
        page(Get,  "/tickets/organizer/events/{id}/discounts",                   Organizer, Ticketing, Read,     portal::discounts_page),
        page(Post, "/tickets/organizer/events/{id}/discounts",                   Organizer, Ticketing, Write,    portal::new_discount_step),
        page(Get,  "/tickets/organizer/events/{id}/discounts/new",               Organizer, Ticketing, Read,     portal::new_discount_page),
        page(Get,  "/tickets/organizer/events/{id}/discounts/{discount}",        Organizer, Ticketing, Read,     portal::discount_page),
        page(Post, "/tickets/organizer/events/{id}/discounts/{discount}",        Organizer, Ticketing, Write,    portal::change_discount_step),
        page(Post, "/tickets/organizer/events/{id}/discounts/{discount}/status", Organizer, Ticketing, Write,    portal::switch_discount_step),
        page(Get,  "/tickets/organizer/events/{id}/check-in",                    Organizer, Scanning,  Read,     portal::check_in_page),
        page(Post, "/tickets/organizer/events/{id}/check-in",                    Organizer, Scanning,  Write,    portal::pair_step),
        page(Post, "/tickets/organizer/events/{id}/check-in/rules",              Organizer, Scanning,  Write,    portal::rules_step),
        page(Post, "/tickets/organizer/events/{id}/check-in/passphrase",         Organizer, Scanning,  Write,    portal::passphrase_step),
        page(Post, "/tickets/organizer/events/{id}/check-in/{key}/end",          Organizer, Scanning,  Write,    portal::end_key_step),
        page(Get,  "/tickets/organizer/events/{id}/call-off",                    Organizer, Refunds,   Read,     portal::call_off_page),
        page(Post, "/tickets/organizer/events/{id}/call-off",                    Organizer, Refunds,   Write,    portal::call_off_step),
    ]
}
