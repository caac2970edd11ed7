//! One sale from end to end, and its ways to end otherwise.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::json;
use testkit::{Tier, card, on_both};

const GENERAL: Tier = Tier {
    name: "General",
    cents: 2_500,
    capacity: 10,
};
const FREE: Tier = Tier {
    name: "Free seat",
    cents: 0,
    capacity: 5,
};

on_both!(
    a_paid_order_gets_its_tickets_its_mail_and_one_admission_each,
    |app| {
        let event = app.event(&[GENERAL]).await;
        let order = app.buy(&event, &[(&event.tiers[0], 2)]).await;
        assert_eq!(order["status"], "paid");
        // 2 × 25.00, 3.5 % + 0.59 each = 1.47 → 2.94 in fees; the organizer is not registered, the platform is: 5 % GST on the fees.
        assert_eq!(
            (
                order["subtotal_cents"].as_i64(),
                order["fees_cents"].as_i64(),
                order["tax_cents"].as_i64()
            ),
            (Some(5_000), Some(294), Some(15))
        );
        assert_eq!(order["total_cents"], 5_309);
        let tickets = order["tickets"].as_array().expect("tickets");
        assert_eq!(tickets.len(), 2);
        assert_eq!(app.remaining(&event, 0).await, 8);

        let mails = app.mail.sent();
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].attachments.len(), 2);
        assert!(mails[0].attachments[0].bytes.starts_with(b"%PDF"));
        let calendar = String::from_utf8_lossy(&mails[0].attachments[1].bytes);
        assert!(
            calendar.contains("DESCRIPTION:Music and lights\\nOrder "),
            "{calendar}"
        );
        let seen = format!("/tickets/e/{}/calendar.ics", event.slug);
        let seen = app.get(&seen).await.text();
        let uid = |file: &str| {
            let unfolded = file.replace("\r\n ", "");
            let line = unfolded.lines().find(|line| line.starts_with("UID:"));
            line.map(str::to_owned).expect("an id")
        };
        assert_eq!(uid(&seen), uid(&calendar), "one entry in a calendar");

        let token = tickets[0]["qr_token"].as_str().expect("a token");
        assert!(token.len() >= 32);
        let first = app.scan(&event, token).await;
        assert_eq!(first["result"], "valid");
        let second = app.scan(&event, token).await;
        assert_eq!(second["result"], "already_used");
        assert_eq!(second["used_by"], "Front door");
        let typed = tickets[1]["serial"]
            .as_str()
            .expect("a serial")
            .to_lowercase()
            .replace('-', " ");
        assert_eq!(app.scan(&event, &typed).await["result"], "valid");
        assert_eq!(
            app.scan(&event, "NOSUCHTOKENNOSUCHTOKENNOSUCHTOKEN").await["result"],
            "not_found"
        );
        app.finish().await;
    }
);

on_both!(
    a_free_order_is_complete_at_once_and_never_asks_stripe,
    |app| {
        let event = app.event(&[FREE]).await;
        let before = app.stripe.sim.request_log().len();
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 3)])
            .await
            .expect(201);
        assert_eq!(
            (checkout["status"].as_str(), checkout["url"].is_null()),
            (Some("paid"), true)
        );
        assert_eq!(app.stripe.sim.request_log().len(), before);
        assert_eq!(
            app.order(&checkout).await["tickets"]
                .as_array()
                .map(Vec::len),
            Some(3)
        );
        assert_eq!(
            app.checkout(&event, &[(&event.tiers[0], 3)])
                .await
                .problem(409),
            "sold-out"
        );
        app.finish().await;
    }
);

on_both!(a_declined_card_leaves_the_page_open_for_another, |app| {
    let event = app.event(&[GENERAL]).await;
    let checkout = app
        .checkout(&event, &[(&event.tiers[0], 1)])
        .await
        .expect(201);
    assert!(app.pay(&checkout, card::DECLINED).is_err());
    app.settle().await;
    assert_eq!(app.order(&checkout).await["status"], "pending");
    app.pay(&checkout, card::GOOD).expect("another card");
    app.settle().await;
    assert_eq!(app.order(&checkout).await["status"], "paid");
    app.finish().await;
});

on_both!(
    a_hold_that_lapses_gives_its_places_back_and_closes_its_page,
    |app| {
        let event = app.event(&[GENERAL]).await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 4)])
            .await
            .expect(201);
        assert_eq!(app.remaining(&event, 0).await, 6);
        app.advance(899);
        app::checkout::release_lapsed(app.house())
            .await
            .expect("a round");
        assert_eq!(app.remaining(&event, 0).await, 6, "not a second too early");
        app.advance(2);
        app::checkout::release_lapsed(app.house())
            .await
            .expect("a round");
        assert_eq!(app.remaining(&event, 0).await, 10);
        assert_eq!(app.order(&checkout).await["status"], "canceled");
        assert!(
            app.pay(&checkout, card::GOOD).is_err(),
            "nobody can pay for what is gone"
        );
        app.finish().await;
    }
);

