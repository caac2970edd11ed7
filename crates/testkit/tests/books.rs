//! Our books against Stripe's: what Stripe kept is booked once, and whatever differs is named.
//!
//! The stand-in's own ledger is the judge of both.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use app::reconciliation::{Compared, compare, read_movements};
use model::ledger::Account;
use reqwest::Method;
use serde_json::{Value, json};
use stripe_sim::{PLATFORM, processing_fee};
use testkit::{EventMade, Scratch, Setup, TestApp, Tier, on_both};

/// What changed within the hour is left for the next time.
const QUIET_S: i64 = 2 * 3_600;

async fn concert(app: &TestApp) -> EventMade {
    app.event(&[Tier {
        name: "Seat",
        cents: 2_500,
        capacity: 20,
    }])
    .await
}

/// Compares once everything has come to rest.
async fn compared(app: &TestApp) -> Compared {
    app.advance(QUIET_S);
    let mut cx = app.house().cx(app::Actor::System);
    compare(app.house(), &mut cx, None)
        .await
        .expect("a comparison")
}

fn sentences(compared: &Compared) -> Vec<&str> {
    let all = compared.differences.iter();
    all.map(|(difference, _)| difference.sentence.as_str())
        .collect()
}

fn subjects(compared: &Compared) -> Vec<&str> {
    let all = compared.differences.iter();
    all.map(|(difference, _)| difference.subject.as_str())
        .collect()
}

async fn balance(app: &TestApp, account: Account) -> i64 {
    let mut read = app.house().read().await.expect("a connection");
    let all = store::ledger::balances(&mut read, None)
        .await
        .expect("balances");
    all.iter()
        .find(|(known, _)| *known == account)
        .map_or(0, |(_, cents)| *cents)
}

async fn standing(app: &TestApp) -> Value {
    let path = "/api/tickets/admin/reconciliation";
    app.send(Method::GET, path, &app.admin, None)
        .await
        .expect(200)
}

