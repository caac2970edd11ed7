//! Stripe Tax: its taxes come with the payment, are checked, and end up in tickets, order and books.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{EventMade, Scratch, Setup, TestApp, Tier, card, on_both, session_of};

const GENERAL: Tier = Tier {
    name: "General",
    cents: 2_533,
    capacity: 20,
};

async fn account(app: &TestApp) -> String {
    let me = app
        .send(
            Method::GET,
            "/api/tickets/organizers/me",
            &app.organizer,
            None,
        )
        .await
        .expect(200);
    me["stripe_account_id"]
        .as_str()
        .expect("an account")
        .to_owned()
}

/// What the organizer is registered for at Stripe.
async fn at_stripe(app: &TestApp, body: Value) {
    let mut body = body;
    body["account"] = account(app).await.into();
    let client = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let url = format!("{}/_sim/tax/registrations", app.stripe.url());
    let answer = client
        .post(url)
        .json(&body)
        .send()
        .await
        .expect("the stand-in answers");
    assert!(answer.status().is_success(), "{}", answer.status());
}

async fn event(app: &TestApp, more: Value) -> EventMade {
    let mut body = json!({ "tax_engine": "stripe" });
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    app.event_with(
        body,
        &[
            GENERAL,
            Tier {
                name: "Programme",
                cents: 1_000,
                capacity: 20,
            },
        ],
    )
    .await
}

fn cents(value: &Value, field: &str) -> i64 {
    value[field]
        .as_i64()
        .unwrap_or_else(|| panic!("no {field} in {value}"))
}

/// What the parts of an order's tickets add up to, by name.
async fn parts(app: &TestApp, order: &Value) -> Vec<(String, i64)> {
    let mut sums: std::collections::BTreeMap<String, i64> = std::collections::BTreeMap::new();
    let id = model::ids::OrderId::parse(order["id"].as_str().unwrap()).unwrap();
    let mut read = app.house().read().await.expect("a connection");
    for part in store::tickets::parts_of_order(&mut read, &id)
        .await
        .expect("parts")
    {
        *sums.entry(part.part).or_default() += part.amount_cents;
    }
    sums.into_iter().filter(|(_, cents)| *cents != 0).collect()
}

fn named(parts: &[(&str, i64)]) -> Vec<(String, i64)> {
    parts.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect()
}

on_both!(
    taxes_that_stripe_computes_reach_tickets_order_and_books,
    |app| {
        at_stripe(&app, json!({ "places": ["CA", "BC"] })).await;
        let event = event(&app, json!({})).await;
        let goods = json!({ "item_class": "goods" });
        app.send(
            Method::PATCH,
            &format!("/api/tickets/tiers/{}", event.tiers[1]),
            &app.organizer,
            Some(&goods),
        )
        .await
        .expect(200);
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 3), (&event.tiers[1], 1)])
            .await
            .expect(201);
        // 3 × 25.33 and 10.00; fees 3 × (0.89 + 0.59) and 0.35 + 0.59: 5.38; GST on them 0.269.
        assert_eq!(cents(&checkout, "total_cents"), 7_599 + 1_000 + 538 + 27);
        let before = app.order(&checkout).await;
        assert_eq!(
            (
                cents(&before, "tax_cents"),
                before["tax_at_payment"].as_bool()
            ),
            (27, Some(true))
        );
        let form = app
            .get(&format!(
                "/tickets/checkout/{}/{}",
                event.id, event.tiers[0]
            ))
            .await
            .text();
        assert!(
            form.contains("calculated at payment") && form.contains("Total so far"),
            "{form}"
        );

        let session = app.stripe.sim.object(&session_of(&checkout));
        assert_eq!(session["automatic_tax"]["enabled"], true);
        assert_eq!(
            session["automatic_tax"]["liability"]["account"],
            account(&app).await
        );
        let paid = app.pay(&checkout, card::GOOD).expect("a good card");
        // 5% of 75.99 is 3.80; of 10.00 it is 0.50, and BC's 7% is 0.70.
        assert_eq!(cents(&paid, "amount_total"), 9_164 + 380 + 120);
        app.settle().await;
        let order = app.order(&checkout).await;
        assert_eq!(
            (order["status"].as_str(), order["tax_at_payment"].as_bool()),
            (Some("paid"), Some(false))
        );
        assert_eq!(
            (cents(&order, "tax_cents"), cents(&order, "total_cents")),
            (527, 9_664)
        );
        let gst = json!({ "name": "GST", "rate_ppm": 50_000, "amount_cents": 457 });
        let pst = json!({ "name": "PST", "rate_ppm": 70_000, "amount_cents": 70 });
        assert_eq!(order["taxes"], json!([gst, pst]));
        let items: Vec<i64> = order["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|i| cents(i, "tax_cents"))
            .collect();
        assert_eq!(items.iter().sum::<i64>(), 527, "{items:?}");
        let all = [
            ("fee", 538),
            ("fee_tax:GST", 27),
            ("net", 8_599),
            ("tax:GST", 430),
            ("tax:PST", 70),
        ];
        assert_eq!(parts(&app, &order).await, named(&all));

        // A second buyer finds the venue there already.
        app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let made = app
            .stripe
            .sim
            .request_log()
            .into_iter()
            .filter(|r| r.path == "/v1/tax/locations")
            .count();
        assert_eq!(made, 1);
        app.finish().await;
    }
);

