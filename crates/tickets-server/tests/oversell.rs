//! Sixty-four buyers want 2,000 tickets where there are 500: exactly 500 are sold, on both databases.
//!
//! On SQLite it is one process. On PostgreSQL two processes share the database, so that what keeps them
//! from overselling can only be the rows themselves.

#![expect(
    clippy::expect_used,
    reason = "in a test, what cannot be done is a failure"
)]

mod common;

use common::api::{Api, Event, list, number, session_of, text};
use common::demo::{Demo, Place};
use common::process::{Env, Product, free_port};
use common::until;
use mail::catcher::{Catcher, CatcherConfig};
use model::ids::EventId;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use store::scratch::Scratch;
use store::{Db, Options};

const SEATS: usize = 500;
const SEATS_IN_ROWS: i64 = 500;
const ATTEMPTS: usize = 2_000;
const BUYERS: usize = 64;
/// How long one buyer keeps trying who is asked to come back.
const KEEPS_TRYING: Duration = Duration::from_mins(1);
/// How long the last payment may take to reach its order.
const CONFIRMED: Duration = Duration::from_mins(4);

/// An order that somebody got.
struct Got {
    id: String,
    token: String,
    session: Option<String>,
}

/// What became of all attempts.
#[derive(Default)]
struct Rush {
    got: Vec<Got>,
    sold_out: usize,
    told_to_retry: usize,
}

/// One attempt; whoever is asked to come back does.
async fn attempt(api: &Api, wish: &Value, rush: &mut Rush) {
    let since = Instant::now();
    loop {
        let answer = api.post("/api/tickets/checkout/session", "", wish).await;
        match (answer.status, answer.retry_after_s) {
            (201, _) => {
                let checkout = answer.json();
                return rush.got.push(Got {
                    id: text(&checkout, "order_id").to_owned(),
                    token: text(&checkout, "order_token").to_owned(),
                    session: (!checkout["url"].is_null()).then(|| session_of(&checkout)),
                });
            }
            (409 | 429, Some(seconds)) => {
                assert!(
                    since.elapsed() < KEEPS_TRYING,
                    "asked to come back for ever: {}",
                    answer.text()
                );
                rush.told_to_retry += 1;
                tokio::time::sleep(Duration::from_secs(seconds)).await;
            }
            _ => {
                assert_eq!(answer.problem(409), "sold-out", "{}", answer.text());
                rush.sold_out += 1;
                return;
            }
        }
    }
}

/// All attempts on a tier, spread over the servers; whoever gets a payment page pays at once.
async fn rush(servers: &[Api], demo: &Demo, event: &Event, tier: usize) -> Rush {
    let next = AtomicUsize::new(0);
    let buyer = |_| async {
        let mut mine = Rush::default();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= ATTEMPTS {
                return mine;
            }
            let wish = event.wish(tier, 1, &format!("buyer{at}@example.ca"));
            let before = mine.got.len();
            attempt(&servers[at % servers.len()], &wish, &mut mine).await;
            if let Some(session) = mine.got.get(before).and_then(|got| got.session.as_deref()) {
                assert_eq!(demo.pay(session).await["payment_status"], "paid");
            }
        }
    };
    let all = futures::future::join_all((0..BUYERS).map(buyer)).await;
    all.into_iter().fold(Rush::default(), |mut sum, one| {
        sum.got.extend(one.got);
        sum.sold_out += one.sold_out;
        sum.told_to_retry += one.told_to_retry;
        sum
    })
}

/// Waits until every order is paid, and gives back the codes of their tickets.
async fn codes_once_paid(servers: &[Api], rush: &Rush) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    let deadline = Instant::now() + CONFIRMED;
    for (at, got) in rush.got.iter().enumerate() {
        let server = &servers[at % servers.len()];
        let left = deadline.saturating_duration_since(Instant::now());
        let order = until("every order is paid", left, || async move {
            let order = server.order(&got.id, &got.token).await;
            if order["status"] == "paid" {
                Ok(order)
            } else {
                Err(format!("number {at} is {}", order["status"]))
            }
        })
        .await;
        let tickets = list(&order, "tickets");
        assert_eq!(tickets.len(), 1, "one ticket was bought: {order}");
        assert_eq!(tickets[0]["status"], "valid");
        codes.insert(text(&tickets[0], "qr_token").to_owned());
    }
    codes
}

