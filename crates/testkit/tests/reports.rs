//! Reports say what the books say, to the cent, and are whole in each kind of file.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use model::ids::EventId;
use model::ledger::{Account, Supplier};
use model::time::{Day, Zone};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, EventMade, TestApp, Tier, on_both};

const TIERS: [Tier; 3] = [
    Tier {
        name: "General",
        cents: 2_533,
        capacity: 200,
    },
    Tier {
        name: "=HYPERLINK(\"x\")",
        cents: 1_999,
        capacity: 200,
    },
    Tier {
        name: "Free",
        cents: 0,
        capacity: 200,
    },
];

async fn registered(app: &TestApp) {
    let profile = json!({
        "legal_name": "Surrey Mela Society", "registered_gst_hst": true, "gst_hst_number": "123456789 RT0001",
        "registered_qst": true, "qst_number": "1234567890 TQ0001",
    });
    app.send(
        Method::PATCH,
        "/api/tickets/organizers/me",
        &app.organizer,
        Some(&profile),
    )
    .await
    .expect(200);
}

async fn buy(app: &TestApp, event: &EventMade, items: &[(usize, i64)]) -> Value {
    let items: Vec<(&str, i64)> = items
        .iter()
        .map(|(tier, qty)| (event.tiers[*tier].as_str(), *qty))
        .collect();
    app.buy(event, &items).await
}

async fn refund(app: &TestApp, order: &Value, body: &Value) {
    let path = format!(
        "/api/tickets/orders/{}/refund",
        order["id"].as_str().expect("an id")
    );
    app.send(Method::POST, &path, &app.organizer, Some(body))
        .await
        .expect(201);
    app.settle().await;
}

/// Two events in two provinces, one with the fee absorbed; sales of one day, refunds of that day and the next.
async fn history(app: &TestApp) -> [EventMade; 2] {
    registered(app).await;
    let bc = app.event(&TIERS).await;
    let quebec = json!({ "province": "QC", "city": "Montréal", "fee_mode": "absorb" });
    let quebec = app.event_with(quebec, &TIERS).await;
    let first = buy(app, &bc, &[(0, 3), (1, 1), (2, 1)]).await;
    let second = buy(app, &quebec, &[(0, 2), (1, 2)]).await;
    buy(app, &bc, &[(0, 10)]).await;
    refund(app, &first, &json!({ "amount_cents": 777 })).await;
    app.advance(86_400);
    refund(
        app,
        &second,
        &json!({ "tickets": [second["tickets"][0]["id"]] }),
    )
    .await;
    refund(app, &first, &json!({})).await;
    buy(app, &bc, &[(1, 7)]).await;
    [bc, quebec]
}

async fn taxes(app: &TestApp, from: &str, to: &str, format: &str) -> Answer {
    let path =
        format!("/api/tickets/organizers/me/reports/tax?from={from}&to={to}&format={format}");
    app.send(Method::GET, &path, &app.organizer, None).await
}

/// What the books say that the organizer owes of a tax for some days of Vancouver, in cents.
async fn booked(app: &TestApp, from: &str, to: &str, tax: &str) -> i64 {
    let zone = Zone::parse("America/Vancouver").expect("a zone");
    let day = |text: &str| Day::parse(text).expect("a day");
    let from = day(from).begins(&zone).expect("a moment");
    let until = day(to)
        .next()
        .and_then(|d| d.begins(&zone))
        .expect("a moment");
    let mut read = app.house().read().await.expect("a connection");
    let account = store::accounts::by_email(&mut read, testkit::ORGANIZER_EMAIL)
        .await
        .expect("a look")
        .expect("the organizer's account");
    let organizer = store::organizers::by_user(&mut read, &account.id)
        .await
        .expect("a look")
        .expect("the organizer");
    let lines = store::tax_report::booked(&mut read, &organizer.id, from, until)
        .await
        .expect("the books");
    let name = format!("tax_payable_organizer_{}", tax.to_lowercase());
    let of_tax = lines.iter().filter(|(account, _, _)| *account == name);
    of_tax.map(|(_, _, cents)| -cents).sum()
}

fn day_of(app: &TestApp) -> String {
    let zone = Zone::parse("America/Vancouver").expect("a zone");
    let now = app.house().now().in_zone(&zone).expect("a moment");
    now.date().to_string()
}

on_both!(
    the_taxes_of_a_report_are_those_of_the_books_day_by_day,
    |app| {
        let first = day_of(&app);
        history(&app).await;
        let last = day_of(&app);
        assert_ne!(first, last);
        for (from, to) in [(&first, &first), (&last, &last), (&first, &last)] {
            let report = taxes(&app, from, to, "json").await.expect(200);
            assert_eq!(report["timezone"], "America/Vancouver");
            let lines = report["taxes"].as_array().expect("lines");
            assert!(!lines.is_empty());
            for tax in ["GST", "QST"] {
                let of_tax = lines.iter().filter(|l| l["name"] == tax);
                let net: i64 = of_tax
                    .map(|l| l["net_tax_cents"].as_i64().expect("cents"))
                    .sum();
                assert_eq!(
                    net,
                    booked(&app, from, to, tax).await,
                    "{tax} {from} {to}: {report}"
                );
            }
        }
        // Ten tickets of 25.33: the tax is of the whole, not ten times that of one.
        let report = taxes(&app, &first, &first, "json").await.expect(200);
        let gst = &report["taxes"][0];
        assert_eq!(gst["rate_ppm"], 50_000);
        let base = 13 * 2_533 + 1_999 + 2 * 2_533 + 2 * 1_999;
        assert_eq!(gst["base_cents"], base);
        app.finish().await;
    }
);

