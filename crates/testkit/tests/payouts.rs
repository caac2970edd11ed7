//! Payouts: each one explained order by order, to the cent, and to nobody else.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use model::flags::Flag;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{EventMade, TestApp, Tier, on_both};

const DAY_S: i64 = 86_400;
/// The stand-in tells what is in a payout an hour after it was made.
const ITEMIZED_S: i64 = 3_600;

async fn account(app: &TestApp) -> String {
    let me = "/api/tickets/organizers/me";
    let shown = app.send(Method::GET, me, &app.organizer, None).await;
    let account = shown.expect(200)["stripe_account_id"].clone();
    account.as_str().expect("an account").to_owned()
}

async fn concert(app: &TestApp) -> EventMade {
    app.event(&[Tier {
        name: "Seat",
        cents: 2_500,
        capacity: 10,
    }])
    .await
}

/// The payouts of an organizer's page.
async fn listed(app: &TestApp, query: &str) -> Value {
    let path = format!("/api/tickets/organizers/me/payouts{query}");
    let page = app.send(Method::GET, &path, &app.organizer, None).await;
    page.expect(200)
}

async fn shown(app: &TestApp, payout: &Value) -> Value {
    let id = payout["id"].as_str().expect("an id");
    let path = format!("/api/tickets/payouts/{id}");
    app.send(Method::GET, &path, &app.organizer, None)
        .await
        .expect(200)
}

/// The only payout there is, order by order.
async fn only(app: &TestApp) -> Value {
    let page = listed(app, "").await;
    let payouts = page["payouts"].as_array().expect("payouts");
    assert_eq!(payouts.len(), 1, "{page}");
    shown(app, &payouts[0]).await
}

fn cents(value: &Value, field: &str) -> i64 {
    value[field]
        .as_i64()
        .unwrap_or_else(|| panic!("{field} in {value}"))
}

/// What a payout's parts add up to, which is the payout.
fn assert_explained(detail: &Value) {
    let orders = detail["orders"].as_array().expect("orders");
    let other = detail["other"].as_array().expect("lines");
    for order in orders {
        let net = cents(order, "paid_cents")
            - cents(order, "fees_cents")
            - cents(order, "refunded_cents");
        assert_eq!(net, cents(order, "net_cents"), "{order}");
    }
    let parts = orders.iter().chain(other);
    let sum: i64 = parts.map(|part| cents(part, "net_cents")).sum();
    assert_eq!(sum, cents(&detail["payout"], "amount_cents"), "{detail}");
    assert_eq!(cents(detail, "explained_cents"), sum);
    assert_eq!(cents(detail, "unexplained_cents"), 0);
}

/// Lets the balance settle, pays it out and hears what is in it.
async fn pay_out(app: &TestApp) -> Value {
    app.advance(3 * DAY_S);
    let payout = app.stripe.sim.pay_out(&account(app).await);
    app.settle().await;
    app.advance(ITEMIZED_S);
    app.settle().await;
    payout.expect("something to pay out")
}

on_both!(a_payout_is_explained_order_by_order_to_the_cent, |app| {
    let event = concert(&app).await;
    let first = app.buy(&event, &[(&event.tiers[0], 2)]).await;
    let second = app.buy(&event, &[(&event.tiers[0], 1)]).await;
    let at_stripe = pay_out(&app).await;

    let detail = only(&app).await;
    assert_explained(&detail);
    assert_eq!(detail["payout"]["amount_cents"], at_stripe["amount"]);
    assert_eq!(detail["payout"]["stripe_payout_id"], at_stripe["id"]);
    assert_eq!(detail["payout"]["itemized"], true);
    let orders = detail["orders"].as_array().expect("orders");
    let ids: Vec<&Value> = orders.iter().map(|o| &o["order_id"]).collect();
    assert_eq!(ids, [&first["id"], &second["id"]]);
    for (share, order) in orders.iter().zip([&first, &second]) {
        assert_eq!(share["paid_cents"], order["total_cents"]);
        assert_eq!(share["event_title"], "Winter Mela");
        assert_eq!(share["lines"].as_array().map(Vec::len), Some(1));
        assert!(share["lines"][0]["payment_id"].is_string());
    }
    assert_eq!(detail["other"], json!([]));

    app.advance(2 * DAY_S);
    app.settle().await;
    assert_eq!(only(&app).await["payout"]["status"], "paid");
    app.finish().await;
});

