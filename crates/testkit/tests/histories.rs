//! Random histories of orders with everything that goes wrong, and an auditor that trusts nobody.
//!
//! Sales, partial and whole refunds, refunds in Stripe's dashboard, disputes won and lost, refunds that
//! fail at once and days later, webhooks lost, doubled and reordered, calls that Stripe cuts before and
//! after it did them, and workers that die in the middle of a job. At the end everything comes to rest,
//! and our books must equal the stand-in's own ledger to the cent: for the buyers, for the organizer, and
//! for the platform. Every history is an order; `HISTORIES` says how many (10,000 were run once on each
//! database), `SIMULATION_SEED` repeats a run.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use model::ledger::{Account, Supplier};
use model::tax::TaxComponent;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha12Rng;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use stripe_sim::PLATFORM;
use testkit::{EventMade, Scratch, Setup, TestApp, Tier};

/// How many histories an everyday run has on each database.
const EVERYDAY: usize = 250;
/// Cards by what happens to their payments and refunds (docs.stripe.com/testing; STRIPE.md 2.11).
const CARDS: [&str; 10] = [
    "4242424242424242",
    "4242424242424242",
    "4242424242424242",
    "4242424242424242",
    "4000000000000077",
    "4000000000000002",
    "4000000000007726",
    "4000000000005126",
    "4000000000000259",
    "4000000000001976",
];
const FAULTS: [&str; 14] = [
    "webhook_duplicate",
    "webhook_delay",
    "webhook_reorder",
    "webhook_drop",
    "webhook_bad_signature",
    "webhook_concurrent",
    "webhook_unknown_order",
    "error_before",
    "error_after",
    "reset_before",
    "reset_after",
    "reset_mid_body",
    "malformed_json",
    "lock_timeout",
];
const PRICES: [i64; 4] = [0, 99, 2_533, 9_999];

struct Story {
    app: TestApp,
    events: Vec<EventMade>,
    rng: ChaCha12Rng,
    orders: Vec<Value>,
    disputes: Vec<String>,
    crashes: u64,
    client: reqwest::Client,
}

impl Story {
    fn pick(&mut self, below: usize) -> usize {
        self.rng.random_range(0..below)
    }

    fn any_order(&mut self) -> Option<Value> {
        let count = self.orders.len();
        // Mostly young ones: what happens, happens soon.
        let from = if self.pick(4) == 0 {
            0
        } else {
            count.saturating_sub(40)
        };
        (count > 0).then(|| {
            let at = self.rng.random_range(from..count);
            self.orders[at].clone()
        })
    }

    /// An order, and on the way of it something else that may happen to any.
    async fn history(&mut self) {
        self.buy().await;
        for _ in 0..2 {
            match self.pick(20) {
                0..=5 => self.refund().await,
                6 => self.refund_in_dashboard().await,
                7 => self.dispute().await,
                8 => self.close_dispute().await,
                9 => self.fail_refund().await,
                10..=12 => self.arm(),
                13..=15 => self.work_and_die().await,
                16 => self
                    .app
                    .advance([5, 60, 905, 3_700][self.rng.random_range(0..4)]),
                17 => self.reconcile().await,
                _ => self.app.settle().await,
            }
        }
    }

    async fn buy(&mut self) {
        let event = self.pick(self.events.len());
        let event = self.events[event].clone();
        let tier = self.pick(PRICES.len());
        let qty = i64::try_from(1 + self.pick(3)).unwrap();
        let answer = self
            .app
            .checkout(&event, &[(event.tiers[tier].as_str(), qty)])
            .await;
        if answer.status != 201 {
            assert!(
                [409, 422, 429, 503].contains(&answer.status),
                "{}",
                answer.text()
            );
            return;
        }
        let checkout = answer.json();
        if !checkout["url"].is_null() {
            let card = CARDS[self.pick(CARDS.len())];
            // A declined card pays nothing, and its order lapses.
            let _declined = self.app.pay(&checkout, card);
        }
        self.orders.push(checkout);
        if self.pick(3) == 0 {
            self.app.settle().await;
        }
    }

