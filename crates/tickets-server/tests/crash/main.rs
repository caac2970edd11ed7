//! `kill -9` in the middle of 200 sales, again and again, on both databases: nothing is lost, and
//! nothing is there that should not be.
//!
//! Stripe's stand-in and the mail catcher live in the test and survive; the product is the real binary.
//! The points of the kills come from a seed that is printed; `CRASH_SEED` brings them back, though not
//! the exact instant, which is the machine's.

#![expect(
    clippy::expect_used,
    reason = "in a test, what cannot be done is a failure"
)]

mod audit;
mod called_off;
#[path = "../common/mod.rs"]
mod common;
mod house;

use app::ports::Entropy as _;
use common::api::{Answer, Api, Event, session_of, text};
use common::process::Product;
use common::until;
use house::House;
use model::ids::EventId;
use model::order::OrderStatus;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha12Rng;
use reqwest::Method;
use serde_json::Value;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use store::scratch::Scratch;

const SALES: usize = 200;
const BUYERS: usize = 8;
const KILLS: usize = 6;
const SEATS: i64 = 1_000;
const PAID: usize = 0;
const FREE: usize = 1;
const STRIPE_KEY: &str = "sk_test_crash";
/// How long a buyer keeps trying to buy one thing.
const KEEPS_TRYING: Duration = Duration::from_mins(2);
/// How long the house may take to come to rest after the last restart: a hold of 10 seconds, and the
/// reconciler that asks about an order after 45.
const REST: Duration = Duration::from_mins(4);

/// Sends until somebody answers: a buyer whose connection breaks reloads.
async fn send_until_answered(what: impl Fn() -> reqwest::RequestBuilder) -> Answer {
    until("somebody answers", KEEPS_TRYING, || async {
        let answer = Api::try_send(what()).await.map_err(|e| e.to_string())?;
        assert!(answer.status < 500, "{}", answer.text());
        // The first request with this key died with its process, or another asks for patience.
        if answer.retry_after_s.is_some() {
            Err(answer.text())
        } else {
            Ok(answer)
        }
    })
    .await
}

/// One sale: the same wish under the same key until it is answered, and the money at once.
async fn sell(house: &House, event: &Event, sale: usize, steps: &AtomicUsize) {
    let tier = if sale % 3 == 2 { FREE } else { PAID };
    let qty = 1 + i64::try_from(sale % 2).unwrap_or(0);
    let wish = event.wish(tier, qty, &format!("sale{sale}@example.ca"));
    let since = Instant::now();
    for attempt in 1.. {
        assert!(
            since.elapsed() < KEEPS_TRYING,
            "sale {sale} never comes to an end"
        );
        let key = format!("sale-{sale}-{attempt}");
        let asked = || {
            let request = house
                .api
                .request(Method::POST, "/api/tickets/checkout/session", "");
            request.header("Idempotency-Key", &key).json(&wish)
        };
        steps.fetch_add(1, Ordering::Relaxed);
        let checkout = send_until_answered(asked).await.expect(201);
        steps.fetch_add(1, Ordering::Relaxed);
        if checkout["url"].is_null() {
            return;
        }
        // Its hold may have lapsed during a crash; then the page is closed, and the buyer begins again.
        if house
            .stripe
            .sim
            .pay(&session_of(&checkout), "4242424242424242")
            .is_err()
        {
            continue;
        }
        steps.fetch_add(1, Ordering::Relaxed);
        if sale.is_multiple_of(4) {
            come_back(house, &checkout).await;
        }
        return;
    }
}

/// The buyer's browser returns from Stripe; if nobody is there, it gives up: the order must not need it.
async fn come_back(house: &House, checkout: &Value) {
    let path = format!(
        "/tickets/order/{}/return?session_id={}",
        text(checkout, "order_id"),
        session_of(checkout)
    );
    let returned = Api::try_send(house.api.request(Method::GET, &path, "")).await;
    if let Ok(answer) = returned {
        assert!(answer.status < 500, "{}", answer.text());
    }
}

