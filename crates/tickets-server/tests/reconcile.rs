//! `jugnu-tickets reconcile`: what it prints, and its exit code.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

mod common;

use common::now_micros;
use common::process::{Env, outcome};
use serde_json::Value;
use store::scratch::Scratch;
use stripe_sim::{Sim, SimClock, SimConfig};

fn env(scratch: &Scratch, stripe: &str) -> Env {
    let text = |t: &str| t.to_owned();
    vec![
        ("DATABASE_URL", scratch.url.clone()),
        ("PUBLIC_URL", text("http://127.0.0.1:1")),
        (
            "SECRET_KEY",
            text("a key of the books' test, long enough to be one"),
        ),
        ("STRIPE_SECRET_KEY", text("sk_test_books")),
        ("STRIPE_API_BASE", text(stripe)),
        ("STRIPE_WEBHOOK_SECRET", text("whsec_books")),
        ("SMTP_URL", text("smtp://127.0.0.1:9")),
        ("EMAIL_FROM", text("Jugnu Tickets <tickets@jugnu.example>")),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_verb_names_each_difference_and_fails_and_is_silent_and_succeeds_without_any() {
    let scratch = Scratch::sqlite().await.expect("a database");
    // The stand-in's clock is two hours behind, so that what happens there is old enough to be judged.
    let two_hours_ago = now_micros() / 1_000_000 - 7_200;
    let config = SimConfig {
        clock: SimClock::Virtual(two_hours_ago),
        ..SimConfig::default()
    };
    let stripe = Sim::start(config).await.expect("the stand-in starts");
    let env = env(&scratch, &stripe.url());

    let (code, told) = outcome(&["reconcile"], &env);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.ends_with("no differences."), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");

    let charge = stripe.sim.charge_by_hand(4_242).expect("a charge");
    let id = charge["id"].as_str().expect("an id");
    let (code, told) = outcome(&["reconcile"], &env);
    assert_eq!(code, Some(1), "{told}");
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 2, "{told}");
    assert!(
        lines[0].contains(id) && lines[0].contains("$42.42"),
        "{told}"
    );
    assert!(lines[1].ends_with("one difference."), "{told}");

    let (code, told) = outcome(&["reconcile", "--since", "2026-01-01", "--json"], &env);
    assert_eq!(code, Some(1), "{told}");
    let report: Value = serde_json::from_str(&told).expect("JSON");
    assert_eq!(report["differences"][0]["stripe_cents"], 4_242);
    assert_eq!(report["differences"][0]["kind"], "unknown-to-us");

    let (code, told) = outcome(&["reconcile", "--since", "yesterday"], &env);
    assert_eq!(
        (code, told.as_str()),
        (Some(1), ""),
        "it says why on the other stream"
    );
    stripe.shutdown().await;
}
