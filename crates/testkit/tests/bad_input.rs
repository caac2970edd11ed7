//! Bad input: a sentence and a 4xx, never a 5xx, and nothing written.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, EventMade, TestApp, Tier, on_both, order_body};

const SEAT: Tier = Tier {
    name: "Seat",
    cents: 2_000,
    capacity: 50,
};

#[track_caller]
fn refused(answer: &Answer, what: &str) {
    assert!(
        (400..500).contains(&answer.status),
        "{what}: {} {}",
        answer.status,
        answer.text()
    );
    assert_eq!(
        answer.header("content-type"),
        "application/problem+json",
        "{what}: {}",
        answer.text()
    );
    let body = answer.json();
    assert!(
        body["detail"].as_str().is_some_and(|d| d.len() > 10),
        "{what}: no sentence in {body}"
    );
}

/// How many rows there are of what a request could have written.
async fn rows(app: &TestApp) -> i64 {
    let mut read = app.house().read().await.expect("a connection");
    let orders = store::orders::page(
        &mut read,
        &store::orders::OrderFilter {
            event_id: None,
            organizer_id: None,
            status: None,
            q_folded: None,
            before: None,
            limit: 1_000,
        },
    );
    let orders = orders.await.expect("orders").len();
    i64::try_from(orders).expect("a small number")
}

/// Wrong values for a number, a text, a list: each put in the place of a good one.
fn wrong_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(1e300),
        json!(9_223_372_036_854_775_807_i64),
        json!(18_446_744_073_709_551_615_u64),
        json!(""),
        json!("x".repeat(5_000)),
        json!("a\u{0}b"),
        json!("\u{202e}evil"),
        json!([]),
        json!({}),
        json!([[[[1]]]]),
        json!("evt_00000000000000000000000000"),
        json!("tier_00000000000000000000000000"),
    ]
}

/// Every path to a leaf of a body.
fn leaves(value: &Value, at: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, inner)| leaves(inner, &format!("{at}/{key}"), out)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(i, inner)| leaves(inner, &format!("{at}/{i}"), out)),
        _ => out.push(at.to_owned()),
    }
}

on_both!(
    every_field_of_a_checkout_survives_every_wrong_value,
    |app| {
        let event = app.event(&[SEAT]).await;
        let good = order_body(&event, &[(&event.tiers[0], 1)]);
        let mut paths = Vec::new();
        leaves(&good, "", &mut paths);
        assert!(paths.len() >= 5);
        for path in paths
            .iter()
            .map(String::as_str)
            .chain(["/items", "/buyer", "/items/0"])
        {
            for wrong in wrong_values() {
                let mut body = good.clone();
                *body.pointer_mut(path).expect("a path of the body") = wrong.clone();
                // Whatever can be written down may be somebody's name.
                let a_name = path == "/buyer/name"
                    && wrong
                        .as_str()
                        .is_some_and(|w| w.starts_with("evt_") || w.starts_with("tier_"));
                if body == good || a_name {
                    continue;
                }
                let answer = app.post("/api/tickets/checkout/session", &body).await;
                refused(&answer, &format!("{path} = {wrong}"));
            }
        }
        assert_eq!(rows(&app).await, 0);
        assert_eq!(app.remaining(&event, 0).await, 50);
        app.finish().await;
    }
);

