//! Many buyers for few uses: exactly as many orders as there are uses, whoever leaves, lapses or pays late.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{EventMade, TestApp, Tier, card, on_both};

const SEAT: Tier = Tier {
    name: "Seat",
    cents: 2_500,
    capacity: 1_000,
};
const BUYERS: usize = 64;
const USES: i64 = 50;

/// All buyers at once, every other one at the second server; the checkouts of those who got a use.
async fn rush(app: &TestApp, other: &str, event: &EventMade) -> Vec<Value> {
    let one = |n: usize| async move {
        let body = testkit::body_with(event, &[(&event.tiers[0], 1)], "FIRST50");
        let server = if n.is_multiple_of(2) {
            app.url.as_str()
        } else {
            other
        };
        app.send_to(
            server,
            Method::POST,
            "/api/tickets/checkout/session",
            Some(&body),
        )
        .await
    };
    let answers = futures::future::join_all((0..BUYERS).map(one)).await;
    let mut got = Vec::new();
    for answer in answers {
        if answer.status == 201 {
            got.push(answer.json());
        } else {
            assert_eq!(answer.problem(409), "discount-used-up");
        }
    }
    got
}

async fn fifty(app: &TestApp) -> EventMade {
    let dated = json!({ "allow_refunds_until": "2027-01-10T00:00:00Z" });
    let event = app.event_with(dated, &[SEAT]).await;
    let fields = json!({ "code": "FIRST50", "type": "percent", "value": 10, "max_uses": USES });
    app.code(&event, fields).await;
    event
}

async fn refund(app: &TestApp, checkout: &Value, body: Value) {
    let id = checkout["order_id"].as_str().unwrap();
    let path = format!("/api/tickets/orders/{id}/refund");
    let answer = app
        .send(Method::POST, &path, &app.organizer, Some(&body))
        .await;
    assert!(answer.status < 300, "{}", answer.text());
}

fn pay_all(app: &TestApp, checkouts: &[Value]) {
    for checkout in checkouts {
        app.pay(checkout, card::GOOD).expect("a good card pays");
    }
}

on_both!(
    of_64_buyers_at_two_servers_exactly_50_get_the_code_also_when_some_leave_or_are_refunded,
    |app| {
        let event = fifty(&app).await;
        let (second, url) = app.second_server().await;
        let first = rush(&app, &url, &event).await;
        assert_eq!((first.len(), app.uses(&event).await), (50, (USES, 0)));

        // Thirty-five pay, five cancel, ten only close the window: their holds lapse.
        pay_all(&app, &first[..35]);
        app.settle().await;
        for checkout in &first[35..40] {
            let path = format!(
                "/api/tickets/orders/{}/cancel",
                checkout["order_id"].as_str().unwrap()
            );
            let token = checkout["order_token"].as_str().unwrap();
            app.send(Method::POST, &path, token, None).await.expect(204);
        }
        assert_eq!(app.uses(&event).await, (10, 35));
        app.advance(901);
        app::checkout::release_lapsed(app.house())
            .await
            .expect("a round");
        assert_eq!(app.uses(&event).await, (0, 35));

        let again = rush(&app, &url, &event).await;
        assert_eq!((again.len(), app.uses(&event).await), (15, (15, 35)));
        pay_all(&app, &again);
        app.settle().await;
        assert_eq!(app.uses(&event).await, (0, USES));
        assert!(rush(&app, &url, &event).await.is_empty());

        // Three orders are refunded whole, and one by half: three uses are free again, and no more.
        for checkout in &again[..3] {
            refund(&app, checkout, json!({})).await;
        }
        refund(&app, &again[3], json!({ "amount_cents": 1_000 })).await;
        app.settle().await;
        assert_eq!(app.uses(&event).await, (0, USES - 3));
        let last = rush(&app, &url, &event).await;
        assert_eq!(last.len(), 3);
        pay_all(&app, &last);
        app.settle().await;
        assert_eq!(app.uses(&event).await, (0, USES));
        second.close().await;
        app.finish().await;
    }
);

/// Gives the places back without asking Stripe first, so that the page can still be paid afterwards.
async fn lapse_without_stripe(app: &TestApp) {
    let fault = json!({ "kind": "error_before", "method": "POST", "path": "/v1/checkout/sessions", "times": 1_000, "status": 500 });
    app.stripe
        .sim
        .arm(serde_json::from_value(fault).expect("a fault"));
    app.advance(900 + 130);
    app::checkout::release_lapsed(app.house())
        .await
        .expect("a round");
    app.stripe.sim.disarm();
}

async fn late(app: &TestApp, others: i64) -> (EventMade, Value) {
    let event = app.event(&[SEAT]).await;
    let fields = json!({ "code": "ONE", "type": "fixed", "value": 500, "max_uses": 1 + others });
    app.code(&event, fields).await;
    let buy = async || {
        app.checkout_with(&event, &[(&event.tiers[0], 1)], "one")
            .await
    };
    let slow = buy().await.expect(201);
    lapse_without_stripe(app).await;
    assert_eq!(app.order(&slow).await["status"], "canceled");
    let quick = buy().await.expect(201);
    app.pay(&quick, card::GOOD).expect("a good card");
    app.settle().await;
    (event, slow)
}

on_both!(
    late_money_is_taken_at_its_price_while_the_code_has_a_use_left,
    |app| {
        let (event, slow) = late(&app, 1).await;
        assert_eq!(app.uses(&event).await, (0, 1));
        app.pay(&slow, card::GOOD)
            .expect("its page was never closed");
        app.settle().await;
        let order = app.order(&slow).await;
        assert_eq!(
            (order["status"].as_str(), order["discount_cents"].as_i64()),
            (Some("paid"), Some(500))
        );
        assert_eq!(app.uses(&event).await, (0, 2));
        app.finish().await;
    }
);

on_both!(
    late_money_whose_code_is_used_up_goes_straight_back_with_its_reason,
    |app| {
        let (event, slow) = late(&app, 0).await;
        app.pay(&slow, card::GOOD)
            .expect("its page was never closed");
        app.settle().await;
        let order = app.order(&slow).await;
        assert_eq!(order["status"], "canceled");
        assert_eq!(order["given_back"][0]["reason"], "discount_used_up");
        assert_eq!(order["given_back"][0]["amount_cents"], slow["total_cents"]);
        assert_eq!(app.uses(&event).await, (0, 1));
        let mails = app.mail.sent();
        let sorry = mails
            .iter()
            .find(|m| m.text.contains("the last use of your discount code"));
        assert!(sorry.is_some(), "an apology that says why");
        app.finish().await;
    }
);
