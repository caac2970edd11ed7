//! The pages about one event, as each of them shows the others.

use crate::pages::views::portal::parts::Tabs;
use crate::router;
use crate::state::WebState;
use app::records::Event;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The pages by word and by the end of their address.
const PARTS: [(&str, &str); 9] = [
    ("Overview", ""),
    ("Edit", "edit"),
    ("Tickets", "tickets"),
    ("Discounts", "discounts"),
    ("Orders", "orders"),
    ("Guests", "guests"),
    ("Check-in", "check-in"),
    ("Analytics", "analytics"),
    ("Messages", "messages"),
];

/// The paths of the table of routes: a page that does not exist is not led to.
static ROUTED: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| router::table().iter().map(|r| r.row.path).collect());

/// The pages about an event; `here` is the end of the address of the one that is shown.
pub(super) fn tabs(state: &WebState, event: &Event, here: &str) -> Tabs {
    let mut tabs = Vec::new();
    for (word, part) in PARTS {
        let slash = if part.is_empty() { "" } else { "/" };
        let path = format!("/tickets/organizer/events/{{id}}{slash}{part}");
        if ROUTED.contains(path.as_str()) {
            let href = state.urls.about_event(&event.id, part).to_string();
            tabs.push((word, href, part == here));
        }
    }
    Tabs::new(&event.title, tabs)
}

/// Back to the list of events, or home while there is none.
pub(super) fn back(state: &WebState) -> String {
    let list = "/tickets/organizer/events";
    if ROUTED.contains(list) {
        state.urls.section(list).to_string()
    } else {
        state.urls.organizer().to_string()
    }
}