on_both!(
    bodies_that_are_no_requests_are_refused_with_a_sentence,
    |app| {
        let event = app.event(&[SEAT]).await;
        let path = "/api/tickets/checkout/session";
        let bodies: Vec<(&str, Vec<u8>, u16)> = vec![
            ("nothing", vec![], 400),
            ("no JSON", b"hello".to_vec(), 400),
            ("half of JSON", br#"{"event_id":"#.to_vec(), 400),
            (
                "invalid UTF-8",
                b"{\"event_id\":\"\xff\xfe\"}".to_vec(),
                400,
            ),
            (
                "a deep hole",
                [vec![b'['; 5_000], vec![b']'; 5_000]].concat(),
                422,
            ),
            ("too much", vec![b' '; 2_000_000], 413),
        ];
        for (what, body, status) in bodies {
            let answer = app
                .send_raw(Method::POST, path, "application/json", body)
                .await;
            refused(&answer, what);
            assert_eq!(answer.status, status, "{what}");
        }
        let good = serde_json::to_vec(&order_body(&event, &[(&event.tiers[0], 1)])).expect("JSON");
        let answer = app.send_raw(Method::POST, path, "text/plain", good).await;
        assert_eq!(answer.status, 415);
        assert_eq!(rows(&app).await, 0);
        app.finish().await;
    }
);

on_both!(quantities_are_counted_over_all_lines, |app| {
    let event = app.event(&[SEAT]).await;
    let tier = event.tiers[0].as_str();
    for items in [
        vec![(tier, 11)],
        vec![(tier, 6), (tier, 5)],
        vec![(tier, i64::MAX), (tier, i64::MAX)],
        vec![(tier, 5), (tier, -4)],
    ] {
        refused(&app.checkout(&event, &items).await, &format!("{items:?}"));
    }
    let split = app
        .checkout(&event, &[(tier, 1), (tier, 1)])
        .await
        .expect(201);
    assert_eq!(app.order(&split).await["items"][0]["qty"], 2);
    app.advance(1_000);
    app::checkout::release_lapsed(app.house())
        .await
        .expect("a round");
    app.finish().await;
});

/// Another organizer with a token of their own.
async fn stranger(app: &TestApp) -> String {
    use app::accounts::{Role, ensure};
    let mut cx = app.house().cx(app::Actor::System);
    let account = ensure(
        app.house(),
        &mut cx,
        "stranger@example.ca",
        "A Stranger",
        Role::User,
    )
    .await
    .expect("an account");
    let issued = app::access::issue_key(
        app.house(),
        &mut cx,
        app::access::Purpose::Organizer(account.id),
        "test",
    )
    .await
    .expect("a key");
    issued.secret
}

async fn others_ids(
    app: &TestApp,
    event: &EventMade,
    order: &Value,
    token: &str,
) -> Vec<(String, u16)> {
    let order_id = order["id"].as_str().expect("an id");
    let ticket = order["tickets"][0]["id"].as_str().expect("a ticket");
    let asks = [
        (
            Method::PATCH,
            format!("/api/tickets/events/{}", event.id),
            Some(json!({ "title": "Mine now" })),
        ),
        (
            Method::POST,
            format!("/api/tickets/events/{}/tiers", event.id),
            Some(json!({ "name": "x", "price_cents": 1, "capacity": 1 })),
        ),
        (
            Method::PATCH,
            format!("/api/tickets/tiers/{}", event.tiers[0]),
            Some(json!({ "price_cents": 1 })),
        ),
        (
            Method::DELETE,
            format!("/api/tickets/tiers/{}", event.tiers[0]),
            None,
        ),
        (
            Method::POST,
            format!("/api/tickets/events/{}/scanner-keys", event.id),
            Some(json!({ "name": "x" })),
        ),
        (Method::GET, format!("/api/tickets/orders/{order_id}"), None),
        (
            Method::GET,
            format!("/api/tickets/orders/{order_id}/tickets.pdf"),
            None,
        ),
        (
            Method::POST,
            format!("/api/tickets/orders/{order_id}/cancel"),
            Some(json!({})),
        ),
        (
            Method::GET,
            format!("/api/tickets/tickets/{ticket}/qrcode?format=svg"),
            None,
        ),
        (
            Method::POST,
            "/api/tickets/tickets/validate".to_owned(),
            Some(json!({ "token": order["tickets"][0]["qr_token"] })),
        ),
        (Method::GET, "/api/tickets/admin/flags".to_owned(), None),
        (
            Method::PUT,
            "/api/tickets/admin/flags/ticketing".to_owned(),
            Some(json!({ "off": true })),
        ),
    ];
    let mut answers = Vec::new();
    for (method, path, body) in asks {
        let answer = app.send(method.clone(), &path, token, body.as_ref()).await;
        refused(&answer, &format!("{method} {path}"));
        answers.push((format!("{method} {path}"), answer.status));
    }
    answers
}

on_both!(other_peoples_ids_open_nothing, |app| {
    let event = app.event(&[SEAT]).await;
    let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
    let stranger = stranger(&app).await;
    let other_event = app.event(&[SEAT]).await;
    for token in [
        "",
        "jt_org_nonsense",
        stranger.as_str(),
        other_event.scanner.as_str(),
        "ot_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ] {
        if token == other_event.scanner {
            let answer = app
                .scan(
                    &other_event,
                    order["tickets"][0]["qr_token"].as_str().expect("a token"),
                )
                .await;
            assert_eq!(answer["result"], "wrong_event");
            assert!(
                answer["ticket"].is_null(),
                "another event's ticket reveals nothing"
            );
            continue;
        }
        for (what, status) in others_ids(&app, &event, &order, token).await {
            assert!(
                [401, 403, 404].contains(&status),
                "{what} answered {status} to {token:?}"
            );
        }
    }
    let unchanged = app
        .get(&format!("/api/tickets/events/{}", event.id))
        .await
        .expect(200);
    assert_eq!(unchanged["title"], "Winter Mela");
    app.finish().await;
});

on_both!(odd_addresses_are_not_found_and_never_fail, |app| {
    for path in [
        "/api/tickets/events/evt_",
        "/api/tickets/events/tier_00000000000000000000000000",
        "/api/tickets/events/%00",
        "/api/tickets/events/%ff",
        "/api/tickets/nothing",
        "/api/tickets/orders/ord_00000000000000000000000000",
        "/tickets/e/%00",
        "/tickets/e/no-such-event",
        "/tickets/nothing",
        "/tickets/order/ord_00000000000000000000000000",
        "/tickets/checkout/evt_x/tier_y",
        "/api/tickets/events/public?cursor=nonsense",
        "/api/tickets/events/public?q=%00&city=%00",
        "/api/tickets/events/public?limit=99999999999999999999",
        "/tickets/events?q=%00",
    ] {
        let answer = app.get(path).await;
        assert!(
            answer.status < 500,
            "{path}: {} {}",
            answer.status,
            answer.text()
        );
    }
    app.finish().await;
});
