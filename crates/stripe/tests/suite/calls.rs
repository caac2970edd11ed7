//! What each call puts on the wire: verb, path, headers and parameters.

use stripe::calls::{
    AccountLinkType, CreateAccount, CreateAccountLink, CreateFeeRefund, CreateRefund,
    CreateTransferReversal, Expand, ListBalanceTransactions, ListEvents, ListRefunds, ListSessions,
    Page, Range,
};
use stripe::{API_VERSION, Client, ErrorKind, IdempotencyKey};

use crate::pace::FakePace;
use crate::server::{KEY, Reply, Seen, Server};

fn key() -> IdempotencyKey {
    IdempotencyKey::new("k_1").unwrap()
}

/// Runs one call against a server that answers with nothing useful, and gives what was sent.
pub async fn sent<F: AsyncFnOnce(&Client)>(call: F) -> Seen {
    let server = Server::start([Reply::new(200, "{}")]).await;
    let client = server.client(&FakePace::new());
    call(&client).await;
    server.only()
}

/// The parameters of a query or body, decoded and sorted.
pub fn fields(text: &str) -> Vec<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(text).unwrap();
    let mut fields: Vec<String> = pairs.iter().map(|(n, v)| format!("{n}={v}")).collect();
    fields.sort();
    fields
}

#[tokio::test]
async fn every_request_names_the_key_the_version_and_who_it_acts_for() {
    let seen = sent(async |client| {
        let client = client.on_behalf_of("acct_1").unwrap();
        let request = CreateRefund::default();
        client.refunds().create(&request, &key()).await.unwrap_err();
    })
    .await;
    let bearer = format!("Bearer {KEY}");
    assert_eq!(seen.header("authorization"), Some(bearer.as_str()));
    assert_eq!(seen.header("stripe-version"), Some(API_VERSION));
    assert_eq!(seen.header("stripe-account"), Some("acct_1"));
    assert_eq!(seen.header("idempotency-key"), Some("k_1"));
    assert_eq!(
        seen.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );

    let seen = sent(async |client| {
        client.accounts().retrieve("acct_2").await.unwrap_err();
    })
    .await;
    assert_eq!(seen.header("stripe-account"), None);
    assert_eq!(seen.header("idempotency-key"), None);
    assert_eq!(
        (seen.method.as_str(), seen.path.as_str()),
        ("GET", "/v1/accounts/acct_2")
    );
}

#[tokio::test]
async fn an_organizer_is_made_with_an_express_dashboard_and_our_losses() {
    let seen = sent(async |client| {
        let request = CreateAccount::organizer_in_canada();
        client
            .accounts()
            .create(&request, &key())
            .await
            .unwrap_err();
    })
    .await;
    assert_eq!(seen.path, "/v1/accounts");
    assert_eq!(
        fields(&seen.body),
        [
            "capabilities[transfers][requested]=true",
            "controller[fees][payer]=application",
            "controller[losses][payments]=application",
            "controller[requirement_collection]=stripe",
            "controller[stripe_dashboard][type]=express",
            "country=CA",
        ]
    );
}

#[tokio::test]
async fn writes_go_to_their_paths_with_their_parameters() {
    let seen = sent(async |client| {
        let request = CreateAccountLink {
            account: "acct_1".into(),
            refresh_url: "https://a.example/again".into(),
            return_url: "https://a.example/back".into(),
            kind: AccountLinkType::AccountOnboarding,
        };
        client
            .account_links()
            .create(&request, &key())
            .await
            .unwrap_err();
    })
    .await;
    assert_eq!(seen.path, "/v1/account_links");
    assert!(fields(&seen.body).contains(&"type=account_onboarding".to_owned()));

    let seen = sent(async |client| {
        client
            .checkout_sessions()
            .expire("cs_1", &key())
            .await
            .unwrap_err();
    })
    .await;
    assert_eq!((seen.method.as_str(), seen.body.as_str()), ("POST", ""));
    assert_eq!(seen.path, "/v1/checkout/sessions/cs_1/expire");

    let seen = sent(async |client| {
        let request = CreateTransferReversal {
            amount: Some(1_050),
            ..CreateTransferReversal::default()
        };
        let calls = client.transfer_reversals();
        calls.create("tr_1", &request, &key()).await.unwrap_err();
    })
    .await;
    assert_eq!(
        (seen.path.as_str(), seen.body.as_str()),
        ("/v1/transfers/tr_1/reversals", "amount=1050")
    );

    let seen = sent(async |client| {
        let request = CreateFeeRefund {
            amount: Some(99),
            ..CreateFeeRefund::default()
        };
        let calls = client.application_fee_refunds();
        calls.create("fee_1", &request, &key()).await.unwrap_err();
    })
    .await;
    assert_eq!(
        (seen.path.as_str(), seen.body.as_str()),
        ("/v1/application_fees/fee_1/refunds", "amount=99")
    );
}

