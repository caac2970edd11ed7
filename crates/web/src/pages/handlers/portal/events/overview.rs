//! GET `/tickets/organizer/events/{id}`: how an event stands, what is missing, and what can be done with it.

use super::faces::{line, sale, sales_of, sales_of_tier, seen, status, view};
use super::own::{OwnEvent, said};
use crate::extract::{Form, Search};
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::portal::Done;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::events::{
    Checklist, EventOverviewPage, EventStep, TierLine, Todo,
};
use crate::pages::views::portal::parts::{Stat, grouped};
use crate::pages::views::portal::shell::Next;
use crate::problem::Problem;
use crate::state::WebState;
use app::Fault;
use app::events::{self, ChangeEventError, EventFields, OwnCard};
use axum::extract::State;
use axum::response::Response;
use model::event::{EventStatus, Missing};

/// The page.
pub async fn event_overview_page(
    State(state): State<WebState>,
    own: OwnEvent,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let mut page = page(&state, &own)?;
    page.frame = page.frame.done(said(&search.done));
    html(&page)
}

/// POST `/tickets/organizer/events/{id}/status`: published, a draft again, put away, brought back.
pub async fn event_status_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let id = own.event().id.clone();
    let wanted = EventFields {
        status: Some(form.get("status").to_owned()),
        ..EventFields::default()
    };
    match events::change(&state.house, &mut own.portal.cx, &id, &wanted).await {
        Ok(event) => see(state.urls.own_event_done(&id, "", event.status.code())),
        Err(refused @ (ChangeEventError::NotReady(_) | ChangeEventError::Stale)) => {
            own.listing = own.again(&state).await?;
            let mut page = page(&state, &own)?;
            let words = refused.to_string();
            page.frame = page.frame.wrong(Some(&words));
            let mut response = html(&page)?;
            *response.status_mut() = http::StatusCode::CONFLICT;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

fn page(state: &WebState, own: &OwnEvent) -> Result<EventOverviewPage, Fault> {
    let (event, now) = (own.event(), own.portal.cx.now);
    let public = event.status == EventStatus::Published;
    let platform = state.house.settings.platform_registration;
    let checklist = matches!(event.status, EventStatus::Draft | EventStatus::Archived);
    let checklist = checklist.then(|| Checklist {
        missing: events::missing(&own.listing, platform, now)
            .into_iter()
            .map(|missing| todo(state, own, missing))
            .collect(),
        publish_url: own.part(state, "status"),
    });
    let tiers = own.listing.tiers.iter().map(|tier| {
        let view = view(&own.listing, tier, now)?;
        Ok(TierLine {
            name: tier.name.clone(),
            url: own.part(state, &format!("tickets/{}", tier.id)),
            price: seen(state, &own.listing, &view, now).headline,
            sales: sales_of_tier(tier),
            badge: sale(view.state, &own.zone),
        })
    });
    Ok(EventOverviewPage {
        frame: own.frame(state),
        tabs: own.tabs(state, ""),
        title: event.title.clone(),
        badge: status(event, now),
        line: line(event, &own.zone),
        stats: stats(own),
        checklist,
        public_url: public.then(|| state.urls.event(&event.slug).absolute()),
        widget_line: public.then(|| state.urls.widget_line(&event.slug)),
        preview_url: own.part(state, "preview"),
        tiers: tiers.collect::<Result<_, Fault>>()?,
        tickets_url: own.part(state, "tickets"),
        steps: steps(state, own),
    })
}

fn stats(own: &OwnEvent) -> Vec<Stat> {
    let card = OwnCard::of(own.event().clone(), &own.listing.tiers);
    let sales = sales_of(&card);
    let left = card.capacity.map(|c| c - card.sold - card.held);
    let of = card
        .capacity
        .map_or_else(String::new, |c| format!("of {}", grouped(c)));
    let carts = if card.held == 0 {
        String::new()
    } else {
        format!("{} more in carts", grouped(card.held))
    };
    vec![
        Stat::new("Sold", sales.first()).note(of),
        Stat::new(
            "Left",
            left.map_or_else(|| "–".to_owned(), |l| grouped(l.max(0))),
        )
        .note(carts),
    ]
}

/// What comes next on a draft's way to its sale, for the other pages about it.
pub(super) fn next_of(state: &WebState, own: &OwnEvent) -> Option<Next> {
    let event = own.event();
    if event.status != EventStatus::Draft {
        return None;
    }
    let platform = state.house.settings.platform_registration;
    let missing = events::missing(&own.listing, platform, own.portal.cx.now);
    Some(match missing.into_iter().next() {
        None => Next {
            words: "Nothing is missing: it is ready to go on sale.".to_owned(),
            button: "Look and publish".to_owned(),
            href: own.home(state),
        },
        Some(missing) => {
            let todo = todo(state, own, missing);
            Next {
                words: todo.sentence,
                button: todo.word.to_owned(),
                href: todo.href,
            }
        }
    })
}

/// Where something that is missing is put right.
fn todo(state: &WebState, own: &OwnEvent, missing: Missing) -> Todo {
    let edit = || own.part(state, "edit");
    let (word, href) = match missing {
        Missing::Title => ("Edit", format!("{}#title", edit())),
        Missing::Venue => ("Edit", format!("{}#venue", edit())),
        Missing::Dates | Missing::Past => ("Edit", format!("{}#start-at", edit())),
        Missing::Tiers => ("Add tickets", own.part(state, "tickets/new")),
        Missing::Payments => ("Connect Stripe", state.urls.settings_payments().to_string()),
        Missing::FeeExceedsPrice => ("Tickets", own.part(state, "tickets")),
    };
    Todo {
        sentence: missing.sentence().to_owned(),
        word,
        href,
    }
}

/// What can be done with an event as it stands.
fn steps(state: &WebState, own: &OwnEvent) -> Vec<EventStep> {
    let status_url = || own.part(state, "status");
    let copy = EventStep {
        title: "Make it again",
        words: "A draft with the same words, tickets and codes on another day.",
        button: "Duplicate",
        href: own.part(state, "duplicate"),
        status: None,
        grave: false,
    };
    let archive = EventStep {
        title: "Put it away",
        words: "It leaves your lists and the public one. Its orders and tickets live on.",
        button: "Archive",
        href: status_url(),
        status: Some("archived"),
        grave: false,
    };
    let to_draft = |title, words| EventStep {
        title,
        words,
        button: "Make it a draft",
        href: status_url(),
        status: Some("draft"),
        grave: false,
    };
    let call_off = EventStep {
        title: "Call it off",
        words: "Sale ends, and every buyer gets all of their money back.",
        button: "Call it off…",
        href: own.part(state, "call-off"),
        status: None,
        grave: true,
    };
    match own.event().status {
        EventStatus::Draft => vec![copy, archive],
        EventStatus::Published if own.event().stock.sold == 0 => vec![
            copy,
            to_draft(
                "Take it off sale",
                "Buyers no longer see it; nothing was sold yet.",
            ),
            archive,
            call_off,
        ],
        EventStatus::Published => vec![copy, archive, call_off],
        EventStatus::Archived => vec![
            copy,
            to_draft("Bring it back", "As a draft, which you can publish again."),
        ],
        EventStatus::Canceled => vec![
            EventStep {
                title: "The money that goes back",
                words: "How far the refunds are, and what buyers were told.",
                button: "See how far it is",
                grave: false,
                ..call_off
            },
            copy,
        ],
    }
}
