//! The switches: off means off, and money does not pause.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use model::flags::{Flag, FlagSet};
use reqwest::Method;
use serde_json::json;
use testkit::{Scratch, Setup, TestApp, Tier, card, on_both};

on_both!(
    with_ticketing_off_everything_is_404_but_health_and_intake_and_nothing_runs,
    |app| {
        let event = app
            .event(&[Tier {
                name: "Seat",
                cents: 2_000,
                capacity: 5,
            }])
            .await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        app.pay(&checkout, card::GOOD).expect("a good card");
        let off = app
            .send(
                Method::PUT,
                "/api/tickets/admin/flags/ticketing",
                &app.admin,
                Some(&json!({ "off": true })),
            )
            .await;
        assert!([200, 204].contains(&off.status), "{}", off.text());

        for path in [
            "/tickets",
            "/tickets/events",
            &format!("/tickets/e/{}", event.slug),
            "/api/tickets/events/public",
            &format!("/api/tickets/events/{}", event.id),
            "/api/tickets/openapi.json",
            "/tickets/terms",
        ] {
            assert_eq!(app.get(path).await.status, 404, "{path}");
        }
        assert_eq!(
            app.checkout(&event, &[(&event.tiers[0], 1)]).await.status,
            404
        );
        assert_eq!(
            app.send(
                Method::POST,
                "/api/tickets/tickets/validate",
                &event.scanner,
                Some(&json!({ "token": "x" }))
            )
            .await
            .status,
            404
        );
        assert_eq!(app.get("/api/tickets/health/live").await.status, 200);

        // The payment's webhook is taken in and waits.
        assert!(app.stripe.sim.deliver_due().await > 0);
        assert_eq!(app::jobs::drain(app.house()).await.expect("the queue"), 0);
        let mut read = app.house().read().await.expect("a connection");
        let id = model::ids::OrderId::parse(checkout["order_id"].as_str().expect("an id"))
            .expect("an id");
        let order = store::orders::by_id(&mut read, &id)
            .await
            .expect("a row")
            .expect("an order");
        assert_eq!(order.status, model::order::OrderStatus::Pending);
        assert!(
            !store::webhooks::counts(&mut read)
                .await
                .expect("counts")
                .is_empty()
        );
        drop(read);

        app.send(
            Method::PUT,
            "/api/tickets/admin/flags/ticketing",
            &app.admin,
            Some(&json!({ "off": false })),
        )
        .await;
        app.settle().await;
        assert_eq!(app.order(&checkout).await["status"], "paid");
        app.finish().await;
    }
);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_cannot_switch_on_what_the_environment_keeps_off() {
    let flags = FlagSet::all_on().with(Flag::Scanning, false);
    let app = TestApp::new(
        Scratch::sqlite().await.expect("a database"),
        Setup {
            flags,
            ..Setup::default()
        },
    )
    .await;
    app.send(
        Method::PUT,
        "/api/tickets/admin/flags/scanning",
        &app.admin,
        Some(&json!({ "off": false })),
    )
    .await;
    assert_eq!(
        app.send(
            Method::POST,
            "/api/tickets/tickets/validate",
            "",
            Some(&json!({ "token": "x" }))
        )
        .await
        .status,
        404
    );
    app.finish().await;
}

on_both!(checkout_off_sells_nothing_and_keeps_what_was_sold, |app| {
    let event = app
        .event(&[Tier {
            name: "Free",
            cents: 0,
            capacity: 5,
        }])
        .await;
    let checkout = app
        .checkout(&event, &[(&event.tiers[0], 1)])
        .await
        .expect(201);
    app.send(
        Method::PUT,
        "/api/tickets/admin/flags/checkout",
        &app.admin,
        Some(&json!({ "off": true })),
    )
    .await;
    assert_eq!(
        app.checkout(&event, &[(&event.tiers[0], 1)]).await.status,
        404
    );
    assert_eq!(app.order(&checkout).await["status"], "paid");
    assert_eq!(
        app.get(&format!("/tickets/e/{}", event.slug)).await.status,
        200
    );
    app.finish().await;
});
