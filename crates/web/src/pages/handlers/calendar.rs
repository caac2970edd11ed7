//! GET `/tickets/e/{slug}/calendar.ics`: an event as a calendar file (RFC 5545), for those who only look.
//!
//! Buyers get a richer one with their order, from the paper workshop. Times are in UTC, which every
//! calendar shows in its owner's zone.

use super::event::slug;
use super::faces::{address, joined};
use crate::extract::Context;
use crate::problem::Problem;
use crate::state::WebState;
use app::events::{by_slug, calendar_uid};
use app::records::Event;
use axum::extract::{RawPathParams, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use model::time::Time;
use std::fmt::Write;

/// The longest line of a calendar file, in bytes.
const LINE: usize = 75;

/// The file; anybody, once the event is published.
pub async fn event_calendar(
    State(state): State<WebState>,
    params: RawPathParams,
    Context(cx): Context,
) -> Result<Response, Problem> {
    let listing = by_slug(&state.house, &slug(&params)?)
        .await?
        .ok_or_else(Problem::not_found)?;
    let ics = calendar(
        &listing.event,
        &state.urls.event(&listing.event.slug).absolute(),
        cx.now,
    );
    let mut response = ics.into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/calendar; charset=utf-8"),
    );
    response.headers_mut().insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=\"event.ics\""),
    );
    Ok(response)
}

fn calendar(event: &Event, url: &str, now: Time) -> String {
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Jugnu//Tickets//EN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", calendar_uid(&event.id)),
        format!("SEQUENCE:{}", event.revision),
        format!("DTSTAMP:{}", utc(now)),
        format!("DTSTART:{}", utc(event.start_at)),
        format!("DTEND:{}", utc(event.end_at)),
        format!("SUMMARY:{}", escaped(&event.title)),
        format!(
            "LOCATION:{}",
            escaped(&joined(&[&event.venue, &address(event)]))
        ),
        format!("DESCRIPTION:{}", escaped(&event.summary)),
        format!("URL:{url}"),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().fold(String::new(), |mut file, line| {
        fold_into(&mut file, line);
        file
    })
}

/// `2026-12-06T03:00:00Z` as `20261206T030000Z`; fractions of a second do not belong into a calendar.
fn utc(time: Time) -> String {
    let whole = Time::from_seconds(time.seconds()).to_iso();
    whole.chars().filter(|c| !matches!(c, '-' | ':')).collect()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace("\r\n", "\\n")
        .replace(['\n', '\r'], "\\n")
}

/// A long line goes on in the next one, after a space, and never in the middle of a character.
fn fold_into(file: &mut String, line: &str) {
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > LINE {
            file.push_str("\r\n ");
            width = 1;
        }
        width += c.len_utf8();
        file.push(c);
    }
    // Writing to a String cannot fail.
    let _ = write!(file, "\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_add_a_line_and_long_lines_are_folded_between_characters() {
        assert_eq!(
            escaped("A, B; C\\D\r\nX-EVIL:1"),
            "A\\, B\\; C\\\\D\\nX-EVIL:1"
        );
        let mut file = String::new();
        fold_into(&mut file, &format!("SUMMARY:{}", "ਵਿ".repeat(40)));
        assert!(file.lines().all(|line| line.len() <= LINE), "{file}");
        assert_eq!(
            file.replace("\r\n ", ""),
            format!("SUMMARY:{}\r\n", "ਵਿ".repeat(40))
        );
    }

    #[test]
    fn times_are_written_in_utc_without_fractions() {
        assert_eq!(
            utc(Time::parse_iso("2026-12-05T19:00:00.25-08:00").unwrap()),
            "20261206T030000Z"
        );
    }
}
