//! The pages that people see: checkout, authentication, onboarding, and a page that says what this is.
//!
//! Plain forms, no script, one inline style sheet, nothing from anywhere else.

mod checkout;
mod onboarding;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use http::{HeaderValue, StatusCode, header};

use crate::sim::Sim;
use crate::world::API_VERSION;

pub(crate) fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/", get(index))
        .route("/c/pay/{id}", get(checkout::show).post(checkout::submit))
        .route(
            "/c/pay/{id}/authenticate",
            get(checkout::show_authentication).post(checkout::authenticate),
        )
        .route(
            "/c/onboard/{account}/{token}",
            get(onboarding::show).post(onboarding::step),
        )
        .route("/c/express/{account}", get(onboarding::dashboard))
        .route("/c/receipt/{charge}", get(checkout::receipt))
}

/// A page that only says something.
#[derive(Template)]
#[template(path = "message.html")]
struct Message<'a> {
    title: &'a str,
    said: &'a str,
    link: &'a str,
    link_text: &'a str,
}

#[derive(Template)]
#[template(path = "index.html")]
struct Index {
    version: &'static str,
    sum: i64,
    deliveries: usize,
    requests: usize,
    faults: usize,
}

async fn index(State(sim): State<Arc<Sim>>) -> Response {
    let page = sim.with(|world| Index {
        version: API_VERSION,
        sum: world.ledger.sum(),
        deliveries: world.outbox.deliveries.len(),
        requests: world.requests.len(),
        faults: world.faults.log.len(),
    });
    render(StatusCode::OK, &page)
}

fn message(status: StatusCode, title: &str, said: &str, link: Option<(&str, &str)>) -> Response {
    let (link, link_text) = link.unwrap_or_default();
    render(
        status,
        &Message {
            title,
            said,
            link,
            link_text,
        },
    )
}

fn render(status: StatusCode, page: &impl Template) -> Response {
    let Ok(html) = page.render() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = (status, Html(html)).into_response();
    let headers = response.headers_mut();
    let policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'";
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    response
}

/// Sends the browser on with GET.
fn see_other(url: &str) -> Response {
    match HeaderValue::from_str(url) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => message(
            StatusCode::BAD_GATEWAY,
            "Nowhere to go",
            "The address to return to is not a valid one.",
            None,
        ),
    }
}

/// Cents as people read them.
fn dollars(cents: i64) -> String {
    let whole = (cents / 100).to_string();
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("CA${grouped}.{:02}", cents % 100)
}

#[cfg(test)]
mod tests {
    #[test]
    fn cents_are_shown_with_grouped_dollars() {
        assert_eq!(super::dollars(5), "CA$0.05");
        assert_eq!(super::dollars(123_456), "CA$1,234.56");
        assert_eq!(super::dollars(100_000_000), "CA$1,000,000.00");
    }
}
