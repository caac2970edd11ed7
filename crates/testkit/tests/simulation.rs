//! A seeded season: buyers, scanners, clock jumps, lost webhooks and Stripe's faults, against an
//! auditor that keeps its own small books.
//!
//! Each run prints its seed; `SIMULATION_SEED` repeats one.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha12Rng;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::{EventMade, Scratch, Setup, TestApp, Tier, card};

const STEPS: usize = 260;
const CAPACITY: [i64; 3] = [12, 30, 8];
const PRICES: [i64; 3] = [0, 2_533, 9_999];
const FAULTS: [&str; 14] = [
    "webhook_duplicate",
    "webhook_delay",
    "webhook_reorder",
    "webhook_drop",
    "webhook_bad_signature",
    "webhook_old_timestamp",
    "webhook_concurrent",
    "webhook_extra_fields",
    "error_before",
    "error_after",
    "reset_before",
    "reset_after",
    "malformed_json",
    "rate_limit",
];

/// What the auditor knows of one order: what the buyer was told and did.
struct Known {
    checkout: Value,
    qty: i64,
    tier: usize,
    paid: bool,
}

struct Season {
    app: TestApp,
    event: EventMade,
    rng: ChaCha12Rng,
    known: Vec<Known>,
    admitted: BTreeMap<String, u32>,
}

impl Season {
    fn pick(&mut self, below: usize) -> usize {
        self.rng.random_range(0..below)
    }

    async fn step(&mut self) {
        match self.pick(100) {
            0..=34 => self.start().await,
            35..=54 => self.pay(),
            55..=64 => self.app.settle().await,
            65..=72 => {
                let jump = [5, 60, 300, 905][self.pick(4)];
                self.app.advance(jump);
            }
            73..=79 => {
                app::checkout::release_lapsed(self.app.house())
                    .await
                    .expect("a round");
            }
            80..=84 => {
                app::checkout::ask_stripe_about_open_orders(self.app.house())
                    .await
                    .expect("a round");
            }
            85..=91 => self.arm(),
            92..=95 => self.leave().await,
            _ => self.scan().await,
        }
    }

    async fn start(&mut self) {
        let (tier, qty) = (
            self.pick(3),
            i64::try_from(1 + self.pick(4)).expect("small"),
        );
        let answer = self
            .app
            .checkout(&self.event, &[(&self.event.tiers[tier], qty)])
            .await;
        match answer.status {
            201 => {
                let checkout = answer.json();
                let paid = checkout["url"].is_null();
                self.known.push(Known {
                    checkout,
                    qty,
                    tier,
                    paid,
                });
            }
            409 => assert_eq!(answer.problem(409), "sold-out"),
            429 | 503 => assert!(!answer.header("retry-after").is_empty()),
            other => panic!("a checkout answered {other}: {}", answer.text()),
        }
    }

    fn pay(&mut self) {
        let open: Vec<usize> = (0..self.known.len())
            .filter(|i| !self.known[*i].paid)
            .collect();
        if open.is_empty() {
            return;
        }
        let at = open[self.pick(open.len())];
        let number = if self.pick(5) == 0 {
            card::DECLINED
        } else {
            card::GOOD
        };
        if self.app.pay(&self.known[at].checkout, number).is_ok() {
            self.known[at].paid = true;
        }
    }

    fn arm(&mut self) {
        let kind = FAULTS[self.pick(FAULTS.len())];
        let fault = json!({ "kind": kind, "times": 1 + self.pick(3), "nth": 1 + self.pick(2) });
        self.app
            .stripe
            .sim
            .arm(serde_json::from_value(fault).expect("a fault"));
    }

    async fn leave(&mut self) {
        if self.known.is_empty() {
            return;
        }
        let at = self.pick(self.known.len());
        let checkout = &self.known[at].checkout;
        let path = format!(
            "/api/tickets/orders/{}/cancel",
            checkout["order_id"].as_str().expect("an id")
        );
        let token = checkout["order_token"]
            .as_str()
            .expect("a token")
            .to_owned();
        let answer = self
            .app
            .send(reqwest::Method::POST, &path, &token, Some(&json!({})))
            .await;
        assert!(
            [200, 204, 409, 429, 503].contains(&answer.status),
            "{}",
            answer.text()
        );
    }

