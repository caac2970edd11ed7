//! Where the cents go: who is charged what, and what can be taken back.

mod common;

use common::{Api, SESSION, START, error, id};
use serde_json::{Value, json};
use stripe_sim::PLATFORM;

#[tokio::test]
async fn a_destination_charge_splits_to_the_cent_and_the_three_calls_undo_it() {
    let api = Api::start().await;
    let (account, charge) = api.sale("4242424242424242").await;
    // 100.00 paid; Stripe takes 2.9 % + 0.30 from the platform; the organizer keeps 90.00; the platform earns 10.00.
    assert_eq!(api.sim().ledger().total(&account), 9_000);
    assert_eq!(api.sim().ledger().total(PLATFORM), 1_000 - 320);
    let charge_id = id(&charge);
    let (transfer, fee) = (
        charge["transfer"].as_str().expect("a transfer"),
        charge["application_fee"].as_str().expect("a fee"),
    );
    let (status, refund) = api
        .post("/v1/refunds", &[("charge", charge_id), ("amount", "2500")])
        .await;
    assert_eq!((status, &refund["status"]), (200, &json!("succeeded")));
    let (status, _) = api
        .post(
            &format!("/v1/transfers/{transfer}/reversals"),
            &[("amount", "2500")],
        )
        .await;
    assert_eq!(status, 200);
    let (status, _) = api
        .post(
            &format!("/v1/application_fees/{fee}/refunds"),
            &[("amount", "250")],
        )
        .await;
    assert_eq!(status, 200);
    assert_eq!(api.sim().ledger().total(&account), 9_000 - 2_500 + 250);
    assert_eq!(api.sim().ledger().total(PLATFORM), 680 - 250);
    assert_eq!(api.sim().ledger().total("world:buyers"), -7_500);
    for clearing in ["clearing:transfers", "clearing:application_fees"] {
        assert_eq!(api.sim().ledger().total(clearing), 0);
    }
    assert_eq!(api.sim().ledger().sum(), 0);
}

#[tokio::test]
async fn nothing_is_given_back_twice() {
    let api = Api::start().await;
    let (_, charge) = api.sale("4242424242424242").await;
    let transfer = format!(
        "/v1/transfers/{}/reversals",
        charge["transfer"].as_str().expect("a transfer")
    );
    let fee = format!(
        "/v1/application_fees/{}/refunds",
        charge["application_fee"].as_str().expect("a fee")
    );
    for (path, whole, over) in [(transfer.as_str(), "10000", "1"), (&fee, "1000", "1")] {
        assert_eq!(api.post(path, &[("amount", "10001")]).await.0, 400);
        assert_eq!(api.post(path, &[("amount", whole)]).await.0, 200);
        assert_eq!(api.post(path, &[("amount", over)]).await.0, 400);
    }
    let refund = |amount: &'static str| {
        let (api, charge) = (&api, id(&charge));
        async move {
            api.post("/v1/refunds", &[("charge", charge), ("amount", amount)])
                .await
        }
    };
    let (a, b, c) = (
        refund("6000").await,
        refund("6000").await,
        refund("4000").await,
    );
    assert_eq!((a.0, b.0, c.0), (200, 400, 200));
    assert_eq!(error(&b.1).1, "amount");
    let intent = charge["payment_intent"].as_str().expect("an intent");
    let (status, body) = api.post("/v1/refunds", &[("payment_intent", intent)]).await;
    assert_eq!((status, error(&body).0), (400, "charge_already_refunded"));
    assert_eq!(api.sim().object(id(&charge))["refunded"], true);
}

#[tokio::test]
async fn a_refund_can_be_slow_and_can_fail_after_it_succeeded() {
    let api = Api::start().await;
    let (_, slow) = api.sale("4000000000007726").await;
    let (_, refund) = api.post("/v1/refunds", &[("charge", id(&slow))]).await;
    assert_eq!(
        (&refund["status"], &refund["pending_reason"]),
        (&json!("pending"), &json!("processing"))
    );
    api.sim().advance(3_600);
    assert_eq!(api.sim().object(id(&refund))["status"], "succeeded");

    let (_, failing) = api.sale("4000000000005126").await;
    let before = api.sim().ledger().total(PLATFORM);
    let (_, refund) = api.post("/v1/refunds", &[("charge", id(&failing))]).await;
    assert_eq!(refund["status"], "succeeded");
    api.sim().advance(86_400);
    let failed = api.sim().object(id(&refund));
    assert_eq!(
        (&failed["status"], &failed["failure_reason"]),
        (&json!("failed"), &json!("lost_or_stolen_card"))
    );
    assert_eq!(api.sim().ledger().total(PLATFORM), before);
    assert_eq!(api.sim().object(id(&failing))["amount_refunded"], 0);
    let (_, events) = api.get("/v1/events?type=refund.failed").await;
    assert_eq!(
        events["data"][0]["data"]["previous_attributes"]["status"],
        "succeeded"
    );
}

