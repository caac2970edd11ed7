//! In which language a request is answered: what the address asks for, else what was chosen before (a
//! cookie), else what the browser likes best.
//!
//! Only the buyers' pages have two languages; the API speaks English to programs, and so do organizers'
//! pages. A choice is kept for a year, and nothing else is known by that cookie.

use crate::route::{Area, Audience, Row};
use crate::state::WebState;
use crate::words::{Lang, Reader};
use axum::extract::Request;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Method, header};
use url::form_urlencoded;

const COOKIE: &str = "jt_lang";
/// A year, in seconds.
const REMEMBERED_S: u32 = 31_536_000;
/// Below these stand pages that are not the buyers'.
const ENGLISH_ONLY: [&str; 4] = [
    "/tickets/organizer",
    "/tickets/admin",
    "/tickets/sign-out",
    "/tickets/sso",
];

/// What a provider of identities sends back counts once: there is no page to be read again in another language.
const ONCE: &str = "/tickets/sign-in/oidc/back";

fn speaks(row: Row) -> bool {
    let buyers = matches!(
        row.audience,
        Audience::Public | Audience::Buyer | Audience::SignedIn
    );
    let english = ENGLISH_ONLY.iter().any(|start| row.path.starts_with(start));
    row.area == Area::Page && buyers && !english
}

/// Who reads the answer, and the cookie that keeps a choice that was just made.
pub(super) fn reader(
    state: &WebState,
    row: Row,
    request: &Request,
) -> (Reader, Option<HeaderValue>) {
    if !speaks(row) {
        return (Reader::default(), None);
    }
    let query = request.uri().query().unwrap_or_default();
    let asked = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "lang")
        .and_then(|(_, value)| Lang::parse(&value));
    let chosen = asked.or_else(|| kept(request.headers()));
    let lang = chosen
        .or_else(|| liked(request.headers()))
        .unwrap_or_default();
    let again = request.method() == Method::GET && row.path != ONCE;
    let here = again.then(|| here(request.uri().path(), query));
    let reader = Reader {
        lang,
        here: here.map(Into::into),
    };
    (reader, asked.and_then(|lang| cookie(state, lang)))
}

/// The address of this page without its language.
fn here(path: &str, query: &str) -> String {
    let rest = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "lang");
    let rest = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(rest)
        .finish();
    if rest.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{rest}")
    }
}

/// The address to try again; only where that repeats nothing.
pub(super) fn again(request: &Request) -> Option<String> {
    let (path, query) = (request.uri().path(), request.uri().query());
    (request.method() == Method::GET).then(|| here(path, query.unwrap_or_default()))
}

fn kept(headers: &HeaderMap) -> Option<Lang> {
    let lines = headers.get_all(header::COOKIE).iter();
    let mut pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .find(|(name, _)| *name == COOKIE)
        .and_then(|(_, value)| Lang::parse(value))
}

fn liked(headers: &HeaderMap) -> Option<Lang> {
    Lang::accepted(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?)
}

fn cookie(state: &WebState, lang: Lang) -> Option<HeaderValue> {
    let secure = if state.urls.origin().starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let path = format!("{}/tickets", state.urls.mount());
    let code = lang.code();
    let line = format!(
        "{COOKIE}={code}; Path={path}; Max-Age={REMEMBERED_S}; HttpOnly; SameSite=Lax{secure}"
    );
    HeaderValue::from_str(&line).ok()
}

/// Says in the headers which language it is, and what it depends on.
pub(super) fn mark(row: Row, lang: Lang, cookie: Option<HeaderValue>, response: &mut Response) {
    if !speaks(row) {
        return;
    }
    let headers = response.headers_mut();
    if let Some(cookie) = cookie {
        headers.append(header::SET_COOKIE, cookie);
    }
    let page = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if page {
        headers.insert(
            header::CONTENT_LANGUAGE,
            HeaderValue::from_static(lang.tag()),
        );
        headers.append(
            header::VARY,
            HeaderValue::from_static("accept-language, cookie"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_page_keeps_its_search_and_loses_its_language() {
        assert_eq!(here("/tickets/events", "lang=fr"), "/tickets/events");
        assert_eq!(
            here("/tickets/events", "q=%C3%A9t%C3%A9&lang=fr&city=Surrey"),
            "/tickets/events?q=%C3%A9t%C3%A9&city=Surrey"
        );
    }
}
