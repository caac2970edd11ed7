//! A host hands somebody over: signed, short-lived, once, and for us.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use testkit::{Answer, Browser, ORGANIZER_EMAIL, Scratch, Setup, TestApp};

const SECRET: &str = "a secret that the host and we share, and nobody else";

async fn house(scratch: Scratch) -> TestApp {
    let setup = Setup {
        env: vec![("SSO_SECRET", SECRET.to_owned())],
        ..Setup::default()
    };
    TestApp::new(scratch, setup).await
}

fn claims(app: &TestApp, nonce: &str) -> Value {
    let now = app.house().now().seconds();
    json!({
        "user_id": "42", "email": "host.person@example.ca", "name": "Host Person", "aud": app.url,
        "iat": now, "exp": now + 60, "nonce": format!("{nonce}-0123456789abcdef"), "next": "/tickets/account",
    })
}

fn token(secret: &str, claims: &Value) -> String {
    let body = BASE64URL_NOPAD.encode(claims.to_string().as_bytes());
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.as_bytes());
    let tag = ring::hmac::sign(&key, body.as_bytes());
    format!("{body}.{}", BASE64URL_NOPAD.encode(tag.as_ref()))
}

async fn hand_over(app: &TestApp, claims: &Value) -> Answer {
    let token = token(SECRET, claims);
    app.get(&format!("/tickets/sso?token={token}")).await
}

async fn a_person_comes_in(app: TestApp) {
    let first = claims(&app, "first");
    let entered = hand_over(&app, &first).await;
    assert_eq!(
        entered.header("location"),
        "/tickets/account",
        "{}",
        entered.text()
    );
    let mut browser = Browser::default();
    browser.keep(&entered);
    let account = app.open(&browser, "/tickets/account").await.text();
    assert!(account.contains("host.person@example.ca"));
    assert_eq!(
        hand_over(&app, &first).await.status,
        403,
        "a token is used once"
    );

    // The host knows the person by its own id: another address is the same account.
    let mut renamed = claims(&app, "second");
    renamed["email"] = json!("changed@example.ca");
    let mut again = Browser::default();
    again.keep(&hand_over(&app, &renamed).await);
    let account = app.open(&again, "/tickets/account").await.text();
    assert!(account.contains("host.person@example.ca"));

    // An account that exists already is nobody's to be handed into.
    let mut taken = claims(&app, "third");
    taken["user_id"] = json!("43");
    taken["email"] = json!(ORGANIZER_EMAIL);
    let refused = hand_over(&app, &taken).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("has an account already"));
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_of_the_host_comes_in_once_by_each_token_on_sqlite() {
    a_person_comes_in(house(Scratch::sqlite().await.unwrap()).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_of_the_host_comes_in_once_by_each_token_on_postgres() {
    a_person_comes_in(house(Scratch::postgres().await.unwrap()).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_stale_forged_or_for_somebody_else_opens_nothing() {
    let app = house(Scratch::sqlite().await.unwrap()).await;
    let now = app.house().now().seconds();
    let spoiled = [
        ("aud", json!("https://elsewhere.example")),
        ("exp", json!(now)),
        ("exp", json!(now + 61)),
        ("iat", json!(now + 3_600)),
        ("nonce", json!("short")),
        ("user_id", json!("")),
        ("email", json!("nobody")),
    ];
    for (at, (field, value)) in spoiled.into_iter().enumerate() {
        let mut bad = claims(&app, &format!("n{at}"));
        bad[field] = value.clone();
        assert_eq!(hand_over(&app, &bad).await.status, 403, "{field} = {value}");
    }
    let good = claims(&app, "good");
    let forged = token("another secret of the same length, more or less", &good);
    for bad in [forged.as_str(), "", "x", "x.y", "eyJ9.!!!"] {
        assert_eq!(
            app.get(&format!("/tickets/sso?token={bad}")).await.status,
            403,
            "{bad}"
        );
    }
    let mut elsewhere = claims(&app, "elsewhere");
    elsewhere["next"] = json!("https://evil.example/");
    assert_eq!(
        hand_over(&app, &elsewhere).await.header("location"),
        "/tickets/organizer"
    );
    app.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_secret_nobody_is_handed_over() {
    let app = TestApp::sqlite().await;
    let claims = claims(&app, "off");
    assert_eq!(hand_over(&app, &claims).await.status, 404);
    app.finish().await;
}
