//! Reading webhooks: known, unknown, thin and broken.

use serde_json::{Value, json};
use stripe::objects::{Account, PaymentStatus, Session};
use stripe::{Event, EventError, EventType};

fn event(kind: &str, object: &Value) -> Vec<u8> {
    let event = json!({
        "id": "evt_1", "object": "event", "type": kind, "created": 1_795_000_000,
        "api_version": "2026-10-28.endive", "livemode": false, "pending_webhooks": 1,
        "request": {"id": null, "idempotency_key": null}, "brand_new": {"field": [1]},
        "data": {"object": object},
    });
    serde_json::to_vec(&event).unwrap()
}

#[test]
fn a_session_event_tells_order_payment_and_snapshot() {
    let object = json!({
        "id": "cs_test_1", "object": "checkout.session", "payment_intent": "pi_1",
        "client_reference_id": "ord_1", "metadata": {"order_id": "ord_1"},
        "payment_status": "paid", "status": "complete", "created": 1, "expires_at": 2,
        "livemode": false,
    });
    let event = Event::parse(&event("checkout.session.completed", &object)).unwrap();
    assert_eq!(event.kind, EventType::CheckoutSessionCompleted);
    assert_eq!(event.object_id(), Some("cs_test_1"));
    assert_eq!(event.object_type(), Some("checkout.session"));
    assert_eq!(event.payment_intent_id(), Some("pi_1"));
    assert_eq!(event.client_reference_id(), Some("ord_1"));
    assert_eq!(event.metadata("order_id"), Some("ord_1"));
    assert_eq!(event.metadata("other"), None);
    assert_eq!(event.account, None);
    let session: Session = event.object_as().unwrap();
    assert_eq!(session.payment_status, PaymentStatus::Paid);
    assert!(session.is_settled());
    assert_eq!(event.object_as::<Account>().unwrap().id, "cs_test_1");
}

#[test]
fn the_payment_behind_an_event_is_found_however_it_is_written() {
    let of = |object: Value| {
        let event = Event::parse(&event("x", &object)).unwrap();
        event.payment_intent_id().map(str::to_owned)
    };
    let pi = Some("pi_1".to_owned());
    assert_eq!(of(json!({"object": "payment_intent", "id": "pi_1"})), pi);
    assert_eq!(
        of(json!({"object": "refund", "payment_intent": {"id": "pi_1"}})),
        pi
    );
    assert_eq!(
        of(json!({"object": "refund", "payment_intent": null})),
        None
    );
    assert_eq!(of(json!({"object": "balance"})), None);
}

#[test]
fn an_unknown_kind_with_an_unknown_object_is_still_an_event() {
    let payload = event("moon.landed", &json!({"object": "moon", "crew": [3]}));
    let event = Event::parse(&payload).unwrap();
    assert_eq!(event.kind, EventType::Other("moon.landed".into()));
    assert_eq!(event.kind.as_str(), "moon.landed");
    assert_eq!(event.object_id(), None);
}

#[test]
fn a_thin_event_and_anything_else_is_told_apart_and_refused() {
    let thin = br#"{"id":"evt_1","object":"v2.core.event","type":"v2.core.account.updated"}"#;
    assert_eq!(Event::parse(thin), Err(EventError::Thin));
    for broken in [
        &b""[..],
        b"null",
        b"[]",
        b"\xff\xfe",
        b"{\"object\":\"event\"}",
        b"{\"object\":\"refund\",\"id\":\"re_1\"}",
    ] {
        assert_eq!(Event::parse(broken), Err(EventError::NotAnEvent));
    }
}
