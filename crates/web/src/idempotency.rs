//! `Idempotency-Key` on every write: the same key and request get the first answer again.
//!
//! The first request runs and its answer is kept for 24 hours; a failure of ours is not kept, because
//! a repeat should then do the work. Answers can hold secrets that are shown once (an order's token, a
//! scanner's key), so they are kept sealed: a stolen database opens none of them.

use crate::extract::{Address, read};
use crate::problem::{Kind, Problem};
use crate::route::Row;
use crate::state::WebState;
use app::Actor;
use app::idempotency::{Claim, Keyed, claim, finish, forget};
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use model::ids::RequestId;

mod seal;

/// The most of an answer that is kept, in bytes; ours are far smaller.
const ANSWER_MOST: usize = 256 * 1024;

/// The header that says that an answer is the first one again.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// Runs a write; with a key, once.
pub async fn once(
    state: &WebState,
    actor: &Actor,
    address: Address,
    row: Row,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let Some(key) = key_of(request.headers())? else {
        return Ok(next.run(request).await);
    };
    let (mut parts, body) = request.into_parts();
    let bytes = read(body, row.body_most()).await?;
    let label = match actor {
        Actor::Public => format!("public:{}", address.0),
        known => known.label(),
    };
    let path = parts.uri.path_and_query().map_or("", |p| p.as_str());
    let keyed = Keyed::new(&state.house, label, key, row.verb.word(), path, &bytes);
    // What the request makes takes its identity from here, so that a repeat after a crash finds it.
    parts.extensions.insert(keyed.deed());
    let cx = state.house.cx(actor.clone());
    match claim(&state.house, &cx, &keyed).await? {
        Claim::New => {
            let state = state.clone();
            let id = parts
                .extensions
                .get::<RequestId>()
                .map(ToString::to_string)
                .unwrap_or_default();
            let work = async move {
                let response = next
                    .run(Request::from_parts(parts, Body::from(bytes)))
                    .await;
                keep(&state, &keyed, &id, response).await
            };
            // On its own, so that a client who hangs up finds the answer when it asks again.
            let failed = |why| {
                Problem::new(
                    Kind::Internal,
                    "We have written it down and will look at it.",
                )
                .caused_by(why)
            };
            tokio::spawn(work)
                .await
                .unwrap_or_else(|why| Err(failed(why)))
        }
        Claim::Running => Err(Problem::new(
            Kind::IdempotencyRunning,
            "Ask again with the same key in a moment.",
        )
        .retry_after(1)),
        Claim::Mismatch => Err(Problem::new(
            Kind::IdempotencyMismatch,
            "Use a new Idempotency-Key for a new request.",
        )),
        Claim::Done {
            status,
            content_type,
            body,
        } => replay(state, &keyed, status, &content_type, &body),
    }
}

/// The key of a request: 1 to 255 visible ASCII characters.
fn key_of(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let bytes = value.as_bytes();
    match value.to_str() {
        Ok(text) if (1..=255).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic) => {
            Ok(Some(text.to_owned()))
        }
        _ => Err(Problem::new(
            Kind::BadIdempotencyKey,
            "An Idempotency-Key has 1 to 255 visible ASCII characters.",
        )),
    }
}

/// Keeps an answer, unless it is a failure that a repeat should try again.
async fn keep(
    state: &WebState,
    keyed: &Keyed,
    id: &str,
    response: Response,
) -> Result<Response, Problem> {
    let status = response.status();
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        forget(&state.house, keyed).await?;
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let bytes = match parts.extensions.get::<Problem>() {
        Some(problem) => serde_json::to_vec(&problem.body(&state.urls.api_docs().absolute(), id))
            .unwrap_or_default()
            .into(),
        None => read(body, ANSWER_MOST).await?,
    };
    let content_type = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let sealed = seal::seal(&state.house, &keyed.actor, &keyed.key, &bytes)?;
    finish(&state.house, keyed, status.as_u16(), content_type, &sealed).await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn replay(
    state: &WebState,
    keyed: &Keyed,
    status: u16,
    content_type: &str,
    sealed: &str,
) -> Result<Response, Problem> {
    let broken = |why: &str| {
        Problem::new(
            Kind::Internal,
            "The first answer cannot be read any more. Use a new key.",
        )
        .caused_by(why)
    };
    let body = seal::open(&state.house, &keyed.actor, &keyed.key, sealed)
        .ok_or_else(|| broken("a kept answer does not open"))?;
    let status = StatusCode::from_u16(status).map_err(|_| broken("a kept answer has no status"))?;
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    if let Ok(value) = HeaderValue::from_str(content_type)
        && !content_type.is_empty()
    {
        headers.insert(header::CONTENT_TYPE, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_visible_ascii_and_not_too_long() {
        let read = |value: &[u8]| {
            let headers = HeaderMap::from_iter([(
                HeaderName::from_static("idempotency-key"),
                HeaderValue::from_bytes(value).unwrap(),
            )]);
            key_of(&headers).map_err(|p| p.kind())
        };
        assert_eq!(read(b"order-1_A"), Ok(Some("order-1_A".to_owned())));
        assert_eq!(key_of(&HeaderMap::new()).unwrap(), None);
        for bad in [&b""[..], b"a b", "\u{e9}".as_bytes(), &[b'a'; 256]] {
            assert_eq!(read(bad), Err(Kind::BadIdempotencyKey), "{bad:?}");
        }
    }
}
