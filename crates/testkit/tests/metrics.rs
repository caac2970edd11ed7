//! Numbers that are kept are the numbers that would be counted; and files that people take away.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{EventMade, TestApp, Tier, body_with, card, on_both, order_body};

const TIERS: [Tier; 2] = [
    Tier {
        name: "=cmd|' /C calc'!A0",
        cents: 2_500,
        capacity: 50,
    },
    Tier {
        name: "ਬੱਚੇ, “Kids”",
        cents: 1_000,
        capacity: 50,
    },
];

async fn metrics(app: &TestApp, event: &EventMade, query: &str) -> Value {
    let path = format!("/api/tickets/events/{}/metrics{query}", event.id);
    app.send(Method::GET, &path, &app.organizer, None)
        .await
        .expect(200)
}

async fn export(app: &TestApp, event: &EventMade, file: &str) -> String {
    let path = format!("/api/tickets/events/{}/{file}", event.id);
    let answer = app.send(Method::GET, &path, &app.organizer, None).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}

/// Places an order that came from somewhere and pays it.
async fn buy_from(app: &TestApp, event: &EventMade, source: &str, items: &[(&str, i64)]) -> Value {
    let mut body = order_body(event, items);
    body["source"] = json!(source);
    let checkout = app
        .post("/api/tickets/checkout/session", &body)
        .await
        .expect(201);
    app.pay(&checkout, card::GOOD).expect("a payment");
    app.settle().await;
    app.order(&checkout).await
}

fn row<'a>(metrics: &'a Value, facet: &str, label: &str) -> &'a Value {
    let rows = metrics[facet].as_array().expect("rows");
    rows.iter()
        .find(|row| row["label"] == label)
        .unwrap_or_else(|| panic!("no {label} among {facet}: {rows:?}"))
}

on_both!(
    sales_and_refunds_are_counted_by_tier_code_source_and_hour,
    |app| {
        let event = app.event(&TIERS).await;
        let (first, second) = (event.tiers[0].as_str(), event.tiers[1].as_str());
        app.code(
            &event,
            json!({ "code": "TENTH", "type": "percent", "value": 10 }),
        )
        .await;
        let order = buy_from(&app, &event, "Poster, library", &[(first, 2), (second, 1)]).await;
        app.advance(3_600);
        let checkout = app
            .post(
                "/api/tickets/checkout/session",
                &body_with(&event, &[(first, 1)], "TENTH"),
            )
            .await
            .expect(201);
        app.pay(&checkout, card::GOOD).expect("a payment");
        app.settle().await;
        // Begun, and never paid.
        app.checkout(&event, &[(second, 2)]).await.expect(201);

        let now = metrics(&app, &event, "").await;
        let (totals, orders) = (&now["totals"], &now["orders"]);
        assert_eq!(totals["units"], 4);
        // 2 × 25.00 + 10.00 + 22.50 after a tenth.
        assert_eq!(totals["net_cents"], 5_000 + 1_000 + 2_250);
        assert_eq!(totals["discount_cents"], 250);
        let gross = order["total_cents"].as_i64().expect("cents")
            + checkout["total_cents"].as_i64().expect("cents");
        assert_eq!(totals["gross_cents"], gross);
        assert_eq!(
            (&orders["placed"], &orders["paid"], &orders["abandoned"]),
            (&json!(3), &json!(2), &json!(0))
        );
        assert_eq!((&now["held"], &now["remaining"]), (&json!(2), &json!(94)));
        assert_eq!(row(&now, "tiers", TIERS[1].name)["units"], 1);
        assert_eq!(row(&now, "sources", "poster-library")["units"], 3);
        assert_eq!(row(&now, "discounts", "TENTH")["units"], 1);
        assert_eq!(row(&now, "discounts", "")["units"], 3);
        let hours = now["series"].as_array().expect("steps");
        let sold: Vec<i64> = hours.iter().filter_map(|h| h["units"].as_i64()).collect();
        assert_eq!((now["bucket"].as_str(), sold), (Some("hour"), vec![3, 1]));

        // The hold lapses, and the first order goes back whole.
        app.advance(901);
        app::checkout::release_lapsed(app.house())
            .await
            .expect("a round");
        let path = format!(
            "/api/tickets/orders/{}/refund",
            order["id"].as_str().expect("an id")
        );
        app.send(Method::POST, &path, &app.organizer, Some(&json!({})))
            .await
            .expect(201);
        app.settle().await;
        let after = metrics(&app, &event, "?by=tier").await;
        let back = &after["totals"]["refunded"];
        assert_eq!(
            (&back["units"], &back["gross_cents"], &back["net_cents"]),
            (&json!(3), &json!(6_000), &json!(6_000))
        );
        assert_eq!(
            (
                &after["orders"]["abandoned"],
                &after["orders"]["conversion_ppm"]
            ),
            (&json!(1), &json!(666_666))
        );
        let parts: i64 = after["series"]
            .as_array()
            .expect("steps")
            .iter()
            .flat_map(|step| step["parts"].as_array().expect("parts"))
            .map(|part| part["units"].as_i64().expect("units"))
            .sum();
        assert_eq!(parts, 4);
        app.finish().await;
    }
);

