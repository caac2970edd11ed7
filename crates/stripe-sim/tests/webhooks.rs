//! Events on their way: signed, routed, retried by the clock, and bent by faults.

#![allow(
    clippy::expect_used,
    reason = "this is test code, which the linter sees only inside test functions"
)]

mod common;

use std::sync::atomic::Ordering;

use common::{Api, Inbox, START, config, id, parse};
use serde_json::json;
use stripe_sim::{DeliveryState, Fault, FaultKind, signature};

const DONE: &str = "checkout.session.completed";

async fn with_inbox() -> (Api, Inbox) {
    let inbox = Inbox::open().await;
    let mut start = config();
    start.webhook_endpoints = vec![inbox.endpoint(false, &[DONE])];
    (Api::start_with(start).await, inbox)
}

async fn pay(api: &Api) {
    let session = api.session().await;
    api.sim()
        .pay(id(&session), "4242424242424242")
        .expect("pays");
}

#[tokio::test]
async fn an_event_is_signed_and_its_copy_stays_as_it_was() {
    let (api, inbox) = with_inbox().await;
    let session = api.session().await;
    api.sim()
        .pay(id(&session), "4242424242424242")
        .expect("pays");
    let path = format!("/v1/checkout/sessions/{}", id(&session));
    api.post(&path, &[("metadata[later]", "yes")]).await;
    assert_eq!(api.sim().deliver_due().await, 1);
    let got = inbox.take().await;
    let (header, body) = &got[0];
    assert_eq!(*header, signature::header(&["whsec_one"], START, body));
    let event = parse(body);
    assert_eq!(event["data"]["object"]["metadata"], json!({}));
    assert_eq!(
        (&event["livemode"], event["account"].is_null()),
        (&json!(false), true)
    );
    let (_, kept) = api.get(&format!("/v1/events/{}", id(&event))).await;
    assert_eq!(
        (&kept["pending_webhooks"], &event["pending_webhooks"]),
        (&json!(0), &json!(1))
    );
}

#[tokio::test]
async fn accounts_events_go_to_the_connect_endpoint_and_name_the_account() {
    let inbox = Inbox::open().await;
    let mut start = config();
    start.webhook_endpoints = vec![inbox.endpoint(true, &["*"])];
    let api = Api::start_with(start).await;
    let account = api.sim().connect_active_account(None);
    pay(&api).await;
    api.sim().deliver_due().await;
    let events: Vec<_> = inbox
        .take()
        .await
        .iter()
        .map(|(_, body)| parse(body))
        .collect();
    assert!(
        events
            .iter()
            .all(|event| event["account"] == json!(account))
    );
    assert_eq!(events[0]["type"], "account.updated");
    assert_eq!(
        events[0]["data"]["previous_attributes"]["payouts_enabled"],
        false
    );
}

#[tokio::test]
async fn a_failed_delivery_is_tried_again_on_the_clock_with_a_fresh_time_until_it_is_taken() {
    let (api, inbox) = with_inbox().await;
    pay(&api).await;
    inbox.answer.store(500, Ordering::SeqCst);
    assert_eq!(api.sim().deliver_due().await, 1);
    assert_eq!(api.sim().deliver_due().await, 0);
    api.sim().advance(5);
    assert_eq!(api.sim().deliver_due().await, 1);
    inbox.answer.store(200, Ordering::SeqCst);
    api.sim().advance(30);
    assert_eq!(api.sim().deliver_due().await, 1);
    let times: Vec<String> = inbox
        .take()
        .await
        .iter()
        .map(|(h, _)| h.split(',').next().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        times,
        [START, START + 5, START + 35].map(|t| format!("t={t}"))
    );
    let delivery = &api.sim().deliveries()[0];
    assert_eq!(delivery.state, DeliveryState::Delivered);
    assert_eq!(
        delivery
            .attempts
            .iter()
            .map(|a| a.status)
            .collect::<Vec<_>>(),
        [Some(500), Some(500), Some(200)]
    );
}

#[tokio::test]
async fn after_three_days_of_silence_a_delivery_is_given_up() {
    let (api, inbox) = with_inbox().await;
    inbox.answer.store(302, Ordering::SeqCst);
    pay(&api).await;
    for _ in 0..72 {
        api.sim().deliver_due().await;
        api.sim().advance(3_600);
    }
    assert_eq!(api.sim().deliveries()[0].state, DeliveryState::GivenUp);
}

#[tokio::test]
async fn a_rolled_secret_signs_beside_the_old_one_until_the_old_one_ends() {
    let (api, inbox) = with_inbox().await;
    let (_, list) = api.get("/v1/webhook_endpoints").await;
    let fresh = api
        .sim()
        .roll_webhook_secret(id(&list["data"][0]), 3_600)
        .expect("an endpoint");
    pay(&api).await;
    api.sim().deliver_due().await;
    let (header, body) = inbox.take().await.remove(0);
    assert_eq!(
        header,
        signature::header(&[&fresh, "whsec_one"], START, &body)
    );
    api.sim().advance(3_600);
    pay(&api).await;
    api.sim().deliver_due().await;
    let (header, body) = inbox.take().await.remove(0);
    assert_eq!(header, signature::header(&[&fresh], START + 3_600, &body));
}