    async fn refund(&mut self) {
        let Some(order) = self.any_order() else {
            return;
        };
        if self.has_failed(&order).await {
            return;
        }
        let id = order["order_id"].as_str().unwrap();
        let path = format!("/api/tickets/orders/{id}/refund");
        let shown = self.app.order(&order).await;
        let tickets = shown["tickets"].as_array().unwrap().clone();
        let body = match self.pick(5) {
            0 => json!({}),
            1 if !tickets.is_empty() => {
                json!({ "tickets": [tickets[self.pick(tickets.len())]["id"]] })
            }
            2 => {
                json!({ "items": [{ "id": shown["items"][0]["id"], "qty": 1 }], "restock": false })
            }
            3 => json!({ "return_fee": true, "reason": "Our mistake" }),
            _ => json!({ "amount_cents": 1 + self.pick(4_000), "keep_tickets": true }),
        };
        let token = self.app.admin.clone();
        let answer = self
            .app
            .send(Method::POST, &path, &token, Some(&body))
            .await;
        assert!(
            [201, 409, 422, 429, 503].contains(&answer.status),
            "{}",
            answer.text()
        );
    }

    async fn sim(&self, path: &str, body: Value) -> Option<Value> {
        let url = format!("{}/_sim{path}", self.app.stripe.url());
        let answer = self.client.post(url).json(&body).send().await.unwrap();
        let fine = answer.status().is_success();
        let body: Value = answer.json().await.unwrap_or_default();
        fine.then_some(body)
    }

    /// Whether a refund of an order failed after the organizer had paid for it. What the organizer got back
    /// lies in another transfer then, and a later refund must fit into one of the two (docs/money.md): its
    /// own test is in `refunds.rs`.
    async fn has_failed(&self, order: &Value) -> bool {
        let id = model::ids::OrderId::parse(order["order_id"].as_str().unwrap()).unwrap();
        let mut read = self.app.house().read().await.unwrap();
        let refunds = store::refunds::of_order(&mut read, &id).await.unwrap();
        refunds
            .iter()
            .any(|r| r.status == model::refund::RefundStatus::Failed)
    }

    async fn charge_of(&self, order: &Value) -> Option<String> {
        if self.has_failed(order).await {
            return None;
        }
        let id = model::ids::OrderId::parse(order["order_id"].as_str()?).ok()?;
        let mut read = self.app.house().read().await.unwrap();
        let payments = store::payments::of_order(&mut read, &id).await.unwrap();
        payments.first()?.stripe_charge_id.clone()
    }

    async fn refund_in_dashboard(&mut self) {
        let Some(order) = self.any_order() else {
            return;
        };
        let Some(charge) = self.charge_of(&order).await else {
            return;
        };
        let body = json!({
            "charge": charge, "amount": 1 + self.pick(3_000),
            "reverse_transfer": self.pick(2) == 0, "refund_application_fee": self.pick(3) == 0,
        });
        self.sim("/refunds", body).await;
    }

    async fn dispute(&mut self) {
        let Some(order) = self.any_order() else {
            return;
        };
        let Some(charge) = self.charge_of(&order).await else {
            return;
        };
        let inquiry = self.pick(4) == 0;
        let body =
            json!({ "charge": charge, "reason": "product_not_received", "inquiry": inquiry });
        if let Some(dispute) = self.sim("/disputes", body).await {
            self.disputes
                .push(dispute["id"].as_str().unwrap().to_owned());
        }
    }

    async fn close_dispute(&mut self) {
        let Some(dispute) = self.disputes.pop() else {
            return;
        };
        let outcome = ["won", "lost"][self.pick(2)];
        self.sim(
            &format!("/disputes/{dispute}/close"),
            json!({ "outcome": outcome }),
        )
        .await;
    }

    /// The bank sends a refund back, however long ago it succeeded.
    async fn fail_refund(&mut self) {
        let Some(order) = self.any_order() else {
            return;
        };
        let id = model::ids::OrderId::parse(order["order_id"].as_str().unwrap()).unwrap();
        let refunds = {
            let mut read = self.app.house().read().await.unwrap();
            store::refunds::of_order(&mut read, &id).await.unwrap()
        };
        if let Some(stripe) = refunds.iter().find_map(|r| r.stripe_refund_id.clone()) {
            self.sim(&format!("/refunds/{stripe}/fail"), json!({}))
                .await;
        }
    }