async fn health_of_books(app: &TestApp) -> String {
    let health = app.get("/api/tickets/health").await.json();
    let parts = health["parts"].as_array().expect("parts");
    let books = parts.iter().find(|p| p["name"] == "books");
    books.expect("the books")["status"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// The id of an order's charge at Stripe.
async fn charge_of(app: &TestApp, order: &Value) -> String {
    let id = model::ids::OrderId::parse(order["id"].as_str().expect("an id")).expect("an id");
    let mut read = app.house().read().await.expect("a connection");
    let payments = store::payments::of_order(&mut read, &id)
        .await
        .expect("payments");
    payments[0].stripe_charge_id.clone().expect("a charge")
}

on_both!(
    what_stripe_kept_is_booked_once_though_it_is_read_twice,
    |app| {
        let event = concert(&app).await;
        let mut kept = 0;
        for qty in 1..=3 {
            let order = app.buy(&event, &[(&event.tiers[0], qty)]).await;
            kept += processing_fee(order["total_cents"].as_i64().expect("cents"));
        }
        let mut cx = app.house().cx(app::Actor::System);
        let first = read_movements(app.house(), &mut cx, None).await.unwrap();
        assert_eq!((first.fees, first.new), (3, 9));
        let second = read_movements(app.house(), &mut cx, None).await.unwrap();
        assert_eq!((second.fees, second.new), (0, 0));
        assert_eq!(balance(&app, Account::StripeFees).await, kept);
        assert_eq!(balance(&app, Account::PlatformCash).await, -kept);
        app.finish().await;
    }
);

on_both!(
    a_season_without_faults_has_no_difference_and_everybodys_share_is_the_stand_ins,
    |app| {
        let event = concert(&app).await;
        for qty in 1..=4 {
            app.buy(&event, &[(&event.tiers[0], qty)]).await;
        }
        let free = app.event(&[tier_for_nothing()]).await;
        app.buy(&free, &[(&free.tiers[0], 1)]).await;
        let done = compared(&app).await;
        assert_eq!(sentences(&done), Vec::<&str>::new());
        assert_eq!(done.comparison.orders, 4, "a free order has no money");
        let account = account(&app).await;
        let ledger = app.stripe.sim.ledger();
        let share = &done.organizers[0];
        assert_eq!(share.ours_cents, share.stripe_cents);
        assert_eq!(share.ours_cents, ledger.total(&account));
        let kept = balance(&app, Account::PlatformCash).await;
        let fees: i64 =
            -balance(&app, Account::PlatformRevenue).await - balance(&app, platform_gst()).await;
        assert_eq!(fees + kept, ledger.total(PLATFORM));
        assert!(done.closing_line().ends_with("no differences."));

        let shown = standing(&app).await;
        assert_eq!(shown["latest"]["orders"], 4);
        assert_eq!(shown["differences"], json!([]));
        assert_eq!(health_of_books(&app).await, "ok");
        app.finish().await;
    }
);

fn tier_for_nothing() -> Tier {
    Tier {
        name: "Friends",
        cents: 0,
        capacity: 5,
    }
}

fn platform_gst() -> Account {
    Account::TaxPayable {
        supplier: model::ledger::Supplier::Platform,
        component: model::tax::TaxComponent::Gst,
    }
}

async fn account(app: &TestApp) -> String {
    let me = "/api/tickets/organizers/me";
    let shown = app.send(Method::GET, me, &app.organizer, None).await;
    let account = shown.expect(200)["stripe_account_id"].clone();
    account.as_str().expect("an account").to_owned()
}

on_both!(
    a_charge_made_behind_our_back_is_named_and_stays_named,
    |app| {
        let event = concert(&app).await;
        app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let charge = app.stripe.sim.charge_by_hand(1_234).expect("a charge");
        let id = charge["id"].as_str().expect("an id");
        let soon = {
            let mut cx = app.house().cx(app::Actor::System);
            compare(app.house(), &mut cx, None).await.unwrap()
        };
        assert_eq!(
            sentences(&soon),
            Vec::<&str>::new(),
            "it may be on its way to us"
        );

        for _ in 0..2 {
            let done = compared(&app).await;
            let movement = charge["balance_transaction"].as_str().expect("an id");
            let sentence = format!(
                "Stripe moved $12.34 by the charge {id} ({movement}), and nothing of ours knows it."
            );
            assert_eq!(sentences(&done), [sentence.as_str()]);
            assert!(done.closing_line().ends_with("one difference."));
        }
        let shown = standing(&app).await;
        let open = shown["differences"].as_array().expect("differences");
        assert_eq!(open.len(), 1);
        assert_eq!(open[0]["kind"], "unknown-to-us");
        assert_eq!(open[0]["stripe_cents"], 1_234);
        assert!(open[0]["first_seen_at"].as_str() < open[0]["last_seen_at"].as_str());
        assert_eq!(health_of_books(&app).await, "degraded");
        app.finish().await;
    }
);

/// A house that Stripe tells nothing of its own accord.
async fn deaf(scratch: Scratch) -> TestApp {
    let setup = Setup {
        webhooks: false,
        ..Setup::default()
    };
    TestApp::new(scratch, setup).await
}

/// Buys, and hears of the payment by asking.
async fn buy_asking(app: &TestApp, event: &EventMade) -> Value {
    let checkout = app.checkout(event, &[(&event.tiers[0], 2)]).await;
    let checkout = checkout.expect(201);
    app.pay(&checkout, testkit::card::GOOD).expect("it pays");
    app.advance(60);
    app::checkout::ask_stripe_about_open_orders(app.house())
        .await
        .expect("a round");
    app.settle().await;
    app.order(&checkout).await
}

async fn a_refund_that_we_missed(app: TestApp) {
    let event = concert(&app).await;
    let order = buy_asking(&app, &event).await;
    let charge = charge_of(&app, &order).await;
    let back = json!({ "charge": charge, "amount": 700 });
    let refund = app.stripe.sim.refund_by_hand(&back).expect("a refund");
    let done = compared(&app).await;
    let subject = format!("refund:{}", refund["id"].as_str().expect("an id"));
    assert_eq!(subjects(&done), [subject.as_str()]);
    assert!(sentences(&done)[0].contains("−$7.00"), "{done:?}");
    assert_eq!(
        done.differences[0]
            .1
            .as_ref()
            .map(model::ids::OrderId::as_str),
        order["id"].as_str(),
        "the order that it belongs to is named"
    );
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_that_we_missed_is_named_with_its_order_on_sqlite() {
    a_refund_that_we_missed(deaf(Scratch::sqlite().await.expect("a database")).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_that_we_missed_is_named_with_its_order_on_postgres() {
    a_refund_that_we_missed(deaf(Scratch::postgres().await.expect("a database")).await).await;
}

on_both!(a_wrong_amount_is_named_until_it_is_right_again, |app| {
    let event = concert(&app).await;
    let order = app.buy(&event, &[(&event.tiers[0], 2)]).await;
    let id = order["id"].as_str().expect("an id");
    let total = order["total_cents"].as_i64().expect("cents");
    let add = async |cents: i64| {
        let sql = format!(
            "update tickets_payments set application_fee_cents = application_fee_cents + {cents} where order_id = '{id}'"
        );
        app.scratch.raw(&sql).await.expect("by hand");
    };
    add(1).await;
    let done = compared(&app).await;
    assert_eq!(done.differences.len(), 1, "{done:?}");
    let (difference, _) = &done.differences[0];
    assert_eq!(difference.kind.code(), "amount-differs");
    assert_eq!(
        difference.ours_cents.unwrap(),
        difference.stripe_cents.unwrap() + 1
    );
    assert!(difference.sentence.contains(id), "{difference:?}");
    assert!(total > 0);

    add(-1).await;
    let done = compared(&app).await;
    assert_eq!(sentences(&done), Vec::<&str>::new());
    assert_eq!(standing(&app).await["differences"], json!([]));
    assert_eq!(health_of_books(&app).await, "ok");
    app.finish().await;
});

on_both!(
    a_payment_that_stripe_knows_nothing_of_is_named_as_missing_there,
    |app| {
        let event = concert(&app).await;
        let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let charge = charge_of(&app, &order).await;
        let sql = format!(
            "update tickets_payments set stripe_charge_id = 'ch_lost' where stripe_charge_id = '{charge}'"
        );
        app.scratch.raw(&sql).await.expect("by hand");
        let done = compared(&app).await;
        let real = format!("charge:{charge}");
        assert_eq!(subjects(&done), ["charge:ch_lost", real.as_str()]);
        assert!(
            sentences(&done)[0].contains("Stripe has no movement of the charge ch_lost"),
            "{done:?}"
        );
        app.finish().await;
    }
);

on_both!(
    a_ledger_that_adds_up_to_something_else_is_named_though_each_movement_agrees,
    |app| {
        let event = concert(&app).await;
        let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let id = order["id"].as_str().expect("an id");
        let shift = async |cents: i64| {
            for (account, cents) in [("organizer_payable", cents), ("platform_revenue", -cents)] {
                let sql = format!(
                    "update tickets_ledger set amount_cents = amount_cents + {cents} where order_id = '{id}' and account = '{account}'"
                );
                app.scratch.raw(&sql).await.expect("by hand");
            }
        };
        shift(-5).await;
        let done = compared(&app).await;
        let subject = format!("books:{id}:organizer");
        assert_eq!(subjects(&done), [subject.as_str()]);
        let share = &done.organizers[0];
        assert_eq!(share.ours_cents, share.stripe_cents + 5);
        shift(5).await;
        assert_eq!(subjects(&compared(&app).await), Vec::<&str>::new());
        app.finish().await;
    }
);
