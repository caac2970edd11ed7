//! The table of routes, walked from outside: each flag closes exactly its routes, and no door opens
//! without its key.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use model::flags::Flag;
use model::ids::{
    CreditNoteId, DiscountId, EventId, FileId, JobId, KeyId, OrderId, PayoutId, TicketId, TierId,
};
use model::time::Time;
use reqwest::Method;
use serde_json::json;
use testkit::TestApp;
use web::route::{Area, Audience, Row, Switch};

/// The address of a row, with ids of the right kind that nobody has.
fn address(row: Row) -> String {
    let (at, n) = (Time::from_seconds(1), 1);
    let id = match row.path {
        p if p.contains("/events/") => EventId::mint(at, n).to_string(),
        p if p.contains("/tiers/") => TierId::mint(at, n).to_string(),
        p if p.contains("/keys/") => KeyId::mint(at, n).to_string(),
        p if p.contains("/files/") => FileId::mint(at, n).to_string(),
        p if p.contains("/dead-letters/") => JobId::mint(at, n).to_string(),
        p if p.contains("/payouts/") => PayoutId::mint(at, n).to_string(),
        p if p.contains("/order") => OrderId::mint(at, n).to_string(),
        _ => TicketId::mint(at, n).to_string(),
    };
    row.path
        .replace("{id}", &id)
        .replace("{event}", EventId::mint(at, n).as_str())
        .replace("{tier}", TierId::mint(at, n).as_str())
        .replace("{discount}", DiscountId::mint(at, n).as_str())
        .replace("{key}", KeyId::mint(at, n).as_str())
        .replace("{note}", CreditNoteId::mint(at, n).as_str())
        .replace("{ticket}", TicketId::mint(at, n).as_str())
        .replace("{name}", "refunds")
        .replace("{slug}", "nothing")
        .replace("{file}", "nothing.css")
}

fn rows() -> Vec<Row> {
    web::router::table()
        .into_iter()
        .map(|route| route.row)
        .collect()
}

async fn knock(app: &TestApp, row: Row) -> (u16, String) {
    let verb: Method = row.verb.word().parse().expect("a method");
    let answer = app.send(verb, &address(row), "", None).await;
    let status = answer.status;
    // Health says what is down in its own words.
    if row.area == Area::Api && status >= 400 && !row.path.ends_with("/health") {
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{row:?}"
        );
        assert!(!answer.problem(status).is_empty(), "{row:?}");
    }
    assert!(!answer.header("x-request-id").is_empty(), "{row:?}");
    assert_eq!(
        answer.header("x-content-type-options"),
        "nosniff",
        "{row:?}"
    );
    (
        status,
        format!("{} {} is {status}", row.verb.word(), row.path),
    )
}

async fn switch(app: &TestApp, flag: Flag, off: bool) {
    let path = format!("/api/tickets/admin/flags/{}", flag.code());
    let body = json!({ "off": off });
    let answer = app
        .send(Method::PUT, &path, &app.admin, Some(&body))
        .await
        .expect(200);
    let shown = answer["flags"].as_array().expect("flags");
    assert!(
        shown
            .iter()
            .any(|f| f["name"] == flag.code() && f["switched_off"] == off)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_door_opens_without_its_key() {
    let app = TestApp::sqlite().await;
    for row in rows() {
        let (status, words) = knock(&app, row).await;
        let expected: &[u16] = match (row.area, row.audience) {
            (Area::Api, Audience::Public) if row.path.ends_with("/health") => &[200, 503],
            (Area::Api, Audience::Public) => &[200, 404, 415, 422],
            (Area::Api, Audience::StripeSignature) => &[400],
            (Area::Api, Audience::Operator) => &[404],
            (Area::Api, _) => &[401],
            (Area::Page, Audience::Buyer) if row.verb.writes() => &[403],
            (Area::Page, Audience::Buyer) => &[403, 404],
            (Area::Page, Audience::SignedIn | Audience::Organizer | Audience::Admin) => {
                if row.verb.writes() { &[403] } else { &[303] }
            }
            (Area::Page, _) => &[200, 303, 404, 410, 415],
        };
        assert!(expected.contains(&status), "{words}");
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_flag_closes_its_routes_and_no_others() {
    let app = TestApp::sqlite().await;
    let mut open = Vec::new();
    for row in rows() {
        open.push((row, knock(&app, row).await.0));
    }
    for flag in Flag::ALL {
        switch(&app, *flag, true).await;
        for (row, status_when_on) in &open {
            let (status, words) = knock(&app, *row).await;
            let closed =
                matches!(row.switch, Switch::On(own) if own == *flag || *flag == Flag::Ticketing);
            // Nobody can sign in while everything is off, so that nobody is led to where one would.
            let led = row.area == Area::Page && row.switch == Switch::Always;
            let expected = if closed || (led && *flag == Flag::Ticketing) {
                404
            } else {
                *status_when_on
            };
            // Health may turn while parts are off; what matters is that it answers.
            if row.path.ends_with("/health") {
                assert!([200, 503].contains(&status), "{words}");
            } else {
                assert_eq!(status, expected, "{words} with {} off", flag.code());
            }
        }
        switch(&app, *flag, false).await;
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_or_a_method_that_is_not_in_the_table_is_said_so_in_its_skin() {
    let app = TestApp::sqlite().await;
    let nothing = app.get("/api/tickets/nothing/here").await;
    assert_eq!(nothing.problem(404), "not-found");
    let lost = app.get("/tickets/order/x/y/z/w").await;
    assert_eq!(lost.status, 404);
    assert!(lost.header("content-type").starts_with("text/html"));
    let stroke = app.get("/tickets/organizer/?done=made").await;
    assert_eq!(stroke.status, 308, "typed with a stroke at its end");
    assert_eq!(stroke.header("location"), "/tickets/organizer?done=made");
    let api = app.get("/api/tickets/events/public/").await;
    assert_eq!(
        api.problem(404),
        "not-found",
        "programs write what is meant"
    );
    let wrong = app
        .send(Method::DELETE, "/api/tickets/events/public", "", None)
        .await;
    assert_eq!(wrong.problem(405), "method-not-allowed");
    assert_eq!(wrong.header("allow"), "GET,HEAD");
    switch(&app, Flag::Ticketing, true).await;
    let hidden = app
        .send(Method::DELETE, "/api/tickets/events/public", "", None)
        .await;
    assert_eq!(hidden.problem(404), "not-found");
    assert_eq!(app.get("/tickets/organizer/").await.status, 404);
    switch(&app, Flag::Ticketing, false).await;
    app.finish().await;
}
