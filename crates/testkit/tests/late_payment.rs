//! Late payments: every order of {pay, expire, release, webhook, return page, reconcile} ends well.
//!
//! A buyer pays while the hold lapses. Whatever comes first, there is one paid order with its exact
//! tickets, or an order without tickets whose money went back; a place that was free is never refused.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use serde_json::{Value, json};
use testkit::{EventMade, Setup, TestApp, Tier, card};

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Step {
    Pay,
    Lapse,
    Webhook,
    ReturnPage,
    Reconcile,
}

const STEPS: [Step; 5] = [
    Step::Pay,
    Step::Lapse,
    Step::Webhook,
    Step::ReturnPage,
    Step::Reconcile,
];

/// Every order of the five steps: 120.
fn interleavings() -> Vec<Vec<Step>> {
    fn extend(done: &[Step], all: &mut Vec<Vec<Step>>) {
        if done.len() == STEPS.len() {
            all.push(done.to_vec());
            return;
        }
        for step in STEPS.iter().filter(|s| !done.contains(s)) {
            extend(&[done, &[*step]].concat(), all);
        }
    }
    let mut all = Vec::new();
    extend(&[], &mut all);
    all
}

/// Gives the places back without asking Stripe first: what happens when Stripe is away for longer than
/// the grace, so that the page can still be paid afterwards.
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

async fn take(app: &TestApp, step: Step, checkout: &Value) -> bool {
    match step {
        Step::Pay => return app.pay(checkout, card::GOOD).is_ok(),
        Step::Lapse => lapse_without_stripe(app).await,
        Step::Webhook => {
            app.stripe.sim.deliver_due().await;
            app::jobs::drain(app.house()).await.expect("the queue");
        }
        Step::ReturnPage => {
            let (order, session) = (
                checkout["order_id"].as_str().unwrap_or_default(),
                testkit::session_of(checkout),
            );
            let page = app
                .get(&format!(
                    "/tickets/order/{order}/return?session_id={session}"
                ))
                .await;
            assert!(page.status < 500, "{}", page.text());
        }
        Step::Reconcile => {
            app.advance(50);
            app::checkout::ask_stripe_about_open_orders(app.house())
                .await
                .expect("a round");
        }
    }
    false
}

/// Buys the single place, in this order of steps; `rival` takes the place as soon as it is free.
async fn walk(app: &TestApp, event: &EventMade, steps: &[Step], rival: bool) {
    let checkout = app
        .checkout(event, &[(&event.tiers[0], 1)])
        .await
        .expect(201);
    let (mut paid, mut rival_has_it) = (false, false);
    for step in steps {
        paid |= take(app, *step, &checkout).await;
        if rival && *step == Step::Lapse && !paid {
            let theirs = app.checkout(event, &[(&event.tiers[0], 1)]).await;
            if theirs.status == 201 {
                app.pay(&theirs.json(), card::GOOD)
                    .expect("the rival's card");
                rival_has_it = true;
            }
        }
    }
    app.advance(60);
    app.settle().await;
    app::checkout::ask_stripe_about_open_orders(app.house())
        .await
        .expect("a round");
    app.settle().await;
    judge(app, &checkout, paid, rival_has_it, steps).await;
}

async fn judge(app: &TestApp, checkout: &Value, paid: bool, rival_has_it: bool, steps: &[Step]) {
    let order = app.order(checkout).await;
    let status = order["status"].as_str().unwrap_or_default();
    let tickets = order["tickets"].as_array().map_or(0, Vec::len);
    let given_back = order["given_back"].as_array().cloned().unwrap_or_default();
    match (paid, rival_has_it) {
        (true, false) => assert_eq!(
            (status, tickets, given_back.len()),
            ("paid", 1, 0),
            "{steps:?}: there was room"
        ),
        (true, true) => {
            assert_eq!(
                (status, tickets, given_back.len()),
                ("canceled", 0, 1),
                "{steps:?}: there was none"
            );
            assert_eq!(given_back[0]["status"], "succeeded", "{steps:?}");
            assert_eq!(
                given_back[0]["amount_cents"], order["total_cents"],
                "{steps:?}"
            );
        }
        (false, _) => assert_eq!(
            (status, tickets, given_back.len()),
            ("canceled", 0, 0),
            "{steps:?}: nobody paid"
        ),
    }
    assert_eq!(app.problems().await, Vec::<String>::new(), "{steps:?}");
}

async fn all_interleavings(app: TestApp, rival: bool) {
    let walks = interleavings();
    assert_eq!(walks.len(), 120);
    for steps in walks {
        let event = app
            .event(&[Tier {
                name: "The last seat",
                cents: 1_000,
                capacity: 1,
            }])
            .await;
        walk(&app, &event, &steps, rival).await;
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_room_left_late_money_is_honoured_on_sqlite() {
    all_interleavings(TestApp::sqlite().await, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_room_left_late_money_is_honoured_on_postgres() {
    all_interleavings(TestApp::postgres().await, false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_no_room_left_late_money_goes_back_on_sqlite() {
    all_interleavings(TestApp::sqlite().await, true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_no_room_left_late_money_goes_back_on_postgres() {
    all_interleavings(TestApp::postgres().await, true).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_payment_in_time_is_taken_although_stripe_says_so_late() {
    let app = TestApp::new(
        testkit::Scratch::sqlite().await.expect("a database"),
        Setup {
            webhooks: false,
            ..Setup::default()
        },
    )
    .await;
    let event = app
        .event(&[Tier {
            name: "Seat",
            cents: 1_000,
            capacity: 1,
        }])
        .await;
    let checkout = app
        .checkout(&event, &[(&event.tiers[0], 1)])
        .await
        .expect(201);
    app.pay(&checkout, card::GOOD).expect("a good card");
    app.advance(1_000);
    app::checkout::release_lapsed(app.house())
        .await
        .expect("a round");
    let order = app.order(&checkout).await;
    assert_eq!(
        order["status"], "paid",
        "closing the page shows that it was paid"
    );
    app.finish().await;
}
