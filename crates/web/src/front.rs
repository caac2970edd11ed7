//! The front of every answer: its id, its dress, its headers, its line in the log.
//!
//! The log names the route as the table does, never the address as it came: addresses hold ids, and
//! some hold secrets.

use crate::pages::views::plain::{ErrorKind, ErrorPage};
use crate::problem::{Kind, Problem};
use crate::route::{Area, Row, Switch};
use crate::router::LOST;
use crate::state::WebState;
use crate::words::{Lang, during, lang};
use app::Actor;
use askama::Template;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode};
use model::flags::Flag;
use model::ids::RequestId;
use std::any::Any;
use std::time::{Duration, Instant};

mod reading;

/// The longest that a request may take.
const PATIENCE: Duration = Duration::from_secs(30);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives a request its id and its answer everything that all answers have.
pub async fn front(
    State((state, row)): State<(WebState, Row)>,
    mut request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let row = placed(&state, row, request.uri().path());
    let id = state.house.cx(Actor::Public).request_id;
    request.extensions_mut().insert(id.clone());
    request.extensions_mut().insert(row);
    let (reader, kept) = reading::reader(&state, row, &request);
    let again = reading::again(&request);
    let lang = reader.lang;
    let mut response = during(reader, async {
        let answered = tokio::time::timeout(PATIENCE, next.run(request)).await;
        let response = answered.unwrap_or_else(|_| too_slow().into_response());
        dress(&state, row, &id, again, response)
    })
    .await;
    reading::mark(row, lang, kept, &mut response);
    state.security.write(&mut response);
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    record(row, &id, response.status(), begun.elapsed());
    response
}

/// An address that is not in the table still has a skin: the API's below its root, a page's elsewhere.
fn placed(state: &WebState, row: Row, path: &str) -> Row {
    let below_api = || {
        path.strip_prefix(state.urls.mount())
            .is_some_and(|rest| rest.starts_with("/api/"))
    };
    if row == LOST && below_api() {
        Row {
            area: Area::Api,
            ..row
        }
    } else {
        row
    }
}

fn too_slow() -> Problem {
    Problem::new(
        Kind::Unavailable,
        "This took too long. Please try again in a moment.",
    )
    .retry_after(5)
    .caused_by("a request took too long")
}

/// A panic is a fault of ours like any other: said once in the log, and nothing of it outside.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the layer hands the panic over"
)]
pub fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let words = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    let cause = format!("a handler panicked: {}", words.unwrap_or("without words"));
    Problem::new(
        Kind::Internal,
        "We have written it down and will look at it.",
    )
    .caused_by(cause)
    .into_response()
}

/// Puts a problem into the skin of its area.
fn dress(
    state: &WebState,
    row: Row,
    id: &RequestId,
    again: Option<String>,
    mut response: Response,
) -> Response {
    let Some(problem) = response.extensions_mut().remove::<Problem>() else {
        return response;
    };
    log_cause(&problem, row, id);
    let mut dressed = match row.area {
        Area::Api => problem.answer(&state.urls.api_docs().absolute(), id.as_str()),
        // While everything is off there is no frame to put a page into, and nothing of ours to show.
        Area::Page if !state.house.board.current().is_on(Flag::Ticketing) => {
            (problem.kind().status(), "Not found").into_response()
        }
        Area::Page => page(state, row, &problem, id, again),
    };
    for (name, value) in response.headers() {
        if !dressed.headers().contains_key(name) && name != http::header::CONTENT_LENGTH {
            dressed.headers_mut().append(name.clone(), value.clone());
        }
    }
    dressed
}

fn page(
    state: &WebState,
    row: Row,
    problem: &Problem,
    id: &RequestId,
    again: Option<String>,
) -> Response {
    let wait = problem
        .retry_after_s()
        .and_then(|s| u64::try_from(s).ok())
        .unwrap_or(1);
    let kind = match problem.kind() {
        Kind::NotFound => ErrorKind::NotFound,
        Kind::CrossSite => ErrorKind::Stale,
        Kind::RateLimited => ErrorKind::TooMany(wait),
        Kind::Busy | Kind::Unavailable => ErrorKind::Busy(wait),
        Kind::PaymentsUnavailable => ErrorKind::PaymentsAway(wait),
        Kind::NoMoreTime => ErrorKind::NoMoreTime,
        Kind::Internal => ErrorKind::Ours,
        // Programs' sentences are English; a reader of another language gets the general one.
        _ if lang() == Lang::En => ErrorKind::BadRequest(problem.detail().to_owned()),
        _ => ErrorKind::BadRequest(String::new()),
    };
    let waits = matches!(
        kind,
        ErrorKind::TooMany(_) | ErrorKind::Busy(_) | ErrorKind::PaymentsAway(_) | ErrorKind::Ours
    );
    let request_id = problem
        .kind()
        .status()
        .is_server_error()
        .then(|| id.to_string());
    let view = ErrorPage {
        shell: state.shell.clone(),
        kind,
        again: again.filter(|_| waits),
        portal: row.path.starts_with("/tickets/organizer"),
        request_id,
    };
    let html = view
        .render()
        .unwrap_or_else(|_| "Something broke on our side.".to_owned());
    let mut response = (problem.kind().status(), Html(html)).into_response();
    problem.headers(&mut response);
    response
}

fn log_cause(problem: &Problem, row: Row, id: &RequestId) {
    let Some(cause) = problem.cause() else { return };
    let (code, route) = (problem.kind().code(), row.path);
    if problem.kind() == Kind::Internal {
        tracing::error!(target: "tickets::web", request = %id, route, code, cause, "a request failed");
    } else {
        tracing::warn!(target: "tickets::web", request = %id, route, code, cause, "a request was turned away");
    }
}

fn record(row: Row, id: &RequestId, status: StatusCode, took: Duration) {
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let (method, route) = (row.verb.word(), row.path);
    let quiet = row.switch == Switch::Always && status.is_success();
    if quiet {
        tracing::debug!(target: "tickets::web", method, route, status = status.as_u16(), ms, request = %id, audience = row.audience.word());
    } else {
        tracing::info!(target: "tickets::web", method, route, status = status.as_u16(), ms, request = %id, audience = row.audience.word());
    }
    let status = status.as_str().to_owned();
    metrics::counter!("tickets_http_requests", "route" => route, "method" => method, "status" => status).increment(1);
    metrics::histogram!("tickets_http_seconds", "route" => route, "method" => method)
        .record(took.as_secs_f64());
}
