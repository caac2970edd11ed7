//! `Idempotency-Key`: asked twice, done once.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::json;
use testkit::{Tier, on_both, order_body};

const FREE: Tier = Tier {
    name: "Seat",
    cents: 0,
    capacity: 50,
};
const PATH: &str = "/api/tickets/checkout/session";

on_both!(the_same_key_and_body_get_the_first_answer_again, |app| {
    let event = app.event(&[FREE]).await;
    let body = order_body(&event, &[(&event.tiers[0], 2)]);
    let key = [("Idempotency-Key", "order-1")];
    let first = app
        .send_with(Method::POST, PATH, "", Some(&body), &key)
        .await;
    let again = app
        .send_with(Method::POST, PATH, "", Some(&body), &key)
        .await;
    assert_eq!(first.expect(201), again.expect(201));
    assert_eq!(
        (
            first.header("idempotent-replayed"),
            again.header("idempotent-replayed")
        ),
        (String::new(), "true".to_owned())
    );
    assert_eq!(app.remaining(&event, 0).await, 48);

    let other = order_body(&event, &[(&event.tiers[0], 3)]);
    assert_eq!(
        app.send_with(Method::POST, PATH, "", Some(&other), &key)
            .await
            .problem(422),
        "idempotency-mismatch"
    );
    let bad = app
        .send_with(
            Method::POST,
            PATH,
            "",
            Some(&body),
            &[("Idempotency-Key", "")],
        )
        .await;
    assert_eq!(bad.status, 400);
    assert_eq!(app.remaining(&event, 0).await, 48);
    app.finish().await;
});

on_both!(of_many_at_once_one_is_done, |app| {
    let event = app.event(&[FREE]).await;
    let body = order_body(&event, &[(&event.tiers[0], 1)]);
    let asks = (0..16).map(|_| {
        app.send_with(
            Method::POST,
            PATH,
            "",
            Some(&body),
            &[("Idempotency-Key", "same")],
        )
    });
    let answers = futures::future::join_all(asks).await;
    assert!(answers.iter().all(|a| [201, 409].contains(&a.status)));
    assert!(answers.iter().any(|a| a.status == 201));
    assert!(
        answers
            .iter()
            .filter(|a| a.status == 409)
            .all(|a| a.problem(409) == "idempotency-running")
    );
    assert_eq!(app.remaining(&event, 0).await, 49);
    app.finish().await;
});

on_both!(keys_of_different_people_never_meet, |app| {
    let event = app.event(&[FREE]).await;
    let path = format!("/api/tickets/events/{}/tiers", event.id);
    let body = json!({ "name": "Second", "price_cents": 0, "capacity": 5 });
    let key = [("Idempotency-Key", "k")];
    let mine = app
        .send_with(Method::POST, &path, &app.organizer, Some(&body), &key)
        .await;
    mine.expect(201);
    let nobodys = app
        .send_with(Method::POST, &path, "", Some(&body), &key)
        .await;
    assert_eq!(nobodys.status, 401);
    app.finish().await;
});

on_both!(a_refusal_is_kept_and_a_fault_of_ours_is_not, |app| {
    let event = app
        .event(&[Tier {
            name: "Seat",
            cents: 2_000,
            capacity: 1,
        }])
        .await;
    let body = order_body(&event, &[(&event.tiers[0], 1)]);
    let fault = json!({ "kind": "error_before", "method": "POST", "path": "/v1/checkout/sessions", "times": 20, "status": 500 });
    app.stripe
        .sim
        .arm(serde_json::from_value(fault).expect("a fault"));
    let failed = app
        .send_with(
            Method::POST,
            PATH,
            "",
            Some(&body),
            &[("Idempotency-Key", "k1")],
        )
        .await;
    assert_eq!(failed.status, 503);
    app.stripe.sim.disarm();
    app.send_with(
        Method::POST,
        PATH,
        "",
        Some(&body),
        &[("Idempotency-Key", "k1")],
    )
    .await
    .expect(201);
    let sold_out = app
        .send_with(
            Method::POST,
            PATH,
            "",
            Some(&body),
            &[("Idempotency-Key", "k2")],
        )
        .await;
    assert_eq!(sold_out.problem(409), "sold-out");
    app.advance(1_000);
    app::checkout::release_lapsed(app.house())
        .await
        .expect("a round");
    let again = app
        .send_with(
            Method::POST,
            PATH,
            "",
            Some(&body),
            &[("Idempotency-Key", "k2")],
        )
        .await;
    assert_eq!(
        (again.status, again.header("idempotent-replayed").as_str()),
        (409, "true")
    );
    app.finish().await;
});

on_both!(
    a_server_that_dies_before_it_answers_makes_no_second_order,
    |app| {
        for cents in [0, 2_000] {
            let event = app
                .event(&[Tier {
                    name: "Seat",
                    cents,
                    capacity: 50,
                }])
                .await;
            let body = order_body(&event, &[(&event.tiers[0], 2)]);
            let key = [(
                "Idempotency-Key",
                if cents == 0 { "dies-free" } else { "dies-paid" },
            )];
            let first = app
                .send_with(Method::POST, PATH, "", Some(&body), &key)
                .await
                .expect(201);
            // The answer was never kept: as if the server had died between the order's commit and its answer.
            let mut tx = app.house().write().await.expect("a transaction");
            store::idempotency::sweep(&mut tx, app.house().now().plus_seconds(1))
                .await
                .expect("a sweep");
            tx.commit().await.expect("a commit");
            let again = app
                .send_with(Method::POST, PATH, "", Some(&body), &key)
                .await;
            assert_eq!(again.header("idempotent-replayed"), "", "it ran again");
            assert_eq!(again.expect(201), first);
            assert_eq!(app.remaining(&event, 0).await, 48);
            if cents > 0 {
                app.pay(&first, testkit::card::GOOD).expect("a good card");
            }
        }
        app.finish().await;
    }
);
