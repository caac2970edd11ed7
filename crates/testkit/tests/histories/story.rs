//! What happens to orders: bought, refunded, disputed, failed; and what happens to us meanwhile.

use rand::RngExt as _;
use rand_chacha::ChaCha12Rng;
use reqwest::Method;
use serde_json::{Value, json};
use std::pin::pin;
use std::task::Poll;
use testkit::{EventMade, TestApp};

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
/// Tiers' prices, in cents.
pub const PRICES: [i64; 4] = [0, 99, 2_533, 9_999];

/// What is under way.
pub struct Story {
    pub app: TestApp,
    pub events: Vec<EventMade>,
    pub rng: ChaCha12Rng,
    pub orders: Vec<Value>,
    pub disputes: Vec<String>,
    pub crashes: u64,
    pub client: reqwest::Client,
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
    pub async fn history(&mut self) {
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

    async fn charge_of(&self, order: &Value) -> Option<String> {
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
    pub async fn rest(&mut self) {
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
