//! `/tickets/sign-in/oidc`: out to the provider of identities, and back.
//!
//! Both are reached by links and redirects, never by a form: browsers hold the target of a form's redirect
//! against our security policy, which names no provider. The cookie of the way out is kept for these two
//! addresses only, for as long as the way may take.

use super::enter::{begun, browser_name};
use super::sign_in::{NextSearch, purpose};
use crate::extract::{Address, Browser, Context, Search, cookie};
use crate::limits::too_many;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::sign_in::{ShowProvider, StrandedPage};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use crate::words;
use app::rate;
use app::sign_in::{
    Astray, Homeward, Outward, STATE_S, Stranded, come_from_provider, send_to_provider,
};
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;

/// The cookie that says which browser went out.
const COOKIE: &str = "jt_oidc";
/// Ways out that one connection may begin in a minute, and answers that it may bring; a club behind one address
/// may be many people.
const TRIES_A_MINUTE: i64 = 60;

/// What a provider sends back.
#[derive(Debug, Default, Deserialize)]
pub struct AnswerSearch {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    iss: String,
}

/// The button of the sign-in page; `None` where there is no provider.
pub(super) fn provider_button(state: &WebState, next: &str) -> Option<ShowProvider> {
    let provider = state.house.provider.as_ref()?;
    Some(ShowProvider {
        name: provider.name().to_owned(),
        href: state.urls.provider(next).to_string(),
    })
}

/// GET `/tickets/sign-in/oidc`: out to the provider.
pub async fn provider_step(
    State(state): State<WebState>,
    Context(cx): Context,
    axum::Extension(address): axum::Extension<Address>,
    headers: HeaderMap,
    Search(search): Search<NextSearch>,
) -> Result<Response, Problem> {
    if state.house.provider.is_none() {
        return Err(Problem::not_found());
    }
    let subject = format!("provider:{}", address.0);
    if let Some(seconds) = rate::hit(&state.house, &cx, &subject, TRIES_A_MINUTE).await? {
        return Err(too_many(seconds));
    }
    let next = state.urls.own_path(&search.next).unwrap_or_default();
    let back = state.urls.provider_back().absolute();
    let outward = Outward {
        purpose: purpose(&state, &next),
        next: &next,
        back: &back,
        lang: words::lang().code(),
        browser: cookie(&headers, COOKIE),
    };
    match send_to_provider(&state.house, &cx, &outward).await {
        Ok(sent) => {
            let mut response = see(sent.address)?;
            response
                .headers_mut()
                .append(header::SET_COOKIE, remember(&state, &sent.browser)?);
            security::secret(&mut response);
            Ok(response)
        }
        Err(why) => stranded(&state, Stranded { why, next }),
    }
}

/// GET `/tickets/sign-in/oidc/back`: the provider's answer, by the browser that went out.
pub async fn provider_back_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    axum::Extension(address): axum::Extension<Address>,
    Browser(before): Browser,
    headers: HeaderMap,
    Search(search): Search<AnswerSearch>,
) -> Result<Response, Problem> {
    if state.house.provider.is_none() {
        return Err(Problem::not_found());
    }
    let subject = format!("provider-back:{}", address.0);
    if let Some(seconds) = rate::hit(&state.house, &cx, &subject, TRIES_A_MINUTE).await? {
        return Err(too_many(seconds));
    }
    let homeward = Homeward {
        state: &search.state,
        code: &search.code,
        error: &search.error,
        issuer: &search.iss,
        browser: cookie(&headers, COOKIE).unwrap_or_default(),
        back: &state.urls.provider_back().absolute(),
        agent: &browser_name(&headers),
        before: before.as_ref(),
    };
    match come_from_provider(&state.house, &mut cx, &homeward).await {
        Ok(entered) => begun(&state, &cx, &entered),
        Err(lost) => stranded(&state, lost),
    }
}

fn remember(state: &WebState, browser: &str) -> Result<HeaderValue, Problem> {
    let secure = if state.urls.origin().starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let path = state.urls.provider("");
    HeaderValue::from_str(&format!(
        "{COOKIE}={browser}; Path={path}; Max-Age={STATE_S}; HttpOnly; SameSite=Lax{secure}"
    ))
    .map_err(|_| Problem::not_found())
}

/// A page that says what happened, with a way out.
fn stranded(state: &WebState, lost: Stranded) -> Result<Response, Problem> {
    let code = lost.why.code();
    let (status, key, again) = match lost.why {
        Astray::Off => return Err(Problem::not_found()),
        Astray::Fault(fault) => return Err(fault.into()),
        Astray::Lapsed => (StatusCode::GONE, "provider-lapsed", true),
        Astray::Stopped => (StatusCode::FORBIDDEN, "provider-stopped", true),
        Astray::Away => (StatusCode::SERVICE_UNAVAILABLE, "provider-away", true),
        Astray::Refused => (StatusCode::FORBIDDEN, "provider-refused", true),
        Astray::Unverified => (StatusCode::FORBIDDEN, "provider-unverified", false),
        Astray::Taken => (StatusCode::FORBIDDEN, "provider-taken", false),
    };
    metrics::counter!("tickets_provider_refused", "why" => code).increment(1);
    tracing::info!(target: "tickets::web", why = code, "nobody came in by the provider");
    let next = state.urls.own_path(&lost.next).unwrap_or_default();
    let mut response = html(&stranded_page(state, key, again, &next))?;
    *response.status_mut() = status;
    security::secret(&mut response);
    Ok(response)
}

fn stranded_page(state: &WebState, key: &str, again: bool, next: &str) -> StrandedPage {
    let name = state.house.provider.as_ref().map_or("", |p| p.name());
    let (title, words) = StrandedPage::said(key, name);
    StrandedPage {
        shell: state.shell.clone(),
        title,
        words,
        again: again.then(|| state.urls.provider(next).to_string()),
        mail: state.urls.sign_in(next).to_string(),
    }
}
