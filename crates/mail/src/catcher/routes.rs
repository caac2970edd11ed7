//! What the catcher answers over HTTP: JSON for tests, pages for people.
//!
//! A mail's HTML is a stranger's: it is shown in a sandboxed frame from its own route, whose policy forbids scripts and every request
//! to the outside. Links in it open a new tab, because a person in a demo wants to follow them.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{OriginalUri, Path, Query, State},
    http::{HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;

use super::{Caught, Summary, page, shelf::Shelf};

/// Our own pages: our style sheet, our frame, nothing else.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// A mail's HTML: its inline styles and inline images only.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'";
/// What the browser may show in place; everything else is saved.
const SHOWN: [&str; 4] = ["application/pdf", "image/png", "image/jpeg", "text/plain"];

type Shared = State<Arc<Shelf>>;

/// All routes over one shelf.
pub fn router(shelf: Arc<Shelf>) -> Router {
    Router::new()
        .route("/", get(list_page))
        .route("/style.css", get(style))
        .route("/messages", get(list).delete(clear))
        .route("/messages/{id}", get(one))
        .route("/messages/{id}/view", get(message_page))
        .route("/messages/{id}/html", get(mail_html))
        .route("/messages/{id}/attachments/{number}", get(attachment))
        .with_state(shelf)
}

/// `GET /messages`: everything caught, newest first.
async fn list(State(shelf): Shared) -> Json<Vec<Summary>> {
    Json(shelf.list())
}

/// `DELETE /messages`: forgets everything.
async fn clear(State(shelf): Shared) -> StatusCode {
    shelf.clear();
    StatusCode::NO_CONTENT
}

/// `GET /messages/{id}`: one message with its attachments in base64.
async fn one(State(shelf): Shared, Path(id): Path<String>) -> Result<Json<Caught>, Missing> {
    shelf.read(&id).map(Json).ok_or(Missing)
}

/// `GET /messages/{id}/attachments/{number}`: one file, counted from zero.
async fn attachment(
    State(shelf): Shared,
    Path((id, number)): Path<(String, usize)>,
) -> Result<Response, Missing> {
    let message = shelf.read(&id).ok_or(Missing)?;
    let file = message.attachments.into_iter().nth(number).ok_or(Missing)?;
    let kind = HeaderValue::from_str(&file.mime)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let shown = SHOWN.contains(&file.mime.as_str());
    let disposition = page::disposition(shown, &file.name);
    let headers = [
        (header::CONTENT_TYPE, kind),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&disposition).map_err(|_| Missing)?,
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
    ];
    Ok((headers, Bytes::from(file.bytes)).into_response())
}

/// `GET /`: the list as a page.
async fn list_page(State(shelf): Shared, uri: Uri, OriginalUri(original): OriginalUri) -> Response {
    let base = base(&original, &uri);
    framed(page::list(&base, &shelf.list()), PAGE_POLICY)
}

/// Which body a person wants to see.
#[derive(Deserialize)]
struct Wanted {
    show: Option<page::Tab>,
}

/// `GET /messages/{id}/view?show=html|text`: one message as a page.
async fn message_page(
    State(shelf): Shared,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
    uri: Uri,
    OriginalUri(original): OriginalUri,
) -> Response {
    let base = base(&original, &uri);
    match shelf.read(&id) {
        Some(message) => framed(page::message(&base, &message, wanted.show), PAGE_POLICY),
        None => (
            StatusCode::NOT_FOUND,
            framed(page::missing(&base), PAGE_POLICY),
        )
            .into_response(),
    }
}

/// `GET /messages/{id}/html`: the mail's own HTML, for the frame.
async fn mail_html(State(shelf): Shared, Path(id): Path<String>) -> Result<Response, Missing> {
    let message = shelf.read(&id).ok_or(Missing)?;
    Ok(framed(
        Ok(page::with_links_in_new_tabs(&page::with_pictures(&message))),
        MAIL_POLICY,
    ))
}

/// `GET /style.css`.
async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8")],
        page::STYLE,
    )
}

/// No message or file of that name.
struct Missing;

impl IntoResponse for Missing {
    fn into_response(self) -> Response {
        (StatusCode::NOT_FOUND, "There is no such message or file.").into_response()
    }
}

fn framed(html: askama::Result<String>, policy: &'static str) -> Response {
    match html {
        Ok(html) => (
            [
                (header::CONTENT_SECURITY_POLICY, policy),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
                (HeaderName::from_static("referrer-policy"), "no-referrer"),
            ],
            Html(html),
        )
            .into_response(),
        Err(error) => {
            tracing::error!(%error, "a page of the mail catcher could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The path under which the router is nested, without a closing slash: what the outer path has in front of the inner one.
fn base(original: &Uri, inner: &Uri) -> String {
    let outer = original.path();
    outer
        .strip_suffix(inner.path())
        .unwrap_or(outer)
        .trim_end_matches('/')
        .to_owned()
}