on_both!(
    hearing_of_a_payout_again_and_looking_at_it_changes_nothing,
    |app| {
        let event = concert(&app).await;
        app.buy(&event, &[(&event.tiers[0], 1)]).await;
        pay_out(&app).await;
        let before = only(&app).await;
        for _ in 0..2 {
            let mut cx = app.house().cx(app::Actor::System);
            let looked = app::payouts::look_at_payouts(app.house(), &mut cx).await;
            assert_eq!(looked.expect("a round"), 1);
        }
        assert_eq!(only(&app).await, before);
        app.finish().await;
    }
);

on_both!(
    without_a_single_webhook_payouts_are_found_by_looking,
    |app| {
        let event = concert(&app).await;
        app.buy(&event, &[(&event.tiers[0], 1)]).await;
        app.advance(3 * DAY_S);
        app.stripe
            .sim
            .pay_out(&account(&app).await)
            .expect("a payout");
        // Nothing is delivered: only the rounds see it, first without and then with its lines.
        for (wait_s, itemized) in [(0, false), (ITEMIZED_S, true)] {
            app.advance(wait_s);
            let mut cx = app.house().cx(app::Actor::System);
            app::payouts::look_at_payouts(app.house(), &mut cx)
                .await
                .expect("a round");
            let detail = only(&app).await;
            assert_eq!(detail["payout"]["itemized"], itemized);
            let open = cents(&detail["payout"], "amount_cents");
            let unexplained = if itemized { 0 } else { open };
            assert_eq!(cents(&detail, "unexplained_cents"), unexplained);
        }
        app.finish().await;
    }
);

on_both!(
    a_refund_in_the_dashboard_and_a_payout_that_came_back_are_in_the_next_one,
    |app| {
        let event = concert(&app).await;
        let order = app.buy(&event, &[(&event.tiers[0], 2)]).await;
        let first = pay_out(&app).await;
        app.stripe
            .sim
            .fail_payout(first["id"].as_str().expect("an id"))
            .expect("it fails");
        let charge = app.stripe.sim.ledger().entries[0].source.clone();
        let back = json!({ "charge": charge, "amount": 1_000, "reverse_transfer": true });
        app.stripe.sim.refund_by_hand(&back).expect("a refund");
        app.settle().await;
        pay_out(&app).await;

        let page = listed(&app, "").await;
        let payouts = page["payouts"].as_array().expect("payouts");
        assert_eq!(payouts.len(), 2);
        assert_eq!(payouts[1]["status"], "failed");
        assert_eq!(payouts[1]["failure_code"], "account_closed");
        let detail = shown(&app, &payouts[0]).await;
        assert_explained(&detail);
        let share = &detail["orders"][0];
        assert_eq!(share["order_id"], order["id"]);
        assert_eq!(
            (&share["paid_cents"], &share["refunded_cents"]),
            (&json!(0), &json!(1_000))
        );
        assert_eq!(detail["other"][0]["kind"], "payout_failure");
        assert_eq!(detail["other"][0]["source"], first["id"]);
        assert_eq!(detail["other"][0]["net_cents"], first["amount"]);
        app.finish().await;
    }
);

/// Pays so many cents out as the organizer's dashboard does: by hand.
async fn pay_out_by_hand(app: &TestApp, cents: i64) {
    let made = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client")
        .post(format!("{}/v1/payouts", app.stripe.url()))
        .bearer_auth("sk_test_testkit")
        .header("stripe-account", account(app).await)
        .form(&[("amount", cents.to_string().as_str()), ("currency", "cad")])
        .send()
        .await
        .expect("an answer");
    assert!(made.status().is_success());
    app.settle().await;
}

