use super::keep::SinceSearch;
use super::view::ChangesOut;
use super::zone_here;
use crate::extract::{Context, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::door::feed::{self, Feed, Heard};
use axum::extract::State;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::unfold;
use http::{HeaderName, HeaderValue, header};
use model::time::Zone;
use std::convert::Infallible;

/// Asks proxies that would hold an answer back until it is whole to pass it on as it comes.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Tells a device what happens, as it happens: server-sent events `changes`, each with what
/// `GET /api/tickets/check-in/changes` answers, and a comment every 15 seconds. It ends after ten minutes at most;
/// call again with the last cursor.
#[utoipa::path(get, path = "/api/tickets/check-in/feed", tag = "door", params(SinceSearch),
    responses((status = 200, description = "Events, as they happen.", body = String, content_type = "text/event-stream")))]
pub async fn follow_door(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<SinceSearch>,
) -> Result<Response, Problem> {
    let zone = zone_here(&state, &cx).await?;
    let since = search.since.unwrap_or_default();
    let feed = feed::listen(&state.house, &cx, &since)?;
    let events = unfold((feed, state, zone), |(mut feed, state, zone)| async move {
        let event = next(&mut feed, &state, &zone).await?;
        Some((Ok::<Event, Infallible>(event), (feed, state, zone)))
    });
    let mut response = Sse::new(events).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(UNBUFFERED, HeaderValue::from_static("no"));
    Ok(response)
}

/// The next event; none when the feed is over. What fails ends it: the device calls again and is told why.
async fn next(feed: &mut Feed, state: &WebState, zone: &Zone) -> Option<Event> {
    let heard = feed.next().await;
    let heard = heard.unwrap_or_else(|error| {
        tracing::warn!(target: "tickets::door", %error, "a device's feed ended early");
        None
    });
    match heard? {
        Heard::Beat => Some(Event::default().comment("")),
        Heard::Changes(changes) => {
            let out = ChangesOut::of(*changes, state.house.now(), zone);
            Event::default().event("changes").json_data(out).ok()
        }
    }
}
