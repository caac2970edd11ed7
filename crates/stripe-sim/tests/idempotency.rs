//! One key, one effect: however the connection, the server or the client fails.

mod common;

use common::{Api, SESSION, error, id};
use serde_json::{Value, json};
use stripe_sim::{Fault, FaultKind};

const PATH: &str = "/v1/checkout/sessions";

async fn count(api: &Api) -> usize {
    let (_, list) = api.get("/v1/checkout/sessions?limit=100").await;
    list["data"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn the_same_key_answers_the_same_and_other_parameters_are_refused() {
    let api = Api::start().await;
    let (_, first) = api.post_key(PATH, "k", &SESSION).await;
    let request = api
        .request("POST", PATH)
        .header("idempotency-key", "k")
        .form(&SESSION);
    let again = request.send().await.expect("an answer");
    assert_eq!(again.headers()["idempotent-replayed"], "true");
    assert_eq!(again.json::<Value>().await.expect("JSON"), first);
    let other = [&SESSION[..], &[("client_reference_id", "x")]].concat();
    let (status, body) = api.post_key(PATH, "k", &other).await;
    assert_eq!(
        (status, &body["error"]["type"]),
        (400, &json!("idempotency_error"))
    );
    api.sim().advance(24 * 3_600);
    let (status, fresh) = api.post_key(PATH, "k", &other).await;
    assert_eq!(status, 200);
    assert_ne!(fresh["id"], first["id"]);
}

#[tokio::test]
async fn a_refusal_of_parameters_leaves_the_key_free_and_a_refusal_by_state_does_not() {
    let api = Api::start().await;
    let (status, _) = api.post_key(PATH, "k", &[("mode", "payment")]).await;
    assert_eq!(status, 400);
    assert_eq!(api.post_key(PATH, "k", &SESSION).await.0, 200);

    let session = api.session().await;
    let expire = format!("{PATH}/{}/expire", id(&session));
    assert_eq!(api.post_key(&expire, "e1", &[]).await.0, 200);
    let (status, kept) = api.post_key(&expire, "e2", &[]).await;
    assert_eq!(status, 400);
    assert_eq!(api.post_key(&expire, "e2", &[]).await, (400, kept));
}

#[tokio::test]
async fn a_second_request_with_a_key_that_is_running_gets_409() {
    let api = Api::start().await;
    api.sim().arm(Fault {
        ms: Some(300),
        ..Fault::new(FaultKind::Latency).on("POST", PATH)
    });
    let (a, b) = tokio::join!(
        api.post_key(PATH, "k", &SESSION),
        api.post_key(PATH, "k", &SESSION)
    );
    let (won, lost) = if a.0 == 200 { (a, b) } else { (b, a) };
    assert_eq!(
        (won.0, lost.0, error(&lost.1).0),
        (200, 409, "idempotency_key_in_use")
    );
    assert_eq!(api.post_key(PATH, "k", &SESSION).await, won);
    assert_eq!(count(&api).await, 1);
}

#[tokio::test]
async fn whatever_breaks_a_retry_with_the_same_key_makes_one_object() {
    let api = Api::start().await;
    // Kind, what the first try sees (none when the connection is cut), and what the retry sees.
    let table = [
        (FaultKind::ErrorBefore, Some(500), 200, 1),
        (FaultKind::ErrorAfter, Some(500), 500, 1),
        (FaultKind::RateLimit, Some(429), 200, 1),
        (FaultKind::LockTimeout, Some(429), 200, 1),
        (FaultKind::ResetBefore, None, 200, 1),
        (FaultKind::ResetAfter, None, 200, 1),
        (FaultKind::ResetMidBody, None, 200, 1),
        (FaultKind::MalformedJson, Some(200), 200, 1),
    ];
    for (kind, seen, retried, made) in table {
        api.sim().reset();
        api.sim().arm(Fault::new(kind).on("POST", PATH));
        let try_once = || {
            api.request("POST", PATH)
                .header("idempotency-key", "k")
                .form(&SESSION)
                .send()
        };
        let first = match try_once().await {
            Ok(answer) => {
                let status = answer.status().as_u16();
                let whole = answer.text().await;
                whole.ok().map(|text| (status, text))
            }
            Err(_) => None,
        };
        assert_eq!(first.as_ref().map(|(status, _)| *status), seen, "{kind:?}");
        if let Some((200, text)) = first {
            assert!(serde_json::from_str::<Value>(&text).is_err(), "{kind:?}");
        }
        assert_eq!(
            try_once().await.expect("an answer").status().as_u16(),
            retried,
            "{kind:?}"
        );
        assert_eq!(count(&api).await, made, "{kind:?}");
        let fired: Vec<FaultKind> = api
            .sim()
            .faults_log()
            .iter()
            .map(|firing| firing.kind)
            .collect();
        assert_eq!(fired, [kind]);
    }
}

#[tokio::test]
async fn a_bucket_lets_25_through_and_says_what_to_do_with_the_rest() {
    let api = Api::start().await;
    let bucket = Fault {
        should_retry: Some(false),
        ..Fault::new(FaultKind::Bucket).on("GET", "/v1/balance")
    };
    api.sim().arm(bucket);
    let mut refused = 0;
    for _ in 0..30 {
        let answer = api
            .request("GET", "/v1/balance")
            .send()
            .await
            .expect("an answer");
        if answer.status().as_u16() == 429 {
            assert_eq!(answer.headers()["stripe-should-retry"], "false");
            refused += 1;
        }
    }
    assert_eq!(refused, 5);
    api.sim().advance(1);
    assert_eq!(api.get("/v1/balance").await.0, 200);
}

#[tokio::test]
async fn the_request_log_remembers_keys_and_decoded_parameters() {
    let api = Api::start().await;
    api.post_key(PATH, "order-7", &SESSION).await;
    let log = api.sim().request_log();
    let last = log.last().expect("a request");
    assert_eq!(
        (last.idempotency_key.as_deref(), last.status),
        (Some("order-7"), Some(200))
    );
    assert_eq!(last.form["line_items.0.price_data.unit_amount"], "2500");
}
