//! Paying organizers: an event's money goes to the bank once it is over, each cent once, order by order.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{EventMade, Scratch, Setup, TestApp, Tier};

const DAY_S: i64 = 86_400;
/// The event of every test ends 57 days after its clock begins; three days later its money is due.
const DUE_S: i64 = 62 * DAY_S;

async fn on_both(test: impl AsyncFn(TestApp)) {
    let paying = || Setup {
        env: vec![("PAYOUT_DELAY_DAYS", "3".to_owned())],
        ..Setup::default()
    };
    test(TestApp::new(Scratch::sqlite().await.unwrap(), paying()).await).await;
    test(TestApp::new(Scratch::postgres().await.unwrap(), paying()).await).await;
}

async fn concert(app: &TestApp) -> EventMade {
    app.event(&[Tier {
        name: "Seat",
        cents: 2_500,
        capacity: 10,
    }])
    .await
}

async fn get(app: &TestApp, path: &str) -> Value {
    app.send(Method::GET, path, &app.organizer, None)
        .await
        .expect(200)
}

/// The payouts, the latest first, each with what it is made of.
async fn payouts(app: &TestApp) -> Vec<Value> {
    let page = get(app, "/api/tickets/organizers/me/payouts").await;
    let mut all = Vec::new();
    for payout in page["payouts"].as_array().unwrap() {
        let id = payout["id"].as_str().unwrap();
        all.push(get(app, &format!("/api/tickets/payouts/{id}")).await);
    }
    all
}

/// The hourly round, and the webhooks that follow from it.
async fn round(app: &TestApp) {
    let mut cx = app.house().cx(app::Actor::System);
    app::payouts::pay_organizers(app.house(), &mut cx)
        .await
        .unwrap();
    app.settle().await;
}

async fn refund_one(app: &TestApp, order: &Value) -> i64 {
    let path = format!(
        "/api/tickets/orders/{}/refund",
        order["id"].as_str().unwrap()
    );
    let body = json!({
        "tickets": [order["tickets"][0]["id"]], "override": true, "reason": "The hall was too small",
    });
    let made = app.send(Method::POST, &path, &app.admin, Some(&body)).await;
    let made = made.expect(201);
    app.settle().await;
    made["amount_cents"].as_i64().unwrap()
}

/// What an organizer without taxes of their own has of an order: the tickets' price, our fee and its tax apart.
fn share(order: &Value) -> i64 {
    order["subtotal_cents"].as_i64().unwrap()
}

fn disbursed(payout: &Value) -> Vec<(Value, i64)> {
    let orders = payout["disbursed"]["orders"].as_array().unwrap();
    let part = |o: &Value| (o["order_id"].clone(), o["amount_cents"].as_i64().unwrap());
    orders.iter().map(part).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_events_money_goes_to_the_bank_once_it_is_over_and_each_cent_once() {
    on_both(async |app| {
        let event = concert(&app).await;
        let first = app.buy(&event, &[(&event.tiers[0], 2)]).await;
        let second = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let back = refund_one(&app, &first).await;
        app.advance(20 * DAY_S);
        round(&app).await;
        assert!(payouts(&app).await.is_empty(), "the event is still to come");

        app.advance(DUE_S - 20 * DAY_S);
        round(&app).await;
        let paid = payouts(&app).await;
        assert_eq!(paid.len(), 1);
        let amount = share(&first) + share(&second) - back;
        assert_eq!(paid[0]["payout"]["amount_cents"], amount);
        assert_eq!(paid[0]["unexplained_cents"], 0);
        assert_eq!(paid[0]["disbursed"]["event_id"], json!(event.id));
        let expected = vec![
            (first["id"].clone(), share(&first) - back),
            (second["id"].clone(), share(&second)),
        ];
        assert_eq!(disbursed(&paid[0]), expected);

        // Nothing is paid a second time, and what goes back afterwards is not asked of the bank.
        app.advance(DAY_S);
        refund_one(&app, &second).await;
        round(&app).await;
        assert_eq!(payouts(&app).await.len(), 1);
        app.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_was_lost_pays_nobody_twice() {
    on_both(async |app| {
        let event = concert(&app).await;
        let order = app.buy(&event, &[(&event.tiers[0], 2)]).await;
        let lost =
            json!({ "kind": "reset_after", "method": "POST", "path": "/v1/payouts", "times": 9 });
        app.stripe
            .sim
            .arm(serde_json::from_value(lost).expect("a fault"));
        app.advance(DUE_S);
        round(&app).await;
        app.stripe.sim.disarm();
        app.advance(3_600);
        round(&app).await;
        let paid = payouts(&app).await;
        assert_eq!(paid.len(), 1, "{paid:?}");
        assert_eq!(paid[0]["payout"]["amount_cents"], share(&order));
        assert!(paid[0]["disbursed"].is_object());
        app.finish().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_that_is_not_there_yet_is_waited_for_and_money_that_came_back_is_owed_again() {
    on_both(async |app| {
        let event = concert(&app).await;
        let order = app.buy(&event, &[(&event.tiers[0], 2)]).await;
        // Whoever empties the balance by hand leaves nothing to be sent.
        app.advance(5 * DAY_S);
        let me = get(&app, "/api/tickets/organizers/me").await;
        let account = me["stripe_account_id"].as_str().unwrap().to_owned();
        let by_hand = app.stripe.sim.pay_out(&account).expect("a payout");
        app.advance(DUE_S - 5 * DAY_S);
        round(&app).await;
        assert_eq!(payouts(&app).await.len(), 1, "only the one by hand");

        // It comes back from the bank: now there is something to be sent.
        let id = by_hand["id"].as_str().unwrap();
        app.stripe.sim.fail_payout(id).expect("it fails");
        app.settle().await;
        app.advance(3_600);
        round(&app).await;
        let paid = payouts(&app).await;
        assert_eq!(paid.len(), 2);
        assert_eq!(paid[0]["payout"]["amount_cents"], share(&order));

        // And so does ours: the orders are owed again, and paid again.
        let ours = paid[0]["payout"]["stripe_payout_id"].as_str().unwrap();
        app.stripe.sim.fail_payout(ours).expect("it fails");
        app.settle().await;
        app.advance(3_600);
        round(&app).await;
        let paid = payouts(&app).await;
        assert_eq!(paid.len(), 3);
        assert_eq!(disbursed(&paid[0]), [(order["id"].clone(), share(&order))]);
        app.finish().await;
    })
    .await;
}
