//! GET and POST `/tickets/organizer/events/{id}/comps`: tickets that are given away.

use super::orders::line;
use super::words::{fault_of, zone_of};
use crate::extract::{Form, PathId};
use crate::pages::handlers::attempt::{self, Turn};
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::portal::Portal;
use crate::pages::handlers::portal::events::event_tabs;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::desk::orders::CompsPage;
use crate::pages::views::portal::parts::Input;
use crate::pages::views::portal::shell::Section;
use crate::problem::Problem;
use crate::state::WebState;
use app::catalogue;
use app::checkout::{GiveError, GiveTickets, MOST_GIVEN, give};
use app::desk::{OrderSearch, search};
use app::error::Invalid;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::ids::EventId;

/// How many that were given away are shown below the form.
const SHOWN: i64 = 20;

/// The page.
pub async fn comps_page(
    State(state): State<WebState>,
    PathId(event): PathId<EventId>,
    portal: Portal,
) -> Result<Response, Problem> {
    let blank = GiveTickets {
        qty: 1,
        ..GiveTickets::default()
    };
    page(&state, &portal, &event, &blank, None, None).await
}

/// The form.
pub async fn comps_step(
    State(state): State<WebState>,
    PathId(event): PathId<EventId>,
    mut portal: Portal,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    let input = GiveTickets {
        tier_id: form.get("tier_id").to_owned(),
        qty: form.get("qty").trim().parse().unwrap_or(0),
        name: form.get("name").to_owned(),
        email: form.get("email").to_owned(),
        note: form.get("note").to_owned(),
    };
    // A form that is sent twice gives once, and leads to what was given.
    let keyed = match attempt::turn(&state, &attempt_of(&state, &form)).await? {
        Turn::First(keyed) => keyed,
        Turn::Again(order) => return see(state.urls.desk_order_done(&order, "given")),
    };
    let given = give(&state.house, &mut portal.cx, &event, &input).await;
    let placed = given.as_ref().ok().map(|given| &given.order_id);
    attempt::settle(&state, &keyed, placed).await?;
    let (invalid, closed) = match given {
        Ok(given) => return see(state.urls.desk_order_done(&given.order_id, "given")),
        Err(GiveError::Invalid(invalid)) => (Some(invalid), None),
        Err(GiveError::SoldOut { left }) => {
            let mut invalid = Invalid::default();
            invalid.note("qty", GiveError::SoldOut { left });
            (Some(invalid), None)
        }
        Err(GiveError::Closed) => (None, Some(GiveError::Closed.to_string())),
        Err(error) => return Err(error.into()),
    };
    let mut response = page(&state, &portal, &event, &input, invalid.as_ref(), closed).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The form's key; a new one for a form that says none, or an absurd one.
fn attempt_of(state: &WebState, form: &Form) -> String {
    match form.get("attempt") {
        key if (1..=64).contains(&key.len()) => key.to_owned(),
        _ => attempt::fresh(state),
    }
}

async fn page(
    state: &WebState,
    portal: &Portal,
    event: &EventId,
    typed: &GiveTickets,
    invalid: Option<&Invalid>,
    closed: Option<String>,
) -> Result<Response, Problem> {
    let asked = OrderSearch {
        event: Some(event.clone()),
        given: true,
        limit: SHOWN,
        ..OrderSearch::default()
    };
    let given = search(&state.house, &portal.cx, &asked).await?;
    let listing = catalogue::fresh(&state.house, event).await?;
    let listing = listing.ok_or_else(Problem::not_found)?;
    let tiers: Vec<(String, String)> = listing
        .tiers
        .iter()
        .map(|tier| {
            let left = tier.stock.left();
            (tier.id.to_string(), format!("{} ({left} left)", tier.name))
        })
        .collect();
    let tiers: Vec<(&str, &str)> = tiers
        .iter()
        .map(|(id, words)| (id.as_str(), words.as_str()))
        .collect();
    let zone = zone_of(&listing.event);
    html(&CompsPage {
        frame: portal.frame(state, Section::Events),
        // They are orders, and are reached from there.
        tabs: Some(event_tabs(state, &listing.event, "orders")),
        action: state.urls.desk_comps(event).to_string(),
        attempt: attempt::fresh(state),
        fields: fields(&tiers, typed, invalid),
        closed,
        back: state.urls.desk_orders(Some(event)).to_string(),
        given: given
            .orders
            .iter()
            .map(|row| line(state, row, portal.cx.now, &zone, true))
            .collect(),
    })
}

fn fields(tiers: &[(&str, &str)], typed: &GiveTickets, invalid: Option<&Invalid>) -> Vec<Input> {
    let wrong = |field: &str| fault_of(invalid, field);
    vec![
        Input::choice("tier_id", "Tickets", tiers)
            .value(typed.tier_id.as_str())
            .required()
            .error(wrong("tier_id")),
        Input::digits("qty", "How many")
            .value(if typed.qty == 0 {
                String::new()
            } else {
                typed.qty.to_string()
            })
            .hint(format!("At most {MOST_GIVEN} at once."))
            .required()
            .error(wrong("qty")),
        Input::text("name", "For whom")
            .value(typed.name.as_str())
            .hint("The name on the tickets.")
            .most(120)
            .required()
            .error(wrong("name")),
        Input::email("email", "E-mail address")
            .value(typed.email.as_str())
            .hint("The tickets are mailed there.")
            .required()
            .error(wrong("email")),
        Input::area("note", "Note", 2)
            .value(typed.note.as_str())
            .hint("Only for you, for example “Sound engineer”.")
            .most(2_000)
            .error(wrong("note")),
    ]
}