/// Kills and restarts the product at seeded points until the sales are through.
async fn kill_again_and_again(
    house: &House,
    mut product: Product,
    steps: &AtomicUsize,
    rng: &mut ChaCha12Rng,
) -> Product {
    // A sale is at least two steps; the last kill comes well before the last of them.
    let stretch = 2 * SALES / (KILLS + 1);
    let mut at = 0;
    for kill in 1..=KILLS {
        at = (kill * stretch)
            .saturating_sub(rng.random_range(0..stretch / 2))
            .max(at + 1);
        let pause = Duration::from_micros(rng.random_range(0..30_000));
        until("the sales go on", KEEPS_TRYING, || async {
            let done = steps.load(Ordering::Relaxed);
            if done >= at {
                Ok(())
            } else {
                Err(format!("{done} of {at} steps"))
            }
        })
        .await;
        // Not to wait for anything: so that the kill falls anywhere inside of a step.
        tokio::time::sleep(pause).await;
        assert!(product.runs(), "the product ended by itself");
        product.kill();
        println!("kill {kill} after step {at} and {pause:?}");
        house.let_leases_lapse().await;
        product = house.start();
        house.api.ready().await;
    }
    product
}

async fn sell_everything(house: &House, event: &Event, steps: &AtomicUsize) {
    let next = AtomicUsize::new(0);
    let buyer = |_| async {
        loop {
            match next.fetch_add(1, Ordering::Relaxed) {
                sale if sale < SALES => sell(house, event, sale, steps).await,
                _ => return,
            }
        }
    };
    futures::future::join_all((0..BUYERS).map(buyer)).await;
}

async fn survives(scratch: Scratch) {
    let seed = std::env::var("CRASH_SEED")
        .ok()
        .and_then(|s| s.parse().ok());
    let seed = seed.unwrap_or_else(|| {
        u64::from_le_bytes(tickets::OsEntropy.seed()[..8].try_into().expect("8 bytes"))
    });
    println!("CRASH_SEED={seed}");
    let mut rng = ChaCha12Rng::seed_from_u64(seed);
    let house = House::new(scratch).await;
    let product = house.start();
    house.api.ready().await;
    let event = house.open_for_sale().await;
    let event_id = EventId::parse(&event.id).expect("an id");
    let (steps, begun) = (AtomicUsize::new(0), Instant::now());
    let kills = kill_again_and_again(&house, product, &steps, &mut rng);
    let (product, ()) = tokio::join!(kills, sell_everything(&house, &event, &steps));
    // Pages whose buyer never heard of them, because the answer died: even their money must find a home.
    let open: Vec<Value> = house
        .pages()
        .await
        .into_iter()
        .filter(|p| p["status"] == "open")
        .collect();
    for page in &open {
        let paid = house.stripe.sim.pay(text(page, "id"), "4242424242424242");
        println!("a lost page is paid: {}", paid.is_ok());
    }
    println!("sold after {:?}", begun.elapsed());
    until("the house comes to rest", REST, || async {
        let unrest = audit::unrest(&house, &event_id).await;
        if unrest.is_empty() {
            Ok(())
        } else {
            Err(unrest.join("\n"))
        }
    })
    .await;
    let kept = audit::everything_kept(&house, &event_id).await;
    let paid = audit::every_cent_is_accounted_for(&house, &kept).await;
    audit::every_seat_is_accounted_for(&house, &event_id, &kept).await;
    audit::every_mail_arrived(&house, &kept).await;
    assert_eq!(house.stripe.sim.ledger().sum(), 0, "Stripe's own books");
    let sold = kept
        .values()
        .filter(|k| k.order.status == OrderStatus::Paid)
        .count();
    assert!(sold >= SALES, "{sold} of {SALES} sales");
    println!(
        "{sold} orders of {} paid, {paid} pages paid, at rest after {:?}",
        kept.len(),
        begun.elapsed()
    );
    product.stop();
    house.stripe.shutdown().await;
    house.scratch.drop_db().await.expect("the database goes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_sale_is_lost_or_half_done_by_kill_9_on_sqlite() {
    survives(
        Scratch::sqlite()
            .await
            .unwrap_or_else(|error| panic!("{error}")),
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_sale_is_lost_or_half_done_by_kill_9_on_postgres() {
    survives(
        Scratch::postgres()
            .await
            .unwrap_or_else(|error| panic!("{error}")),
    )
    .await;
}
