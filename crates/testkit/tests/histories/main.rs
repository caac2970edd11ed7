//! Random histories of orders with everything that goes wrong, and an auditor that trusts nobody.
//!
//! Sales, partial and whole refunds, refunds in Stripe's dashboard, disputes won and lost, refunds that
//! fail at once and days later, webhooks lost, doubled and reordered, calls that Stripe cuts before and
//! after it did them, and workers that die in the middle of a job. At the end everything comes to rest,
//! and our books must equal the stand-in's own ledger to the cent: for the buyers, for the organizer, and
//! for the platform. Every history is an order; `HISTORIES` says how many, `SIMULATION_SEED` repeats a run.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

mod audit;
mod story;

use rand::SeedableRng as _;
use rand_chacha::ChaCha12Rng;
use reqwest::Method;
use serde_json::json;
use story::{PRICES, Story};
use testkit::{EventMade, Scratch, Setup, TestApp, Tier};

/// How many histories an everyday run has on each database.
const EVERYDAY: usize = 250;
/// How many histories one house lives through; more of them are told of further houses, with further seeds.
const IN_ONE_HOUSE: usize = 500;

/// Two events: one whose buyers pay the fee, one whose organizer does, with the taxes inside of its prices.
async fn events(app: &TestApp) -> Vec<EventMade> {
    let tiers = |second: i64| -> Vec<Tier> {
        let names = ["Free", "Small", "Floor", "Box"];
        let prices = [PRICES[0], second, PRICES[2], PRICES[3]];
        let pairs = names.into_iter().zip(prices);
        pairs
            .map(|(name, cents)| Tier {
                name,
                cents,
                capacity: 100_000,
            })
            .collect()
    };
    let passed = app.event_with(json!({}), &tiers(PRICES[1])).await;
    let absorbed = json!({ "fee_mode": "absorb", "tax_inclusive": true });
    // A ticket of 99 cents could not bear its fee.
    let absorbed = app.event_with(absorbed, &tiers(2_999)).await;
    vec![passed, absorbed]
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
    let account = organizers_account(&app).await;
    let mut story = Story {
        events: events(&app).await,
        app,
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
    audit::audit(&story, &account, seed).await;
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

/// How many histories each house has, with its seed.
fn houses() -> impl Iterator<Item = (u64, usize)> {
    let size = size();
    let begins = (0..size).step_by(IN_ONE_HOUSE);
    (seed()..).zip(begins.map(move |from| IN_ONE_HOUSE.min(size - from)))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_books_equal_stripes_after_random_histories_on_sqlite() {
    for (seed, count) in houses() {
        let scratch = Scratch::sqlite().await.expect("a database");
        histories(scratch, seed, count).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_books_equal_stripes_after_random_histories_on_postgres() {
    for (seed, count) in houses() {
        let scratch = Scratch::postgres().await.expect("a database");
        histories(scratch, seed, count).await;
    }
}
