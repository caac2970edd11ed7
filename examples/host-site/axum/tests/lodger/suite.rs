//! The site's own tests, which know nothing of tickets.

use crate::crawl::{call, get, sign_in};
use axum::Router;
use axum::http::Method;

/// Everything that the site has always promised.
pub async fn passes(site: &Router) {
    what_is_on_is_listed_in_order(site).await;
    an_event_has_its_page_and_its_sponsor(site).await;
    the_portal_is_for_its_people_only(site).await;
    an_address_or_a_method_that_is_not_there_is_said_so(site).await;
}

async fn what_is_on_is_listed_in_order(site: &Router) {
    let seen = get(site, "/", "").await;
    assert_eq!(seen.status, 200);
    assert_eq!(seen.headers["content-type"], "text/html; charset=utf-8");
    let titles = [
        "Jugnu Winter Mela",
        "Bhangra Brunch",
        "Community tea",
        "Qawwali by candlelight",
        "Sunday market",
    ];
    let places = titles.map(|title| seen.body.find(title).expect(title));
    assert!(places.is_sorted(), "{places:?}");
}

async fn an_event_has_its_page_and_its_sponsor(site: &Router) {
    let seen = get(site, "/events/qawwali-by-candlelight", "").await;
    assert_eq!(seen.status, 200);
    for part in [
        "<h1>Qawwali by candlelight</h1>",
        "St. Alban&#39;s Hall",
        "cushions &amp; no",
        "Harbour Garage",
    ] {
        assert!(seen.body.contains(part), "{part}");
    }
    let sponsors = get(site, "/sponsors", "").await.body;
    assert!(sponsors.contains("<dt>Fraser Valley Credit Union</dt>"));
}

async fn the_portal_is_for_its_people_only(site: &Router) {
    assert_eq!(
        get(site, "/portal", "").await.headers["location"],
        "/portal/sign-in"
    );
    let forged = get(site, "/portal", "host_session=7.AAAA").await;
    assert_eq!(forged.headers["location"], "/portal/sign-in");
    for form in [
        "email=asha%40lakeside.example&password=lanterns",
        "email=nobody&password=x",
        "x=y",
    ] {
        let seen = call(site, Method::POST, "/portal/sign-in", "", form).await;
        assert_eq!(seen.status, 401, "{form}");
        assert!(!seen.headers.contains_key("set-cookie"));
    }
    let cookie = sign_in(site).await;
    assert!(
        get(site, "/portal", &cookie)
            .await
            .body
            .contains("Hello, Asha Gill.")
    );
    let out = call(site, Method::POST, "/portal/sign-out", &cookie, "").await;
    assert_eq!((out.status, out.headers["location"].as_str()), (303, "/"));
    assert!(out.headers["set-cookie"].starts_with("host_session=; Path=/; Max-Age=0"));
}

async fn an_address_or_a_method_that_is_not_there_is_said_so(site: &Router) {
    let missing = get(site, "/nothing/here", "").await;
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("There is nothing here"));
    let wrong = call(site, Method::DELETE, "/sponsors", "", "").await;
    assert_eq!(
        (wrong.status, wrong.headers["allow"].as_str()),
        (405, "GET,HEAD")
    );
    let head = call(site, Method::HEAD, "/sponsors", "", "").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}