    async fn scan(&mut self) {
        if self.known.is_empty() {
            return;
        }
        let at = self.pick(self.known.len());
        let order = self.app.order(&self.known[at].checkout).await;
        let Some(ticket) = order["tickets"].as_array().and_then(|t| t.first()).cloned() else {
            return;
        };
        let answer = self
            .app
            .scan(&self.event, ticket["qr_token"].as_str().expect("a token"))
            .await;
        let times = self
            .admitted
            .entry(ticket["id"].as_str().expect("an id").to_owned())
            .or_default();
        let expected = if *times == 0 { "valid" } else { "already_used" };
        assert_eq!(answer["result"], expected);
        *times += 1;
    }

    /// Lets everything come to rest: no more faults, two days pass, everybody is asked.
    async fn rest(&self) {
        self.app.stripe.sim.disarm();
        for hours in 0..40 {
            self.app.settle().await;
            app::checkout::release_lapsed(self.app.house())
                .await
                .expect("a round");
            app::checkout::ask_stripe_about_open_orders(self.app.house())
                .await
                .expect("a round");
            self.app.advance(if hours < 20 { 300 } else { 7_200 });
        }
        self.app.settle().await;
    }

    /// The auditor: compares what buyers did with what they have.
    async fn audit(&self, seed: u64) {
        let mut sold = [0i64; 3];
        for known in &self.known {
            let order = self.app.order(&known.checkout).await;
            let status = order["status"].as_str().unwrap_or_default();
            let tickets =
                i64::try_from(order["tickets"].as_array().map_or(0, Vec::len)).expect("small");
            let back: i64 = order["given_back"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|g| {
                    assert_eq!(g["status"], "succeeded", "seed {seed}: {order}");
                    g["amount_cents"].as_i64().unwrap_or_default()
                })
                .sum();
            match (known.paid, status) {
                (true, "paid") => {
                    assert_eq!((tickets, back), (known.qty, 0), "seed {seed}: {order}");
                    sold[known.tier] += known.qty;
                }
                (true, "canceled") => assert_eq!(
                    (tickets, Some(back)),
                    (0, order["total_cents"].as_i64()),
                    "seed {seed}: {order}"
                ),
                (false, "canceled") => assert_eq!((tickets, back), (0, 0), "seed {seed}: {order}"),
                other => panic!("seed {seed}: {other:?} {order}"),
            }
        }
        for (tier, sold) in sold.into_iter().enumerate() {
            assert!(sold <= CAPACITY[tier], "seed {seed}");
            assert_eq!(
                self.app.remaining(&self.event, tier).await,
                CAPACITY[tier] - sold,
                "seed {seed}, tier {tier}"
            );
        }
    }
}

async fn season(scratch: Scratch, seed: u64) {
    eprintln!("SIMULATION_SEED={seed}");
    let app = TestApp::new(
        scratch,
        Setup {
            seed,
            ..Setup::default()
        },
    )
    .await;
    let tiers: Vec<Tier> = ["Free", "Floor", "Box"]
        .into_iter()
        .zip(PRICES)
        .zip(CAPACITY)
        .map(|((name, cents), capacity)| Tier {
            name,
            cents,
            capacity,
        })
        .collect();
    let event = app.event(&tiers).await;
    let mut season = Season {
        app,
        event,
        rng: ChaCha12Rng::seed_from_u64(seed),
        known: Vec::new(),
        admitted: BTreeMap::new(),
    };
    for _ in 0..STEPS {
        season.step().await;
    }
    season.rest().await;
    season.audit(seed).await;
    assert!(
        !season.app.stripe.sim.faults_log().is_empty(),
        "no fault fired in this season"
    );
    season.app.finish().await;
}

fn seeds() -> Vec<u64> {
    match std::env::var("SIMULATION_SEED") {
        Ok(seed) => vec![seed.parse().expect("a number")],
        Err(_) => vec![1, 2, 3, 4, 5, 6],
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_season_with_faults_ends_clean_on_sqlite() {
    for seed in seeds() {
        season(Scratch::sqlite().await.expect("a database"), seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_season_with_faults_ends_clean_on_postgres() {
    for seed in seeds() {
        season(Scratch::postgres().await.expect("a database"), seed).await;
    }
}
