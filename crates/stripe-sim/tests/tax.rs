//! Stripe Tax for tickets: by the venue, as the account is registered, and shown only when asked.

mod common;

use common::{Api, SESSION, error, id};
use serde_json::{Value, json};

const ADMISSION: &str = "txcd_50010001";

async fn venue(api: &Api, province: &str) -> Value {
    let form = [
        ("type", "performance"),
        ("address[country]", "CA"),
        ("address[state]", province),
    ];
    let (status, location) = api.post("/v1/tax/locations", &form).await;
    assert_eq!(status, 200, "{location}");
    location
}

async fn register(api: &Api, account: &str, places: &[&str]) {
    let body = json!({ "account": account, "places": places });
    let request = api.request("POST", "/_sim/tax/registrations").json(&body);
    assert_eq!(api.send(request).await.0, 200);
}

/// Four tickets of 25.00 and a nontaxable fee of 3.00, sold for an account.
async fn session(api: &Api, account: &str, location: &str, behavior: &str) -> (u16, Value) {
    let line = |at: usize, field: &str| format!("line_items[{at}][price_data]{field}");
    let extra: Vec<(String, &str)> = vec![
        ("automatic_tax[enabled]".to_owned(), "true"),
        ("automatic_tax[liability][type]".to_owned(), "account"),
        ("automatic_tax[liability][account]".to_owned(), account),
        (
            "payment_intent_data[transfer_data][destination]".to_owned(),
            account,
        ),
        ("line_items[0][metadata][tickets]".to_owned(), "0"),
        (line(0, "[tax_behavior]"), behavior),
        (line(0, "[product_data][tax_code]"), ADMISSION),
        (
            line(0, "[product_data][tax_details][performance_location]"),
            location,
        ),
        ("line_items[1][quantity]".to_owned(), "1"),
        (line(1, "[currency]"), "cad"),
        (line(1, "[unit_amount]"), "300"),
        (line(1, "[product_data][name]"), "Service fee"),
        (line(1, "[product_data][tax_code]"), "txcd_00000000"),
        (line(1, "[tax_behavior]"), "exclusive"),
    ];
    let extra: Vec<(&str, &str)> = extra
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.as_str(), *value))
        .collect();
    api.post("/v1/checkout/sessions", &[&SESSION[..], &extra].concat())
        .await
}

#[tokio::test]
async fn a_registered_account_collects_the_venues_taxes_and_none_on_what_is_nontaxable() {
    let api = Api::start().await;
    let account = api.sim().connect_active_account(None);
    register(&api, &account, &["CA", "QC"]).await;
    let quebec = venue(&api, "QC").await;
    let (_, open) = session(&api, &account, id(&quebec), "exclusive").await;
    assert_eq!(open["automatic_tax"]["status"], "requires_location_inputs");
    assert_eq!(open["amount_total"], 10_300);
    let paid = api.sim().pay(id(&open), "4242424242424242").expect("pays");
    // 5% of 100.00 is 5.00, 9.975% is 9.975.
    assert_eq!(paid["total_details"]["amount_tax"], 500 + 998);
    assert_eq!(paid["amount_total"], 10_300 + 1_498);
    let intent = api
        .sim()
        .object(paid["payment_intent"].as_str().expect("an intent"));
    assert_eq!(intent["amount_received"], 11_798);

    let path = format!("/v1/checkout/sessions/{}/line_items", id(&open));
    let (_, plain) = api.get(&path).await;
    assert_eq!(plain["data"][0]["amount_tax"], 1_498);
    assert_eq!(plain["data"][0].get("taxes"), None, "only when asked for");
    let (_, lines) = api.get(&format!("{path}?expand[]=data.taxes")).await;
    let tax = |at: usize| &lines["data"][0]["taxes"][at];
    assert_eq!(
        (&tax(0)["amount"], &tax(0)["rate"]["tax_type"]),
        (&json!(500), &json!("gst"))
    );
    assert_eq!(tax(1)["rate"]["percentage"].to_string(), "9.975");
    assert_eq!(lines["data"][0]["metadata"]["tickets"], "0");
    assert_eq!(lines["data"][1]["amount_tax"], 0);
}

#[tokio::test]
async fn an_account_that_is_registered_nowhere_silently_collects_nothing() {
    let api = Api::start().await;
    let account = api.sim().connect_active_account(None);
    let ontario = venue(&api, "ON").await;
    let (_, open) = session(&api, &account, id(&ontario), "exclusive").await;
    let paid = api.sim().pay(id(&open), "4242424242424242").expect("pays");
    assert_eq!(paid["total_details"]["amount_tax"], 0);
    assert_eq!(paid["amount_total"], 10_300);
}

#[tokio::test]
async fn taxes_inside_a_price_change_no_total() {
    let api = Api::start().await;
    let account = api.sim().connect_active_account(None);
    register(&api, &account, &["CA"]).await;
    let ontario = venue(&api, "ON").await;
    let (_, open) = session(&api, &account, id(&ontario), "inclusive").await;
    let paid = api.sim().pay(id(&open), "4242424242424242").expect("pays");
    // 100.00 × 13 ÷ 113 is 11.504.
    assert_eq!(paid["total_details"]["amount_tax"], 1_150);
    assert_eq!(paid["amount_total"], 10_300);
}

#[tokio::test]
async fn what_stripe_tax_needs_is_asked_for_by_name() {
    let api = Api::start().await;
    let account = api.sim().connect_active_account(None);
    let place = "line_items[0][price_data][product_data][tax_details][performance_location]";
    let (status, refusal) = session(&api, &account, "", "exclusive").await;
    assert_eq!((status, error(&refusal).1), (400, place));
    let (status, refusal) = session(&api, &account, "taxloc_nowhere", "exclusive").await;
    assert_eq!(
        (status, error(&refusal)),
        (400, ("resource_missing", place))
    );
    let bc = venue(&api, "BC").await;
    let (status, refusal) = session(&api, &account, id(&bc), "").await;
    let behavior = "line_items[0][price_data][tax_behavior]";
    assert_eq!((status, error(&refusal).1), (400, behavior));
    let nowhere = [("type", "performance"), ("address[country]", "CA")];
    let (status, _) = api.post("/v1/tax/locations", &nowhere).await;
    assert_eq!(status, 400);
}
