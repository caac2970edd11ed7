//! How often a call is made, with which key, how long it waits between, and what is left open.

use std::sync::Arc;
use std::time::Duration;

use stripe::calls::CreateRefund;
use stripe::objects::Refund;
use stripe::{Client, Config, Error, ErrorKind, IdempotencyKey};
use tokio::net::TcpSocket;

use crate::pace::FakePace;
use crate::server::{Break, Reply, Server, broken_server, config, hasty};

const REFUND: &str = r#"{"id":"re_1","object":"refund","amount":100,"currency":"cad",
    "created":1795000000,"status":"succeeded"}"#;

/// A status, its headers, and how many attempts they lead to.
type Row = (u16, &'static [(&'static str, &'static str)], usize);

fn refusal(status: u16) -> Reply {
    let body = r#"{"error":{"type":"api_error","code":"some_code","message":"No."}}"#;
    Reply::new(status, body)
}

async fn refund(client: &Client) -> Result<Refund, Error> {
    let request = CreateRefund {
        amount: Some(100),
        ..CreateRefund::default()
    };
    let key = IdempotencyKey::new("refund:rfd_1:r").unwrap();
    client.refunds().create(&request, &key).await
}

#[tokio::test]
async fn each_answer_is_repeated_as_stripes_rules_say_and_always_with_the_same_key() {
    let all = 4;
    let table: [Row; 18] = [
        (400, &[], 1),
        (401, &[], 1),
        (402, &[], 1),
        (403, &[], 1),
        (404, &[], 1),
        (424, &[], 1),
        (409, &[], all),
        (429, &[], all),
        (500, &[], all),
        (502, &[], all),
        (503, &[], all),
        (302, &[], 1),
        (400, &[("stripe-should-retry", "true")], all),
        (409, &[("stripe-should-retry", "false")], 1),
        (429, &[("stripe-should-retry", "false")], 1),
        (500, &[("stripe-should-retry", "false")], 1),
        (500, &[("stripe-should-retry", "perhaps")], all),
        (500, &[("idempotent-replayed", "true")], 1),
    ];
    for (status, headers, attempts) in table {
        let mut reply = refusal(status);
        for (name, value) in headers {
            reply = reply.with(name, value);
        }
        let server = Server::start(std::iter::repeat_n(reply, 9)).await;
        let error = refund(&server.client(&FakePace::new())).await.unwrap_err();
        let seen = server.seen();
        assert_eq!(seen.len(), attempts, "{status} {headers:?}");
        for request in &seen {
            assert_eq!(request.header("idempotency-key"), Some("refund:rfd_1:r"));
            assert_eq!(request.body, seen[0].body);
        }
        assert_eq!(error.request_id.as_deref(), Some("req_1"));
        let open = matches!(status, 302 | 409 | 424 | 500..);
        assert_eq!(error.is_ambiguous(), open, "{status}");
    }
}

#[tokio::test]
async fn a_call_that_succeeds_after_failures_is_a_success() {
    let script = [refusal(500), refusal(409), Reply::new(200, REFUND)];
    let (server, pace) = (Server::start(script).await, FakePace::new());
    let refund = refund(&server.client(&pace)).await.unwrap();
    assert_eq!(refund.id, "re_1");
    assert_eq!(server.seen().len(), 3);
}

#[tokio::test]
async fn the_wait_doubles_up_to_its_bound_and_is_never_less_than_stripe_asks() {
    let (server, pace) = (
        Server::start(std::iter::repeat_n(refusal(500), 9)).await,
        FakePace::new(),
    );
    assert!(refund(&server.client(&pace)).await.is_err());
    assert_eq!(pace.slept(), [500, 1000, 2000].map(Duration::from_millis));

    let later = refusal(429).with("retry-after", "7");
    let (server, pace) = (
        Server::start([later, Reply::new(200, REFUND)]).await,
        FakePace::new(),
    );
    assert!(refund(&server.client(&pace)).await.is_ok());
    assert_eq!(pace.slept(), [Duration::from_secs(7)]);
}

#[tokio::test]
async fn a_retry_after_beyond_the_callers_patience_is_handed_to_the_caller() {
    let later = refusal(429).with("retry-after", "60");
    let (server, pace) = (Server::start([later]).await, FakePace::new());
    let error = refund(&server.client(&pace)).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_mins(1)));
    assert!(error.is_retryable() && !error.is_ambiguous());
    assert_eq!(error.code(), Some("some_code"));
    assert!(pace.slept().is_empty());
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_request_leaves_the_write_open() {
    for how in [Break::Close, Break::HalfAnswer] {
        let (base, seen) = broken_server(how).await;
        let client = Client::with_pace(config(base), FakePace::new()).unwrap();
        let error = refund(&client).await.unwrap_err();
        assert!(
            matches!(
                error.kind,
                ErrorKind::Network {
                    ambiguous: true,
                    ..
                }
            ),
            "{how:?}: {error:?}"
        );
        assert!(error.is_ambiguous() && error.is_retryable());
        let seen = seen.lock().unwrap();
        assert_eq!(seen.len(), 4, "{how:?}");
        assert!(seen.iter().all(|head| head.contains("refund:rfd_1:r")));
    }
}

