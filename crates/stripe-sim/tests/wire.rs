//! The wire: who may ask, what is refused and how lists and expansion look.

mod common;

use common::{Api, SESSION, config, error, id};
use serde_json::{Value, json};
use stripe_sim::{API_VERSION, Sim, StartError};

#[tokio::test]
async fn keys_accounts_versions_and_paths_are_refused_as_stripe_refuses_them() {
    let api = Api::start().await;
    let url = format!("{}/v1/balance", api.running.url());
    let bare = |url: &str| api.client.get(url.to_owned());
    assert_eq!(api.send(bare(&url)).await.0, 401);
    for key in ["sk_live_x", "pk_test_x", "nonsense"] {
        assert_eq!(api.send(bare(&url).bearer_auth(key)).await.0, 401, "{key}");
    }
    assert_eq!(
        api.send(bare(&url).basic_auth("sk_test_x", Some("")))
            .await
            .0,
        200
    );
    let stranger = api
        .request("GET", "/v1/balance")
        .header("stripe-account", "acct_nobody");
    let (status, body) = api.send(stranger).await;
    assert_eq!((status, error(&body).0), (403, "account_invalid"));
    let old = api
        .request("GET", "/v1/balance")
        .header("stripe-version", "2024-06-20");
    assert_eq!(api.send(old).await.0, 400);
    assert_eq!(api.get("/v1/nowhere").await.0, 404);
    let (status, body) = api.get("/v1/refunds/re_none").await;
    assert_eq!((status, error(&body)), (404, ("resource_missing", "id")));
}

#[tokio::test]
async fn every_answer_names_its_request_and_version() {
    let api = Api::start().await;
    let answer = api
        .request("GET", "/v1/balance")
        .send()
        .await
        .expect("an answer");
    assert!(
        answer.headers()["request-id"]
            .to_str()
            .expect("text")
            .starts_with("req_")
    );
    assert_eq!(answer.headers()["stripe-version"], API_VERSION);
}

#[tokio::test]
async fn lists_are_newest_first_and_can_be_walked_both_ways() {
    let api = Api::start().await;
    let mut made = Vec::new();
    for _ in 0..5 {
        made.insert(0, id(&api.session().await).to_owned());
    }
    let ids = |list: &Value| -> Vec<String> {
        list["data"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|item| id(item).to_owned())
            .collect()
    };
    let (_, first) = api.get("/v1/checkout/sessions?limit=2").await;
    assert_eq!(
        (ids(&first), &first["has_more"]),
        (made[..2].to_vec(), &json!(true))
    );
    let (_, rest) = api
        .get(&format!(
            "/v1/checkout/sessions?limit=3&starting_after={}",
            made[1]
        ))
        .await;
    assert_eq!(
        (ids(&rest), &rest["has_more"]),
        (made[2..].to_vec(), &json!(false))
    );
    let (_, back) = api
        .get(&format!(
            "/v1/checkout/sessions?limit=1&ending_before={}",
            made[2]
        ))
        .await;
    assert_eq!(
        (ids(&back), &back["has_more"]),
        (made[1..2].to_vec(), &json!(true))
    );
    for query in [
        "limit=0",
        "limit=101",
        "limit=x",
        "starting_after=cs_none",
        "colour=red",
    ] {
        assert_eq!(
            api.get(&format!("/v1/checkout/sessions?{query}")).await.0,
            400,
            "{query}"
        );
    }
    let (_, none) = api
        .get("/v1/checkout/sessions?created[gt]=9999999999")
        .await;
    assert_eq!(none["data"], json!([]));
}

#[tokio::test]
async fn expansion_reaches_through_objects_and_lists_and_no_further() {
    let api = Api::start().await;
    let (_, charge) = api.sale("4242424242424242").await;
    let (_, list) = api
        .get("/v1/payment_intents?expand[]=data.latest_charge.balance_transaction")
        .await;
    assert_eq!(
        list["data"][0]["latest_charge"]["balance_transaction"]["fee"],
        320
    );
    let (_, sessions) = api
        .get("/v1/checkout/sessions?expand[]=data.line_items")
        .await;
    assert_eq!(sessions["data"][0]["line_items"]["data"][0]["quantity"], 4);
    for path in [
        "nothing",
        "amount",
        "payment_intent.latest_charge.balance_transaction.source.x",
    ] {
        let (status, body) = api
            .get(&format!("/v1/charges/{}?expand[]={path}", id(&charge)))
            .await;
        assert_eq!((status, error(&body).1), (400, "expand"), "{path}");
    }
}

#[tokio::test]
async fn metadata_is_merged_cleared_and_limited() {
    let api = Api::start().await;
    let form = [
        &SESSION[..],
        &[("metadata[order_id]", "o1"), ("metadata[gone]", "x")],
    ]
    .concat();
    let (_, session) = api.post("/v1/checkout/sessions", &form).await;
    let path = format!("/v1/checkout/sessions/{}", id(&session));
    let (_, merged) = api
        .post(&path, &[("metadata[new]", "n"), ("metadata[gone]", "")])
        .await;
    assert_eq!(merged["metadata"], json!({ "order_id": "o1", "new": "n" }));
    let (_, cleared) = api.post(&path, &[("metadata", "")]).await;
    assert_eq!(cleared["metadata"], json!({}));
    let long = "v".repeat(501);
    assert_eq!(api.post(&path, &[("metadata[k]", &long)]).await.0, 400);
}

#[tokio::test]
async fn only_loopback_is_listened_on_and_delivered_to_and_live_keys_are_refused() {
    let mut open = config();
    open.addr = ([0, 0, 0, 0], 0).into();
    assert!(matches!(
        Sim::start(open).await,
        Err(StartError::NotLoopback(_))
    ));
    let mut live = config();
    live.api_keys = Some(vec!["sk_live_x".to_owned()]);
    assert!(matches!(Sim::start(live).await, Err(StartError::LiveKey)));
    let api = Api::start().await;
    let hook = [
        ("url", "http://example.com/hook"),
        ("enabled_events[]", "*"),
    ];
    let (status, body) = api.post("/v1/webhook_endpoints", &hook).await;
    assert_eq!((status, error(&body).0), (400, "url_invalid"));
}

#[tokio::test]
async fn the_state_file_brings_everything_back_and_the_seed_decides_the_ids() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut kept = config();
    kept.state_file = Some(folder.path().join("sim.json"));
    let api = Api::start_with(kept.clone()).await;
    let (account, charge) = api.sale("4242424242424242").await;
    let before = api.sim().ledger();
    api.running.shutdown().await;
    let again = Api::start_with(kept).await;
    assert_eq!(again.sim().ledger(), before);
    assert_eq!(again.sim().object(id(&charge)), charge);
    assert_eq!(
        again
            .post("/v1/refunds", &[("charge", id(&charge))])
            .await
            .0,
        200
    );

    let twin = Api::start().await;
    let (same_account, same_charge) = twin.sale("4242424242424242").await;
    assert_eq!((same_account, id(&same_charge)), (account, id(&charge)));
}