on_both!(whoever_is_registered_nowhere_collects_nothing, |app| {
    let event = event(&app, json!({})).await;
    let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
    assert_eq!(
        (order["status"].as_str(), cents(&order, "tax_cents")),
        (Some("paid"), 7)
    );
    app.finish().await;
});

on_both!(
    taxes_inside_the_prices_leave_the_total_as_it_was_agreed,
    |app| {
        at_stripe(&app, json!({ "places": ["CA", "QC"] })).await;
        let quebec =
            json!({ "province": "QC", "timezone": "America/Toronto", "tax_inclusive": true });
        let event = event(&app, quebec).await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[1], 1)])
            .await
            .expect(201);
        assert_eq!(cents(&checkout, "total_cents"), 1_000 + 94 + 5);
        app.pay(&checkout, card::GOOD).expect("a good card");
        app.settle().await;
        let order = app.order(&checkout).await;
        assert_eq!(
            (
                cents(&order, "subtotal_cents"),
                cents(&order, "total_cents")
            ),
            (870, 1_099)
        );
        let all = [
            ("fee", 94),
            ("fee_tax:GST", 5),
            ("net", 870),
            ("tax:GST", 43),
            ("tax:QST", 87),
        ];
        assert_eq!(parts(&app, &order).await, named(&all));
        app.finish().await;
    }
);

on_both!(money_that_comes_late_is_taxed_as_it_was_paid, |app| {
    at_stripe(&app, json!({ "places": ["CA"] })).await;
    let event = event(&app, json!({})).await;
    let checkout = app
        .checkout(&event, &[(&event.tiers[0], 1)])
        .await
        .expect(201);
    let fault = json!({ "kind": "error_before", "method": "POST", "path": "/v1/checkout/sessions", "times": 1_000, "status": 500 });
    app.stripe
        .sim
        .arm(serde_json::from_value(fault).expect("a fault"));
    app.advance(900 + 130);
    app::checkout::release_lapsed(app.house())
        .await
        .expect("a round");
    app.stripe.sim.disarm();
    assert_eq!(app.order(&checkout).await["status"], "canceled");
    app.pay(&checkout, card::GOOD).expect("a good card");
    app.settle().await;
    let order = app.order(&checkout).await;
    // 5% of 25.33 is 1.2665; of the fee of 1.48 it is 0.074.
    assert_eq!(
        (order["status"].as_str(), cents(&order, "tax_cents")),
        (Some("paid"), 127 + 7)
    );
    app.finish().await;
});

