//! What a caller says about itself is believed from the operator's own proxies only.

use reqwest::Method;
use serde_json::json;
use testkit::{Scratch, Setup, TestApp};

/// The most questions until somebody is told to wait: the limit refills while a slow machine asks.
const MOST: usize = 5_000;

async fn house(proxies: &str) -> TestApp {
    let env = [("TRUSTED_PROXIES", proxies), ("RATE_LIMIT_SCALE", "1")];
    let setup = Setup {
        env: env.map(|(name, value)| (name, value.to_owned())).to_vec(),
        ..Setup::default()
    };
    TestApp::new(Scratch::sqlite().await.unwrap(), setup).await
}

/// Begins a checkout of nothing, as a proxy would pass it on for an address.
async fn ask_for(app: &TestApp, number: usize) -> u16 {
    let chain = format!("6.6.6.6, 203.0.{}.{}", number / 250, number % 250);
    let path = "/api/tickets/checkout/session";
    let headers = [("x-forwarded-for", chain.as_str())];
    let nothing = json!({});
    let answer = app.send_with(Method::POST, path, "", Some(&nothing), &headers);
    answer.await.status
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_slips_past_the_limit_by_calling_themselves_somebody_else() {
    let app = house("192.0.2.1").await;
    for number in 0.. {
        assert!(number < MOST, "nobody was ever told to wait");
        if ask_for(&app, number).await == 429 {
            break;
        }
    }
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_proxy_of_ours_each_buyer_is_counted_alone() {
    let app = house("127.0.0.1, 10.0.0.0/8").await;
    for number in 0..120 {
        assert_eq!(ask_for(&app, number).await, 422, "question {number}");
    }
    app.finish().await;
}

/// Our addresses come from the configuration, whoever asks and however.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_header_makes_our_addresses_lead_elsewhere() {
    let app = house("127.0.0.1").await;
    let headers = [
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "https"),
        ("forwarded", "host=evil.example;proto=https"),
    ];
    for path in ["/tickets/events", "/tickets", "/api/tickets/openapi.json"] {
        let answer = app.send_with(Method::GET, path, "", None, &headers).await;
        let location = answer.header("location");
        assert!(!answer.text().contains("evil.example") && !location.contains("evil.example"));
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
    }
    app.finish().await;
}
