//! GET `/tickets/events`: the list, as searched for.

use super::days::Days;
use super::faces::{all_in, badge, cover, joined, tax_note, when, zone};
use super::html;
use crate::api::events::{cursor, read_cursor};
use crate::extract::{Context, Search};
use crate::pages::views::events::{EventCard, EventsPage};
use crate::problem::Problem;
use crate::state::WebState;
use app::Fault;
use app::events::{Card, PublicQuery, cities, public_page};
use axum::extract::State;
use axum::response::Response;
use model::tier::SaleState;
use model::time::Time;
use serde::Deserialize;

const ON_A_PAGE: i64 = 24;
const PAST_SHOWN: i64 = 6;

/// What was searched for.
#[derive(Debug, Default, Deserialize)]
pub struct ListSearch {
    #[serde(default)]
    pub(super) q: String,
    #[serde(default)]
    pub(super) city: String,
    #[serde(default)]
    pub(super) when: String,
    #[serde(default)]
    pub(super) from: String,
    #[serde(default)]
    pub(super) to: String,
    #[serde(default)]
    pub(super) past: String,
    #[serde(default)]
    pub(super) cursor: String,
}

/// The list; anybody.
pub async fn events_page(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<ListSearch>,
) -> Result<Response, Problem> {
    let (q, city) = (plain(&search.q, 100), plain(&search.city, 80));
    let days = Days::asked(&search, cx.now);
    let past_only = search.past == "yes";
    let after = if search.cursor.is_empty() {
        None
    } else {
        Some(read_cursor(&search.cursor)?)
    };
    let first = q.is_empty() && city.is_empty() && days.all() && after.is_none() && !past_only;
    let query = PublicQuery {
        city: city.clone(),
        q: q.clone(),
        past: past_only,
        from: days.begins,
        until: days.ends,
        after,
        limit: ON_A_PAGE,
    };
    let page = public_page(&state.house, &query, cx.now).await?;
    let past = if first {
        latest_past(&state, cx.now).await?
    } else {
        Vec::new()
    };
    let cards = |cards: Vec<Card>| {
        cards
            .iter()
            .map(|c| card(&state, c, cx.now))
            .collect::<Result<Vec<_>, Fault>>()
    };
    let next = page.next.map(|(at, id)| {
        let (when, past) = (days.span.code(), if past_only { "yes" } else { "" });
        let (from, to) = (days.from.as_str(), days.to.as_str());
        let asked = [
            ("q", q.as_str()),
            ("city", &city),
            ("when", when),
            ("from", from),
            ("to", to),
        ];
        let rest = [("past", past), ("cursor", &cursor(at, &id))];
        state
            .urls
            .events_search(&[&asked[..], &rest[..]].concat())
            .to_string()
    });
    html(&EventsPage {
        shell: state.shell.clone(),
        canonical: state.urls.events().absolute(),
        cities: cities(&state.house, cx.now).await?,
        upcoming: cards(page.cards)?,
        past: cards(past)?,
        past_url: state.urls.events_past().to_string(),
        past_only,
        next,
        q,
        city,
        span: days.span,
        from: days.from,
        to: days.to,
    })
}

/// The events that were held last.
async fn latest_past(state: &WebState, now: Time) -> Result<Vec<Card>, Fault> {
    let query = PublicQuery {
        past: true,
        limit: PAST_SHOWN,
        ..PublicQuery::default()
    };
    Ok(public_page(&state.house, &query, now).await?.cards)
}

/// One line of what somebody typed, without what no database should be asked for.
fn plain(text: &str, most: usize) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(most)
        .collect::<String>()
        .trim()
        .to_owned()
}

fn card(state: &WebState, card: &Card, now: Time) -> Result<EventCard, Fault> {
    let event = &card.event;
    let open = card
        .tiers
        .iter()
        .filter(|t| matches!(t.state, SaleState::OnSale { .. } | SaleState::NotYet { .. }));
    Ok(EventCard {
        url: state.urls.event(&event.slug).to_string(),
        title: event.title.clone(),
        cover: cover(state, event),
        when: when(event)?,
        place: joined(&[&event.venue, &event.city]),
        from: open
            .min_by_key(|t| t.display_cents)
            .map(|t| all_in(event, t, tax_note(event, t, None, now))),
        badge: badge(&card.tiers, &zone(event)?),
    })
}
