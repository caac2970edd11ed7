//! What every page about one event needs: the organizer, the event with its tiers, and the way around.

use crate::extract::PathId;
use crate::pages::handlers::portal::Portal;
use crate::pages::views::portal::parts::Tabs;
use crate::pages::views::portal::shell::{Frame, Section};
use crate::problem::Problem;
use crate::router::has_page;
use crate::state::WebState;
use app::catalogue::{self, Listing};
use app::records::Event;
use app::{Cx, Fault, access};
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use model::ids::EventId;
use model::time::Zone;
use std::sync::Arc;

/// An organizer at one of their own events. A stranger's is answered like one that does not exist.
pub struct OwnEvent {
    /// Who they are.
    pub portal: Portal,
    /// The event with its tiers, as it stands now.
    pub listing: Arc<Listing>,
    /// The zone of its place.
    pub zone: Zone,
}

impl FromRequestParts<WebState> for OwnEvent {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        let portal = Portal::from_request_parts(parts, state).await?;
        let PathId(id) = PathId::<EventId>::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        let listing = listing(state, &portal.cx, &id).await;
        let listing = listing.map_err(IntoResponse::into_response)?;
        let zone = Zone::parse(&listing.event.timezone).unwrap_or_else(|_| Zone::utc());
        Ok(Self {
            portal,
            listing,
            zone,
        })
    }
}

async fn listing(state: &WebState, cx: &Cx, id: &EventId) -> Result<Arc<Listing>, Problem> {
    let own = access::own_event(&state.house, cx, id).await?;
    own.ok_or_else(Problem::not_found)?;
    let listing = catalogue::fresh(&state.house, id).await?;
    listing.ok_or_else(Problem::not_found)
}

impl OwnEvent {
    /// The event.
    pub fn event(&self) -> &Event {
        &self.listing.event
    }

    /// The frame of a page about it.
    pub fn frame(&self, state: &WebState) -> Frame {
        self.portal.frame(state, Section::Events)
    }

    /// The pages about it; `here` is the end of the address of the one that is shown.
    pub fn tabs(&self, state: &WebState, here: &str) -> Tabs {
        event_tabs(state, self.event(), here)
    }

    /// The address of its overview.
    pub fn home(&self, state: &WebState) -> String {
        state.urls.own_event(&self.event().id).to_string()
    }

    /// The address of one of its pages: `edit`, `tickets/new`.
    pub fn part(&self, state: &WebState, part: &str) -> String {
        let link = state.urls.own_event_part(&self.event().id, part);
        link.to_string()
    }

    /// The event as it is now, after a step.
    pub async fn again(&self, state: &WebState) -> Result<Arc<Listing>, Fault> {
        let listing = catalogue::fresh(&state.house, &self.event().id).await?;
        Ok(listing.unwrap_or_else(|| Arc::clone(&self.listing)))
    }
}

/// The pages about an event, by word and by the end of their address.
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

/// The pages about an event; `here` is the end of the address of the one that is shown.
pub fn event_tabs(state: &WebState, event: &Event, here: &str) -> Tabs {
    let mut tabs = Vec::new();
    for (word, part) in PARTS {
        let slash = if part.is_empty() { "" } else { "/" };
        if has_page(&format!("/tickets/organizer/events/{{id}}{slash}{part}")) {
            let href = state.urls.own_event_part(&event.id, part).to_string();
            tabs.push((word, href, part == here));
        }
    }
    Tabs::new(&event.title, tabs)
}

/// What was done, by the code in the address.
pub(super) fn said(code: &str) -> Option<&'static str> {
    Some(match code {
        "made" => "Your draft is made. Add tickets next, then publish.",
        "saved" => "Saved.",
        "published" => "It is on sale now. Share its page.",
        "draft" => "It is a draft again: buyers no longer see it.",
        "archived" => "It is put away. You find it among the archived events.",
        "copied" => "This is the copy: a draft with the same tickets and codes, and nothing sold.",
        "cover" => "The picture is in place.",
        "cover-gone" => "The picture is taken away.",
        "tier-made" => "The tickets are added.",
        "tier-saved" => "The tickets are saved.",
        "tier-gone" => "They are taken away.",
        "moved" => "The order is changed.",
        "code-made" => "The code is made.",
        "code-saved" => "The code is saved.",
        "switched" => "The code is switched.",
        "rules" => "The rules at the door are saved. Devices know them in a moment.",
        "passphrase" => "The passphrase is set. Tell it only to your supervisors.",
        "passphrase-gone" => "The passphrase is taken away: people can no longer be found offline.",
        "key-ended" => "The key is ended: its device cannot scan any more.",
        "told" => "The mails are on their way.",
        _ => return None,
    })
}
