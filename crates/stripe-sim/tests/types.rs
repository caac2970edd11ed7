//! Stripe's types as somebody else generated them: what the stand-in answers and delivers must be readable as theirs.
//!
//! `async-stripe-shared` and `async-stripe-webhook` 1.0.0-rc.10 are made from Stripe's own description of API version
//! 2026-09-30.endive; ours pins 2026-10-28.endive, so what the two differ in stands in a list below. Their readers refuse
//! a required field that is missing or of another kind, and they log a value that their enums do not know. A field that
//! is misspelt but optional passes here; the SDK's TypeScript types (`e2e/stripe-sdk/types.mjs`) refuse it.

#![allow(
    clippy::expect_used,
    reason = "this is test code, which the linter sees only inside test functions"
)]

mod common;
mod played;

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use common::START;
use played::{Seen, play};
use serde_json::Value;
use stripe_webhook::{EventObject, Webhook, WebhookError};

type Reader = fn(&str) -> bool;

fn reads<T: miniserde::Deserialize>(text: &str) -> bool {
    miniserde::json::from_str::<T>(text).is_ok()
}

/// Every kind of object whose type the crate has.
const TYPES: &[(&str, Reader)] = &[
    ("account", reads::<stripe_shared::Account>),
    ("application_fee", reads::<stripe_shared::ApplicationFee>),
    (
        "balance_transaction",
        reads::<stripe_shared::BalanceTransaction>,
    ),
    ("capability", reads::<stripe_shared::Capability>),
    ("charge", reads::<stripe_shared::Charge>),
    ("checkout.session", reads::<stripe_shared::CheckoutSession>),
    ("dispute", reads::<stripe_shared::Dispute>),
    ("event", reads::<stripe_shared::Event>),
    ("fee_refund", reads::<stripe_shared::ApplicationFeeRefund>),
    ("payment_intent", reads::<stripe_shared::PaymentIntent>),
    ("payout", reads::<stripe_shared::Payout>),
    ("refund", reads::<stripe_shared::Refund>),
    ("transfer", reads::<stripe_shared::Transfer>),
    (
        "transfer_reversal",
        reads::<stripe_shared::TransferReversal>,
    ),
];

/// Kinds whose types live in crates that would each cost more minutes to compile than they could find.
const ELSEWHERE: &[&str] = &[
    "account_link",
    "balance",
    "login_link",
    "radar.early_fraud_warning",
    "webhook_endpoint",
];

/// Events whose object the crate does not know without those crates.
const EVENTS_ELSEWHERE: &[&str] = &["radar.early_fraud_warning.created"];

/// The values in webhooks that the older version does not have: the version's own name.
const NEWER_VALUES: [&str; 1] = ["2026-10-28.endive for enum ApiVersion"];

/// What the readers complain about while `act` runs: values that their enums do not know.
fn unknown_values<T>(act: impl FnOnce() -> T) -> (T, BTreeSet<String>) {
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);
    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            log.extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let result = tracing::subscriber::with_default(subscriber, act);
    let bytes = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let unknown = text
        .lines()
        .filter_map(|line| line.split_once("Unknown value '"))
        .map(|(_, rest)| rest.replace('\'', ""))
        .collect();
    (result, unknown)
}

#[tokio::test]
async fn every_object_that_is_answered_is_one_of_stripes() {
    let Seen { objects, .. } = play().await;
    let (kinds, unknown) = unknown_values(|| {
        let mut kinds = BTreeSet::new();
        for object in &objects {
            let kind = object["object"].as_str().expect("a kind");
            kinds.insert(kind.to_owned());
            let Some((_, read)) = TYPES.iter().find(|(name, _)| *name == kind) else {
                assert!(ELSEWHERE.contains(&kind), "there is no type for {kind}");
                continue;
            };
            assert!(
                read(&object.to_string()),
                "not a {kind} of theirs: {object:#}"
            );
        }
        kinds
    });
    let expected: BTreeSet<String> = TYPES
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .chain(ELSEWHERE.iter().map(|name| (*name).to_owned()))
        .collect();
    assert_eq!(kinds, expected, "the scenario shows each kind");
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(
        objects.len() > 60,
        "only {} distinct objects",
        objects.len()
    );
}

#[tokio::test]
async fn every_webhook_is_signed_and_shaped_as_theirs_expects_and_a_tampered_one_is_refused() {
    let Seen { webhooks, .. } = play().await;
    let (kinds, unknown) = unknown_values(|| {
        let mut kinds = BTreeSet::new();
        for hook in &webhooks {
            kinds.insert(judge(&hook.body, &hook.signature, hook.at));
        }
        kinds
    });
    assert_eq!(unknown, BTreeSet::from(NEWER_VALUES.map(str::to_owned)));
    assert!(kinds.len() > 25, "only {kinds:?}");
}

/// Reads one webhook with their verifier, at the second at which it was signed; gives its type.
fn judge(body: &str, signature: &str, at: i64) -> String {
    let secret = played::SECRET;
    let kind = common::parse(body)["type"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let event = Webhook::construct_event_with_timestamp(body, signature, secret, at)
        .unwrap_or_else(|error| panic!("{kind}: {error}: {body}"));
    assert_eq!(event.type_.as_str(), kind);
    let unread = matches!(event.data.object, EventObject::Unknown(_));
    assert_eq!(unread, EVENTS_ELSEWHERE.contains(&kind.as_str()), "{kind}");

    let tampered = body.replacen("livemode", "livemodf", 1);
    for (body, secret, at) in [
        (tampered.as_str(), secret, at),
        (body, "whsec_of_somebody_else", at),
    ] {
        let refused = Webhook::construct_event_with_timestamp(body, signature, secret, at);
        assert!(matches!(refused, Err(WebhookError::BadSignature)), "{kind}");
    }
    let late = Webhook::construct_event_with_timestamp(body, signature, secret, at + 301);
    assert!(matches!(late, Err(WebhookError::BadTimestamp(_))), "{kind}");
    kind
}

#[test]
fn the_signature_is_the_one_that_theirs_would_make() {
    let body = r#"{"id":"evt_1","object":"event"}"#;
    let theirs = Webhook::generate_test_header(body, "whsec_x", Some(START));
    assert_eq!(
        stripe_sim::signature::header(&["whsec_x"], START, body),
        theirs
    );
}

#[test]
fn the_readers_do_refuse_what_is_no_object_of_stripes() {
    let whole = serde_json::json!({ "id": "trr_1", "object": "transfer_reversal", "amount": 1, "created": 1,
        "currency": "cad", "metadata": {}, "transfer": "tr_1", "balance_transaction": null,
        "destination_payment_refund": null, "source_refund": null });
    let reads = |object: &Value| reads::<stripe_shared::TransferReversal>(&object.to_string());
    assert!(reads(&whole));
    for (field, wrong) in [("amount", Value::from("1")), ("transfer", Value::Null)] {
        let mut broken = whole.clone();
        broken[field] = wrong;
        assert!(!reads(&broken), "{field}");
    }
    let mut strange = serde_json::json!({ "id": "re_1", "object": "refund", "amount": 1, "created": 1, "currency": "cad",
        "reason": "requested_by_customer" });
    let refund = |object: &Value| crate::reads::<stripe_shared::Refund>(&object.to_string());
    assert!(unknown_values(|| refund(&strange)).1.is_empty());
    strange["reason"] = "requested_by_nobody".into();
    let (read, unknown) = unknown_values(|| refund(&strange));
    assert!(read && unknown.len() == 1, "{unknown:?}");
}