#[tokio::test]
async fn every_webhook_fault_does_what_it_says_and_is_logged() {
    let (api, inbox) = with_inbox().await;
    // Kind, arrivals at once, and arrivals after an hour.
    let table = [
        (FaultKind::WebhookDuplicate, 2, 0),
        (FaultKind::WebhookDelay, 0, 1),
        (FaultKind::WebhookReorder, 0, 1),
        (FaultKind::WebhookDrop, 0, 1),
        (FaultKind::WebhookBadSignature, 1, 0),
        (FaultKind::WebhookOldTimestamp, 1, 0),
        (FaultKind::WebhookConcurrent, 2, 0),
        (FaultKind::WebhookUnknownType, 2, 0),
        (FaultKind::WebhookExtraFields, 1, 0),
        (FaultKind::WebhookWrongAmount, 1, 0),
        (FaultKind::WebhookUnknownOrder, 2, 0),
    ];
    for (kind, now, later) in table {
        api.sim().reset();
        api.sim().arm(Fault::new(kind).on_event(DONE));
        pay(&api).await;
        api.sim().deliver_due().await;
        let first = inbox.take().await;
        api.sim().advance(3_600);
        api.sim().deliver_due().await;
        assert_eq!(
            (first.len(), inbox.take().await.len()),
            (now, later),
            "{kind:?}"
        );
        let fired: Vec<FaultKind> = api
            .sim()
            .faults_log()
            .iter()
            .map(|firing| firing.kind)
            .collect();
        assert_eq!(fired, [kind]);
        let Some((header, body)) = first.first() else {
            continue;
        };
        let signed_well = *header == signature::header(&["whsec_one"], START, body);
        let bad = matches!(
            kind,
            FaultKind::WebhookBadSignature | FaultKind::WebhookOldTimestamp
        );
        assert_eq!(signed_well, !bad, "{kind:?}");
        let object = &parse(body)["data"]["object"];
        let amount = if kind == FaultKind::WebhookWrongAmount {
            10_100
        } else {
            10_000
        };
        assert_eq!(object["amount_total"], amount, "{kind:?}");
        let ids: std::collections::BTreeSet<String> = first
            .iter()
            .map(|(_, body)| id(&parse(body)).to_owned())
            .collect();
        let forged = matches!(
            kind,
            FaultKind::WebhookUnknownType | FaultKind::WebhookUnknownOrder
        );
        assert_eq!(ids.len(), if forged { 2 } else { 1 }, "{kind:?}");
    }
}

#[tokio::test]
async fn a_reordered_event_arrives_after_the_next_one() {
    let inbox = Inbox::open().await;
    let mut start = config();
    start.webhook_endpoints = vec![inbox.endpoint(false, &["charge.succeeded", DONE])];
    let api = Api::start_with(start).await;
    api.sim()
        .arm(Fault::new(FaultKind::WebhookReorder).on_event("charge.succeeded"));
    pay(&api).await;
    api.sim().deliver_due().await;
    assert_eq!(inbox.types().await, [DONE, "charge.succeeded"]);
}

#[tokio::test]
async fn the_background_task_delivers_without_being_asked() {
    let inbox = Inbox::open().await;
    let mut start = config();
    start.auto_deliver = true;
    start.webhook_endpoints = vec![inbox.endpoint(false, &[DONE])];
    let api = Api::start_with(start).await;
    pay(&api).await;
    let arrived = async {
        while api.sim().deliveries()[0].state != DeliveryState::Delivered {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), arrived)
        .await
        .expect("is delivered");
    assert_eq!(inbox.types().await, [DONE]);
}

#[tokio::test]
async fn over_a_restart_what_waits_is_still_sent_and_what_was_sent_is_kept_without_its_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let inbox = Inbox::open().await;
    let mut start = config();
    start.state_file = Some(folder.path().join("sim.json"));
    start.webhook_endpoints = vec![inbox.endpoint(false, &[DONE])];
    let api = Api::start_with(start.clone()).await;
    pay(&api).await;
    api.sim().deliver_due().await;
    assert_eq!(inbox.types().await, [DONE]);
    pay(&api).await;
    api.running.shutdown().await;

    let again = Api::start_with(start).await;
    let kept = again.sim().deliveries();
    assert_eq!(kept[0].state, DeliveryState::Delivered);
    assert_eq!((kept[0].body.as_str(), kept[0].attempts.len()), ("", 1));
    again.sim().deliver_due().await;
    assert_eq!(inbox.types().await, [DONE]);
}
