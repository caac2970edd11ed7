//! `/tickets/organizer/settings/payments`: where an organization stands with Stripe, in plain words, and
//! the way to Stripe's own form.

use super::first_run::next_step;
use super::frame::Portal;
use super::settings::tabs;
use crate::extract::Form;
use crate::limits::too_many;
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::parts::{Badge, Tone};
use crate::pages::views::portal::settings::PaymentsPage;
use crate::pages::views::portal::shell::Section;
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::organizers::{ConnectOrganizer, connect, me};
use app::rate;
use axum::extract::State;
use axum::response::Response;
use model::organizer::OrganizerStatus;

/// Links to Stripe that an account may ask for in a minute.
const LINKS_A_MINUTE: i64 = 5;

/// GET: the state. While the onboarding is under way, Stripe is asked for the news first.
pub async fn payments_page(
    State(state): State<WebState>,
    portal: Portal,
) -> Result<Response, Problem> {
    let organizer = me(&state.house, &portal.cx).await?;
    let organizer = organizer.unwrap_or_else(|| portal.organizer.clone());
    let (tone, word, words, button) = told(organizer.status);
    let here = state.urls.settings_payments().to_string();
    // Whoever can do nothing here for now is led on; whoever can is not led away.
    let next = match organizer.status {
        OrganizerStatus::Active | OrganizerStatus::Pending => {
            next_step(&state, &portal, &organizer, &here).await?
        }
        _ => None,
    };
    html(&PaymentsPage {
        frame: portal.frame(&state, Section::Settings).leading(next),
        tabs: tabs(&state, 1),
        badge: Badge::new(tone, word),
        words,
        button: button.map(|words| (words, state.urls.organizer_connect().to_string())),
    })
}

/// How a status is told: tone, word, what it means, and what the button says.
pub(super) const fn told(
    status: OrganizerStatus,
) -> (Tone, &'static str, &'static str, Option<&'static str>) {
    match status {
        OrganizerStatus::NotStarted => (
            Tone::Plain,
            "Not connected",
            "To sell tickets that cost money, connect an account at Stripe. It takes about ten minutes; have a bank account and a piece of identification at hand.",
            Some("Connect Stripe"),
        ),
        OrganizerStatus::InProgress => (
            Tone::Glow,
            "Begun",
            "You have begun to tell Stripe about yourself, and some of it is still missing. What you have typed is kept there.",
            Some("Go on at Stripe"),
        ),
        OrganizerStatus::Pending => (
            Tone::Glow,
            "Stripe is looking",
            "Stripe has everything and is looking at it. That takes a moment, sometimes a day. You need not do anything.",
            None,
        ),
        OrganizerStatus::Active => (
            Tone::Good,
            "Connected",
            "Everything is in place: buyers can pay you, and Stripe pays you out.",
            Some("Look at it at Stripe"),
        ),
        OrganizerStatus::Restricted => (
            Tone::Bad,
            "Stripe needs something",
            "Stripe wants to know something more before you can take payments. Its form says what.",
            Some("See what Stripe needs"),
        ),
        OrganizerStatus::Disconnected => (
            Tone::Bad,
            "Disconnected",
            "The connection to your account at Stripe was cut, so tickets that cost money cannot be sold. Write to us, and we will set it up anew.",
            None,
        ),
    }
}

/// POST `/tickets/organizer/connect`: on to Stripe's form. Its link works once and is kept nowhere.
pub async fn connect_step(
    State(state): State<WebState>,
    mut portal: Portal,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    let subject = format!("connect:{}", portal.cx.actor.label());
    if let Some(seconds) = rate::hit(&state.house, &portal.cx, &subject, LINKS_A_MINUTE).await? {
        return Err(too_many(seconds));
    }
    let connected = connect(&state.house, &mut portal.cx, ConnectOrganizer::default()).await?;
    let mut response = see(connected.url)?;
    security::secret(&mut response);
    Ok(response)
}
