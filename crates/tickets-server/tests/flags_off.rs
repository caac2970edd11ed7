//! With `ENABLE_TICKETING=false` we are not there: every route of ours answers 404 except health, the
//! intake of webhooks and the admin's flags, and nothing runs. What Stripe says meanwhile is kept, and
//! acted on when ticketing is on again: money does not pause.

#![expect(
    clippy::expect_used,
    reason = "in a test, what cannot be done is a failure"
)]

mod common;

use common::api::{Answer, Api, list, session_of, text};
use common::demo::{Demo, Place};
use common::process::{Env, run};
use common::until;
use model::ids::{OrderId, TierId};
use model::order::{OrderStatus, Places};
use model::time::Time;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use store::{Db, Options};
use stripe_sim::signature;

/// How long a webhook, a payment or a worker's heartbeats may take to be seen.
const SEEN: Duration = Duration::from_mins(1);
/// What stays alive while ticketing is off.
const ALIVE: [&str; 3] = [
    "/api/tickets/health",
    "/api/tickets/webhooks/stripe",
    "/api/tickets/admin/flags",
];
/// Closed without a token of its own, or about a thing that the demo does not have: 404 in any case.
const NOTHING_THERE: [&str; 14] = [
    "/api/tickets/metrics",
    "/api/tickets/admin/dead-letters/{id}/revive",
    "/api/tickets/disputes/{id}",
    "/api/tickets/disputes/{id}/evidence.pdf",
    "/api/tickets/events/{id}/cancellation",
    "/api/tickets/events/{id}/scanner-keys/{key}",
    "/api/tickets/orders/{id}/credit-notes/{note}/credit-note.pdf",
    "/api/tickets/payouts/{id}",
    "/api/tickets/refund-requests/{id}/approve",
    "/api/tickets/refund-requests/{id}/decline",
    "/api/tickets/mails/{id}/retry",
    "/api/tickets/orders/{id}/tickets.pkpasses",
    "/api/tickets/tickets/{id}/google-wallet",
    "/api/tickets/tickets/{id}/ticket.pkpass",
];
/// Answers that go on for minutes, so that a call which waits for their end would, too.
const STREAMS: [&str; 1] = ["/api/tickets/check-in/feed"];
/// Pages, and addresses below ours where nothing is.
const PAGES: [&str; 5] = [
    "/tickets",
    "/tickets/events",
    "/tickets/terms",
    "/tickets/privacy",
    "/tickets/refund-policy",
];
/// The host's own pages.
const HOST: [&str; 4] = [
    "/",
    "/sponsors",
    "/host.css",
    "/events/bhangra-brunch-for-beginners",
];

/// What the routes' parameters stand for, and whose tokens open them.
struct Known {
    event: String,
    slug: String,
    tier: String,
    scanner: String,
    admin: String,
    order: String,
    order_token: String,
    ticket: String,
    discount: String,
}

/// An order of two tickets of the demo's first event: begun, not paid.
async fn begin(demo: &Demo, email: &str) -> Value {
    let event = &list(&demo.record, "events")[0];
    let wish = json!({
        "event_id": event["id"], "items": [{ "tier_id": event["tiers"][0]["id"], "qty": 2 }],
        "buyer": { "email": email, "name": "Harpreet Kaur" },
    });
    demo.api
        .post("/api/tickets/checkout/session", "", &wish)
        .await
        .expect(201)
}

async fn once_paid(api: &Api, begun: &Value) -> Value {
    until("the order is paid", SEEN, || async {
        let order = api
            .order(text(begun, "order_id"), text(begun, "order_token"))
            .await;
        if order["status"] == "paid" {
            Ok(order)
        } else {
            Err(order.to_string())
        }
    })
    .await
}

async fn know(demo: &Demo) -> Known {
    let begun = begin(demo, "paid@example.ca").await;
    demo.pay(&session_of(&begun)).await;
    let order = once_paid(&demo.api, &begun).await;
    let event = &list(&demo.record, "events")[0];
    let path = format!("/api/tickets/events/{}/discounts", text(event, "id"));
    let code = json!({ "code": "FLAGS", "type": "percent", "value": 10 });
    let discount = demo
        .api
        .post(&path, &demo.organizer, &code)
        .await
        .expect(201);
    Known {
        discount: text(&discount, "id").to_owned(),
        event: text(event, "id").to_owned(),
        slug: text(event, "slug").to_owned(),
        tier: text(&event["tiers"][0], "id").to_owned(),
        scanner: text(event, "scanner_key").to_owned(),
        admin: text(&demo.record, "admin_token").to_owned(),
        order: text(&begun, "order_id").to_owned(),
        order_token: text(&begun, "order_token").to_owned(),
        ticket: text(&list(&order, "tickets")[0], "id").to_owned(),
    }
}

