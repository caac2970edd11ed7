//! Passkeys: what the page's script asks for, and the forms of one's own list.
//!
//! The script sends forms like any page of ours and is answered in JSON; a refusal has a code for it and a
//! sentence for the person. Why an answer was not taken stands in the log only.

use super::enter::browser_name;
use super::sign_in::goal;
use crate::extract::{Address, Browser, Context, Form, SignedIn, session_cookie};
use crate::limits::too_many;
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::see;
use crate::pages::views::portal::passkeys::ShowPasskey;
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use crate::words::{lang, t, t1};
use app::passkeys::{
    self, CHALLENGE_S, FromBrowser, Offer, Party, PasskeyError, Shown, begin_adding,
    begin_signing_in,
};
use app::rate;
use app::sign_in::Signed;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use http::{HeaderMap, StatusCode, header};
use model::ids::PasskeyId;
use serde_json::{Value, json};

/// Answers that one connection may try in a minute.
const TRIES_A_MINUTE: i64 = 20;
/// Passkeys that one address may begin to add in a minute.
const ADDED_A_MINUTE: i64 = 10;

/// The button that shows a passkey; `None` where this site has none.
pub(super) fn show_button(state: &WebState, next: &str, in_field: bool) -> Option<ShowPasskey> {
    let party = Party::of(&state.house.settings.public_url)?;
    Some(ShowPasskey {
        begin: state.urls.passkey_begin().to_string(),
        finish: state.urls.passkey().to_string(),
        site: party.id,
        next: next.to_owned(),
        in_field,
    })
}

/// POST `/tickets/sign-in/passkey/begin`.
pub async fn passkey_begin(
    State(state): State<WebState>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    match begin_signing_in(&state.house, &cx) {
        Ok(asked) => Ok(told(
            StatusCode::OK,
            &json!({
                "challenge": asked.challenge,
                "site": asked.party.id,
                "wait_ms": CHALLENGE_S * 1_000,
            }),
        )),
        Err(error) => refused(error),
    }
}

/// POST `/tickets/sign-in/passkey`: whoever holds the passkey is signed in.
pub async fn passkey_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    Browser(before): Browser,
    axum::Extension(address): axum::Extension<Address>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Problem> {
    let subject = format!("passkey:{}", address.0);
    if let Some(seconds) = rate::hit(&state.house, &cx, &subject, TRIES_A_MINUTE).await? {
        return Err(too_many(seconds));
    }
    let shown = Shown {
        credential: bytes(&form, "id"),
        client_data: bytes(&form, "client_data"),
        authenticator_data: bytes(&form, "authenticator_data"),
        signature: bytes(&form, "signature"),
        person: bytes(&form, "person"),
    };
    let browser = browser_name(&headers);
    let entered = passkeys::sign_in(&state.house, &mut cx, &shown, &browser, before.as_ref()).await;
    let entered = match entered {
        Ok(entered) => entered,
        Err(error) => return refused(error),
    };
    let signed = Signed::of(&entered.session, cx.now);
    let go = goal(&state, &signed, form.get("next"));
    let mut response = told(StatusCode::OK, &json!({ "go": go }));
    if let Some(cookie) = session_cookie(&state, &entered.secret) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// POST `/tickets/account/passkeys/begin`.
pub async fn new_passkey_begin(
    State(state): State<WebState>,
    Context(cx): Context,
    SignedIn(signed): SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    let subject = format!("new-passkey:{}", signed.session);
    if let Some(seconds) = rate::hit(&state.house, &cx, &subject, ADDED_A_MINUTE).await? {
        return Err(too_many(seconds));
    }
    match begin_adding(&state.house, &cx, &signed).await {
        Ok(wanted) => Ok(told(
            StatusCode::OK,
            &json!({
                "challenge": wanted.challenge,
                "site": wanted.party.id,
                "site_name": state.house.settings.platform_name,
                "person": wanted.person,
                "email": wanted.email,
                "have": wanted.have,
                "algorithms": wanted.algorithms,
                "wait_ms": CHALLENGE_S * 1_000,
            }),
        )),
        Err(error) => refused(error),
    }
}

/// POST `/tickets/account/passkeys`: a new passkey is kept.
pub async fn new_passkey_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    SignedIn(signed): SignedIn,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    let offer = Offer {
        credential: bytes(&form, "id"),
        client_data: bytes(&form, "client_data"),
        authenticator_data: bytes(&form, "authenticator_data"),
        public_key: bytes(&form, "public_key"),
        algorithm: form.get("algorithm").parse().unwrap_or_default(),
    };
    let browser = browser_name(&headers);
    let from = from(&browser);
    match passkeys::add(&state.house, &mut cx, &signed, &offer, from).await {
        Ok(_) => {
            let go = state.urls.account_done("passkey-added").to_string();
            Ok(told(StatusCode::OK, &json!({ "go": go })))
        }
        Err(error) => refused(error),
    }
}

