//! The pages as a browser without script uses them.

#![allow(
    clippy::expect_used,
    reason = "this is test code, which the linter sees only inside test functions"
)]

mod common;

use common::{Api, id};
use serde_json::json;

struct Page {
    status: u16,
    location: String,
    html: String,
}

async fn page(request: reqwest::RequestBuilder) -> Page {
    let answer = request.send().await.expect("an answer");
    let header = answer
        .headers()
        .get("location")
        .and_then(|value| value.to_str().ok());
    let (status, location) = (
        answer.status().as_u16(),
        header.unwrap_or_default().to_owned(),
    );
    Page {
        status,
        location,
        html: answer.text().await.expect("a body"),
    }
}

fn typed(card: &str) -> [(&str, &str); 5] {
    [
        ("email", "ana@example.com"),
        ("cardNumber", card),
        ("cardExpiry", "12 / 40"),
        ("cardCvc", "123"),
        ("billingName", "Ana"),
    ]
}

#[tokio::test]
async fn a_buyer_sees_the_lines_is_declined_tries_again_and_lands_on_the_success_page() {
    let api = Api::start().await;
    let session = api.session().await;
    let url = session["url"].as_str().expect("a url");
    let shown = page(api.client.get(url)).await;
    for part in [
        "SIMULATOR - no real money",
        "Seat &#60;A&#62;",
        "CA$100.00",
        "http://127.0.0.1:1/back",
        "data-testid=\"pay\"",
    ] {
        assert!(
            shown.html.contains(part),
            "{part} is missing in {}",
            shown.html
        );
    }
    let declined = page(api.client.post(url).form(&typed("4000000000000002"))).await;
    assert_eq!(declined.status, 402);
    assert!(
        declined.html.contains("Your card was declined.")
            && declined.html.contains("ana@example.com")
    );
    let past = [
        ("email", "ana@example.com"),
        ("cardNumber", "4242424242424242"),
        ("cardExpiry", "01/20"),
        ("cardCvc", "123"),
    ];
    assert_eq!(page(api.client.post(url).form(&past)).await.status, 422);
    let paid = page(api.client.post(url).form(&typed("4242 4242 4242 4242"))).await;
    assert_eq!(
        (paid.status, paid.location),
        (
            303,
            format!("http://127.0.0.1:1/done?session={}", id(&session))
        )
    );
    assert_eq!(
        api.sim().object(id(&session))["customer_details"]["email"],
        "ana@example.com"
    );
    let twice = page(api.client.post(url).form(&typed("4242424242424242"))).await;
    assert!(twice.html.contains("Already paid"));
}

#[tokio::test]
async fn authentication_is_a_page_of_its_own_with_two_ways_out() {
    let api = Api::start().await;
    let session = api.session().await;
    let url = session["url"].as_str().expect("a url");
    let step = format!("/c/pay/{}/authenticate", id(&session));
    let step_url = format!("{}{step}", api.running.url());
    let asked = page(api.client.post(url).form(&typed("4000000000003220"))).await;
    assert_eq!(
        (asked.status, asked.location.as_str()),
        (303, step.as_str())
    );
    assert!(
        page(api.client.get(&step_url))
            .await
            .html
            .contains("Authorise")
    );
    let failed = page(api.client.post(&step_url).form(&[("outcome", "fail")])).await;
    assert_eq!(failed.status, 402);
    page(api.client.post(url).form(&typed("4000000000003220"))).await;
    let passed = page(api.client.post(&step_url).form(&[("outcome", "pass")])).await;
    assert_eq!(passed.status, 303);
    assert!(passed.location.starts_with("http://127.0.0.1:1/done"));
}

#[tokio::test]
async fn an_expired_session_has_a_page_that_says_so_and_a_way_back() {
    let api = Api::start().await;
    let session = api.session().await;
    let url = session["url"].as_str().expect("a url");
    api.sim().advance(86_400);
    let gone = page(api.client.get(url)).await;
    assert_eq!(gone.status, 410);
    assert!(gone.html.contains("has expired") && gone.html.contains("http://127.0.0.1:1/back"));
    let late = page(api.client.post(url).form(&typed("4242424242424242"))).await;
    assert_eq!(late.status, 410);
    assert_eq!(
        page(
            api.client
                .get(format!("{}/c/pay/cs_test_none", api.running.url()))
        )
        .await
        .status,
        404
    );
    assert_eq!(page(api.client.get(api.running.url())).await.status, 200);
}

#[tokio::test]
async fn onboarding_is_pending_then_active_and_each_link_works_once_and_not_for_long() {
    let api = Api::start().await;
    let wanted = [
        ("type", "express"),
        ("capabilities[transfers][requested]", "true"),
    ];
    let (_, account) = api.post("/v1/accounts", &wanted).await;
    let link = || async {
        let form = [
            ("account", id(&account)),
            ("type", "account_onboarding"),
            ("return_url", "http://127.0.0.1:1/return"),
            ("refresh_url", "http://127.0.0.1:1/refresh"),
        ];
        let (status, link) = api.post("/v1/account_links", &form).await;
        assert_eq!(status, 200, "{link}");
        link["url"].as_str().expect("a url").to_owned()
    };
    let state = || {
        let body = api.sim().object(id(&account));
        (
            body["capabilities"]["transfers"].clone(),
            body["details_submitted"].clone(),
            body["payouts_enabled"].clone(),
        )
    };
    assert_eq!(state(), (json!("inactive"), json!(false), json!(false)));
    for (step, expected) in [
        ("leave", (json!("inactive"), json!(false), json!(false))),
        ("pending", (json!("pending"), json!(true), json!(false))),
        ("complete", (json!("active"), json!(true), json!(true))),
    ] {
        let url = link().await;
        assert_eq!(page(api.client.get(&url)).await.status, 200);
        assert_eq!(
            page(api.client.get(&url)).await.location,
            "http://127.0.0.1:1/refresh"
        );
        let done = page(api.client.post(&url).form(&[("step", step)])).await;
        assert_eq!(
            (done.status, done.location.as_str()),
            (303, "http://127.0.0.1:1/return")
        );
        assert_eq!(state(), expected);
    }
    let overdue = link().await;
    api.sim().advance(300);
    assert_eq!(
        page(api.client.get(&overdue)).await.location,
        "http://127.0.0.1:1/refresh"
    );
    let path = format!("/v1/accounts/{}/login_links", id(&account));
    assert_eq!(api.post(&path, &[]).await.0, 200);
}