/// Every route that the API's description lists: method, path with its braces, path to call, token.
fn routes(
    described: &Value,
    known: &Known,
    organizer: &str,
) -> Vec<(Method, String, String, String)> {
    let mut routes = Vec::new();
    for (path, verbs) in described["paths"].as_object().expect("paths") {
        let under = |start: &str| path.starts_with(&format!("/api/tickets/{start}"));
        let (id, token) = match () {
            () if under("orders/") => (known.order.as_str(), known.order_token.as_str()),
            () if under("tickets/validate") || under("check-in") => ("", known.scanner.as_str()),
            () if under("tickets/") => (known.ticket.as_str(), known.order_token.as_str()),
            () if under("discounts/") => (known.discount.as_str(), organizer),
            () if under("tiers/") => (known.tier.as_str(), organizer),
            () if under("admin/") => ("job_01aaaaaaaaaaaaaaaaaaaaaaaa", known.admin.as_str()),
            () => (known.event.as_str(), organizer),
        };
        let called = path.replace("{id}", id).replace("{name}", "payouts");
        let called = called.replace("{key}", "key_01aaaaaaaaaaaaaaaaaaaaaaaa");
        let called = called.replace("{note}", "cn_01aaaaaaaaaaaaaaaaaaaaaaaa");
        assert!(
            !called.contains('{'),
            "this test does not know what stands in {path}"
        );
        for verb in verbs.as_object().expect("verbs").keys() {
            let Ok(method) = verb.to_uppercase().parse::<Method>() else {
                continue;
            };
            routes.push((method, path.clone(), called.clone(), token.to_owned()));
        }
    }
    assert!(
        routes.len() > 20,
        "only {} routes are described",
        routes.len()
    );
    routes
}

async fn call(api: &Api, method: &Method, path: &str, token: &str) -> Answer {
    let request = api.request(method.clone(), path, token);
    // Nothing that changes anything: what is needed is missing from the body.
    let request = if *method == Method::GET {
        request
    } else {
        request.json(&json!({}))
    };
    Api::send(request).await
}

async fn pages(api: &Api, known: &Known) -> Vec<(String, u16)> {
    let mut paths: Vec<String> = PAGES.iter().map(|p| (*p).to_owned()).collect();
    paths.push(format!("/tickets/e/{}", known.slug));
    paths.push(format!("/tickets/checkout/{}/{}", known.event, known.tier));
    let mut seen = Vec::new();
    for path in paths {
        let status = api.get(&path, "").await.status;
        seen.push((path, status));
    }
    seen
}

async fn host_pages(api: &Api) -> Vec<Vec<u8>> {
    let mut seen = Vec::new();
    for path in HOST {
        let answer = api.get(path, "").await;
        assert_eq!(answer.status, 200, "{path}");
        seen.push(answer.bytes);
    }
    seen
}

/// While ticketing is on, the same calls find something: without this, 404 would prove nothing.
async fn everything_is_there(demo: &Demo, described: &Value, known: &Known) {
    for (method, path, called, token) in routes(described, known, &demo.organizer) {
        let called_later = [NOTHING_THERE.as_slice(), STREAMS.as_slice()].concat();
        if !called_later.contains(&path.as_str()) {
            let answer = call(&demo.api, &method, &called, &token).await;
            assert!(
                answer.status != 404 && answer.status < 500,
                "{method} {path}: {}",
                answer.text()
            );
        }
    }
    for (path, status) in pages(&demo.api, known).await {
        assert!(matches!(status, 200 | 303), "{path}: {status}");
    }
}

async fn nothing_is_there(demo: &Demo, described: &Value, known: &Known) {
    for (method, path, called, token) in routes(described, known, &demo.organizer) {
        let answer = call(&demo.api, &method, &called, &token).await;
        if ALIVE.iter().any(|alive| path.starts_with(alive)) {
            assert_ne!(answer.status, 404, "{method} {path} stays alive");
        } else {
            assert_eq!(answer.problem(404), "not-found", "{method} {path}");
        }
        let wrong_verb = call(&demo.api, &Method::PUT, &called, &token).await.status;
        assert!(
            wrong_verb == 404 || ALIVE.iter().any(|alive| path.starts_with(alive)),
            "PUT {path}: {wrong_verb}"
        );
    }
    let lost = [
        "/tickets/nowhere",
        "/tickets/assets/nothing.js",
        "/tickets/widget.js",
        "/tickets/admin",
        "/api/tickets/nowhere",
    ];
    for path in lost {
        assert_eq!(demo.api.get(path, "").await.status, 404, "{path}");
    }
    for (path, status) in pages(&demo.api, known).await {
        assert_eq!(status, 404, "{path}");
    }
}

/// The text of the event by which Stripe told of a paid page, once it was delivered.
async fn delivered(demo: &Demo, session: &str) -> String {
    until("the webhook is delivered", SEEN, || async {
        let outbox = demo.stripe.get("/_sim/webhooks", "").await.expect(200);
        let completed = list(&outbox, "deliveries").iter().filter(|d| {
            d["event_type"] == "checkout.session.completed" && d["state"] == "delivered"
        });
        // The texts of deliveries that are over are not kept; the event itself is.
        for delivery in completed {
            let path = format!("/v1/events/{}", text(delivery, "event"));
            let event = demo.stripe.get(&path, "sk_test_anybody").await.expect(200);
            if event["data"]["object"]["id"] == session {
                return Ok(event.to_string());
            }
        }
        Err(outbox.to_string())
    })
    .await
}

