//! GET `/tickets/organizer`: the organizers' home. Until the first event is on sale it leads there, step by
//! step; after that it shows what comes next.

use super::frame::{Done, Portal};
use super::payments::told;
use crate::extract::Search;
use crate::pages::handlers::faces::{joined, when};
use crate::pages::handlers::html;
use crate::pages::views::portal::parts::{Badge, Stat, Step, Steps, Tone};
use crate::pages::views::portal::shell::Section;
use crate::pages::views::portal::start::{HomeEvent, HomePage, Waiting};
use crate::problem::Problem;
use crate::router::has_page;
use crate::state::WebState;
use app::Fault;
use app::desk::count_needs;
use app::events::of_organizer;
use app::metrics::{Overview, overview};
use app::organizers::me;
use app::records::{Event, Organizer};
use axum::extract::State;
use axum::response::Response;
use model::event::EventStatus;
use model::money::Money;
use model::organizer::OrganizerStatus;
use model::time::Time;

/// How many events are shown at home.
const SHOWN: usize = 6;
/// The days that home looks back on, in seconds.
const MONTH_S: i64 = 30 * 86_400;
const NEW: &str = "/tickets/organizer/events/new";

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
    html(&HomePage {
        frame: portal.frame(&state, Section::Home).done(done),
        waiting: {
            let count = count_needs(&state.house, &portal.cx).await?;
            let mut all = waiting(&state, portal.organizer.status);
            all.extend(desk_waits(&state, count));
            all
        },
        stats: if on_the_way {
            Vec::new()
        } else {
            stats(&events, &month, portal.cx.now)
        },
        steps: on_the_way.then_some(steps),
        events: shown
            .into_iter()
            .map(|event| row(&state, event))
            .collect::<Result<_, Fault>>()?,
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

fn steps(state: &WebState, organizer: &Organizer, events: &[Event]) -> Steps {
    let ever = |status| events.iter().any(|e| e.status == status);
    let published =
        ever(EventStatus::Published) || ever(EventStatus::Archived) || ever(EventStatus::Canceled);
    let step = |title: &str, words: &str, done: bool, link: Option<(&str, String)>| Step {
        title: title.to_owned(),
        words: words.to_owned(),
        done,
        link: link.map(|(words, href)| (words.to_owned(), href)),
    };
    let (.., stripe, _) = told(organizer.status);
    let new = has_page(NEW).then(|| state.urls.section(NEW).to_string());
    let draft = events.iter().find(|e| e.status == EventStatus::Draft);
    Steps {
        steps: vec![
            step("Name your organization", &organizer.name, true, None),
            step(
                "Say who sells",
                "Your legal name and address stand on receipts, and your tax numbers if you are registered.",
                !organizer.legal_name.is_empty() && !organizer.address.is_empty(),
                Some(("Fill them in", state.urls.settings("").to_string())),
            ),
            step(
                "Connect Stripe",
                stripe,
                organizer.status.can_charge(),
                Some(("Get paid", state.urls.settings_payments().to_string())),
            ),
            step(
                "Make your first event",
                "What, when and where, and which tickets there are. A draft is seen by nobody but you.",
                !events.is_empty(),
                new.filter(|_| events.is_empty())
                    .map(|href| ("Make an event", href)),
            ),
            step(
                "Put it on sale",
                "Look at it as a buyer does, then publish it.",
                published,
                draft.map(|event| ("Go on with your draft", event_page(state, event))),
            ),
        ],
    }
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
    let mut stats = vec![Stat::new("Tickets sold, 30 days", units.to_string())];
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
    stats.push(Stat::new("In checkout now", held.to_string()).note("held for a few minutes"));
    stats
}

/// How many things wait at the desk, and the way to them.
fn desk_waits(state: &WebState, count: usize) -> Option<Waiting> {
    let words = match count {
        0 => return None,
        1 => "One thing waits for you: a mail, a refund, a dispute or a payment.".to_owned(),
        n => format!("{n} things wait for you: mails, refunds, disputes or payments."),
    };
    Some(Waiting {
        words,
        link: (
            "Look at what waits".to_owned(),
            state.urls.desk_needs("").to_string(),
        ),
    })
}

/// What we know of already that only the organizer can mend.
fn waiting(state: &WebState, status: OrganizerStatus) -> Vec<Waiting> {
    let urgent = matches!(
        status,
        OrganizerStatus::Restricted | OrganizerStatus::Disconnected
    );
    let (_, _, words, button) = told(status);
    if !urgent {
        return Vec::new();
    }
    vec![Waiting {
        words: words.to_owned(),
        link: (
            button.unwrap_or("Getting paid").to_owned(),
            state.urls.settings_payments().to_string(),
        ),
    }]
}

fn row(state: &WebState, event: &Event) -> Result<HomeEvent, Fault> {
    let badge = match event.status {
        EventStatus::Draft => Badge::new(Tone::Plain, "Draft"),
        EventStatus::Published => Badge::new(Tone::Good, "Published"),
        EventStatus::Archived => Badge::new(Tone::Plain, "Archived"),
        EventStatus::Canceled => Badge::new(Tone::Bad, "Called off"),
    };
    Ok(HomeEvent {
        title: event.title.clone(),
        href: event_page(state, event),
        when: when(event)?.line(),
        place: joined(&[&event.venue, &event.city]),
        badge,
        sold: event.stock.sold,
        of: event.stock.capacity,
    })
}

/// An event's own pages, where there are any, and else its public one.
fn event_page(state: &WebState, event: &Event) -> String {
    if has_page("/tickets/organizer/events/{id}") {
        state.urls.organizer_event(&event.id).to_string()
    } else {
        state.urls.event(&event.slug).to_string()
    }
}