#[tokio::test]
async fn reads_go_to_their_paths_with_what_is_to_be_expanded() {
    let seen = sent(async |client| {
        let expand = Expand::payment_and_line_items();
        let calls = client.checkout_sessions();
        calls.retrieve("cs_1", &expand).await.unwrap_err();
    })
    .await;
    assert_eq!(seen.path, "/v1/checkout/sessions/cs_1");
    assert_eq!(
        fields(&seen.query),
        [
            "expand[0]=payment_intent.latest_charge",
            "expand[1]=line_items"
        ]
    );

    let seen = sent(async |client| {
        client.payment_intents().retrieve("pi_1").await.unwrap_err();
    })
    .await;
    assert_eq!(seen.path, "/v1/payment_intents/pi_1");
    assert_eq!(fields(&seen.query), ["expand[0]=latest_charge"]);

    let seen = sent(async |client| {
        let expand = Expand::nothing();
        client
            .checkout_sessions()
            .retrieve("cs_1", &expand)
            .await
            .unwrap_err();
    })
    .await;
    assert_eq!(seen.query, "");
}

#[tokio::test]
async fn lists_are_asked_for_by_object_time_and_page() {
    let page = Page {
        limit: Some(50),
        starting_after: Some("x_1".into()),
    };
    let created = Some(Range {
        gte: Some(7),
        lte: None,
    });
    let paged = ["created[gte]=7", "limit=50", "starting_after=x_1"];
    let (events, movements) = (
        ListEvents {
            types: Vec::new(),
            created,
            page: page.clone(),
        },
        ListBalanceTransactions {
            created,
            page,
            ..ListBalanceTransactions::default()
        },
    );
    let seen = sent(async |client| {
        client.events().list(&events).await.unwrap_err();
    })
    .await;
    assert_eq!(
        (seen.path.as_str(), fields(&seen.query)),
        ("/v1/events", paged.map(String::from).to_vec())
    );
    let seen = sent(async |client| {
        client
            .balance_transactions()
            .list(&movements)
            .await
            .unwrap_err();
    })
    .await;
    assert_eq!(
        (seen.path.as_str(), fields(&seen.query)),
        ("/v1/balance_transactions", paged.map(String::from).to_vec())
    );
}

#[tokio::test]
async fn lists_are_asked_for_by_the_object_they_belong_to() {
    let page = Page::default();
    let seen = sent(async |client| {
        let request = ListRefunds {
            payment_intent: Some("pi_1".into()),
            ..ListRefunds::default()
        };
        client.refunds().list(&request).await.unwrap_err();
    })
    .await;
    assert_eq!(
        (seen.path.as_str(), seen.query.as_str()),
        ("/v1/refunds", "payment_intent=pi_1")
    );
    let seen = sent(async |client| {
        let request = ListSessions {
            payment_intent: Some("pi_1".into()),
            ..ListSessions::default()
        };
        client.checkout_sessions().list(&request).await.unwrap_err();
    })
    .await;
    assert_eq!(
        (seen.path.as_str(), seen.query.as_str()),
        ("/v1/checkout/sessions", "payment_intent=pi_1")
    );
    let seen = sent(async |client| {
        client
            .transfer_reversals()
            .list("tr_1", &page)
            .await
            .unwrap_err();
    })
    .await;
    assert_eq!(seen.path, "/v1/transfers/tr_1/reversals");
    let seen = sent(async |client| {
        client
            .application_fee_refunds()
            .list("fee_1", &page)
            .await
            .unwrap_err();
    })
    .await;
    assert_eq!(seen.path, "/v1/application_fees/fee_1/refunds");
}

#[tokio::test]
async fn an_id_that_is_none_never_leaves_the_house() {
    let server = Server::start([]).await;
    let client = server.client(&FakePace::new());
    for id in ["../balance", "", "re 1"] {
        let error = client.refunds().retrieve(id).await.unwrap_err();
        assert!(matches!(error.kind, ErrorKind::InvalidRequest { .. }));
        assert!(!error.is_retryable() && !error.is_ambiguous());
        assert!(client.on_behalf_of(id).is_err());
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_refusal_tells_its_code_and_parameter_and_neither_key_nor_link() {
    let body = format!(
        r#"{{"error":{{"type":"invalid_request_error","code":"resource_missing","param":"id",
        "message":"No such refund for {KEY}; see https://stripe.com/docs"}}}}"#
    );
    let server = Server::start([Reply::new(400, body)]).await;
    let client = server.client(&FakePace::new());
    let error = client.refunds().retrieve("re_1").await.unwrap_err();
    assert_eq!(error.code(), Some("resource_missing"));
    let ErrorKind::InvalidRequest { param, message, .. } = &error.kind else {
        panic!("{error:?}");
    };
    assert_eq!(param.as_deref(), Some("id"));
    assert_eq!(message, "No such refund for [key]; see [link]");
}
