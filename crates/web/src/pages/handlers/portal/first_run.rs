//! The first steps of an organizer, from a name to an event on sale: which are done, and which is next.
//!
//! Home lists them all; the pages on the way only say what comes next, so that nobody has to go home to learn it.

use super::frame::Portal;
use super::payments::told;
use crate::pages::views::portal::parts::{Step, Steps};
use crate::pages::views::portal::shell::Next;
use crate::router::has_page;
use crate::state::WebState;
use app::Fault;
use app::events::of_organizer;
use app::records::{Event, Organizer};
use model::event::EventStatus;

/// Where an event is made.
pub(super) const NEW: &str = "/tickets/organizer/events/new";

/// All of them, in the order in which most people take them.
pub(super) fn steps(state: &WebState, organizer: &Organizer, events: &[Event]) -> Steps {
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
    let named = !organizer.legal_name.is_empty() && !organizer.address.is_empty();
    let fill_in = if named {
        "Look at them"
    } else {
        "Fill them in"
    };
    let new = has_page(NEW).then(|| state.urls.section(NEW).to_string());
    let draft = events.iter().find(|e| e.status == EventStatus::Draft);
    Steps {
        steps: vec![
            step("Name your organization", &organizer.name, true, None),
            step(
                "Say who sells",
                "Your legal name and address stand on receipts, and your tax numbers if you are registered.",
                named,
                Some((fill_in, state.urls.settings("").to_string())),
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

/// The first step that is not done, unless all of them are; a step that is taken on the page `here` is no
/// way on from it.
pub(super) async fn next_step(
    state: &WebState,
    portal: &Portal,
    organizer: &Organizer,
    here: &str,
) -> Result<Option<Next>, Fault> {
    let events = of_organizer(&state.house, &portal.cx).await?;
    let steps = steps(state, organizer, &events.unwrap_or_default()).steps;
    let undone = steps.into_iter().filter(|step| !step.done);
    let mut ways = undone.filter_map(|step| Some((step.title, step.link?)));
    let next = ways.find(|(_, (_, href))| href != here);
    Ok(next.map(|(title, (button, href))| Next {
        words: format!("Next: {title}."),
        button,
        href,
    }))
}

/// An event's own pages, where there are any, and else its public one.
fn event_page(state: &WebState, event: &Event) -> String {
    if has_page("/tickets/organizer/events/{id}") {
        state.urls.organizer_event(&event.id).to_string()
    } else {
        state.urls.event(&event.slug).to_string()
    }
}