on_both!(
    a_buyer_who_needs_time_gets_it_and_one_who_leaves_gives_the_places_back,
    |app| {
        let event = app.event(&[GENERAL]).await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        let token = checkout["order_token"]
            .as_str()
            .expect("a token")
            .to_owned();
        let path = format!(
            "/api/tickets/orders/{}",
            checkout["order_id"].as_str().expect("an id")
        );
        app.advance(800);
        app.send(
            Method::POST,
            &format!("{path}/extend"),
            &token,
            Some(&json!({})),
        )
        .await
        .expect(200);
        app.advance(200);
        app::checkout::release_lapsed(app.house())
            .await
            .expect("a round");
        assert_eq!(app.order(&checkout).await["status"], "pending");
        app.send(
            Method::POST,
            &format!("{path}/cancel"),
            &token,
            Some(&json!({})),
        )
        .await
        .expect(204);
        assert_eq!(app.order(&checkout).await["status"], "canceled");
        assert_eq!(app.remaining(&event, 0).await, 10);
        app.finish().await;
    }
);

on_both!(
    without_any_webhook_the_reconciler_finishes_the_order,
    |app| {
        let event = app.event(&[GENERAL]).await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        app.pay(&checkout, card::GOOD).expect("a good card");
        app.advance(60);
        app::checkout::ask_stripe_about_open_orders(app.house())
            .await
            .expect("a round");
        assert_eq!(app.order(&checkout).await["status"], "paid");
        app.finish().await;
    }
);

on_both!(a_page_that_stripe_will_not_open_costs_no_seat, |app| {
    let event = app.event(&[GENERAL]).await;
    let fault = json!({ "kind": "error_before", "method": "POST", "path": "/v1/checkout/sessions", "times": 20, "status": 500 });
    app.stripe
        .sim
        .arm(serde_json::from_value(fault).expect("a fault"));
    let answer = app.checkout(&event, &[(&event.tiers[0], 2)]).await;
    assert_eq!(answer.problem(503), "payments-unavailable");
    assert!(!answer.header("retry-after").is_empty());
    assert!(!app.stripe.sim.faults_log().is_empty(), "the fault fired");
    app.stripe.sim.disarm();
    assert_eq!(app.remaining(&event, 0).await, 10);
    app.finish().await;
});

on_both!(a_changed_price_never_surprises_a_buyer, |app| {
    let event = app.event(&[GENERAL]).await;
    app.checkout(&event, &[(&event.tiers[0], 1)])
        .await
        .expect(201);
    let path = format!("/api/tickets/tiers/{}", event.tiers[0]);
    app.send(
        Method::PATCH,
        &path,
        &app.organizer,
        Some(&json!({ "price_cents": 4_000 })),
    )
    .await
    .expect(200);
    let checkout = app
        .checkout(&event, &[(&event.tiers[0], 1)])
        .await
        .expect(201);
    assert_eq!(app.order(&checkout).await["subtotal_cents"], 4_000);
    app.advance(1_000);
    app::checkout::release_lapsed(app.house())
        .await
        .expect("a round");
    app.finish().await;
});

on_both!(
    each_ticket_carries_the_price_of_its_own_tier_and_its_own_number,
    |app| {
        let tiers = [10_000, 2_000, 0, 5_000].map(|cents| Tier {
            name: "Tier",
            cents,
            capacity: 90,
        });
        let event = app.event(&tiers).await;
        let wanted: Vec<(&str, i64)> = event
            .tiers
            .iter()
            .map(String::as_str)
            .zip([1, 3, 2, 2])
            .collect();
        for _ in 0..6 {
            let order = app.buy(&event, &wanted).await;
            let tickets = order["tickets"].as_array().expect("tickets");
            for (at, ticket) in tickets.iter().enumerate() {
                let serial = ticket["serial"].as_str().expect("a serial");
                assert!(serial.ends_with(&format!("-{}", at + 1)), "{tickets:?}");
            }
            let id =
                model::ids::OrderId::parse(order["id"].as_str().expect("an id")).expect("an id");
            let mut read = app.house().read().await.expect("a connection");
            let parts = store::tickets::parts_of_order(&mut read, &id)
                .await
                .expect("parts");
            drop(read);
            for ticket in tickets {
                let tier = event
                    .tiers
                    .iter()
                    .position(|t| ticket["tier_id"] == t.as_str())
                    .expect("a tier");
                let net = parts
                    .iter()
                    .find(|p| ticket["id"] == p.ticket_id.as_str() && p.part == "net");
                assert_eq!(net.expect("a net part").amount_cents, tiers[tier].cents);
            }
        }
        app.finish().await;
    }
);