async fn hook(api: &Api, body: &str, signature: Option<&str>) -> Answer {
    let mut request = api
        .request(Method::POST, "/api/tickets/webhooks/stripe", "")
        .body(body.to_owned());
    if let Some(signature) = signature {
        request = request.header("stripe-signature", signature);
    }
    Api::send(request.header("content-type", "application/json")).await
}

/// Only what Stripe has signed a moment ago is taken in, and each event once.
async fn the_intake_believes_signatures_only(api: &Api, body: &str, secret: &str) {
    let now_s = common::now_micros() / 1_000_000;
    let mut event: Value = serde_json::from_str(body).expect("an event");
    event["id"] = json!("evt_1AnotherCopyOfTheSame");
    let copy = event.to_string();
    let good = signature::header(&[secret], now_s, &copy);
    let wrong = signature::header(&["whsec_of_somebody_else"], now_s, &copy);
    let stale = signature::header(&[secret], now_s - 3_600, &copy);
    for bad in [
        None,
        Some("nonsense"),
        Some(wrong.as_str()),
        Some(stale.as_str()),
    ] {
        assert_eq!(
            hook(api, &copy, bad).await.problem(400),
            "bad-signature",
            "{bad:?}"
        );
    }
    assert_eq!(
        hook(api, body, Some(&good)).await.problem(400),
        "bad-signature",
        "the signature of another text"
    );
    assert_eq!(hook(api, &copy, Some(&good)).await.expect(200)["new"], true);
    assert_eq!(
        hook(api, &copy, Some(&good)).await.expect(200)["new"],
        false
    );
}

/// Waits until the worker has been round twice since now: had it anything to do, it would have begun.
async fn the_worker_goes_round(db: &Db) {
    let mut last = Time::from_micros(common::now_micros());
    for _ in 0..2 {
        last = until("the worker shows itself", SEEN, || async {
            let mut read = db.read().await.map_err(|e| e.to_string())?;
            let seen = store::servers::alive(&mut read, last)
                .await
                .map_err(|e| e.to_string())?;
            seen.iter()
                .map(|(_, at)| *at)
                .find(|at| *at > last)
                .ok_or_else(|| "no heartbeat".to_owned())
        })
        .await;
    }
}

/// The payment was told, and kept, and that is all.
async fn it_is_kept_and_nothing_else_happens(place: &Place, begun: &Value) {
    let options = Options {
        url: place.database_url(),
        max_connections: 2,
    };
    let db = Db::open(&options).await.expect("the database opens");
    the_worker_goes_round(&db).await;
    let mut read = db.read().await.expect("a connection");
    let session = session_of(begun);
    let now = Time::from_micros(common::now_micros());
    let mut kept = 0;
    for id in store::webhooks::unqueued(&mut read, now, 1_000)
        .await
        .expect("a list")
    {
        let webhook = store::webhooks::by_id(&mut read, &id)
            .await
            .expect("a look")
            .expect("it is there");
        kept += usize::from(webhook.object_id == session);
    }
    assert!(
        kept >= 2,
        "{kept} events about the page are kept: Stripe's own, and the copy"
    );
    let id = OrderId::parse(text(begun, "order_id")).expect("an id");
    let order = store::orders::by_id(&mut read, &id)
        .await
        .expect("a look")
        .expect("the order");
    assert_eq!(
        (order.status, order.places),
        (OrderStatus::Pending, Places::Held)
    );
    assert!(
        store::payments::of_order(&mut read, &id)
            .await
            .expect("a list")
            .is_empty()
    );
    drop(read);
    db.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn switched_off_nothing_is_there_and_a_payment_waits_until_it_is_on_again() {
    let described: Value = serde_json::from_str(&run(&["openapi"], &Env::new())).expect("JSON");
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::new(folder.path(), "demo");
    let on = place.start(&Env::new()).await;
    let known = know(&on).await;
    assert!(TierId::parse(&known.tier).is_ok());
    everything_is_there(&on, &described, &known).await;
    let host = host_pages(&on.api).await;
    let begun = begin(&on, "waits@example.ca").await;
    on.product.stop();

    let off = place
        .start(&vec![("ENABLE_TICKETING", "false".to_owned())])
        .await;
    nothing_is_there(&off, &described, &known).await;
    assert!(
        host_pages(&off.api).await == host,
        "the host's own pages are byte for byte what they were"
    );
    let session = session_of(&begun);
    assert_eq!(off.pay(&session).await["payment_status"], "paid");
    let body = delivered(&off, &session).await;
    the_intake_believes_signatures_only(&off.api, &body, &place.secret("webhook")).await;
    it_is_kept_and_nothing_else_happens(&place, &begun).await;
    off.product.stop();

    let on = place.start(&Env::new()).await;
    let order = once_paid(&on.api, &begun).await;
    assert_eq!(list(&order, "tickets").len(), 2);
}
