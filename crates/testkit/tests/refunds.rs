//! Money that goes back, through the front door: asked for, imported, failed late, taken by a bank.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Browser, EventMade, Scratch, TestApp, Tier, card};

async fn on_both(test: impl AsyncFn(TestApp)) {
    test(TestApp::sqlite().await).await;
    test(TestApp::postgres().await).await;
}

const TIERS: [Tier; 2] = [
    Tier {
        name: "Floor",
        cents: 2_500,
        capacity: 20,
    },
    Tier {
        name: "Free",
        cents: 0,
        capacity: 5,
    },
];

async fn refund(app: &TestApp, order: &Value, token: &str, body: Value) -> Answer {
    let id = order["id"].as_str().expect("an id");
    let path = format!("/api/tickets/orders/{id}/refund");
    app.send(Method::POST, &path, token, Some(&body)).await
}

async fn seen(app: &TestApp, order: &Value) -> Value {
    let path = format!("/api/tickets/orders/{}", order["id"].as_str().unwrap());
    app.send(Method::GET, &path, &app.admin, None)
        .await
        .expect(200)
}

async fn refunds_of(app: &TestApp, order: &Value) -> Vec<Value> {
    let path = format!(
        "/api/tickets/orders/{}/refunds",
        order["id"].as_str().unwrap()
    );
    let listed = app.send(Method::GET, &path, &app.admin, None).await;
    listed.expect(200)["refunds"].as_array().unwrap().clone()
}