on_both!(
    a_period_that_makes_no_sense_is_told_so_and_others_see_nothing,
    |app| {
        for (from, to, field) in [
            ("", "2026-12-31", "from"),
            ("2026-12-31", "2026-12-30", "to"),
            ("2026-02-30", "2026-12-30", "from"),
            ("1990-01-01", "2026-12-30", "to"),
        ] {
            let answer = taxes(&app, from, to, "json").await;
            assert_eq!(answer.problem(422), "invalid");
            assert_eq!(answer.json()["fields"][0]["field"], field);
        }
        let path = "/api/tickets/admin/reports/tax?from=2026-01-01&to=2026-12-31";
        let answer = app.send(Method::GET, path, &app.organizer, None).await;
        answer.problem(403);
        app.finish().await;
    }
);

on_both!(the_platforms_own_taxes_are_those_of_its_fees, |app| {
    let first = day_of(&app);
    history(&app).await;
    let last = day_of(&app);
    let path = format!("/api/tickets/admin/reports/tax?from={first}&to={last}");
    let report = app
        .send(Method::GET, &path, &app.admin, None)
        .await
        .expect(200);
    let net: i64 = report["taxes"]
        .as_array()
        .expect("lines")
        .iter()
        .map(|l| l["net_tax_cents"].as_i64().expect("cents"))
        .sum();
    let books = balances(&app, None).await;
    let owed: i64 = books
        .iter()
        .filter(|(account, _)| matches!(account, Account::TaxPayable { supplier, .. } if *supplier == Supplier::Platform))
        .map(|(_, cents)| -cents)
        .sum();
    assert_eq!(net, owed, "{report}");
    assert!(owed > 0);
    app.finish().await;
});

async fn balances(app: &TestApp, event: Option<&EventMade>) -> Vec<(Account, i64)> {
    let id = event.map(|e| EventId::parse(&e.id).expect("an id"));
    let mut read = app.house().read().await.expect("a connection");
    store::ledger::balances(&mut read, id.as_ref())
        .await
        .expect("the books")
}

/// What the books say that the organizer gets of an event, with the taxes that the organizer owes.
async fn payable(app: &TestApp, event: &EventMade) -> i64 {
    let own = |account: &Account| {
        *account == Account::OrganizerPayable
            || matches!(account, Account::TaxPayable { supplier, .. } if *supplier == Supplier::Organizer)
    };
    let books = balances(app, Some(event)).await;
    books
        .iter()
        .filter(|(a, _)| own(a))
        .map(|(_, cents)| -cents)
        .sum()
}

on_both!(
    the_treasurers_sheet_adds_up_to_the_books_of_the_event,
    |app| {
        for event in history(&app).await {
            let path = format!("/api/tickets/events/{}/reports/settlement", event.id);
            let sheet = app
                .send(Method::GET, &path, &app.organizer, None)
                .await
                .expect(200);
            let orders = sheet["orders"].as_array().expect("orders");
            for name in [
                "payable_cents",
                "total_cents",
                "back_cents",
                "tickets",
                "fee_cents",
            ] {
                let sum: i64 = orders
                    .iter()
                    .map(|o| o[name].as_i64().expect("a number"))
                    .sum();
                assert_eq!(sheet["sums"][name], sum, "{name}");
            }
            assert_eq!(
                sheet["sums"]["payable_cents"],
                payable(&app, &event).await,
                "{sheet}"
            );
            let stranger = app.send(Method::GET, &path, &event.scanner, None).await;
            stranger.problem(403);
            let csv = app
                .send(
                    Method::GET,
                    &format!("{path}?format=csv"),
                    &app.organizer,
                    None,
                )
                .await;
            assert_eq!(csv.status, 200);
            assert!(csv.bytes.starts_with("\u{feff}Order,Paid,Buyer".as_bytes()));
            assert_eq!(csv.text().matches("\r\n").count(), orders.len() + 2);
            assert!(csv.header("content-disposition").contains("settlement-"));
            let xlsx = app
                .send(
                    Method::GET,
                    &format!("{path}?format=xlsx"),
                    &app.admin,
                    None,
                )
                .await;
            assert!(xlsx.bytes.starts_with(b"PK") && xlsx.bytes.len() > 1_000);
        }
        app.finish().await;
    }
);

on_both!(what_a_buyer_typed_never_becomes_a_formula, |app| {
    registered(&app).await;
    let event = app.event(&TIERS).await;
    let mut body = testkit::order_body(&event, &[(&event.tiers[2], 1)]);
    body["buyer"]["name"] = json!("=cmd|' /C calc'!A0");
    app.post("/api/tickets/checkout/session", &body)
        .await
        .expect(201);
    app.settle().await;
    let path = format!(
        "/api/tickets/events/{}/reports/settlement?format=csv",
        event.id
    );
    let csv = app.send(Method::GET, &path, &app.organizer, None).await;
    assert!(
        csv.text().contains(",'=cmd|' /C calc'!A0,"),
        "{}",
        csv.text()
    );
    app.finish().await;
});
