//! Automatic payouts, what they are made of, and what comes back; and what people do in the dashboard.

#![allow(
    clippy::expect_used,
    reason = "this is test code, which the linter sees only inside test functions"
)]

mod common;

use common::{Api, Inbox, config, id};
use serde_json::{Value, json};

const DAY_S: i64 = 86_400;

impl Api {
    /// A read as a connected account.
    async fn get_as(&self, account: &str, path: &str) -> Value {
        let request = self.request("GET", path).header("stripe-account", account);
        let (status, body) = self.send(request).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// The lines of a payout, as (type, net), newest first.
    async fn lines(&self, account: &str, payout: &str) -> Vec<(String, i64)> {
        let path = format!("/v1/balance_transactions?limit=100&payout={payout}");
        let list = self.get_as(account, &path).await;
        let lines = list["data"].as_array().expect("a list");
        lines
            .iter()
            .map(|line| {
                let kind = line["type"].as_str().unwrap_or_default().to_owned();
                (kind, line["net"].as_i64().expect("cents"))
            })
            .collect()
    }
}

fn sum(lines: &[(String, i64)]) -> i64 {
    let paid_out = lines.iter().filter(|(kind, _)| kind != "payout");
    paid_out.map(|(_, net)| net).sum()
}

#[tokio::test]
async fn an_automatic_payout_takes_all_that_is_available_and_lists_exactly_that() {
    let api = Api::start().await;
    let (account, charge) = api.sale("4242424242424242").await;
    assert!(
        api.sim().pay_out(&account).is_err(),
        "the money is not available yet"
    );
    api.sim().advance(2 * DAY_S);
    let transfer = charge["transfer"].as_str().expect("a transfer");
    let path = format!("/v1/transfers/{transfer}/reversals");
    assert_eq!(api.post(&path, &[("amount", "2500")]).await.0, 200);

    let payout = api.sim().pay_out(&account).expect("a payout");
    assert_eq!(
        (&payout["amount"], &payout["automatic"]),
        (&json!(6_500), &json!(true))
    );
    assert_eq!(api.sim().balance(&account), (0, 0));
    assert_eq!(
        api.lines(&account, id(&payout)).await,
        [("payout".to_owned(), -6_500)],
        "Stripe has not worked out yet what is in it"
    );

    api.sim().advance(3_600);
    let now = api.sim().object(id(&payout));
    assert_eq!(now["reconciliation_status"], "completed");
    let lines = api.lines(&account, id(&payout)).await;
    let kinds: Vec<&str> = lines.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["payout", "payment_refund", "payment"]);
    assert_eq!(sum(&lines), 6_500);
    assert_eq!(api.sim().ledger().sum(), 0);
}

#[tokio::test]
async fn a_payout_that_fails_is_money_for_the_next_one() {
    let api = Api::start().await;
    let (account, _) = api.sale("4000000000000077").await;
    let first = api.sim().pay_out(&account).expect("a payout");
    api.sim().advance(2 * DAY_S);
    assert_eq!(api.sim().object(id(&first))["status"], "paid");
    let path = format!("/_sim/payouts/{}/fail", id(&first));
    let (status, failed) = api.post(&path, &[]).await;
    assert_eq!((status, &failed["status"]), (200, &json!("failed")));
    assert!(failed["failure_balance_transaction"].is_string());
    assert_eq!(api.post(&path, &[]).await.0, 400, "it fails once");

    let second = api.sim().pay_out(&account).expect("a payout");
    api.sim().advance(3_600);
    assert_eq!(second["amount"], first["amount"]);
    let lines = api.lines(&account, id(&second)).await;
    assert_eq!(lines[1], ("payout_failure".to_owned(), 9_000));
    assert_eq!(sum(&lines), 9_000);
    assert_eq!(api.sim().ledger().sum(), 0);
}

