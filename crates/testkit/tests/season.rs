//! A season of everything that happens to money, and at its end both books agree to the cent.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use app::reconciliation::{Compared, compare};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{EventMade, TestApp, Tier, card, on_both};

const DAY_S: i64 = 86_400;
/// A refund with this card succeeds, and fails a day later.
const REFUND_FAILS: &str = "4000000000005126";

async fn buy(app: &TestApp, event: &EventMade, qty: i64, number: &str) -> Value {
    let checkout = app.checkout(event, &[(&event.tiers[0], qty)]).await;
    let checkout = checkout.expect(201);
    app.pay(&checkout, number).expect("the card pays");
    app.settle().await;
    app.order(&checkout).await
}

async fn refund(app: &TestApp, order: &Value, body: Value) {
    let id = order["id"].as_str().expect("an id");
    let path = format!("/api/tickets/orders/{id}/refund");
    let answer = app
        .send(Method::POST, &path, &app.organizer, Some(&body))
        .await;
    assert!(answer.status < 300, "{}", answer.text());
    app.settle().await;
}

/// The id of an order's charge at Stripe.
async fn charge_of(app: &TestApp, order: &Value) -> String {
    let id = model::ids::OrderId::parse(order["id"].as_str().expect("an id")).expect("an id");
    let mut read = app.house().read().await.expect("a connection");
    let payments = store::payments::of_order(&mut read, &id).await;
    let payments = payments.expect("payments");
    payments[0].stripe_charge_id.clone().expect("a charge")
}

/// Everything that happens to money: asked for, failed, pending, disputed, done in the dashboard.
async fn season(app: &TestApp, event: &EventMade) {
    let whole = buy(app, event, 2, card::GOOD).await;
    refund(app, &whole, json!({})).await;
    let part = buy(app, event, 3, card::GOOD).await;
    refund(app, &part, json!({ "amount_cents": 700 })).await;
    let slow = buy(app, event, 2, card::REFUND_PENDING).await;
    refund(app, &slow, json!({ "amount_cents": 1_000 })).await;
    let failing = buy(app, event, 1, REFUND_FAILS).await;
    app.advance(3 * DAY_S);
    refund(app, &failing, json!({})).await;

    for (won, qty) in [(true, 1), (false, 2)] {
        let disputed = buy(app, event, qty, card::GOOD).await;
        let charge = charge_of(app, &disputed).await;
        let dispute = app.stripe.sim.open_dispute(&charge, "fraudulent", false);
        let dispute = dispute.expect("a dispute");
        app.settle().await;
        app.advance(DAY_S);
        let id = dispute["id"].as_str().expect("an id");
        app.stripe.sim.close_dispute(id, won).expect("a word");
        app.settle().await;
    }
    for (amount, back) in [(800, false), (2_000, true)] {
        let order = buy(app, event, 2, card::GOOD).await;
        let fields = json!({ "charge": charge_of(app, &order).await, "amount": amount,
            "reverse_transfer": back, "refund_application_fee": back });
        app.stripe.sim.refund_by_hand(&fields).expect("a refund");
        app.settle().await;
    }
    // What was slow has come by now, and what fails has failed.
    for _ in 0..4 {
        app.advance(DAY_S);
        app.settle().await;
        app::refunds::look_after_open_refunds(app.house())
            .await
            .expect("a round");
        app.settle().await;
    }
}

async fn compared(app: &TestApp) -> Compared {
    let mut cx = app.house().cx(app::Actor::System);
    let compared = compare(app.house(), &mut cx, None).await;
    compared.expect("a comparison")
}

async fn account(app: &TestApp) -> String {
    let me = "/api/tickets/organizers/me";
    let shown = app.send(Method::GET, me, &app.organizer, None).await;
    let account = shown.expect(200)["stripe_account_id"].clone();
    account.as_str().expect("an account").to_owned()
}

on_both!(
    after_a_season_of_everything_both_books_agree_to_the_cent,
    |app| {
        let event = app
            .event(&[Tier {
                name: "Seat",
                cents: 2_500,
                capacity: 40,
            }])
            .await;
        // The platform's own money, for what disputes and failures cost it before they are over.
        let own = app.stripe.sim.charge_by_hand(50_000).expect("a charge");
        season(&app, &event).await;

        let done = compared(&app).await;
        let subjects: Vec<&str> = done
            .differences
            .iter()
            .map(|(difference, _)| difference.subject.as_str())
            .collect();
        let ours = format!("charge:{}", own["id"].as_str().expect("an id"));
        assert_eq!(subjects, [ours.as_str()], "{done:#?}");
        assert_eq!(done.comparison.still_moving, 0);
        assert_eq!(done.comparison.orders, 8);
        let share = &done.organizers[0];
        let account = account(&app).await;
        assert_eq!(share.ours_cents, share.stripe_cents);
        assert_eq!(share.ours_cents, app.stripe.sim.ledger().total(&account));

        let (available, pending) = app.stripe.sim.balance(&account);
        assert_eq!(pending, 0);
        app.stripe.sim.pay_out(&account).expect("a payout");
        app.advance(3_600);
        app.settle().await;
        let list = "/api/tickets/organizers/me/payouts";
        let page = app.send(Method::GET, list, &app.organizer, None).await;
        let page = page.expect(200);
        let id = page["payouts"][0]["id"].as_str().expect("an id");
        let path = format!("/api/tickets/payouts/{id}");
        let detail = app.send(Method::GET, &path, &app.organizer, None).await;
        let detail = detail.expect(200);
        assert_eq!(detail["payout"]["amount_cents"], available);
        assert_eq!(detail["unexplained_cents"], 0);
        assert_eq!(detail["other"], json!([]), "every line has its order");
        app.finish().await;
    }
);
