//! GET `/tickets/organizer/events`: an organizer's events, shelf by shelf.

use super::faces::{sales_of, status, when_line};
use super::own::said;
use crate::extract::Search;
use crate::pages::handlers::faces::joined;
use crate::pages::handlers::html;
use crate::pages::handlers::portal::Portal;
use crate::pages::views::portal::events::{EventRow, EventsPage};
use crate::pages::views::portal::parts::{Empty, Pager, Tab, Tabs};
use crate::pages::views::portal::shell::Section;
use crate::problem::Problem;
use crate::state::WebState;
use app::events::{OwnCard, OwnQuery, Shelf, own_page};
use axum::extract::State;
use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use model::ids::EventId;
use model::time::{Time, Zone};
use serde::Deserialize;

/// How many events stand on a page.
const AT_ONCE: i64 = 25;

/// What an organizer looks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EventsSearch {
    shelf: String,
    q: String,
    cursor: String,
    done: String,
}

const SHELVES: [(Shelf, &str, &str); 4] = [
    (Shelf::Upcoming, "upcoming", "Coming up"),
    (Shelf::Drafts, "drafts", "Drafts"),
    (Shelf::Past, "past", "Past"),
    (Shelf::Archived, "archived", "Archived"),
];

/// The page.
pub async fn own_events_page(
    State(state): State<WebState>,
    portal: Portal,
    Search(search): Search<EventsSearch>,
) -> Result<Response, Problem> {
    let asked = SHELVES.iter().find(|(_, word, _)| *word == search.shelf);
    let (shelf, word, _) = asked.copied().unwrap_or(SHELVES[0]);
    let query = OwnQuery {
        shelf,
        q: search.q.clone(),
        after: cursor(&search.cursor),
        limit: AT_ONCE,
    };
    let page = own_page(&state.house, &portal.cx, &query).await?;
    let page = page.ok_or_else(Problem::not_found)?;
    let counts = [
        page.counts.upcoming,
        page.counts.drafts,
        page.counts.past,
        page.counts.archived,
    ];
    let tabs = SHELVES
        .iter()
        .zip(counts)
        .map(|((of, word, title), count)| Tab {
            word: (*title).to_owned(),
            href: state.urls.own_events_on(word, "", "").to_string(),
            here: *of == shelf,
            count: Some(count),
        });
    let new_url = state.urls.own_event_new().to_string();
    let next = page.next.as_ref().map(|(start, id)| written(*start, id));
    html(&EventsPage {
        frame: portal
            .frame(&state, Section::Events)
            .done(said(&search.done)),
        tabs: Tabs {
            label: "Your events".to_owned(),
            tabs: tabs.collect(),
        },
        action: state.urls.own_events().to_string(),
        shelf: word,
        empty: page
            .cards
            .is_empty()
            .then(|| empty(shelf, &search.q, counts.iter().sum::<i64>() == 0, &new_url)),
        new_url,
        rows: page
            .cards
            .into_iter()
            .map(|c| event_row(&state, c, portal.cx.now))
            .collect(),
        pager: Pager {
            first: (!search.cursor.is_empty())
                .then(|| state.urls.own_events_on(word, &search.q, "").to_string()),
            next: next.map(|c| state.urls.own_events_on(word, &search.q, &c).to_string()),
        },
        q: search.q,
    })
}

/// An event as a row, the same wherever an organizer's events are listed.
pub(in super::super) fn event_row(state: &WebState, card: OwnCard, now: Time) -> EventRow {
    let sales = sales_of(&card);
    let event = card.event;
    let zone = Zone::parse(&event.timezone).unwrap_or_else(|_| Zone::utc());
    EventRow {
        url: state.urls.own_event(&event.id).to_string(),
        when: when_line(&event, &zone),
        place: joined(&[&event.venue, &event.city]),
        badge: status(&event, now),
        title: event.title,
        sales,
    }
}

fn empty(shelf: Shelf, q: &str, none_at_all: bool, new_url: &str) -> Empty {
    if !q.trim().is_empty() {
        return Empty::new(
            "No event matches that",
            "Try a shorter word, or look below another tab.",
        );
    }
    let (title, words) = match shelf {
        Shelf::Upcoming if none_at_all => (
            "Your first event",
            "A title, a date and a place are enough to begin. Only you see it until you publish.",
        ),
        Shelf::Upcoming => (
            "Nothing is on sale",
            "Events that you publish stand here until they are over.",
        ),
        Shelf::Drafts => (
            "No drafts",
            "Events that you begin stand here until you publish them.",
        ),
        Shelf::Past => {
            return Empty::new(
                "Nothing is over yet",
                "Events stand here when they have ended.",
            );
        }
        Shelf::Archived => {
            return Empty::new(
                "Nothing is put away",
                "An event that you archive leaves the other lists; its orders and tickets live on.",
            );
        }
    };
    Empty::new(title, words).step("New event", new_url)
}

/// Where a page ended, in one word for an address.
fn written(start: Time, id: &EventId) -> String {
    BASE64URL_NOPAD.encode(format!("{} {id}", start.micros()).as_bytes())
}

/// Reads it back; what is none begins at the beginning.
fn cursor(text: &str) -> Option<(Time, EventId)> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (start, id) = text.split_once(' ')?;
    let start = start.parse().ok().map(Time::from_micros)?;
    Some((start, EventId::parse(id).ok()?))
}