async fn remaining(api: &Api, event: &Event, tier: usize) -> i64 {
    let path = format!("/api/tickets/events/{}", event.id);
    let shown = api.get(&path, "").await.expect(200);
    let tiers = list(&shown, "tiers");
    let tier = tiers.iter().find(|t| t["id"] == event.tiers[tier].as_str());
    number(tier.expect("the tier is shown"), "remaining")
}

/// What the rows themselves say, asked beside the product.
async fn rows_agree(database_url: &str, event: &Event) {
    let options = Options {
        url: database_url.to_owned(),
        max_connections: 2,
    };
    let db = Db::open(&options).await.expect("the database opens");
    let mut read = db.read().await.expect("a connection");
    let problems = store::consistency::problems(&mut read)
        .await
        .expect("a recount");
    assert_eq!(problems, Vec::<String>::new());
    let id = EventId::parse(&event.id).expect("an id");
    for tier in store::tiers::of_event(&mut read, &id)
        .await
        .expect("the tiers")
    {
        assert_eq!(
            (tier.stock.sold, tier.stock.held),
            (SEATS_IN_ROWS, 0),
            "{}",
            tier.name
        );
    }
    drop(read);
    db.close().await;
}

async fn sells_exactly_what_there_is(servers: &[Api], demo: &Demo, database_url: &str) {
    let tiers = [
        ("General", 2_500, SEATS_IN_ROWS),
        ("Free seat", 0, SEATS_IN_ROWS),
    ];
    let event = servers[0].publish(&demo.organizer, &tiers).await;
    let mut codes = BTreeSet::new();
    for (tier, (name, ..)) in tiers.iter().enumerate() {
        let begun = Instant::now();
        let rush = rush(servers, demo, &event, tier).await;
        let rushed = begun.elapsed();
        assert_eq!((rush.got.len(), rush.sold_out), (SEATS, ATTEMPTS - SEATS));
        codes.append(&mut codes_once_paid(servers, &rush).await);
        println!(
            "{}: rush {rushed:?}, {} told to come back, paid after {:?}",
            name,
            rush.told_to_retry,
            begun.elapsed()
        );
        for server in servers {
            assert_eq!(remaining(server, &event, tier).await, 0);
        }
    }
    assert_eq!(codes.len(), 2 * SEATS, "every ticket has a code of its own");
    rows_agree(database_url, &event).await;
    let ledger = demo.stripe.get("/_sim/ledger", "").await.expect(200);
    assert_eq!(number(&ledger, "sum"), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_seats_are_sold_five_hundred_times_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::new(folder.path(), "none");
    let demo = place.start(&Env::new()).await;
    let servers = [demo.api.clone()];
    sells_exactly_what_there_is(&servers, &demo, &place.database_url()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_seats_are_sold_five_hundred_times_by_two_servers_on_postgres() {
    let scratch = Scratch::postgres()
        .await
        .unwrap_or_else(|error| panic!("{error}"));
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::new(folder.path(), "none");
    let demo = place
        .start(&vec![("DATABASE_URL", scratch.url.clone())])
        .await;
    let config = CatcherConfig {
        smtp_addr: ([127, 0, 0, 1], 0).into(),
        dir: None,
        now: Arc::new(common::now_micros),
    };
    let catcher = Catcher::start(config).await.expect("a mail catcher");
    let addr = format!("127.0.0.1:{}", free_port());
    let env = vec![
        ("DATABASE_URL", scratch.url.clone()),
        ("PUBLIC_URL", demo.api.url.clone()),
        ("SECRET_KEY", place.secret("key")),
        ("STRIPE_SECRET_KEY", "sk_test_demo".to_owned()),
        ("STRIPE_API_BASE", demo.stripe.url.clone()),
        ("STRIPE_WEBHOOK_SECRET", place.secret("webhook")),
        ("STRIPE_RATE_PER_SECOND", "0".to_owned()),
        ("SMTP_URL", catcher.smtp_url()),
        (
            "EMAIL_FROM",
            "Jugnu Tickets <tickets@jugnu.example>".to_owned(),
        ),
        ("ENABLE_TICKETING", "true".to_owned()),
        ("RATE_LIMIT_SCALE", "0".to_owned()),
    ];
    let _second = Product::start(
        &["serve", "--addr", &addr],
        &env,
        &folder.path().join("second.log"),
    );
    let second = Api::new(&format!("http://{addr}"));
    second.ready().await;
    let servers = [demo.api.clone(), second];
    sells_exactly_what_there_is(&servers, &demo, &scratch.url).await;
}
