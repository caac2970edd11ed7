//! Objects as Stripe sends them: expanded, half empty, and with values from the future.

use serde_json::{Value, json};
use stripe::objects::{
    Account, AccountLink, CapabilityStatus, Expandable, List, PaymentIntentStatus, PaymentStatus,
    Refund, RefundStatus, Session,
};

fn session() -> Value {
    json!({
        "id": "cs_test_1", "object": "checkout.session", "url": null, "client_secret": "cs_secret_x",
        "status": "complete", "payment_status": "paid", "amount_subtotal": 5000,
        "amount_total": 5250, "currency": "cad", "created": 1_795_000_000,
        "expires_at": 1_795_001_800, "livemode": false, "metadata": {"order_id": "ord_1"},
        "client_reference_id": "ord_1",
        "total_details": {"amount_discount": 0, "amount_shipping": null, "amount_tax": 0},
        "customer_details": {"email": "a@b.ca", "name": "ਜੁਗਨੂ", "phone": null,
            "address": {"country": "CA", "line1": null}},
        "payment_intent": payment(),
        "line_items": {"object": "list", "has_more": false, "data": [{"id": "li_1",
            "object": "item", "description": "Adult", "quantity": 2, "currency": "cad",
            "amount_subtotal": 5000, "amount_discount": 0, "amount_tax": 0,
            "amount_total": 5000}]},
    })
}

fn payment() -> Value {
    json!({
        "id": "pi_1", "object": "payment_intent", "amount": 5250, "amount_received": 5250,
        "application_fee_amount": 250, "created": 1_795_000_100, "currency": "cad",
        "livemode": false, "status": "succeeded",
        "transfer_data": {"destination": "acct_1"}, "metadata": {},
        "latest_charge": charge(),
    })
}

fn charge() -> Value {
    json!({
        "id": "ch_1", "object": "charge", "amount": 5250, "amount_refunded": 0,
        "created": 1_795_000_100, "currency": "cad", "livemode": false, "paid": true,
        "captured": true, "status": "succeeded", "application_fee": "fee_1",
        "transfer": "tr_1", "balance_transaction": "txn_1",
        "payment_method_details": {"type": "card", "card": {"brand": "visa",
            "last4": "4242", "country": "CA", "funding": "credit", "exp_month": 1}},
    })
}

#[test]
fn an_expanded_session_gives_payment_charge_transfer_and_fee() {
    let session: Session = serde_json::from_value(session()).unwrap();
    assert!(session.is_settled());
    assert!(!format!("{session:?}").contains("cs_secret_x"));
    assert_eq!(
        session.client_secret.as_ref().unwrap().expose(),
        "cs_secret_x"
    );
    let payment = session.payment_intent.as_ref().unwrap();
    assert_eq!(payment.id(), "pi_1");
    let payment = payment.object().unwrap();
    assert_eq!(payment.status, PaymentIntentStatus::Succeeded);
    let charge = payment.latest_charge.as_ref().unwrap().object().unwrap();
    assert_eq!(charge.transfer.as_ref().unwrap().id(), "tr_1");
    assert_eq!(charge.application_fee.as_ref().unwrap().id(), "fee_1");
    assert!(matches!(&charge.balance_transaction, Some(Expandable::Id(id)) if id == "txn_1"));
    assert_eq!(session.line_items.unwrap().data[0].amount_total, 5_000);
}

#[test]
fn values_from_the_future_are_kept_and_settle_nothing() {
    let mut value = session();
    value["payment_status"] = json!("paid_in_moonstones");
    value["status"] = json!("lingering");
    value["payment_intent"]["status"] = json!("requires_patience");
    value["metadata"] = Value::Null;
    let session: Session = serde_json::from_value(value).unwrap();
    assert!(!session.is_settled());
    assert_eq!(
        session.payment_status,
        PaymentStatus::Other("paid_in_moonstones".into())
    );
    let payment = session.payment_intent.unwrap();
    assert_eq!(
        payment.object().unwrap().status.as_str(),
        "requires_patience"
    );
    assert!(session.metadata.is_empty());
    let text = serde_json::to_value(session.payment_status).unwrap();
    assert_eq!(text, "paid_in_moonstones");
}

#[test]
fn a_complete_session_whose_money_is_on_its_way_is_not_settled() {
    let mut value = session();
    value["payment_status"] = json!("unpaid");
    let session: Session = serde_json::from_value(value).unwrap();
    assert!(!session.is_settled());
}

#[test]
fn an_account_keeps_its_whole_answer_beside_what_is_understood() {
    let value = json!({
        "id": "acct_1", "object": "account", "charges_enabled": false, "payouts_enabled": true,
        "details_submitted": true, "capabilities": {"transfers": "active", "new_one": "pending"},
        "requirements": {"currently_due": ["external_account"], "past_due": null,
            "disabled_reason": "requirements.past_due", "errors": [{"code": "bad", "reason": null,
            "requirement": "external_account"}], "alternatives": []},
        "future_requirements": null, "country": "CA", "settings": {"x": 1},
    });
    let account: Account = serde_json::from_value(value.clone()).unwrap();
    assert!(account.can_receive_transfers() && account.payouts_enabled);
    assert_eq!(account.capabilities.card_payments, None);
    assert_eq!(account.requirements.currently_due, ["external_account"]);
    assert_eq!(account.requirements.errors[0].reason, "");
    assert_eq!(account.raw, value);

    let pending = json!({"id": "acct_2", "capabilities": {"transfers": "dormant"}});
    let account: Account = serde_json::from_value(pending).unwrap();
    assert!(!account.can_receive_transfers());
    assert_eq!(
        account.capabilities.transfers,
        Some(CapabilityStatus::Other("dormant".into()))
    );
}

#[test]
fn an_onboarding_link_is_never_printed() {
    let value = json!({"object": "account_link", "created": 1, "expires_at": 301,
        "url": "https://connect.stripe.com/setup/s/secret"});
    let link: AccountLink = serde_json::from_value(value).unwrap();
    assert_eq!(
        link.url.expose(),
        "https://connect.stripe.com/setup/s/secret"
    );
    assert!(!format!("{link:?}").contains("secret"));
}

#[test]
fn a_page_says_where_the_next_one_starts() {
    let refund = |id: &str| {
        json!({"id": id, "amount": 1, "currency": "cad", "created": 1, "status": "failed",
            "failure_reason": "declined"})
    };
    let page =
        json!({"object": "list", "has_more": true, "data": [refund("re_2"), refund("re_1")]});
    let mut page: List<Refund> = serde_json::from_value(page).unwrap();
    assert_eq!(page.data[0].status, Some(RefundStatus::Failed));
    assert_eq!(page.next(), Some("re_1"));
    page.has_more = false;
    assert_eq!(page.next(), None);
}
