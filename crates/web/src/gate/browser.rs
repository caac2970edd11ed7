//! The gate for pages: who sits at the browser, and where they are led who may not see what they asked for.
//!
//! An order's page is opened by its own cookie, which its handlers look at. Organizers and admins are
//! known by their session. Somebody else's page is answered like one that does not exist.

use crate::extract::signed_in;
use crate::problem::{Kind, Problem};
use crate::route::{Audience, Row};
use crate::state::WebState;
use app::Actor;
use app::sign_in::Signed;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use model::flags::Flag;

/// What becomes of a request for a page.
pub(super) enum Passed {
    /// It goes on, as this actor.
    On(Actor, Option<Signed>),
    /// The browser is led elsewhere first.
    Led(Response),
}

/// Who asks for a page, if its audience lets them.
pub(super) async fn pass(
    state: &WebState,
    row: Row,
    headers: &HeaderMap,
    asked: &Uri,
) -> Result<Passed, Problem> {
    if row.verb.writes() {
        state.security.same_site(headers)?;
    }
    if matches!(row.audience, Audience::Public | Audience::Buyer) {
        return Ok(Passed::On(Actor::Public, None));
    }
    let Some(signed) = signed_in(state, headers).await? else {
        return sign_in_first(state, row, asked);
    };
    match (row.audience, signed.account.clone()) {
        (Audience::SignedIn, account) => {
            let actor = account.map_or(Actor::Public, Actor::User);
            Ok(Passed::On(actor, Some(signed)))
        }
        (Audience::Organizer, Some(account)) => Ok(Passed::On(Actor::User(account), Some(signed))),
        // A buyer who wants to sell says so once, on the page that signs in.
        (Audience::Organizer, None) => sign_in_first(state, row, asked),
        (Audience::Admin, Some(account)) if signed.admin && signed.proved => {
            Ok(Passed::On(Actor::Admin(account), Some(signed)))
        }
        (Audience::Admin, Some(_)) if signed.admin => prove_first(state, row, asked),
        _ => Err(Problem::not_found()),
    }
}

fn sign_in_first(state: &WebState, row: Row, asked: &Uri) -> Result<Passed, Problem> {
    // While everything is off, nobody can sign in, and nothing is to be seen.
    if !state.house.board.current().is_on(Flag::Ticketing) {
        return Err(Problem::not_found());
    }
    if row.verb.writes() {
        return Err(Problem::new(
            Kind::Forbidden,
            "You are signed out. Sign in again in another tab, then come back here and send this once more.",
        ));
    }
    lead(&state.urls.sign_in(&asked_for(asked)).to_string())
}

fn prove_first(state: &WebState, row: Row, asked: &Uri) -> Result<Passed, Problem> {
    if row.verb.writes() {
        return Err(Problem::new(
            Kind::Forbidden,
            "Your second factor is needed again. Show it in another tab, then come back here and send this once more.",
        ));
    }
    lead(&state.urls.second_factor(&asked_for(asked)).to_string())
}

/// The page that was asked for, to be led back to.
fn asked_for(asked: &Uri) -> String {
    asked.path_and_query().map_or_else(
        || asked.path().to_owned(),
        |whole| whole.as_str().to_owned(),
    )
}

fn lead(address: &str) -> Result<Passed, Problem> {
    let location = HeaderValue::from_str(address).map_err(|_| Problem::not_found())?;
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    headers.insert(header::LOCATION, location);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(Passed::Led(response))
}
