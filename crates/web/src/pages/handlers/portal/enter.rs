//! The link in a sign-in mail. Opening it only shows a button: mail scanners open links, and must not use
//! them up.

use super::sign_in::goal;
use crate::extract::{Address, Context, Form, Search, session_cookie};
use crate::limits::too_many;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::sign_in::{EnterPage, LinkSpentPage};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::sign_in::{EnterError, Entered, Purpose, Signed, enter, look_at_link};
use app::{Cx, rate};
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;

/// Keys that one connection may try in a minute.
const TRIES_A_MINUTE: i64 = 20;

/// The key in the link.
#[derive(Debug, Deserialize)]
pub struct KeySearch {
    #[serde(default)]
    key: String,
}

/// GET `/tickets/sign-in/link`.
pub async fn enter_page(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<KeySearch>,
) -> Result<Response, Problem> {
    let Some(link) = look_at_link(&state.house, &cx, &search.key).await? else {
        return spent(&state);
    };
    let mut response = html(&EnterPage {
        shell: state.shell.clone(),
        action: state.urls.sign_in_link("").to_string(),
        key: search.key,
        email: link.email,
        selling: link.purpose == Purpose::Organizer,
    })?;
    security::secret(&mut response);
    Ok(response)
}

/// POST `/tickets/sign-in/link`: the link is used up, and the browser is signed in.
pub async fn enter_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    axum::Extension(address): axum::Extension<Address>,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, Problem> {
    let subject = format!("sign-in-key:{}", address.0);
    if let Some(seconds) = rate::hit(&state.house, &cx, &subject, TRIES_A_MINUTE).await? {
        return Err(too_many(seconds));
    }
    match enter(
        &state.house,
        &mut cx,
        form.get("key"),
        &browser_name(&headers),
    )
    .await
    {
        Ok(entered) => begun(&state, &cx, &entered),
        Err(EnterError::Spent) => spent(&state),
        Err(EnterError::Fault(fault)) => Err(fault.into()),
    }
}

/// On to where somebody wanted to go, with the session's cookie.
pub(super) fn begun(state: &WebState, cx: &Cx, entered: &Entered) -> Result<Response, Problem> {
    let signed = Signed::of(&entered.session, cx.now);
    let mut response = see(goal(state, &signed, &entered.next))?;
    if let Some(cookie) = session_cookie(state, &entered.secret) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    security::secret(&mut response);
    Ok(response)
}

fn spent(state: &WebState) -> Result<Response, Problem> {
    let mut response = html(&LinkSpentPage {
        shell: state.shell.clone(),
        again: state.urls.sign_in("").to_string(),
    })?;
    *response.status_mut() = StatusCode::GONE;
    security::secret(&mut response);
    Ok(response)
}

/// What a browser calls itself, in a few words: `Firefox on Android`. It only helps its owner to tell
/// their own sessions apart.
pub(super) fn browser_name(headers: &HeaderMap) -> String {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let first = |marks: &[(&str, &'static str)]| {
        marks
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    // The order matters: most browsers call themselves by the names of those before them as well.
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_apart_by_what_they_call_themselves() {
        let name = |agent: &str| {
            let headers = HeaderMap::from_iter([(header::USER_AGENT, agent.parse().unwrap())]);
            browser_name(&headers)
        };
        let chrome = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36";
        assert_eq!(name(chrome), "Chrome on Android");
        assert_eq!(name(&format!("{chrome} Edg/130.0")), "Edge on Android");
        assert_eq!(
            name(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605 Version/18.1 Mobile Safari/604"
            ),
            "Safari on iPhone"
        );
        assert_eq!(name("curl/8.1"), "");
        assert_eq!(browser_name(&HeaderMap::new()), "");
    }
}
