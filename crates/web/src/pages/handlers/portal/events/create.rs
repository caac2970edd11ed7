//! GET and POST `/tickets/organizer/events/new`: a draft from a title, a date and a place.

use super::form::{self, Typed, Values, city, title, venue};
use crate::extract::Form;
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::portal::Portal;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::events::{FieldRow, FormPage, Section as FormSection};
use crate::pages::views::portal::parts::Input;
use crate::pages::views::portal::shell::Section;
use crate::problem::Problem;
use crate::state::WebState;
use app::error::Invalid;
use app::events::{self, CreateEventError};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::time::{Time, Zone};

/// How long an evening is, if nobody says: three hours, in seconds.
const EVENING_S: i64 = 3 * 3_600;
/// Where most of our organizers are.
const USUAL_ZONE: &str = "America/Vancouver";

/// The page.
pub async fn new_event_page(
    State(state): State<WebState>,
    portal: Portal,
) -> Result<Response, Problem> {
    let (form, invalid) = (Form(Vec::new()), Invalid::default());
    html(&page(&state, &portal, &Typed(&form, &invalid)))
}

/// The form.
pub async fn new_event_step(
    State(state): State<WebState>,
    mut portal: Portal,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    let zone = Zone::parse(USUAL_ZONE).unwrap_or_else(|_| Zone::utc());
    let (mut fields, mut invalid) = form::read(&form, &zone);
    // The end may wait: an evening is long enough to begin with.
    invalid
        .0
        .retain(|fault| fault.field != "end_at" || !form.get("end_at").trim().is_empty());
    if fields.end_at.is_none() && invalid.is_fine() {
        let start = fields
            .start_at
            .as_deref()
            .and_then(|s| Time::parse_iso(s).ok());
        fields.end_at = start.map(|s| s.plus_seconds(EVENING_S).to_iso());
    }
    fields.timezone = Some(USUAL_ZONE.to_owned());
    fields.revision = None;
    if invalid.is_fine() {
        match events::create(&state.house, &mut portal.cx, &fields).await {
            Ok(event) => return see(state.urls.own_event_done(&event.id, "", "made")),
            Err(CreateEventError::Invalid(more)) => invalid = more,
            Err(other) => return Err(other.into()),
        }
    }
    let mut response = html(&page(&state, &portal, &Typed(&form, &invalid)))?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn page(state: &WebState, portal: &Portal, values: &dyn Values) -> FormPage {
    let list = state.urls.own_events().to_string();
    let when = |name: &str, label: &str| form::filled(values, name, |n| Input::date_time(n, label));
    FormPage {
        frame: portal.frame(state, Section::Events),
        tabs: None,
        back: ("Events".to_owned(), list),
        title: "New event".to_owned(),
        lead: "This is enough for a draft. Only you see it until you publish.".to_owned(),
        alert: None,
        action: state.urls.own_event_new().to_string(),
        hidden: Vec::new(),
        sections: vec![FormSection {
            title: "The event",
            words: "",
            rows: vec![
                title(values).focus().into(),
                FieldRow::from([
                    when("start_at", "Starts").required(),
                    when("end_at", "Ends").hint("If empty: three hours after the start."),
                ]),
                FieldRow::from([venue(values), city(values)]),
            ],
        }],
        button: "Make the draft",
        price: None,
        removal: None,
    }
}