    fn arm(&mut self) {
        let kind = FAULTS[self.pick(FAULTS.len())];
        let fault = json!({ "kind": kind, "times": 1 + self.pick(2), "nth": 1 + self.pick(3) });
        let fault = serde_json::from_value(fault).expect("a fault");
        self.app.stripe.sim.arm(fault);
    }

    /// A worker that dies: its work is polled so many times and then dropped, wherever it is.
    async fn work_and_die(&mut self) {
        let mut polls_left = self.pick(60);
        let house = self.app.house().clone();
        let mut work = pin!(app::jobs::drain(&house));
        let died = std::future::poll_fn(|cx| {
            if polls_left == 0 {
                return Poll::Ready(true);
            }
            polls_left -= 1;
            match work.as_mut().poll(cx) {
                Poll::Ready(_) => Poll::Ready(false),
                Poll::Pending => Poll::Pending,
            }
        })
        .await;
        self.crashes += u64::from(died);
    }

    async fn reconcile(&self) {
        let house = self.app.house();
        // With faults armed a round may fail; it comes round again.
        let _failed = app::checkout::release_lapsed(house).await;
        let _failed = app::checkout::ask_stripe_about_open_orders(house).await;
        let _failed = app::refunds::look_after_open_refunds(house).await;
        let mut cx = house.cx(app::Actor::System);
        let _failed = app::webhooks::catch_up(house, &mut cx).await;
    }

    /// No more faults; disputes end; days pass; everybody is asked.
    async fn rest(&mut self) {
        self.app.stripe.sim.disarm();
        while !self.disputes.is_empty() {
            self.close_dispute().await;
        }
        // Long enough for what a bank gave back to be available, and with it what is owed to the organizer.
        for round in 0..80 {
            self.app.settle().await;
            self.reconcile().await;
            self.app.advance(match round {
                0..30 => 400,
                30..60 => 7_300,
                _ => 40_000,
            });
        }
        self.app.settle().await;
        let house = self.app.house();
        app::disputes::ask_stripe_about_open_disputes(house)
            .await
            .expect("a round");
        self.app.settle().await;
    }
}

/// What stands on each account of our books, in cents.
async fn balances(app: &TestApp) -> BTreeMap<Account, i64> {
    let mut read = app.house().read().await.unwrap();
    let all = store::ledger::balances(&mut read, None).await.unwrap();
    all.into_iter().collect()
}

/// The auditor: three parties, two books, no difference.
async fn audit(story: &Story, account: &str, seed: u64) {
    let app = &story.app;
    all_settled(app, seed).await;
    let mut cx = app.house().cx(app::Actor::System);
    let compared = app::reconciliation::compare(app.house(), &mut cx, None)
        .await
        .expect("a comparison");
    let sentences: Vec<&String> = compared
        .differences
        .iter()
        .map(|(d, _)| &d.sentence)
        .collect();
    assert!(sentences.is_empty(), "seed {seed}: {sentences:#?}");

    let ours = balances(app).await;
    let on = |account: Account| ours.get(&account).copied().unwrap_or_default();
    let taxes = |supplier| {
        let all = TaxComponent::ALL.map(|component| Account::TaxPayable {
            supplier,
            component,
        });
        all.into_iter().map(on).sum::<i64>()
    };
    let stripe = app.stripe.sim.ledger();
    assert_eq!(stripe.sum(), 0);
    // What buyers paid and have not got back.
    let buyers = -stripe.total("world:buyers");
    assert_eq!(on(Account::BuyerClearing), buyers, "seed {seed}: buyers");
    // Debits are positive with us: what we owe the organizer is what is on their account.
    let organizer = -(on(Account::OrganizerPayable) + taxes(Supplier::Organizer));
    assert_eq!(organizer, stripe.total(account), "seed {seed}: organizer");
    let platform = on(Account::PlatformCash)
        - on(Account::PlatformRevenue)
        - taxes(Supplier::Platform)
        - on(Account::BuyerRefundsDue);
    assert_eq!(platform, stripe.total(PLATFORM), "seed {seed}: platform");
    no_refund_twice(story, seed);
}

