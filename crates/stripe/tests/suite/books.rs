//! What the calls about settled money put on the wire: disputes, payouts, balances, transfers, fees.

use serde_json::{Value, json};
use stripe::calls::{
    CreateTransfer, Evidence, Expand, ListBalanceTransactions, ListDisputes, ListPayouts,
    ListRefunds, ListTransfers, Page, Range, UpdateDispute,
};
use stripe::objects::{Metadata, PayoutStatus};
use stripe::{Client, IdempotencyKey};

use crate::calls::{fields, sent};
use crate::pace::FakePace;
use crate::server::{Reply, Server};

fn key() -> IdempotencyKey {
    IdempotencyKey::new("k_2").unwrap()
}

fn movement(id: &str) -> Value {
    json!({"id": id, "object": "balance_transaction", "amount": -500, "fee": 0, "net": -500,
        "currency": "cad", "created": 7, "available_on": 7, "status": "available",
        "type": "refund", "reporting_category": "refund", "source": "re_1", "fee_details": []})
}

fn page_of(movements: &[Value], has_more: bool) -> Reply {
    let list = json!({"object": "list", "data": movements, "has_more": has_more, "url": "/"});
    Reply::new(200, list.to_string())
}

#[tokio::test]
async fn a_dispute_is_read_answered_and_given_up_by_its_id() {
    let seen = sent(async |client| {
        client.disputes().retrieve("du_1").await.unwrap_err();
    })
    .await;
    assert_eq!(
        (seen.method.as_str(), seen.path.as_str()),
        ("GET", "/v1/disputes/du_1")
    );

    let seen = sent(async |client| {
        let evidence = Evidence {
            product_description: Some("Admission".into()),
            access_activity_log: Some("Scanned at 19:04".into()),
            ..Evidence::default()
        };
        let request = UpdateDispute {
            evidence: Some(evidence),
            submit: Some(false),
            ..UpdateDispute::default()
        };
        let calls = client.disputes();
        calls.update("du_1", &request, &key()).await.unwrap_err();
    })
    .await;
    assert_eq!(
        (seen.method.as_str(), seen.path.as_str()),
        ("POST", "/v1/disputes/du_1")
    );
    assert_eq!(seen.header("idempotency-key"), Some("k_2"));
    assert_eq!(
        fields(&seen.body),
        [
            "evidence[access_activity_log]=Scanned at 19:04",
            "evidence[product_description]=Admission",
            "submit=false",
        ]
    );

    let seen = sent(async |client| {
        client.disputes().close("du_1", &key()).await.unwrap_err();
    })
    .await;
    assert_eq!(seen.path, "/v1/disputes/du_1/close");
}

#[tokio::test]
async fn a_transfer_names_its_amount_its_receiver_and_its_group() {
    let seen = sent(async |client| {
        let request = CreateTransfer {
            amount: 4_200,
            currency: "cad".into(),
            destination: "acct_1".into(),
            transfer_group: Some("ord_1".into()),
            metadata: Metadata::from([("dispute_id".into(), "dis_1".into())]),
            ..CreateTransfer::default()
        };
        let calls = client.transfers();
        calls.create(&request, &key()).await.unwrap_err();
    })
    .await;
    assert_eq!(seen.path, "/v1/transfers");
    assert_eq!(
        fields(&seen.body),
        [
            "amount=4200",
            "currency=cad",
            "destination=acct_1",
            "metadata[dispute_id]=dis_1",
            "transfer_group=ord_1",
        ]
    );
}

#[tokio::test]
async fn reads_of_settled_money_go_to_their_paths() {
    let reads: [(&str, &str, Ask); 6] = [
        ("/v1/transfers/tr_1", "", Ask::Transfer),
        ("/v1/application_fees/fee_1", "", Ask::Fee),
        ("/v1/balance", "", Ask::Balance),
        ("/v1/payouts/po_1", "", Ask::Payout),
        ("/v1/balance_transactions/txn_1", "", Ask::Movement),
        (
            "/v1/charges/ch_1",
            "expand%5B0%5D=balance_transaction&expand%5B1%5D=refunds",
            Ask::Charge,
        ),
    ];
    for (path, query, ask) in reads {
        let seen = sent(async |client| ask.of(client).await).await;
        assert_eq!((seen.path.as_str(), seen.query.as_str()), (path, query));
        assert_eq!(seen.method, "GET");
    }
}

/// One read, made as a connected account.
#[derive(Clone, Copy)]
enum Ask {
    Transfer,
    Fee,
    Balance,
    Payout,
    Movement,
    Charge,
}

impl Ask {
    async fn of(self, client: &Client) {
        let refused = match self {
            Self::Transfer => client.transfers().retrieve("tr_1").await.err(),
            Self::Fee => client.application_fees().retrieve("fee_1").await.err(),
            // A balance without a currency is empty, not wrong.
            Self::Balance => {
                let balance = client.balance().retrieve().await.unwrap();
                assert_eq!(balance.total("cad"), 0);
                return;
            }
            Self::Payout => client.payouts().retrieve("po_1").await.err(),
            Self::Movement => client.balance_transactions().retrieve("txn_1").await.err(),
            Self::Charge => {
                let expand = Expand::books();
                client.charges().retrieve("ch_1", &expand).await.err()
            }
        };
        assert!(refused.is_some());
    }
}

