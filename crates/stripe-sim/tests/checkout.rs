//! A Checkout Session's life: open, then complete or expired, once.

mod common;

use common::{Api, SESSION, START, error, id};
use serde_json::{Value, json};
use stripe_sim::{PayError, Submission, ThreeDs};

#[tokio::test]
async fn a_session_adds_up_its_lines_and_is_complete_after_one_payment() {
    let api = Api::start().await;
    let session = api.session().await;
    assert_eq!(
        (&session["amount_total"], &session["status"]),
        (&json!(10_000), &json!("open"))
    );
    assert_eq!(session["payment_intent"], Value::Null);
    assert_eq!(session["expires_at"], json!(START + 86_400));
    let paid = api
        .sim()
        .pay(id(&session), "4242 4242 4242 4242")
        .expect("pays");
    assert_eq!(
        (&paid["status"], &paid["payment_status"]),
        (&json!("complete"), &json!("paid"))
    );
    assert_eq!(paid["url"], Value::Null);
    let again = api.sim().pay(id(&session), "4242424242424242");
    assert_eq!(again, Err(PayError::NotOpen("complete".to_owned())));
    let (status, refusal) = api
        .post(
            &format!("/v1/checkout/sessions/{}/expire", id(&session)),
            &[],
        )
        .await;
    assert_eq!(
        (status, &refusal["error"]["type"]),
        (400, &json!("invalid_request_error"))
    );
}

