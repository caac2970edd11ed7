//! What the stand-in answers over HTTP.

use super::keys::encoded;
use super::{CLIENT_ID, CLIENT_SECRET, Desk, Mood};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json};
use data_encoding::BASE64;
use futures::stream;
use http::{HeaderMap, HeaderValue, StatusCode};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Shared = Arc<Mutex<Desk>>;

pub fn routes(desk: Shared) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(describe))
        .route("/keys", get(keys))
        .route("/token", post(exchange))
        .route("/userinfo", get(about))
        .layer(from_fn_with_state(Arc::clone(&desk), moods))
        .with_state(desk)
}

fn at(desk: &Shared) -> MutexGuard<'_, Desk> {
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn moods(State(desk): State<Shared>, request: Request, next: Next) -> Response {
    let mood = at(&desk).mood;
    match mood {
        Mood::Well => next.run(request).await,
        Mood::Broken => StatusCode::BAD_GATEWAY.into_response(),
        Mood::Silent => std::future::pending().await,
        Mood::Endless => {
            let piece = Bytes::from_static(&[b' '; 16 * 1_024]);
            let pieces = stream::repeat_with(move || Ok::<_, Infallible>(piece.clone()));
            Body::from_stream(pieces).into_response()
        }
        Mood::Elsewhere => Redirect::temporary("/keys").into_response(),
    }
}

async fn describe(State(desk): State<Shared>) -> Json<Value> {
    let mut desk = at(&desk);
    desk.asked.descriptions += 1;
    let url = &desk.url;
    let mut described = json!({
        "issuer": url,
        "authorization_endpoint": format!("{url}/authorize"),
        "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/keys"),
        "userinfo_endpoint": format!("{url}/userinfo"),
        "authorization_response_iss_parameter_supported": true,
        "id_token_signing_alg_values_supported": ["ES256", "RS256"],
    });
    for (name, value) in desk.described.as_object().into_iter().flatten() {
        described[name] = value.clone();
    }
    Json(described)
}

async fn keys(State(desk): State<Shared>) -> Json<Value> {
    let mut desk = at(&desk);
    desk.asked.keys += 1;
    Json(desk.keys.published())
}

async fn exchange(
    State(desk): State<Shared>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let mut desk = at(&desk);
    desk.asked.exchanges += 1;
    if !shows_the_secret(&headers, &form) {
        return declined(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    let code = desk.codes.remove(field("code")).filter(|code| {
        let shown = encoded(digest(&SHA256, field("code_verifier").as_bytes()));
        field("grant_type") == "authorization_code"
            && field("redirect_uri") == code.back
            && shown == code.challenge
    });
    let Some(code) = code else {
        return declined(StatusCode::BAD_REQUEST, "invalid_grant");
    };
    let mut claims = code.claims;
    desk.told = claims.clone();
    if desk.thin {
        for name in ["email", "email_verified", "name"] {
            claims.as_object_mut().expect("claims").remove(name);
        }
    }
    let token = desk.keys.token(desk.signing, &claims);
    Json(json!({
        "id_token": token, "access_token": "access", "token_type": "Bearer", "expires_in": 300,
    }))
    .into_response()
}

async fn about(State(desk): State<Shared>, headers: HeaderMap) -> Response {
    let mut desk = at(&desk);
    desk.asked.people += 1;
    let shown = headers.get("authorization").map(HeaderValue::as_bytes);
    if shown != Some(b"Bearer access".as_slice()) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(desk.told.clone()).into_response()
}

/// By a header, name and secret escaped before they are joined, or by the form's fields.
fn shows_the_secret(headers: &HeaderMap, form: &HashMap<String, String>) -> bool {
    let header = headers.get("authorization").and_then(|v| v.to_str().ok());
    let Some(basic) = header.and_then(|text| text.strip_prefix("Basic ")) else {
        let field = |name: &str| form.get(name).map(String::as_str);
        return field("client_id") == Some(CLIENT_ID)
            && field("client_secret") == Some(CLIENT_SECRET);
    };
    let bytes = BASE64.decode(basic.as_bytes()).unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    let (id, secret) = text.split_once(':').unwrap_or_default();
    let plain = |text: &str| pairs(format!("x={text}").as_bytes()).remove("x");
    plain(id).as_deref() == Some(CLIENT_ID) && plain(secret).as_deref() == Some(CLIENT_SECRET)
}

fn declined(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}

/// The pairs of a form or of what stands behind a question mark.
pub fn pairs(text: &[u8]) -> HashMap<String, String> {
    url::form_urlencoded::parse(text).into_owned().collect()
}

/// An address with pairs behind a question mark.
pub fn with_query(address: &str, pairs: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    format!("{address}?{}", query.finish())
}