#[tokio::test]
async fn lists_of_settled_money_name_what_they_are_of() {
    let created = Some(Range {
        gte: Some(7),
        lte: Some(9),
    });
    let seen = sent(async |client| {
        let account = client.on_behalf_of("acct_1").unwrap();
        let request = ListPayouts {
            status: Some(PayoutStatus::Paid),
            arrival_date: created,
            ..ListPayouts::default()
        };
        account.payouts().list(&request).await.unwrap_err();
    })
    .await;
    assert_eq!(seen.path, "/v1/payouts");
    assert_eq!(seen.header("stripe-account"), Some("acct_1"));
    assert_eq!(
        fields(&seen.query),
        ["arrival_date[gte]=7", "arrival_date[lte]=9", "status=paid"]
    );

    let seen = sent(async |client| {
        let request = ListDisputes {
            charge: Some("ch_1".into()),
            created,
            ..ListDisputes::default()
        };
        client.disputes().list(&request).await.unwrap_err();
    })
    .await;
    assert_eq!(
        (seen.path.as_str(), fields(&seen.query)),
        (
            "/v1/disputes",
            ["charge=ch_1", "created[gte]=7", "created[lte]=9"]
                .map(String::from)
                .to_vec()
        )
    );

    let seen = sent(async |client| {
        let request = ListTransfers {
            transfer_group: Some("ord_1".into()),
            ..ListTransfers::default()
        };
        client.transfers().list(&request).await.unwrap_err();
    })
    .await;
    assert_eq!(
        (seen.path.as_str(), seen.query.as_str()),
        ("/v1/transfers", "transfer_group=ord_1")
    );
}

#[tokio::test]
async fn a_list_is_walked_to_its_end_as_the_account_that_was_named() {
    let server = Server::start([
        page_of(&[movement("txn_3"), movement("txn_2")], true),
        page_of(&[movement("txn_1")], false),
    ])
    .await;
    let client = server.client(&FakePace::new());
    let account = client.on_behalf_of("acct_1").unwrap();
    let request = ListBalanceTransactions {
        payout: Some("po_1".into()),
        page: Page {
            limit: Some(3),
            starting_after: Some("txn_9".into()),
        },
        ..ListBalanceTransactions::default()
    };
    let all = account.balance_transactions().all(&request).await.unwrap();
    let ids: Vec<&str> = all.iter().map(|line| line.id.as_str()).collect();
    assert_eq!(ids, ["txn_3", "txn_2", "txn_1"]);
    let asked: Vec<Vec<String>> = server.seen().iter().map(|s| fields(&s.query)).collect();
    assert_eq!(asked[0], ["limit=100", "payout=po_1"]);
    assert_eq!(
        asked[1],
        ["limit=100", "payout=po_1", "starting_after=txn_2"]
    );
    for seen in server.seen() {
        assert_eq!(seen.header("stripe-account"), Some("acct_1"));
    }
}

#[tokio::test]
async fn a_movement_leads_to_its_payment_by_the_object_behind_it() {
    let mut of_refund = movement("txn_2");
    of_refund["source"] = json!({"id": "re_1", "object": "refund", "charge": "ch_1"});
    let mut of_reversal = movement("txn_1");
    of_reversal["source"] = json!({"id": "trr_1", "object": "transfer_reversal",
        "transfer": {"id": "tr_1", "object": "transfer"}});
    let server =
        Server::start([page_of(&[movement("txn_3"), of_refund, of_reversal], false)]).await;
    let client = server.client(&FakePace::new());
    let request = ListBalanceTransactions::default().with_sources();
    let lines = client.balance_transactions().list(&request).await.unwrap();
    assert_eq!(fields(&server.only().query), ["expand[0]=data.source"]);
    let source = |at: usize| lines.data[at].source.clone().unwrap();
    assert_eq!(source(0).id(), "re_1");
    assert!(source(0).object().is_none());
    assert_eq!(
        source(1).object().unwrap().charge.as_ref().unwrap().id(),
        "ch_1"
    );
    let transfer = source(2).object().unwrap().transfer.clone();
    assert_eq!(transfer.unwrap().id(), "tr_1");
}

#[tokio::test]
async fn a_page_that_cannot_be_read_ends_the_walk_with_its_error() {
    let server = Server::start([
        page_of(&[movement("txn_2")], true),
        Reply::new(
            404,
            r#"{"error":{"type":"invalid_request_error","code":"resource_missing"}}"#,
        ),
    ])
    .await;
    let client = server.client(&FakePace::new());
    let request = ListBalanceTransactions::default();
    let error = client.balance_transactions().all(&request).await;
    assert_eq!(error.unwrap_err().code(), Some("resource_missing"));
}

#[tokio::test]
async fn the_parts_of_one_payment_are_walked_by_their_owner() {
    let server = Server::start([
        page_of(&[], false),
        page_of(&[], false),
        page_of(&[], false),
    ])
    .await;
    let client = server.client(&FakePace::new());
    let of_payment = ListRefunds {
        payment_intent: Some("pi_1".into()),
        ..ListRefunds::default()
    };
    assert!(client.refunds().all(&of_payment).await.unwrap().is_empty());
    let reversals = client.transfer_reversals().all("tr_1").await.unwrap();
    let returned = client.application_fee_refunds().all("fee_1").await.unwrap();
    assert!(reversals.is_empty() && returned.is_empty());
    let paths: Vec<String> = server.seen().into_iter().map(|seen| seen.path).collect();
    assert_eq!(
        paths,
        [
            "/v1/refunds",
            "/v1/transfers/tr_1/reversals",
            "/v1/application_fees/fee_1/refunds"
        ]
    );
}