on_both!(a_stranger_and_nonsense_are_refused, |app| {
    let event = app.event(&TIERS).await;
    for file in ["metrics", "export.csv", "export.xlsx?what=tickets"] {
        let path = format!("/api/tickets/events/{}/{file}", event.id);
        let stranger = app.send(Method::GET, &path, "", None).await;
        assert_eq!(stranger.status, 401, "{file}");
        let nothing = path.replace(&event.id, "evt_00000000000000000000000000");
        let nothing = app.send(Method::GET, &nothing, &app.organizer, None).await;
        assert_eq!(nothing.problem(404), "not-found", "{file}");
    }
    for (query, field) in [
        ("?bucket=minute", "bucket"),
        ("?from=2026-11-30&to=2026-11-01", "to"),
        ("?by=moon", "by"),
    ] {
        let path = format!("/api/tickets/events/{}/metrics{query}", event.id);
        let answer = app.send(Method::GET, &path, &app.organizer, None).await;
        assert_eq!(answer.json()["fields"][0]["field"], field, "{query}");
        assert_eq!(answer.status, 422, "{query}");
    }
    app.finish().await;
});

on_both!(
    files_have_a_row_for_each_order_or_ticket_and_no_formula,
    |app| {
        let event = app.event(&TIERS).await;
        let (first, second) = (event.tiers[0].as_str(), event.tiers[1].as_str());
        let mut body = order_body(&event, &[(first, 1), (second, 2)]);
        body["buyer"]["name"] = json!("@SUM(1+1), \"Quoted\" ਕੌਰ");
        let checkout = app
            .post("/api/tickets/checkout/session", &body)
            .await
            .expect(201);
        app.pay(&checkout, card::GOOD).expect("a payment");
        app.settle().await;
        app.checkout(&event, &[(first, 1)]).await.expect(201);

        let orders = export(&app, &event, "export.csv?what=orders").await;
        let tickets = export(&app, &event, "export.csv?what=tickets").await;
        assert_eq!(orders.lines().count(), 2, "an unpaid order is none");
        assert_eq!(tickets.lines().count(), 4);
        for text in [&orders, &tickets] {
            assert!(text.contains("\"Quoted\"\" ਕੌਰ"), "{text}");
            for cell in ["@SUM", "=cmd"] {
                for (at, _) in text.match_indices(cell) {
                    let before = &text[..at];
                    assert!(before.ends_with('\''), "{cell} is a formula in {text}");
                }
            }
        }
        assert!(orders.contains(checkout["order_id"].as_str().expect("an id")));
        let book = format!("/api/tickets/events/{}/export.xlsx", event.id);
        let book = app.send(Method::GET, &book, &app.organizer, None).await;
        assert!(book.bytes.starts_with(b"PK"), "a workbook is a zip");
        app.finish_after_lapse().await;
    }
);