/// POST `/tickets/account/passkeys/rename`: a stranger's passkey is not there.
pub async fn rename_passkey_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    SignedIn(signed): SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    let id = PasskeyId::parse(form.get("passkey")).map_err(|_| Problem::not_found())?;
    match passkeys::rename(&state.house, &mut cx, &signed, &id, form.get("name")).await {
        Ok(true) => see(state.urls.account_done("passkey-renamed")),
        Ok(false) => Err(Problem::not_found()),
        Err(PasskeyError::Name(_)) => see(state.urls.account_done("passkey-nameless")),
        Err(error) => refused(error),
    }
}

/// POST `/tickets/account/passkeys/remove`: a stranger's passkey is not there.
pub async fn remove_passkey_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    SignedIn(signed): SignedIn,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    let id = PasskeyId::parse(form.get("passkey")).map_err(|_| Problem::not_found())?;
    let browser = browser_name(&headers);
    let from = from(&browser);
    match passkeys::remove(&state.house, &mut cx, &signed, &id, from).await {
        Ok(true) => see(state.urls.account_done("passkey-removed")),
        Ok(false) => Err(Problem::not_found()),
        // What protects an admin's pages is not taken away by whoever cannot open them.
        Err(PasskeyError::NotYet(_)) => {
            see(state.urls.second_factor(&state.urls.account().to_string()))
        }
        Err(error) => refused(error),
    }
}

fn from(browser: &str) -> FromBrowser<'_> {
    FromBrowser {
        name: browser,
        locale: lang().code(),
    }
}

/// The bytes of a field; none if it is no base64url, which no passkey's answer is made of.
fn bytes(form: &Form, name: &str) -> Vec<u8> {
    BASE64URL_NOPAD
        .decode(form.get(name).as_bytes())
        .unwrap_or_default()
}

fn told(status: StatusCode, what: &Value) -> Response {
    let mut response = (status, Json(what)).into_response();
    security::secret(&mut response);
    response
}

/// Why not, in the reader's language.
fn words(error: &PasskeyError) -> String {
    match error {
        PasskeyError::Lapsed => t("passkey-lapsed"),
        PasskeyError::Refused(_) => t("passkey-refused"),
        PasskeyError::Unknown => t("passkey-unknown"),
        PasskeyError::Taken => t("passkey-taken"),
        PasskeyError::TooMany { most } => t1("passkey-too-many", "most", *most),
        PasskeyError::NotYet(_) => t("passkey-not-yet"),
        PasskeyError::Off | PasskeyError::Name(_) | PasskeyError::Fault(_) => error.to_string(),
    }
}

/// A refusal in words for the person. Which of the checks it was is written down, and not told.
fn refused(error: PasskeyError) -> Result<Response, Problem> {
    let status = match &error {
        PasskeyError::Off => return Err(Problem::not_found()),
        PasskeyError::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        PasskeyError::NotYet(_) => StatusCode::FORBIDDEN,
        PasskeyError::Taken | PasskeyError::TooMany { .. } => StatusCode::CONFLICT,
        PasskeyError::Lapsed
        | PasskeyError::Refused(_)
        | PasskeyError::Unknown
        | PasskeyError::Name(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let why = match &error {
        PasskeyError::Refused(refusal) => refusal.code(),
        other => other.code(),
    };
    metrics::counter!("tickets_passkeys_refused", "why" => why).increment(1);
    tracing::info!(target: "tickets::web", why, "a passkey was not taken");
    let (code, words) = (error.code(), words(&error));
    match error {
        PasskeyError::Fault(fault) => Err(fault.into()),
        _ => Ok(told(status, &json!({ "code": code, "words": words }))),
    }
}