#[tokio::test]
async fn a_daily_schedule_pays_out_each_day_until_it_is_manual_again() {
    let inbox = Inbox::open().await;
    let mut start = config();
    start.webhook_endpoints = vec![inbox.endpoint(true, &["payout.created", "payout.paid"])];
    let api = Api::start_with(start).await;
    let (account, _) = api.sale("4000000000000077").await;
    api.sim().advance(3 * DAY_S);
    api.sim().deliver_due().await;
    assert!(
        inbox.types().await.is_empty(),
        "nobody asked for a schedule"
    );

    let daily = [("settings[payouts][schedule][interval]", "daily")];
    let path = format!("/v1/accounts/{account}");
    assert_eq!(api.post(&path, &daily).await.0, 200);
    // Asking twice must not pay out twice a day.
    assert_eq!(api.post(&path, &daily).await.0, 200);
    api.sim().advance(DAY_S);
    api.sim().advance(2 * DAY_S);
    api.sim().deliver_due().await;
    assert_eq!(inbox.types().await, ["payout.created", "payout.paid"]);

    api.sim()
        .schedule_payouts(&account, "manual")
        .expect("a schedule");
    let session = api.session_for(&account).await;
    api.sim()
        .pay(id(&session), "4000000000000077")
        .expect("pays");
    api.sim().advance(5 * DAY_S);
    assert_eq!(api.sim().balance(&account), (9_000, 0));
}

#[tokio::test]
async fn a_payout_by_request_lists_nothing_but_itself() {
    let api = Api::start().await;
    let (account, _) = api.sale("4000000000000077").await;
    let request = api
        .request("POST", "/v1/payouts")
        .header("stripe-account", &account);
    let (status, payout) = api
        .send(request.form(&[("amount", "4000"), ("currency", "cad")]))
        .await;
    assert_eq!((status, &payout["automatic"]), (200, &json!(false)));
    api.sim().advance(3 * DAY_S);
    assert_eq!(
        api.lines(&account, id(&payout)).await,
        [("payout".to_owned(), -4_000)]
    );
    let list = api.get_as(&account, "/v1/payouts?status=paid").await;
    assert_eq!(list["data"][0]["id"], payout["id"]);
    let other = api
        .request("GET", "/v1/balance_transactions?payout=po_none")
        .header("stripe-account", &account);
    assert_eq!(api.send(other).await.0, 400);
}

#[tokio::test]
async fn a_refund_in_the_dashboard_bears_no_name_of_ours_and_is_told_like_any_other() {
    let inbox = Inbox::open().await;
    let mut start = config();
    start.webhook_endpoints = vec![inbox.endpoint(false, &["refund.created"])];
    let api = Api::start_with(start).await;
    let (account, charge) = api.sale("4242424242424242").await;
    let fields = json!({ "payment_intent": charge["payment_intent"], "amount": 5_000,
        "reverse_transfer": true, "refund_application_fee": true });
    let refund = api.sim().refund_by_hand(&fields).expect("a refund");
    assert_eq!(refund["metadata"], json!({}));
    assert_eq!(api.sim().balance(&account), (-4_500, 9_000));
    api.sim().deliver_due().await;
    let (_, body) = &inbox.take().await[0];
    let event = common::parse(body);
    assert_eq!(event["data"]["object"]["id"], refund["id"]);
    assert_eq!(
        event["request"],
        json!({ "id": null, "idempotency_key": null })
    );

    let body = json!({ "charge": charge["id"], "amount": 1 });
    let (status, second) = api
        .send(api.request("POST", "/_sim/refunds").json(&body))
        .await;
    assert_eq!((status, &second["amount"]), (200, &json!(1)));
    let refused = api
        .sim()
        .refund_by_hand(&json!({ "charge": charge["id"], "amont": 1 }));
    assert!(refused.is_err(), "a misspelt field is named here too");
}

#[tokio::test]
async fn a_charge_in_the_dashboard_is_money_of_the_platform_alone() {
    let api = Api::start().await;
    let charge = api.sim().charge_by_hand(2_500).expect("a charge");
    assert_eq!(
        (&charge["amount"], &charge["transfer"]),
        (&json!(2_500), &Value::Null)
    );
    assert_eq!(api.sim().balance(stripe_sim::PLATFORM), (0, 2_397));
}