#[tokio::test]
async fn an_answer_that_never_comes_leaves_the_write_open() {
    let (base, _) = broken_server(Break::Silence).await;
    let error = refund(&hasty(base, &FakePace::new())).await.unwrap_err();
    assert!(error.is_ambiguous(), "{error:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_leaves_nothing_open() {
    // A port that is taken, so that nobody else listens on it, and on which we do not listen.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let base = format!("http://{}", socket.local_addr().unwrap());
    let client = Client::with_pace(config(base.parse().unwrap()), FakePace::new()).unwrap();
    let error = refund(&client).await.unwrap_err();
    assert!(matches!(
        error.kind,
        ErrorKind::Network {
            ambiguous: false,
            ..
        }
    ));
    assert!(error.is_retryable() && !error.is_ambiguous());
    assert!(!error.to_string().contains("127.0.0.1:"), "{error}");
}

#[tokio::test]
async fn what_an_earlier_attempt_left_open_stays_open() {
    let server = Server::start([refusal(500), refusal(401)]).await;
    let error = refund(&server.client(&FakePace::new())).await.unwrap_err();
    assert!(matches!(error.kind, ErrorKind::Authentication { .. }));
    assert!(error.is_ambiguous());
}

#[tokio::test]
async fn a_failure_without_stripes_error_object_goes_by_its_status() {
    for body in [
        "",
        "<html>",
        "[]",
        "7",
        "\"no\"",
        "{}",
        r#"{"error":"no"}"#,
        r#"{"error":[]}"#,
    ] {
        let server = Server::start([Reply::new(403, body)]).await;
        let error = refund(&server.client(&FakePace::new())).await.unwrap_err();
        assert!(matches!(error.kind, ErrorKind::Permission { .. }), "{body}");
    }
}

#[tokio::test]
async fn a_read_is_never_ambiguous() {
    let server = Server::start(std::iter::repeat_n(refusal(500), 9)).await;
    let client = server.client(&FakePace::new());
    let error = client.refunds().retrieve("re_1").await.unwrap_err();
    assert!(!error.is_ambiguous() && error.is_retryable());
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn an_answer_that_is_not_json_is_asked_for_again_and_one_of_another_shape_is_not() {
    let script = [Reply::new(200, "<html>"), Reply::new(200, REFUND)];
    let server = Server::start(script).await;
    assert!(refund(&server.client(&FakePace::new())).await.is_ok());

    let shape = r#"{"id":"re_1","amount":"pi_1_secret_x","currency":"cad","created":1}"#;
    let server = Server::start([Reply::new(200, shape)]).await;
    let error = refund(&server.client(&FakePace::new())).await.unwrap_err();
    assert!(matches!(error.kind, ErrorKind::Decode { .. }));
    assert!(error.is_ambiguous() && !error.is_retryable());
    assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn the_call_beyond_the_rate_waits() {
    let (server, pace) = (paid_three_times().await, FakePace::new());
    let client = slow(&server, &pace, Duration::from_secs(20));
    for _ in 0..3 {
        refund(&client).await.unwrap();
    }
    assert_eq!(pace.slept(), [Duration::from_secs(1)]);
}

#[tokio::test]
async fn the_call_beyond_the_rate_is_refused_unsent_when_patience_is_short() {
    let (server, pace) = (paid_three_times().await, FakePace::new());
    let client = slow(&server, &pace, Duration::from_millis(900));
    refund(&client).await.unwrap();
    let account = client.on_behalf_of("acct_1").unwrap();
    refund(&account).await.unwrap();
    let error = refund(&client).await.unwrap_err();
    let retry_after = Duration::from_secs(1);
    assert_eq!(error.kind, ErrorKind::Throttled { retry_after });
    assert!(error.is_retryable() && !error.is_ambiguous());
    assert_eq!(server.seen().len(), 2);
    // Another endpoint has its own turnstile.
    assert!(client.refunds().retrieve("re_1").await.is_ok());
}

async fn paid_three_times() -> Server {
    Server::start(std::iter::repeat_n(Reply::new(200, REFUND), 3)).await
}

fn slow(server: &Server, pace: &Arc<FakePace>, max_wait: Duration) -> Client {
    let config = Config {
        rate_per_second: 2,
        max_wait,
        ..config(server.base())
    };
    Client::with_pace(config, pace.clone()).unwrap()
}