on_both!(
    a_payout_by_hand_is_explained_where_it_took_all_there_was_and_never_guessed_at,
    |app| {
        let event = concert(&app).await;
        app.buy(&event, &[(&event.tiers[0], 1)]).await;
        app.advance(3 * DAY_S);
        app.buy(&event, &[(&event.tiers[0], 2)]).await;
        let (available, pending) = app.stripe.sim.balance(&account(&app).await);
        assert!(pending > 0, "the second sale is not available yet");
        pay_out_by_hand(&app, available).await;
        let detail = only(&app).await;
        assert_explained(&detail);
        assert_eq!(detail["payout"]["automatic"], false);
        assert_eq!(detail["orders"].as_array().map(Vec::len), Some(1));

        // A part of what there is could be any part of it.
        app.advance(3 * DAY_S);
        pay_out_by_hand(&app, 1_000).await;
        let page = listed(&app, "").await;
        let part = shown(&app, &page["payouts"][0]).await;
        assert_eq!(part["payout"]["itemized"], false);
        assert_eq!(cents(&part, "unexplained_cents"), 1_000);

        // The rest of it is told again, with the part that went before.
        app.advance(60);
        let (rest, _) = app.stripe.sim.balance(&account(&app).await);
        pay_out_by_hand(&app, rest).await;
        let page = listed(&app, "").await;
        let last = shown(&app, &page["payouts"][0]).await;
        assert_explained(&last);
        assert_eq!(last["orders"].as_array().map(Vec::len), Some(1));
        assert_eq!(last["other"][0]["net_cents"], -1_000);
        app.finish().await;
    }
);

on_both!(pages_of_payouts_are_walked_by_their_cursor, |app| {
    let event = concert(&app).await;
    for _ in 0..3 {
        app.buy(&event, &[(&event.tiers[0], 1)]).await;
        pay_out(&app).await;
    }
    let all = listed(&app, "").await;
    let mut walked = Vec::new();
    let mut query = "?limit=2".to_owned();
    loop {
        let page = listed(&app, &query).await;
        walked.extend(page["payouts"].as_array().expect("payouts").clone());
        match page["next_cursor"].as_str() {
            Some(cursor) => query = format!("?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(&json!(walked), &all["payouts"]);
    assert_eq!(walked.len(), 3);
    let refused = "/api/tickets/organizers/me/payouts?cursor=x";
    let answer = app.send(Method::GET, refused, &app.organizer, None).await;
    assert_eq!(answer.status, 422);
    app.finish().await;
});

on_both!(a_payout_is_nobody_elses_business_but_an_admins, |app| {
    let event = concert(&app).await;
    let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
    pay_out(&app).await;
    let page = listed(&app, "").await;
    let id = page["payouts"][0]["id"].as_str().expect("an id");
    let path = format!("/api/tickets/payouts/{id}");
    let status = async |token: &str| app.send(Method::GET, &path, token, None).await.status;
    let mut cx = app.house().cx(app::Actor::System);
    let stranger = app::accounts::ensure(
        app.house(),
        &mut cx,
        "other@example.ca",
        "Other Society",
        app::accounts::Role::User,
    )
    .await
    .expect("an account");
    let purpose = app::access::Purpose::Organizer(stranger.id);
    let theirs = app::access::issue_key(app.house(), &mut cx, purpose, "test")
        .await
        .expect("a key")
        .secret;
    assert_eq!(status(&theirs).await, 404);
    assert_eq!(status("").await, 401);
    assert_eq!(status(&event.scanner).await, 403);
    assert_eq!(status(&app.admin).await, 200);
    assert!(order["id"].is_string());
    app.finish().await;
});

on_both!(
    with_payouts_off_nothing_is_read_or_shown_and_afterwards_all_of_it,
    |app| {
        let event = concert(&app).await;
        app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let flag = format!("/api/tickets/admin/flags/{}", Flag::Payouts.code());
        let switch = async |off: bool| {
            let body = json!({ "off": off });
            app.send(Method::PUT, &flag, &app.admin, Some(&body))
                .await
                .expect(200);
        };
        switch(true).await;
        pay_out(&app).await;
        let list = "/api/tickets/organizers/me/payouts";
        let answer = app.send(Method::GET, list, &app.organizer, None).await;
        assert_eq!(answer.status, 404);
        switch(false).await;
        app.settle().await;
        assert_explained(&only(&app).await);
        app.finish().await;
    }
);
