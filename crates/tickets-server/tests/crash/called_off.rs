//! An event is called off, and the server is killed three times while it gives the money back: every buyer
//! gets all of it once, under Stripe's limit, and how far it is can be read all along.
//!
//! An everyday run has few orders; `CALLED_OFF_ORDERS` says otherwise.

use crate::common::api::{Event, list, session_of, text};
use crate::common::until;
use crate::house::House;
use futures::stream::{self, StreamExt};
use model::time::Time;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use store::scratch::Scratch;

const EVERYDAY: usize = 60;
const KILLS: usize = 3;
const BUYERS: usize = 8;
/// What Stripe allows on one endpoint (docs.stripe.com/rate-limits, read 2026-11), and what we keep to.
const STRIPE_ALLOWS: u32 = 25;
const WE_ASK: u32 = 24;
/// How long giving back one order may take at the most: Stripe's pace leaves 24 a second.
const PER_ORDER: Duration = Duration::from_millis(400);
const AT_LEAST: Duration = Duration::from_mins(4);

fn orders() -> usize {
    let asked = std::env::var("CALLED_OFF_ORDERS").ok();
    asked.map_or(EVERYDAY, |n| n.parse().expect("a number"))
}

async fn sell(house: &House, event: &Event, count: usize) {
    let buy = |at: usize| async move {
        let wish = event.wish(0, 1, &format!("buyer{at}@example.ca"));
        let checkout = house
            .api
            .post("/api/tickets/checkout/session", "", &wish)
            .await
            .expect(201);
        let paid = house
            .stripe
            .sim
            .pay(&session_of(&checkout), "4242424242424242");
        assert!(paid.is_ok(), "a good card pays");
    };
    stream::iter(0..count)
        .map(buy)
        .buffer_unordered(BUYERS)
        .collect::<Vec<()>>()
        .await;
}

/// How far the cancellation is; readable at any time, right after a restart too.
async fn progress(house: &House, event: &Event, organizer: &str) -> Value {
    let path = format!("/api/tickets/events/{}/cancellation", event.id);
    house.api.get(&path, organizer).await.expect(200)
}

fn succeeded(progress: &Value) -> i64 {
    let all = list(progress, "refunds");
    let done = all.iter().filter(|r| r["status"] == "succeeded");
    done.filter_map(|r| r["refunds"].as_i64()).sum()
}

/// An event whose every place is paid for.
async fn paid_up(house: &House, organizer: &str, count: usize, within: Duration) -> Event {
    let total = i64::try_from(count).expect("a count");
    let tiers = [("General", 2_500, total)];
    let event = house.api.publish(organizer, &tiers).await;
    sell(house, &event, count).await;
    let path = format!("/api/tickets/events/{}/cancel", event.id);
    until("everybody has paid", within, || async {
        let preview = json!({ "preview": true });
        let preview = house.api.post(&path, organizer, &preview).await.expect(200);
        if preview["orders"] == total {
            Ok(())
        } else {
            Err(preview.to_string())
        }
    })
    .await;
    event
}

async fn called_off(scratch: Scratch) {
    let count = orders();
    let total = i64::try_from(count).expect("a count");
    let within = AT_LEAST + PER_ORDER * u32::try_from(count).expect("a count");
    let mut house = House::new(scratch).await;
    let product = house.start();
    house.api.ready().await;
    let organizer = house.organizer().await;
    let event = paid_up(&house, &organizer, count, within).await;
    let path = format!("/api/tickets/events/{}/cancel", event.id);
    product.stop();

    house.limit_stripe(WE_ASK);
    let bucket = json!({ "kind": "bucket", "per_second": STRIPE_ALLOWS });
    let bucket = serde_json::from_value(bucket).expect("a fault");
    house.stripe.sim.arm(bucket);
    let mut product = house.start();
    house.api.ready().await;
    let begun = Instant::now();
    let note = json!({ "note": "The hall has flooded.", "confirm": true });
    house.api.post(&path, &organizer, &note).await.expect(202);
    for kill in 1..=KILLS {
        let at = total * i64::try_from(kill).expect("few") / 4;
        until("refunds go on", within, || async {
            let done = succeeded(&progress(&house, &event, &organizer).await);
            if done >= at {
                Ok(())
            } else {
                Err(format!("{done} of {at}"))
            }
        })
        .await;
        product.kill();
        println!("kill {kill} after {:?}", begun.elapsed());
        house.let_leases_lapse().await;
        product = house.start();
        house.api.ready().await;
    }
    until("everybody has their money", within, || async {
        let now = progress(&house, &event, &organizer).await;
        if now["status"] == "done" && succeeded(&now) == total {
            Ok(())
        } else {
            Err(now.to_string())
        }
    })
    .await;
    println!("{count} orders refunded after {:?}", begun.elapsed());
    until("nothing is left to be done", within, || at_rest(&house)).await;
    audit(&house, count).await;
    product.stop();
    house.stripe.shutdown().await;
    house.scratch.drop_db().await.expect("the database goes");
}

async fn at_rest(house: &House) -> Result<(), String> {
    let mut read = house.read().await;
    let later = Time::from_seconds(7_000_000_000);
    let open = store::refunds::unsettled(&mut read, later, 1).await;
    let open = open.expect("a list").len();
    let unsent = store::emails::unsent_count(&mut read)
        .await
        .expect("a count");
    if open == 0 && unsent == 0 {
        Ok(())
    } else {
        Err(format!("{open} refunds unsettled, {unsent} mails unsent"))
    }
}

/// Every charge went back whole, by one refund of ours; nobody asked faster than Stripe allows.
async fn audit(house: &House, count: usize) {
    let sim = &house.stripe.sim;
    let (mut ours, mut charges) = (BTreeSet::new(), BTreeSet::new());
    for entry in sim.ledger().entries {
        if entry.kind != "refund" {
            continue;
        }
        let refund = sim.object(&entry.source);
        let id = text(&refund["metadata"], "refund_id").to_owned();
        assert!(ours.insert(id), "{refund} was made twice");
        let charge = sim.object(text(&refund, "charge"));
        assert_eq!(charge["amount"], charge["amount_refunded"]);
        assert!(charges.insert(text(&refund, "charge").to_owned()));
    }
    assert_eq!((ours.len(), charges.len()), (count, count));
    assert_eq!(
        sim.ledger().total("world:buyers"),
        0,
        "buyers have everything"
    );
    let mut read = house.read().await;
    let problems = store::consistency::problems(&mut read).await;
    assert_eq!(problems.expect("a recount"), Vec::<String>::new());
    // A limit that was run into now and then, around the restarts, is no limit that was ignored.
    let log = sim.request_log();
    let refused = log.iter().filter(|r| r.status == Some(429)).count();
    println!("{refused} of {} calls came too early for Stripe", log.len());
    let around_restarts = KILLS * 3 * usize::try_from(WE_ASK).expect("few");
    assert!(refused <= around_restarts, "{refused} calls were too early");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_is_refunded_once_though_the_server_dies_three_times_on_sqlite() {
    let scratch = Scratch::sqlite().await;
    called_off(scratch.unwrap_or_else(|error| panic!("{error}"))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_is_refunded_once_though_the_server_dies_three_times_on_postgres() {
    let scratch = Scratch::postgres().await;
    called_off(scratch.unwrap_or_else(|error| panic!("{error}"))).await;
}
