//! `/tickets/account`: where one is signed in, and the way to end that.

use super::clock::told;
use super::frame::Done;
use crate::extract::{Context, Form, Search, SignedIn, session_cookie};
use crate::pages::handlers::csrf::{check_portal, portal_token};
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::mine::{AccountPage, SessionRow};
use crate::problem::Problem;
use crate::security;
use crate::state::WebState;
use app::sign_in::{Session, Signed, factor_is_on, sessions, sign_out, sign_out_elsewhere};
use axum::extract::State;
use axum::response::Response;
use http::header;
use model::ids::SessionId;

/// GET: the page.
pub async fn account_page(
    State(state): State<WebState>,
    Context(cx): Context,
    SignedIn(signed): SignedIn,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    let factor_on = match &signed.account {
        Some(account) => factor_is_on(&state.house, account).await?,
        None => false,
    };
    let rows = sessions(&state.house, &cx, &signed).await?;
    let mut response = html(&AccountPage {
        shell: state.shell.clone(),
        csrf: portal_token(&state, &cx),
        done: words(&search.done),
        sessions: rows.iter().map(|s| row(s, &signed)).collect(),
        end: state.urls.end_session().to_string(),
        end_others: state.urls.end_other_sessions().to_string(),
        second_factor: state.urls.second_factor("").to_string(),
        factor_on,
        account: signed.account.is_some(),
        email: signed.email,
    })?;
    security::secret(&mut response);
    Ok(response)
}

fn words(done: &str) -> Option<&'static str> {
    match done {
        "ended" => Some("That browser is signed out."),
        "others-ended" => Some("You are signed out everywhere else."),
        "factor" => Some("Your second factor is set up."),
        _ => None,
    }
}

fn row(session: &Session, signed: &Signed) -> SessionRow {
    SessionRow {
        id: session.id.to_string(),
        browser: if session.browser.is_empty() {
            "A browser".to_owned()
        } else {
            session.browser.clone()
        },
        since: told(session.created_at),
        seen: told(session.seen_at),
        here: session.id == signed.session,
    }
}

/// POST `/tickets/account/sessions/end`: one of one's own, this one too. A stranger's is not there.
pub async fn end_session_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    SignedIn(signed): SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    let id = SessionId::parse(form.get("session")).map_err(|_| Problem::not_found())?;
    if !sign_out(&state.house, &mut cx, &signed, &id).await? {
        return Err(Problem::not_found());
    }
    if id != signed.session {
        return see(state.urls.account_done("ended"));
    }
    let mut response = see(state.urls.events())?;
    if let Some(cookie) = session_cookie(&state, "") {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// POST `/tickets/account/sessions/end-others`.
pub async fn end_others_step(
    State(state): State<WebState>,
    Context(mut cx): Context,
    SignedIn(signed): SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &cx, form.get("csrf"))?;
    sign_out_elsewhere(&state.house, &mut cx, &signed).await?;
    see(state.urls.account_done("others-ended"))
}
