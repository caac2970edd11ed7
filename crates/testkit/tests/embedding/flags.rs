//! What each flag closes, and what it leaves alone, through the front door. The walk over all routes stands in
//! `routes.rs`, everything off in `switch.rs`, and two servers in `tickets-server/tests/servers`.

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, EventMade, TestApp, Tier, card, on_both};

pub const SEAT: Tier = Tier {
    name: "Seat",
    cents: 2_000,
    capacity: 9,
};

async fn switch(app: &TestApp, flag: &str, off: bool) {
    let path = format!("/api/tickets/admin/flags/{flag}");
    let body = json!({ "off": off });
    let answer = app.send(Method::PUT, &path, &app.admin, Some(&body)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

pub async fn offers(app: &TestApp, event: &EventMade) -> usize {
    let path = format!("/api/tickets/widget?event={}", event.slug);
    let shown = app.get(&path).await.expect(200);
    shown["events"].as_array().unwrap().len()
}

async fn refund(app: &TestApp, order: &Value) -> Answer {
    let path = format!(
        "/api/tickets/orders/{}/refund",
        order["id"].as_str().unwrap()
    );
    app.send(Method::POST, &path, &app.organizer, Some(&json!({})))
        .await
}

on_both!(
    checkout_off_begins_no_sale_and_finishes_those_that_were_begun,
    |app| {
        let event = app.event(&[SEAT]).await;
        assert_eq!(offers(&app, &event).await, 1);
        let begun = app
            .checkout(&event, &[(&event.tiers[0], 2)])
            .await
            .expect(201);
        switch(&app, "checkout", true).await;
        assert_eq!(offers(&app, &event).await, 0, "the widget shows nothing");
        let another = app.checkout(&event, &[(&event.tiers[0], 1)]).await;
        assert_eq!(another.problem(404), "not-found");
        let path = format!("/tickets/checkout/{}", event.id);
        assert_eq!(app.get(&path).await.status, 404);
        app.pay(&begun, card::GOOD)
            .expect("Stripe's page was open already");
        app.settle().await;
        let order = app.order(&begun).await;
        assert_eq!(order["status"], "paid");
        let token = order["tickets"][0]["qr_token"].as_str().unwrap();
        assert_eq!(app.scan(&event, token).await["result"], "valid");
        switch(&app, "checkout", false).await;
        assert_eq!(offers(&app, &event).await, 1);
        app.buy(&event, &[(&event.tiers[0], 1)]).await;
        app.finish().await;
    }
);

on_both!(
    refunds_off_begins_none_and_keeps_those_that_were_begun,
    |app| {
        let event = app.event(&[SEAT]).await;
        let first = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let second = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let begun = refund(&app, &first).await;
        assert!([200, 201, 202].contains(&begun.status), "{}", begun.text());
        switch(&app, "refunds", true).await;
        assert_eq!(refund(&app, &second).await.problem(404), "not-found");
        app.settle().await;
        let path = format!(
            "/api/tickets/orders/{}/refunds",
            first["id"].as_str().unwrap()
        );
        let kept = app
            .send(Method::GET, &path, &app.organizer, None)
            .await
            .expect(200);
        let status = kept["refunds"][0]["status"].as_str().unwrap();
        assert!(
            ["requested", "planned", "pending"].contains(&status),
            "it waits: {status}"
        );
        let third = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        assert_eq!(third["status"], "paid", "sales go on");
        switch(&app, "refunds", false).await;
        app.settle().await;
        let done = app
            .send(Method::GET, &path, &app.organizer, None)
            .await
            .expect(200);
        assert_eq!(done["refunds"][0]["status"], "succeeded");
        app.finish().await;
    }
);

on_both!(
    scanning_off_gives_the_door_no_answers_and_uses_up_no_ticket,
    |app| {
        let event = app.event(&[SEAT]).await;
        let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let token = json!({ "token": order["tickets"][0]["qr_token"] });
        switch(&app, "scanning", true).await;
        let path = "/api/tickets/tickets/validate";
        let shut = app
            .send(Method::POST, path, &event.scanner, Some(&token))
            .await;
        assert_eq!(shut.problem(404), "not-found");
        let keys = format!("/api/tickets/events/{}/scanner-keys", event.id);
        let key = app
            .send(
                Method::POST,
                &keys,
                &app.organizer,
                Some(&json!({ "name": "Gate" })),
            )
            .await;
        assert_eq!(key.status, 404);
        assert_eq!(
            app.buy(&event, &[(&event.tiers[0], 1)]).await["status"],
            "paid"
        );
        switch(&app, "scanning", false).await;
        let open = app
            .send(Method::POST, path, &event.scanner, Some(&token))
            .await;
        assert_eq!(open.expect(200)["result"], "valid");
        app.finish().await;
    }
);

on_both!(
    payouts_off_connects_nobody_and_shows_none_and_sales_go_on,
    |app| {
        let event = app.event(&[SEAT]).await;
        switch(&app, "payouts", true).await;
        for (method, path) in [
            (Method::POST, "/api/tickets/organizers/connect"),
            (Method::GET, "/api/tickets/organizers/me/payouts"),
        ] {
            let body = json!({});
            let body = (method == Method::POST).then_some(&body);
            let shut = app.send(method, path, &app.organizer, body).await;
            assert_eq!(shut.problem(404), "not-found", "{path}");
        }
        assert_eq!(
            app.buy(&event, &[(&event.tiers[0], 1)]).await["status"],
            "paid"
        );
        switch(&app, "payouts", false).await;
        let path = "/api/tickets/organizers/me/payouts";
        let open = app.send(Method::GET, path, &app.organizer, None).await;
        assert_eq!(open.status, 200);
        app.finish().await;
    }
);
