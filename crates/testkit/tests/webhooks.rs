//! Webhooks as they come in the wild: each fault fires, and the outcome is one paid order or none.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use serde_json::json;
use testkit::{TestApp, Tier, card, on_both};

const SEAT: Tier = Tier {
    name: "Seat",
    cents: 2_000,
    capacity: 50,
};

/// Arms a fault, buys two tickets, lets a day pass, and looks for exactly one order with two tickets.
async fn buy_under(app: &TestApp, fault: &str) {
    let event = app.event(&[SEAT]).await;
    let before = app.stripe.sim.faults_log().len();
    app.stripe
        .sim
        .arm(serde_json::from_value(json!({ "kind": fault, "times": 20 })).expect("a fault"));
    let checkout = app
        .checkout(&event, &[(&event.tiers[0], 2)])
        .await
        .expect(201);
    app.pay(&checkout, card::GOOD).expect("a good card");
    for _ in 0..12 {
        app.settle().await;
        app.advance(600);
    }
    app.stripe.sim.disarm();
    app.settle().await;
    assert!(
        app.stripe.sim.faults_log().len() > before,
        "{fault} never fired"
    );
    let order = app.order(&checkout).await;
    assert_eq!(order["status"], "paid", "{fault}");
    assert_eq!(
        order["tickets"].as_array().map(Vec::len),
        Some(2),
        "{fault}"
    );
    assert_eq!(app.remaining(&event, 0).await, 48, "{fault}");
    assert_eq!(app.problems().await, Vec::<String>::new(), "{fault}");
}

on_both!(every_fault_of_delivery_ends_in_one_paid_order, |app| {
    for fault in [
        "webhook_duplicate",
        "webhook_delay",
        "webhook_reorder",
        "webhook_drop",
        "webhook_bad_signature",
        "webhook_old_timestamp",
        "webhook_concurrent",
        "webhook_unknown_type",
        "webhook_extra_fields",
        "webhook_wrong_amount",
        "webhook_unknown_order",
    ] {
        buy_under(&app, fault).await;
    }
    let mails = app.mail.sent();
    assert_eq!(mails.len(), 11, "one mail an order, whatever came twice");
    app.finish().await;
});

on_both!(stripes_own_faults_end_in_one_paid_order, |app| {
    for kind in [
        "error_before",
        "error_after",
        "reset_before",
        "reset_after",
        "reset_mid_body",
        "malformed_json",
        "rate_limit",
        "lock_timeout",
    ] {
        let event = app.event(&[SEAT]).await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        let before = app.stripe.sim.faults_log().len();
        app.stripe.sim.arm(serde_json::from_value(json!({ "kind": kind, "method": "GET", "path": "/v1/checkout/sessions", "times": 1 })).expect("a fault"));
        app.pay(&checkout, card::GOOD).expect("a good card");
        for _ in 0..6 {
            app.settle().await;
            app.advance(120);
            app::checkout::ask_stripe_about_open_orders(app.house())
                .await
                .expect("a round");
        }
        app.stripe.sim.disarm();
        app.settle().await;
        assert!(
            app.stripe.sim.faults_log().len() > before,
            "{kind} never fired"
        );
        assert_eq!(app.order(&checkout).await["status"], "paid", "{kind}");
    }
    app.finish().await;
});

on_both!(
    an_unsigned_or_stale_webhook_is_refused_and_kept_nowhere,
    |app| {
        let body = br#"{"id":"evt_1","object":"event","type":"checkout.session.completed","livemode":false,"created":1,"data":{"object":{"id":"cs_test_1"}}}"#;
        let bare = app
            .send_raw(
                reqwest::Method::POST,
                "/api/tickets/webhooks/stripe",
                "application/json",
                body.to_vec(),
            )
            .await;
        assert_eq!(bare.problem(400), "bad-signature");
        let mut read = app.house().read().await.expect("a connection");
        assert!(
            store::webhooks::counts(&mut read)
                .await
                .expect("counts")
                .is_empty()
        );
        drop(read);
        app.finish().await;
    }
);

on_both!(
    a_refund_that_stripe_keeps_pending_is_finished_later,
    |app| {
        let event = app
            .event(&[Tier {
                name: "The last seat",
                cents: 3_000,
                capacity: 1,
            }])
            .await;
        let late = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        let fault = json!({ "kind": "error_before", "method": "POST", "path": "/v1/checkout/sessions", "times": 1_000, "status": 500 });
        app.stripe
            .sim
            .arm(serde_json::from_value(fault).expect("a fault"));
        app.advance(1_100);
        app::checkout::release_lapsed(app.house())
            .await
            .expect("a round");
        app.stripe.sim.disarm();
        let rival = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        app.pay(&rival, card::GOOD).expect("the rival's card");
        app.pay(&late, card::REFUND_PENDING)
            .expect("a card whose refunds take a while");
        for _ in 0..8 {
            app.settle().await;
            app.advance(3_600);
        }
        app.settle().await;
        let order = app.order(&late).await;
        assert_eq!(
            (
                order["status"].as_str(),
                order["given_back"][0]["status"].as_str()
            ),
            (Some("canceled"), Some("succeeded"))
        );
        app.finish().await;
    }
);
