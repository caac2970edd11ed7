//! GET `/tickets/organizer`: the organizers' home. Until the first event is on sale it leads there, step by
//! step; after that it shows what comes next.

use super::desk::need_line;
use super::events::event_row;
use super::first_run::{NEW, steps};
use super::frame::{Done, Portal};
use crate::extract::Search;
use crate::pages::handlers::html;
use crate::pages::views::portal::parts::{Stat, grouped};
use crate::pages::views::portal::shell::Section;
use crate::pages::views::portal::start::{HomePage, Waiting};
use crate::problem::Problem;
use crate::router::has_page;
use crate::state::WebState;
use app::Fault;
use app::desk::{Need, list_needs};
use app::events::{cards_of, of_organizer};
use app::metrics::{Overview, overview};
use app::organizers::me;
use app::records::Event;
use axum::extract::State;
use axum::response::Response;
use model::event::EventStatus;
use model::money::Money;
use model::time::Time;

/// How many events are shown at home.
const SHOWN: usize = 6;
/// How many things that wait are told one by one.
const WAITING_SHOWN: usize = 3;
/// The days that home looks back on, in seconds.
const MONTH_S: i64 = 30 * 86_400;

/// The page.
pub async fn home_page(
    State(state): State<WebState>,
    mut portal: Portal,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let done = (search.done == "founded").then_some("Your organization is set up.");
    if let Some(organizer) = me(&state.house, &portal.cx).await? {
        portal.organizer = organizer;
    }
    let events = of_organizer(&state.house, &portal.cx)
        .await?
        .unwrap_or_default();
    let since = portal.cx.now.plus_seconds(-MONTH_S);
    let month = overview(&state.house, &portal.cx, since)
        .await?
        .unwrap_or_default();
    let steps = steps(&state, &portal.organizer, &events);
    let on_the_way = steps.done() < steps.steps.len();
    let shown = next_events(&events, portal.cx.now);
    let shown = cards_of(&state.house, shown.into_iter().cloned().collect()).await?;
    let (waiting, all_waiting) = waiting(&state, &portal, on_the_way).await?;
    html(&HomePage {
        frame: portal.frame(&state, Section::Home).done(done),
        waiting,
        all_waiting,
        stats: if on_the_way {
            Vec::new()
        } else {
            stats(&events, &month, portal.cx.now)
        },
        steps: on_the_way.then_some(steps),
        events: shown
            .into_iter()
            .map(|card| event_row(&state, card, portal.cx.now))
            .collect(),
        new_event: has_page(NEW).then(|| state.urls.section(NEW).to_string()),
        all_events: has_page(Section::Events.path())
            .then(|| state.urls.section(Section::Events.path()).to_string()),
    })
}

/// What is to come and what is being made, the soonest first.
fn next_events(events: &[Event], now: Time) -> Vec<&Event> {
    let open = [EventStatus::Draft, EventStatus::Published];
    let mut next: Vec<&Event> = events
        .iter()
        .filter(|e| e.end_at > now && open.contains(&e.status))
        .collect();
    next.sort_by_key(|e| e.start_at);
    next.truncate(SHOWN);
    next
}

/// The month behind us, and what stands ahead. Amounts of two currencies are never added.
fn stats(events: &[Event], month: &Overview, now: Time) -> Vec<Stat> {
    let ahead: Vec<&Event> = events
        .iter()
        .filter(|e| e.status == EventStatus::Published && e.end_at > now)
        .collect();
    let held: i64 = ahead.iter().map(|e| e.stock.held).sum();
    let units: i64 = month
        .sums
        .iter()
        .map(|(_, n)| n.units - n.refund_units)
        .sum();
    let mut stats = vec![Stat::new("Tickets sold, 30 days", grouped(units))];
    for (currency, numbers) in &month.sums {
        let earned = numbers.net_cents() - numbers.refund_net_cents();
        stats.push(
            Stat::new(
                "Your part, 30 days",
                Money::new(earned, *currency).to_string(),
            )
            .note("without fees, taxes and refunds"),
        );
    }
    stats.push(Stat::new("Events to come", ahead.len().to_string()));
    stats.push(Stat::new("In checkout now", grouped(held)).note("held for a few minutes"));
    stats
}

/// The most urgent things that wait, and the way to all of them if there are more. What Stripe wants is one
/// of the steps, as long as those are shown.
async fn waiting(
    state: &WebState,
    portal: &Portal,
    on_the_way: bool,
) -> Result<(Vec<Waiting>, Option<(String, String)>), Fault> {
    let mut needs = list_needs(&state.house, &portal.cx).await?.needs;
    needs.retain(|need| !(on_the_way && matches!(need, Need::Requirements(_))));
    let more = (needs.len() > WAITING_SHOWN).then(|| {
        let all = state.urls.desk_needs("").to_string();
        (format!("All {} things that wait", needs.len()), all)
    });
    let shown = needs.iter().take(WAITING_SHOWN).map(|need| {
        let (words, link) = need_line(state, need);
        Waiting { words, link }
    });
    Ok((shown.collect(), more))
}