/// Buys with a card; the order as it stands after the payment.
async fn bought(app: &TestApp, event: &EventMade, items: &[(&str, i64)], number: &str) -> Value {
    let checkout = app.checkout(event, items).await.expect(201);
    app.pay(&checkout, number).expect("the card pays");
    app.settle().await;
    app.order(&checkout).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_is_previewed_refunded_and_dead_and_its_place_is_on_sale_again() {
    on_both(async |app| {
        let event = app.event(&TIERS).await;
        let order = app.buy(&event, &[(&event.tiers[0], 2)]).await;
        let ticket = order["tickets"][1].clone();
        let ask = json!({ "tickets": [ticket["id"]], "reason": "Fell ill", "preview": true });
        let preview = refund(&app, &order, &app.organizer, ask.clone()).await;
        let preview = preview.expect(200);
        assert_eq!(preview["preview"], true);
        assert!(preview["id"].is_null());
        assert_eq!(preview["amount_cents"], 2_500, "{preview}");
        assert_eq!(app.remaining(&event, 0).await, 18);

        let ask = json!({ "tickets": [ticket["id"]], "reason": "Fell ill" });
        let made = refund(&app, &order, &app.organizer, ask).await.expect(201);
        assert_eq!(made["amount_cents"], 2_500);
        assert_eq!(made["tickets"], json!([ticket["id"]]));
        assert_eq!(app.remaining(&event, 0).await, 19);
        let scan = app.scan(&event, ticket["qr_token"].as_str().unwrap()).await;
        assert_eq!(scan["result"], "refunded");

        app.settle().await;
        let order = seen(&app, &order).await;
        assert_eq!(order["status"], "partially_refunded");
        assert_eq!(order["refunded_cents"], 2_500);
        let refunds = refunds_of(&app, &order).await;
        assert_eq!(refunds[0]["status"], "succeeded");
        assert_eq!(refunds[0]["credit_notes"][0]["number"], 1);

        let again = json!({ "tickets": [ticket["id"]] });
        let again = refund(&app, &order, &app.organizer, again).await;
        assert_eq!(again.problem(409), "nothing-left");
        app.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_free_order_is_refunded_without_a_cent_and_at_once() {
    on_both(async |app| {
        let event = app.event(&TIERS).await;
        let order = app.buy(&event, &[(&event.tiers[1], 2)]).await;
        let made = refund(&app, &order, &app.organizer, json!({})).await;
        let made = made.expect(201);
        assert_eq!(
            (&made["amount_cents"], &made["status"]),
            (&json!(0), &json!("succeeded"))
        );
        assert_eq!(app.remaining(&event, 1).await, 5);
        assert_eq!(seen(&app, &order).await["status"], "refunded");
        app.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_refund_and_until_when() {
    on_both(async |app| {
        let until = json!({ "allow_refunds_until": "2026-12-01T00:00:00-08:00" });
        let event = app.event_with(until, &TIERS).await;
        let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let none = refund(&app, &order, "", json!({})).await;
        assert_eq!(none.problem(401), "unauthorized");
        let over = json!({ "override": true, "return_fee": true });
        let over = refund(&app, &order, &app.organizer, over).await;
        assert_eq!(over.problem(422), "invalid");
        let two = json!({ "amount_cents": 5, "items": [] });
        assert_eq!(
            refund(&app, &order, &app.organizer, two).await.problem(422),
            "invalid"
        );
        let much = json!({ "amount_cents": 2_501 });
        let much = refund(&app, &order, &app.organizer, much).await;
        assert_eq!(much.problem(422), "refund-mismatch");

        app.advance(20 * 86_400);
        let late = refund(&app, &order, &app.organizer, json!({})).await;
        assert_eq!(late.problem(409), "refunds-closed");
        let late = refund(&app, &order, &app.admin, json!({})).await;
        assert_eq!(late.problem(409), "refunds-closed");
        let bare = refund(&app, &order, &app.admin, json!({ "override": true })).await;
        assert_eq!(bare.problem(422), "invalid");
        let word = json!({ "override": true, "return_fee": true, "reason": "Our mistake" });
        let made = refund(&app, &order, &app.admin, word).await.expect(201);
        assert_eq!(made["amount_cents"], order["total_cents"]);
        app.settle().await;
        let order = seen(&app, &order).await;
        assert_eq!(order["status"], "refunded");
        app.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_refund_is_followed_and_a_late_failure_gives_everything_back() {
    on_both(async |app| {
        let event = app.event(&TIERS).await;
        let slow = bought(&app, &event, &[(&event.tiers[0], 1)], card::REFUND_PENDING).await;
        refund(&app, &slow, &app.organizer, json!({}))
            .await
            .expect(201);
        app.settle().await;
        assert_eq!(refunds_of(&app, &slow).await[0]["status"], "pending");
        app.advance(3_700);
        app.settle().await;
        assert_eq!(refunds_of(&app, &slow).await[0]["status"], "succeeded");

        let fails = bought(&app, &event, &[(&event.tiers[0], 2)], "4000000000005126").await;
        refund(&app, &fails, &app.organizer, json!({}))
            .await
            .expect(201);
        app.settle().await;
        assert_eq!(seen(&app, &fails).await["status"], "refunded");
        assert_eq!(app.remaining(&event, 0).await, 20);
        app.advance(90_000);
        app.settle().await;
        let order = seen(&app, &fails).await;
        assert_eq!(order["status"], "paid", "{order}");
        assert_eq!(order["refunded_cents"], 0);
        assert_eq!(order["tickets"][0]["status"], "valid");
        assert_eq!(app.remaining(&event, 0).await, 18);
        let refund = refunds_of(&app, &fails).await.pop().unwrap();
        assert_eq!(refund["status"], "failed");
        let kinds: Vec<&Value> = refund["credit_notes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| &n["kind"])
            .collect();
        assert_eq!(kinds, ["credit", "reversal"]);

        // Asked for once more, the money is taken from where the organizer got it back.
        let again = json!({ "tickets": [order["tickets"][0]["id"]] });
        self::refund(&app, &fails, &app.organizer, again)
            .await
            .expect(201);
        app.settle().await;
        let refund = refunds_of(&app, &fails).await.pop().unwrap();
        assert_eq!(refund["status"], "succeeded");
        app.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_single_transfer_holds_any_more_is_taken_from_several() {
    on_both(async |app| {
        let event = app.event(&TIERS).await;
        let order = bought(&app, &event, &[(&event.tiers[0], 2)], "4000000000005126").await;
        let one = json!({ "tickets": [order["tickets"][0]["id"]] });
        let first = refund(&app, &order, &app.organizer, one).await.expect(201);
        app.settle().await;
        app.advance(90_000);
        app.settle().await;
        assert_eq!(refunds_of(&app, &order).await[0]["status"], "failed");

        // Half of the money lies in the payment's transfer, half in the one that gave it back.
        let whole = refund(&app, &order, &app.organizer, json!({}))
            .await
            .expect(201);
        app.settle().await;
        assert_eq!(seen(&app, &order).await["status"], "refunded");
        let id = model::ids::RefundId::parse(whole["id"].as_str().unwrap()).unwrap();
        let mut read = app.house().read().await.unwrap();
        let parts = store::reversals::of_refund(&mut read, &id).await.unwrap();
        let order_id = model::ids::OrderId::parse(order["id"].as_str().unwrap()).unwrap();
        let payments = store::payments::of_order(&mut read, &order_id)
            .await
            .unwrap();
        drop(read);
        let total = whole["amount_cents"].as_i64().unwrap();
        let left = payments[0].amount_cents - first["amount_cents"].as_i64().unwrap();
        let mut cents: Vec<i64> = parts.iter().map(|p| p.amount_cents).collect();
        cents.sort_unstable();
        let mut expected = [left, total - left];
        expected.sort_unstable();
        assert_eq!(cents, expected, "{parts:?}");
        assert!(parts.iter().all(|p| p.stripe_reversal_id.is_some()));
        app.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_dispute_takes_the_money_once_and_a_won_one_gives_it_back() {
    on_both(async |app| {
        let event = app.event(&TIERS).await;
        let admin = app.admin_browser().await;
        for won in [true, false] {
            let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
            let charge = charge_of(&app, &order).await;
            let dispute = at_the_bank(&app, "", json!({ "charge": charge })).await;
            app.settle().await;
            let ticket = seen(&app, &order).await["tickets"][0].clone();
            assert_eq!(ticket["status"], "canceled", "frozen");
            assert_eq!(to_answer(&app, &admin).await, Some('1'));
            let page = app.open(&admin, "/tickets/admin/disputes").await.text();
            assert!(page.contains(order["id"].as_str().unwrap()), "whose it is");
            let refused = refund(&app, &order, &app.organizer, json!({})).await;
            assert_eq!(refused.problem(409), "disputed");
            let close = format!("/{}/close", dispute["id"].as_str().unwrap());
            let outcome = if won { "won" } else { "lost" };
            at_the_bank(&app, &close, json!({ "outcome": outcome })).await;
            app.settle().await;
            let order = seen(&app, &order).await;
            let expected = if won {
                ("paid", "valid")
            } else {
                ("refunded", "refunded")
            };
            let status = order["status"].as_str().unwrap();
            let ticket = order["tickets"][0]["status"].as_str().unwrap();
            assert_eq!((status, ticket), expected, "{order}");
            assert_eq!(to_answer(&app, &admin).await, Some('0'));
        }
        let listed = app
            .send(
                Method::GET,
                "/api/tickets/organizers/me/disputes",
                &app.organizer,
                None,
            )
            .await
            .expect(200);
        assert_eq!(listed["disputes"].as_array().unwrap().len(), 2);
        app.finish().await;
    })
    .await;
}

/// How many disputes wait for an answer, as the admin's overview says.
async fn to_answer(app: &TestApp, admin: &Browser) -> Option<char> {
    let page = app.open(admin, "/tickets/admin").await.text();
    let (_, after) = page.split_once("Disputes to answer").expect("the tile");
    after.chars().find(char::is_ascii_digit)
}

/// What a buyer's bank does, by the stand-in's control plane.
async fn at_the_bank(app: &TestApp, path: &str, body: Value) -> Value {
    let url = format!("{}/_sim/disputes{path}", app.stripe.url());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let answer = client.post(url).json(&body).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
    answer.json().await.unwrap()
}

async fn charge_of(app: &TestApp, order: &Value) -> String {
    let id = model::ids::OrderId::parse(order["id"].as_str().unwrap()).unwrap();
    let mut read = app.house().read().await.unwrap();
    let payments = store::payments::of_order(&mut read, &id).await.unwrap();
    payments[0].stripe_charge_id.clone().expect("a charge")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_is_called_off_refunds_everybody_once_fee_and_all() {
    on_both(async |app| {
        let event = app.event(&TIERS).await;
        let paid = app.buy(&event, &[(&event.tiers[0], 2)]).await;
        let free = app.buy(&event, &[(&event.tiers[1], 1)]).await;
        let held = app
            .checkout(&event, &[(&event.tiers[0], 3)])
            .await
            .expect(201);
        let path = format!("/api/tickets/events/{}/cancel", event.id);
        let preview = json!({ "preview": true });
        let preview = app
            .send(Method::POST, &path, &app.organizer, Some(&preview))
            .await
            .expect(200);
        assert_eq!(
            (
                &preview["orders"],
                &preview["tickets"],
                &preview["amount_cents"]
            ),
            (&json!(2), &json!(3), &paid["total_cents"])
        );
        let note = json!({ "note": "The hall has flooded.", "confirm": true });
        app.send(Method::POST, &path, &app.organizer, Some(&note))
            .await
            .expect(202);
        app.send(Method::POST, &path, &app.organizer, Some(&note))
            .await
            .expect(202);
        for _ in 0..4 {
            app.settle().await;
            app.advance(2);
        }
        for order in [&paid, &free] {
            assert_eq!(seen(&app, order).await["status"], "refunded");
        }
        let held = app.order(&held).await;
        assert_eq!(held["status"], "canceled");
        let path = format!("/api/tickets/events/{}/cancellation", event.id);
        let done = app
            .send(Method::GET, &path, &app.organizer, None)
            .await
            .expect(200);
        assert_eq!(
            (&done["status"], &done["orders_done"], &done["amount_cents"]),
            (&json!("done"), &json!(2), &paid["total_cents"]),
            "{done}"
        );
        app.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_that_comes_for_an_event_that_was_called_off_goes_straight_back() {
    let app = TestApp::new(
        Scratch::sqlite().await.expect("a database"),
        testkit::Setup::default(),
    )
    .await;
    let event = app.event(&TIERS).await;
    let checkout = app
        .checkout(&event, &[(&event.tiers[0], 1)])
        .await
        .expect(201);
    app.pay(&checkout, card::GOOD).expect("a good card pays");
    let path = format!("/api/tickets/events/{}/cancel", event.id);
    let bare = json!({});
    let bare = app.send(Method::POST, &path, &app.organizer, Some(&bare));
    assert_eq!(bare.await.problem(422), "invalid");
    let confirmed = json!({ "confirm": true });
    app.send(Method::POST, &path, &app.organizer, Some(&confirmed))
        .await
        .expect(202);
    for _ in 0..4 {
        app.settle().await;
        app.advance(2);
    }
    let order = app.order(&checkout).await;
    assert_eq!(order["status"], "canceled", "{order}");
    assert_eq!(order["given_back"][0]["status"], "succeeded");
    app.finish().await;
}