/// Nothing is left to be done at Stripe for any refund.
async fn all_settled(app: &TestApp, seed: u64) {
    let mut read = app.house().read().await.unwrap();
    let later = app.house().now().plus_seconds(1);
    let open = store::refunds::unsettled(&mut read, later, 20)
        .await
        .unwrap();
    drop(read);
    if let Some(refund) = open.first() {
        let mut cx = app.house().cx(app::Actor::System);
        let made = app::refunds::make(app.house(), &mut cx, &refund.id).await;
        let mut read = app.house().read().await.unwrap();
        let all = store::refunds::of_order(&mut read, &refund.order_id)
            .await
            .unwrap();
        panic!(
            "seed {seed}: {} is not settled: {made:?} {all:#?}",
            refund.id
        );
    }
}

/// Each of our refunds was made at most once at Stripe.
fn no_refund_twice(story: &Story, seed: u64) {
    let mut made = BTreeSet::new();
    for request in story.app.stripe.sim.ledger().entries {
        if request.kind == "refund" {
            let refund = story.app.stripe.sim.object(&request.source);
            if let Some(ours) = refund["metadata"]["refund_id"].as_str() {
                assert!(made.insert(ours.to_owned()), "seed {seed}: {ours} twice");
            }
        }
    }
    assert!(!made.is_empty(), "seed {seed}: nothing was refunded");
}

async fn histories(scratch: Scratch, seed: u64, count: usize) {
    eprintln!("SIMULATION_SEED={seed}");
    // A fee that leaves the platform solvent whatever the disputes cost: a transfer that gives an organizer's
    // part back is paid from what is available.
    let fee = [("FEE_PERCENT_PPM", "120000"), ("FEE_FIXED_CENTS", "150")];
    let setup = Setup {
        seed,
        env: fee.map(|(name, value)| (name, value.to_owned())).to_vec(),
        ..Setup::default()
    };
    let app = TestApp::new(scratch, setup).await;
    let names = ["Free", "Small", "Floor", "Box"];
    let tiers: Vec<Tier> = names
        .into_iter()
        .zip(PRICES)
        .map(|(name, cents)| Tier {
            name,
            cents,
            capacity: 100_000,
        })
        .collect();
    let mut events = Vec::new();
    for fee_mode in ["pass", "absorb"] {
        let fee = json!({ "fee_mode": fee_mode });
        let fee = if fee_mode == "absorb" {
            json!({ "fee_mode": fee_mode, "tax_inclusive": true })
        } else {
            fee
        };
        let tiers = if fee_mode == "absorb" {
            // A ticket of 99 cents could not bear its fee.
            let mut tiers = tiers.clone();
            tiers[1].cents = 2_999;
            tiers
        } else {
            tiers.clone()
        };
        events.push(app.event_with(fee, &tiers).await);
    }
    let account = organizers_account(&app).await;
    let mut story = Story {
        app,
        events,
        rng: ChaCha12Rng::seed_from_u64(seed),
        orders: Vec::new(),
        disputes: Vec::new(),
        crashes: 0,
        client: reqwest::Client::builder().no_proxy().build().unwrap(),
    };
    for _ in 0..count {
        story.history().await;
    }
    let fired = story.app.stripe.sim.faults_log().len();
    story.rest().await;
    audit(&story, &account, seed).await;
    assert!(fired > count / 20, "only {fired} faults fired");
    assert!(story.crashes > 0, "no worker died");
    eprintln!(
        "{} orders, {fired} faults, {} dead workers: our books equal the stand-in's",
        story.orders.len(),
        story.crashes
    );
    let problems = story.app.problems().await;
    assert_eq!(problems, Vec::<String>::new(), "seed {seed}");
}

async fn organizers_account(app: &TestApp) -> String {
    let me = app
        .send(
            Method::GET,
            "/api/tickets/organizers/me",
            &app.organizer,
            None,
        )
        .await
        .expect(200);
    me["stripe_account_id"]
        .as_str()
        .expect("an account")
        .to_owned()
}

fn size() -> usize {
    let asked = std::env::var("HISTORIES").ok();
    asked.map_or(EVERYDAY, |n| n.parse().expect("a number"))
}

fn seed() -> u64 {
    let asked = std::env::var("SIMULATION_SEED").ok();
    asked.map_or(11, |n| n.parse().expect("a number"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_books_equal_stripes_after_random_histories_on_sqlite() {
    let scratch = Scratch::sqlite().await.expect("a database");
    histories(scratch, seed(), size()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_books_equal_stripes_after_random_histories_on_postgres() {
    let scratch = Scratch::postgres().await.expect("a database");
    histories(scratch, seed(), size()).await;
}
