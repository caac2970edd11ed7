//! GET and POST `/tickets/organizer/events/{id}/duplicate`: the same event on another day.

use super::form::{self, Typed, Values};
use super::own::OwnEvent;
use crate::extract::Form;
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::events::{FormPage, Section};
use crate::pages::views::portal::parts::Input;
use crate::problem::Problem;
use crate::state::WebState;
use app::error::Invalid;
use app::events::{self, Duplicate, DuplicateError};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;

/// A week, in seconds: what is made again is mostly made again on the same day of the week.
const WEEK_S: i64 = 7 * 86_400;

/// The page: the same title, the same hour, on the same day of a week that is still to come.
pub async fn duplicate_page(
    State(state): State<WebState>,
    own: OwnEvent,
) -> Result<Response, Problem> {
    let event = own.event();
    let behind = own.portal.cx.now.seconds_since(event.start_at).max(0);
    let weeks = behind / WEEK_S + 1;
    let start = event.start_at.moved(
        event.start_at,
        event.start_at.plus_seconds(weeks * WEEK_S),
        &own.zone,
    );
    let form = Form(vec![
        ("title".to_owned(), event.title.clone()),
        ("start_at".to_owned(), start.to_local(&own.zone)),
    ]);
    html(&page(
        &state,
        &own,
        &Typed(&form, &Invalid::default()),
        None,
    ))
}

/// The form.
pub async fn duplicate_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let mut invalid = Invalid::default();
    let start_at = form::clock(&form, "start_at", &own.zone, &mut invalid);
    let wanted = Duplicate {
        title: Some(form.get("title").to_owned()),
        start_at,
    };
    let mut alert = None;
    if invalid.is_fine() {
        let id = own.event().id.clone();
        match events::duplicate(&state.house, &mut own.portal.cx, &id, &wanted).await {
            Ok(copy) => return see(state.urls.own_event_done(&copy.id, "", "copied")),
            Err(DuplicateError::Invalid(more)) => invalid = more,
            Err(refused @ DuplicateError::TooMany) => alert = Some(refused.to_string()),
            Err(other) => return Err(other.into()),
        }
    }
    let mut response = html(&page(&state, &own, &Typed(&form, &invalid), alert))?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn page(state: &WebState, own: &OwnEvent, values: &dyn Values, alert: Option<String>) -> FormPage {
    let start = form::filled(values, "start_at", |n| Input::date_time(n, "Starts"));
    FormPage {
        frame: own.frame(state),
        tabs: None,
        back: (own.event().title.clone(), own.home(state)),
        title: "Make it again".to_owned(),
        lead: "A draft with the same words, picture, tickets and discount codes. Nothing is sold, and every date moves with the start.".to_owned(),
        alert,
        action: own.part(state, "duplicate"),
        hidden: Vec::new(),
        sections: vec![Section {
            title: "The copy",
            words: "",
            rows: vec![
                form::title(values).focus().into(),
                start.required().into(),
            ],
        }],
        button: "Make the copy",
        price: None,
        removal: None,
    }
}