on_both!(
    a_payment_whose_taxes_another_account_owes_goes_back,
    |app| {
        at_stripe(&app, json!({ "places": ["CA"] })).await;
        let event = event(&app, json!({})).await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        let paid = app.pay(&checkout, card::GOOD).expect("a good card");
        app.scratch
            .raw("update tickets_organizers set stripe_account_id = 'acct_other'")
            .await
            .expect("a row");
        app.settle().await;
        let order = app.order(&checkout).await;
        assert_eq!(
            (
                order["status"].as_str(),
                order["tickets"].as_array().map(Vec::len)
            ),
            (Some("canceled"), Some(0))
        );
        let back = &order["given_back"][0];
        assert_eq!(
            (back["reason"].as_str(), back["status"].as_str()),
            (Some("mismatch"), Some("succeeded"))
        );
        assert_eq!(
            back["amount_cents"], paid["amount_total"],
            "all of it, taxes too"
        );
        assert_eq!(app.remaining(&event, 0).await, 20);
        app.finish().await;
    }
);

on_both!(a_payment_that_is_a_cent_off_goes_back, |app| {
    at_stripe(&app, json!({ "places": ["CA"] })).await;
    let event = event(&app, json!({})).await;
    let checkout = app
        .checkout(&event, &[(&event.tiers[0], 1)])
        .await
        .expect(201);
    app.pay(&checkout, card::GOOD).expect("a good card");
    let id = checkout["order_id"].as_str().unwrap();
    let off = format!(
        "update tickets_orders set subtotal_cents = subtotal_cents + 1, total_cents = total_cents + 1 where id = '{id}'"
    );
    app.scratch.raw(&off).await.expect("a row");
    app.settle().await;
    let order = app.order(&checkout).await;
    assert_eq!(order["given_back"][0]["reason"], "mismatch");
    assert_eq!(order["status"], "canceled");
    app.finish().await;
});

on_both!(
    a_tax_that_we_have_no_account_for_makes_the_order_wait_with_its_places,
    |app| {
        at_stripe(
            &app,
            json!({ "places": ["CA"], "strange": ["amusement_tax", 100_000] }),
        )
        .await;
        let event = event(&app, json!({})).await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        app.pay(&checkout, card::GOOD).expect("a good card");
        app.settle().await;
        let order = app.order(&checkout).await;
        assert_eq!(
            (
                order["status"].as_str(),
                order["tickets"].as_array().map(Vec::len)
            ),
            (Some("pending"), Some(0))
        );
        // The hold lapses, and the places stay: the buyer has paid.
        app.advance(900 + 300);
        app::checkout::release_lapsed(app.house())
            .await
            .expect("a round");
        assert_eq!(app.order(&checkout).await["status"], "pending");
        assert_eq!(app.remaining(&event, 0).await, 19);
        let page = app
            .get(&format!(
                "/tickets/order/{}/return?session_id={}",
                checkout["order_id"].as_str().unwrap(),
                session_of(&checkout)
            ))
            .await;
        assert!(page.status < 500, "{}", page.text());
        // Nothing was given back either, and the fault has a name.
        assert_eq!(app.order(&checkout).await["given_back"], json!([]));
        let id = model::ids::OrderId::parse(checkout["order_id"].as_str().unwrap()).unwrap();
        let mut cx = app.house().cx(app::Actor::System);
        let fault = app::checkout::confirm_order(app.house(), &mut cx, &id)
            .await
            .expect_err("it waits");
        assert_eq!(fault.code(), "unknown-tax");
        assert!(fault.to_string().contains("amusement_tax"), "{fault}");
    }
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_any_webhook_the_reconciler_brings_the_taxes() {
    let scratch = Scratch::sqlite().await.expect("a database");
    let setup = Setup {
        webhooks: false,
        ..Setup::default()
    };
    let app = TestApp::new(scratch, setup).await;
    at_stripe(&app, json!({ "places": ["CA"] })).await;
    let event = event(
        &app,
        json!({ "province": "ON", "timezone": "America/Toronto" }),
    )
    .await;
    let checkout = app
        .checkout(&event, &[(&event.tiers[0], 2)])
        .await
        .expect(201);
    app.pay(&checkout, card::GOOD).expect("a good card");
    app.advance(60);
    app::checkout::ask_stripe_about_open_orders(app.house())
        .await
        .expect("a round");
    let order = app.order(&checkout).await;
    assert_eq!(order["status"], "paid");
    // 13% of 50.66 is 6.5858, and of the fees of 2.96 it is 0.3848.
    assert_eq!(cents(&order, "tax_cents"), 659 + 38);
    app.finish().await;
}