#[tokio::test]
async fn a_dispute_takes_the_money_and_a_fee_and_a_win_returns_only_the_money() {
    let api = Api::start().await;
    let (account, charge) = api.sale("4000000000000259").await;
    assert_eq!(api.sim().object(id(&charge))["disputed"], true);
    assert_eq!(api.sim().ledger().total(PLATFORM), 680 - 10_000 - 1_500);
    assert_eq!(api.sim().ledger().total(&account), 9_000);
    let (status, body) = api.post("/v1/refunds", &[("charge", id(&charge))]).await;
    assert_eq!((status, error(&body).0), (400, "charge_disputed"));
    let (_, disputes) = api.get("/v1/disputes").await;
    let dispute = id(&disputes["data"][0]);
    let evidence = [
        ("evidence[uncategorized_text]", "winning_evidence"),
        ("submit", "true"),
    ];
    let (_, won) = api
        .post(&format!("/v1/disputes/{dispute}"), &evidence)
        .await;
    assert_eq!(won["status"], "won");
    assert_eq!(api.sim().ledger().total(PLATFORM), 680 - 1_500);
    assert_eq!(
        api.post(&format!("/v1/disputes/{dispute}/close"), &[])
            .await
            .0,
        400
    );

    let (_, inquiry) = api.sale("4000000000001976").await;
    assert_eq!(
        api.post("/v1/refunds", &[("charge", id(&inquiry))]).await.0,
        200
    );
}

#[tokio::test]
async fn a_direct_charge_belongs_to_the_account_and_waits_for_funds_to_refund() {
    let api = Api::start().await;
    let (_, account) = api
        .post(
            "/v1/accounts",
            &[
                ("type", "standard"),
                ("capabilities[card_payments][requested]", "true"),
            ],
        )
        .await;
    let account = id(&account).to_owned();
    let as_account = |request: reqwest::RequestBuilder| request.header("stripe-account", &account);
    let fee = [("payment_intent_data[application_fee_amount]", "1000")];
    let form = [&SESSION[..], &fee].concat();
    let create = || api.send(as_account(api.request("POST", "/v1/checkout/sessions")).form(&form));
    let (status, refusal) = create().await;
    assert_eq!((status, error(&refusal).0), (400, "capability_not_active"));
    api.sim().connect_active_account(Some(&account));
    let (_, session) = create().await;
    let paid = api
        .sim()
        .pay(id(&session), "4242424242424242")
        .expect("pays");
    assert_eq!(
        api.get(&format!("/v1/checkout/sessions/{}", id(&session)))
            .await
            .0,
        404
    );
    assert_eq!(api.sim().balance(&account), (0, 10_000 - 320 - 1_000));
    assert_eq!(api.sim().ledger().total(PLATFORM), 1_000);

    let intent = paid["payment_intent"].as_str().expect("an intent");
    let refund = as_account(api.request("POST", "/v1/refunds"))
        .form(&[("payment_intent", intent), ("amount", "5000")]);
    let (_, refund) = api.send(refund).await;
    assert_eq!(refund["pending_reason"], "insufficient_funds");
    api.sim().advance(3 * 86_400);
    assert_eq!(api.sim().object(id(&refund))["status"], "succeeded");
    assert_eq!(api.sim().balance(&account), (3_680, 0));
}

#[tokio::test]
async fn money_is_pending_then_available_then_paid_out() {
    let api = Api::start().await;
    let (account, _) = api.sale("4242424242424242").await;
    let payout = |amount: &'static str| {
        let request = api
            .request("POST", "/v1/payouts")
            .header("stripe-account", &account);
        api.send(request.form(&[("amount", amount), ("currency", "cad")]))
    };
    let (status, body) = payout("9000").await;
    assert_eq!((status, error(&body).0), (400, "balance_insufficient"));
    api.sim().advance(2 * 86_400);
    let (status, paid) = payout("9000").await;
    assert_eq!(
        (status, &paid["status"], &paid["arrival_date"]),
        (200, &json!("in_transit"), &json!(START + 4 * 86_400))
    );
    api.sim().advance(2 * 86_400);
    assert_eq!(api.sim().object(id(&paid))["status"], "paid");
    let request = api
        .request("GET", "/v1/balance")
        .header("stripe-account", &account);
    let (_, balance) = api.send(request).await;
    assert_eq!(
        (
            &balance["available"][0]["amount"],
            &balance["pending"][0]["amount"]
        ),
        (&json!(0), &json!(0))
    );
    let (_, events) = api
        .send(
            api.request("GET", "/v1/events?types[]=payout.*")
                .header("stripe-account", &account),
        )
        .await;
    let types: Vec<&Value> = events["data"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|event| &event["type"])
        .collect();
    assert_eq!(types, ["payout.paid", "payout.created"]);
}

#[tokio::test]
async fn stripes_own_proportional_flags_work_for_a_full_refund() {
    let api = Api::start().await;
    let (account, charge) = api.sale("4242424242424242").await;
    let all = [
        ("charge", id(&charge)),
        ("refund_application_fee", "true"),
        ("reverse_transfer", "true"),
    ];
    assert_eq!(api.post("/v1/refunds", &all).await.0, 200);
    assert_eq!(api.sim().ledger().total(&account), 0);
    assert_eq!(api.sim().ledger().total(PLATFORM), -320);
    let plain = api.session().await;
    let paid = api.sim().pay(id(&plain), "4242424242424242").expect("pays");
    let intent = paid["payment_intent"].as_str().expect("an intent");
    for flag in ["refund_application_fee", "reverse_transfer"] {
        let (status, body) = api
            .post("/v1/refunds", &[("payment_intent", intent), (flag, "true")])
            .await;
        assert_eq!((status, error(&body).1), (400, flag));
    }
}
