//! GET and POST `/tickets/organizer/events/{id}/edit`: everything that is said about an event.
//!
//! A draft is saved by itself while somebody types: the page's script sends the same form and asks for
//! JSON. What is public is saved only when its organizer presses the button. What cannot be saved is never
//! lost: it stays in the form, beside the sentence that says why.

use super::form::{self, Kept, Typed, Values};
use super::overview::next_of;
use super::own::{OwnEvent, said};
use crate::extract::{Form, Search};
use crate::markdown::to_html;
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::faces::cover;
use crate::pages::handlers::portal::Done;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::events::{CoverBox, EditorPage};
use crate::problem::Problem;
use crate::state::WebState;
use app::error::Invalid;
use app::events::{self, ChangeEventError, EventFields};
use app::records::Event;
use axum::Json;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use model::event::EventStatus;
use serde_json::json;

/// The page.
pub async fn edit_page(
    State(state): State<WebState>,
    own: OwnEvent,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let kept = Kept(own.event(), &own.zone);
    let mut page = page(&state, &own, &kept, None, None);
    page.frame = page.frame.done(said(&search.done));
    html(&page)
}

/// The form, from its button or from the page's script.
pub async fn edit_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let (fields, invalid) = form::read(&form, &own.zone);
    let by_itself = headers
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with("application/json"));
    if by_itself {
        return save_by_itself(&state, &mut own, fields, invalid).await;
    }
    if !invalid.is_fine() {
        return wrong(&state, &own, &form, &invalid, None);
    }
    let id = own.event().id.clone();
    match events::change(&state.house, &mut own.portal.cx, &id, &fields).await {
        Ok(event) => saved(&state, own.event(), &event),
        Err(ChangeEventError::Invalid(invalid)) => wrong(&state, &own, &form, &invalid, None),
        Err(refused) => {
            let mut invalid = Invalid::default();
            let alert = refusal(refused, &mut invalid)?;
            wrong(&state, &own, &form, &invalid, alert)
        }
    }
}

/// What a refusal is called on the page: beside a field, or above them all.
fn refusal(refused: ChangeEventError, invalid: &mut Invalid) -> Result<Option<String>, Problem> {
    match refused {
        ChangeEventError::CapacityTooSmall { .. } => {
            invalid.note("capacity", refused);
            Ok(None)
        }
        ChangeEventError::Stale => Ok(Some(
            "This event was changed in another tab or by somebody else since you opened this page. Nothing of yours is lost: it is still in the form. Save again to keep yours, or load the page again to see theirs."
                .to_owned(),
        )),
        // Only a public event must stay ready to be sold, so it is the change that is refused.
        ChangeEventError::NotReady(missing) => {
            let why: Vec<&str> = missing.iter().map(|m| m.sentence()).collect();
            let why = why.join(" ");
            Ok(Some(format!(
                "Nothing was saved: the event is public, and could not be sold like this. {why}"
            )))
        }
        other => Err(other.into()),
    }
}

/// On: back to the editor, or to the question whether those who hold tickets should be told.
fn saved(state: &WebState, before: &Event, after: &Event) -> Result<Response, Problem> {
    let place = |e: &Event| (e.venue.clone(), e.address.clone(), e.city.clone());
    let moved = (before.start_at, before.end_at, place(before))
        != (after.start_at, after.end_at, place(after));
    let sold = after.status == EventStatus::Published && after.stock.sold > 0;
    if moved && sold {
        see(state.urls.own_event_part(&after.id, "tell"))
    } else {
        see(state.urls.own_event_done(&after.id, "edit", "saved"))
    }
}

/// The script's answer. What is wrong is named and stays unsaved; everything else is kept all the same.
async fn save_by_itself(
    state: &WebState,
    own: &mut OwnEvent,
    mut fields: EventFields,
    mut invalid: Invalid,
) -> Result<Response, Problem> {
    let id = own.event().id.clone();
    if own.event().status != EventStatus::Draft {
        let words = "This event is public: press the button to save.";
        return Ok(told(
            StatusCode::CONFLICT,
            &json!({ "stale": true, "words": words }),
        ));
    }
    let mut result = events::change(&state.house, &mut own.portal.cx, &id, &fields).await;
    if let Err(ChangeEventError::Invalid(more)) = result {
        for fault in &more.0 {
            leave_out(&mut fields, &fault.field);
        }
        invalid.0.extend(more.0);
        result = events::change(&state.house, &mut own.portal.cx, &id, &fields).await;
    }
    let (status, revision, words) = match result {
        Ok(event) => (StatusCode::OK, Some(event.revision), None),
        Err(ChangeEventError::Invalid(more)) => {
            invalid.0.extend(more.0);
            (StatusCode::UNPROCESSABLE_ENTITY, None, None)
        }
        Err(refused) => {
            let outdated = matches!(refused, ChangeEventError::Stale);
            let words = refusal(refused, &mut invalid)?;
            let status = if outdated {
                StatusCode::CONFLICT
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            (status, None, words)
        }
    };
    let faults: Vec<_> = invalid
        .0
        .iter()
        .map(|f| json!({ "field": f.field, "message": f.message }))
        .collect();
    let body = json!({
        "revision": revision, "stale": status == StatusCode::CONFLICT, "words": words, "faults": faults,
    });
    Ok(told(status, &body))
}

fn told(status: StatusCode, body: &serde_json::Value) -> Response {
    let mut response = (status, Json(body)).into_response();
    let no = http::HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, no);
    response
}

/// Leaves a field as it was.
fn leave_out(fields: &mut EventFields, name: &str) {
    match name {
        "title" => fields.title = None,
        "summary" => fields.summary = None,
        "description" => fields.description = None,
        "venue" => fields.venue = None,
        "address" => fields.address = None,
        "city" => fields.city = None,
        "province" => fields.province = None,
        "timezone" => fields.timezone = None,
        // Times that contradict each other are left as they were together.
        "start_at" | "end_at" => {
            fields.start_at = None;
            fields.end_at = None;
        }
        "capacity" => fields.capacity = None,
        "tax_engine" => fields.tax_engine = None,
        _ => {}
    }
}

fn wrong(
    state: &WebState,
    own: &OwnEvent,
    form: &Form,
    invalid: &Invalid,
    alert: Option<String>,
) -> Result<Response, Problem> {
    let mut response = html(&page(state, own, &Typed(form, invalid), alert, None))?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// The page with these values; saving it again starts from the event as it is now.
pub(super) fn page(
    state: &WebState,
    own: &OwnEvent,
    values: &dyn Values,
    alert: Option<String>,
    cover_error: Option<String>,
) -> EditorPage {
    let event = own.event();
    EditorPage {
        frame: own.frame(state).leading(next_of(state, own)),
        tabs: own.tabs(state, "edit"),
        title: event.title.clone(),
        alert,
        action: own.part(state, "edit"),
        revision: event.revision,
        autosave: event.status == EventStatus::Draft,
        first: form::first(values),
        description: form::description(values),
        words_url: own.part(state, "words"),
        words: to_html(&values.value("description")),
        sections: vec![
            form::dates(values),
            form::place(values),
            form::selling(values),
        ],
        cover: CoverBox {
            cover: cover(state, event),
            action: own.part(state, "cover"),
            remove_url: own.part(state, "cover/remove"),
            error: cover_error,
        },
    }
}

/// POST `/tickets/organizer/events/{id}/words`: a description as buyers would see it; for the page's script.
pub async fn description_words(
    State(state): State<WebState>,
    own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    Ok(Html(to_html(form.get("description"))).into_response())
}