#[tokio::test]
async fn of_many_submissions_at_once_exactly_one_succeeds() {
    let api = Api::start().await;
    let session = api.session().await;
    let path = format!("/_sim/checkout/sessions/{}/pay", id(&session));
    let card = json!({ "card": "4242424242424242" });
    let tries = (0..32).map(|_| api.send(api.request("POST", &path).json(&card)));
    let answers = futures::future::join_all(tries).await;
    assert_eq!(
        answers.iter().filter(|(status, _)| *status == 200).count(),
        1
    );
    let (_, charges) = api.get("/v1/charges").await;
    assert_eq!(charges["data"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_declined_card_leaves_the_session_open_and_another_card_pays() {
    let api = Api::start().await;
    let session = api.session().await;
    let path = format!("/_sim/checkout/sessions/{}/pay", id(&session));
    let poor = json!({ "card": "4000000000009995" });
    let (status, body) = api.send(api.request("POST", &path).json(&poor)).await;
    assert_eq!(
        (status, &body["error"]["decline_code"]),
        (402, &json!("insufficient_funds"))
    );
    let open = api.sim().object(id(&session));
    let intent = api
        .sim()
        .object(open["payment_intent"].as_str().expect("an intent"));
    assert_eq!(
        (&open["status"], &intent["status"]),
        (&json!("open"), &json!("requires_payment_method"))
    );
    assert_eq!(intent["last_payment_error"]["code"], "card_declined");
    let paid = api
        .sim()
        .pay(id(&session), "4242424242424242")
        .expect("pays");
    assert_eq!(paid["payment_intent"], intent["id"]);
    let (_, charges) = api.get("/v1/charges").await;
    let statuses: Vec<&Value> = charges["data"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|c| &c["status"])
        .collect();
    assert_eq!(statuses, [&json!("succeeded"), &json!("failed")]);
}

#[tokio::test]
async fn three_d_secure_asks_first_and_then_does_as_the_buyer_does() {
    let api = Api::start().await;
    let session = api.session().await;
    let card = Submission::card("4000000000003220");
    assert!(matches!(
        api.sim().submit(id(&session), &card),
        Err(PayError::NeedsAuthentication(_))
    ));
    let intent = api.sim().object(id(&session))["payment_intent"].clone();
    let intent = intent.as_str().expect("an intent");
    assert_eq!(api.sim().object(intent)["status"], "requires_action");
    let fails = Submission {
        three_ds: Some(ThreeDs::Fail),
        ..card.clone()
    };
    assert!(matches!(
        api.sim().submit(id(&session), &fails),
        Err(PayError::Declined(_))
    ));
    let passes = Submission {
        three_ds: Some(ThreeDs::Pass),
        ..card
    };
    assert!(api.sim().submit(id(&session), &passes).is_ok());
    let declined_after = Submission {
        card: "4000008400001629".to_owned(),
        ..passes
    };
    let other = api.session().await;
    assert!(matches!(
        api.sim().submit(id(&other), &declined_after),
        Err(PayError::Declined(_))
    ));
}

#[tokio::test]
async fn a_session_expires_by_the_clock_and_by_request_and_takes_no_money_then() {
    let api = Api::start().await;
    let soon = (START + 1_800).to_string();
    let form = [&SESSION[..], &[("expires_at", soon.as_str())]].concat();
    let (status, by_clock) = api.post("/v1/checkout/sessions", &form).await;
    assert_eq!(status, 200, "{by_clock}");
    let by_request = api.session().await;
    api.sim().advance(1_799);
    assert_eq!(api.sim().object(id(&by_clock))["status"], "open");
    api.sim().advance(1);
    assert_eq!(api.sim().object(id(&by_clock))["status"], "expired");
    let (status, expired) = api
        .post(
            &format!("/v1/checkout/sessions/{}/expire", id(&by_request)),
            &[],
        )
        .await;
    assert_eq!(
        (status, &expired["status"], &expired["url"]),
        (200, &json!("expired"), &Value::Null)
    );
    for session in [&by_clock, &by_request] {
        let late = api.sim().pay(id(session), "4242424242424242");
        assert_eq!(late, Err(PayError::NotOpen("expired".to_owned())));
    }
    let (_, events) = api.get("/v1/events?type=checkout.session.expired").await;
    assert_eq!(events["data"].as_array().map(Vec::len), Some(2));
    assert_eq!(api.sim().ledger().entries.len(), 0);
}

#[tokio::test]
async fn a_slow_method_completes_unpaid_and_settles_later() {
    let api = Api::start().await;
    for (method, settled, event) in [
        (
            "async_success",
            "paid",
            "checkout.session.async_payment_succeeded",
        ),
        (
            "async_failure",
            "unpaid",
            "checkout.session.async_payment_failed",
        ),
    ] {
        let session = api.session().await;
        let now = api.sim().pay(id(&session), method).expect("submits");
        assert_eq!(
            (&now["status"], &now["payment_status"]),
            (&json!("complete"), &json!("unpaid"))
        );
        api.sim().advance(3_600);
        assert_eq!(api.sim().object(id(&session))["payment_status"], settled);
        let (_, events) = api.get(&format!("/v1/events?type={event}")).await;
        assert_eq!(events["data"][0]["data"]["object"]["id"], session["id"]);
    }
}

/// What is changed in a good session, and the code and the parameter of the refusal.
type Refusal<'a> = (&'a [(&'a str, &'a str)], (&'a str, &'a str));

#[tokio::test]
async fn what_a_session_may_not_be_is_refused_by_name() {
    let api = Api::start().await;
    let unready = api
        .post(
            "/v1/accounts",
            &[
                ("type", "express"),
                ("capabilities[transfers][requested]", "true"),
            ],
        )
        .await
        .1;
    let (early, late) = ((START + 1_799).to_string(), (START + 86_401).to_string());
    let to = "payment_intent_data[transfer_data][destination]";
    let fee = "payment_intent_data[application_fee_amount]";
    let cases: [Refusal<'_>; 10] = [
        (&[("ui_mode", "hosted")], ("", "ui_mode")),
        (
            &[("payment_method_types[0]", "card")],
            ("parameter_unknown", "payment_method_types[0]"),
        ),
        (&[("expires_at", &early)], ("", "expires_at")),
        (&[("expires_at", &late)], ("", "expires_at")),
        (
            &[("success_url", "not a url")],
            ("url_invalid", "success_url"),
        ),
        (&[(fee, "5")], ("application_fees_not_allowed", fee)),
        (&[(to, "acct_nobody")], ("resource_missing", to)),
        (
            &[(to, id(&unready))],
            ("insufficient_capabilities_for_transfer", ""),
        ),
        (
            &[("line_items[0][price_data][unit_amount]", "12")],
            ("amount_too_small", ""),
        ),
        (
            &[("line_items[0][quantity]", "0")],
            ("parameter_invalid_integer", "line_items[0][quantity]"),
        ),
    ];
    for (change, expected) in cases {
        let kept = SESSION
            .iter()
            .filter(|(name, _)| !change.iter().any(|(changed, _)| changed == name));
        let form: Vec<(&str, &str)> = kept.chain(change).copied().collect();
        let (status, body) = api.post("/v1/checkout/sessions", &form).await;
        assert_eq!((status, error(&body)), (400, expected), "{body}");
    }
    let (_, sessions) = api.get("/v1/checkout/sessions").await;
    assert_eq!(sessions["data"], json!([]));
}
