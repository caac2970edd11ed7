//! The rows of the door: what devices ask, and what organizers set up for them.

use super::api;
use crate::api::door;
use crate::route::Audience::{Organizer, Public, Scanner};
use crate::route::Class::{Read, Scan, Write};
use crate::route::Route;
use crate::route::Switch::On;
use crate::route::Verb::{Get, Post, Put};
use model::flags::Flag::Scanning;

#[rustfmt::skip] // A table is read by its columns.
pub(super) fn table() -> Vec<Route> {
    vec![
        api(Post, "/api/tickets/check-in/pair",                   Public,    On(Scanning), Write, door::pair_device),
        api(Get,  "/api/tickets/check-in",                        Scanner,   On(Scanning), Scan,  door::show_door),
        api(Get,  "/api/tickets/check-in/snapshot",               Scanner,   On(Scanning), Scan,  door::take_snapshot),
        api(Get,  "/api/tickets/check-in/changes",                Scanner,   On(Scanning), Scan,  door::show_changes),
        api(Get,  "/api/tickets/check-in/feed",                   Scanner,   On(Scanning), Scan,  door::follow_door),
        api(Post, "/api/tickets/check-in/scans",                  Scanner,   On(Scanning), Scan,  door::upload_scans),
        api(Post, "/api/tickets/check-in/undo",                   Scanner,   On(Scanning), Scan,  door::undo_admission),
        api(Post, "/api/tickets/check-in/admit",                  Scanner,   On(Scanning), Scan,  door::admit_by_hand),
        api(Get,  "/api/tickets/check-in/people",                 Scanner,   On(Scanning), Scan,  door::find_people),
        api(Get,  "/api/tickets/check-in/people/sealed",          Scanner,   On(Scanning), Scan,  door::seal_people),
        api(Get,  "/api/tickets/check-in/conflicts",              Scanner,   On(Scanning), Scan,  door::list_own_conflicts),
        api(Post, "/api/tickets/events/{id}/pairings",            Organizer, On(Scanning), Write, door::create_pairing),
        api(Put,  "/api/tickets/events/{id}/check-in/passphrase", Organizer, On(Scanning), Write, door::set_door_passphrase),
        api(Get,  "/api/tickets/events/{id}/check-in/conflicts",  Organizer, On(Scanning), Read,  door::list_conflicts),
    ]
}
