//! The contract for outside tools, checked against `jugnu-tickets demo` as it is started by hand: every
//! shape that load generators and other people's tests rely on, and that all of it outlives a restart.

#![expect(
    clippy::expect_used,
    reason = "in a test, what cannot be done is a failure"
)]

mod catalogue;
#[path = "../common/mod.rs"]
mod common;

use catalogue::{the_awkward_ones_are_there, the_list_can_be_searched, the_record_is_whole};
use common::api::{Answer, Api, Event, list, number, session_of, text};
use common::demo::{Demo, Place};
use common::process::Env;
use common::{days_ahead, until};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How long a payment or a mail may take to arrive.
const ARRIVES: Duration = Duration::from_mins(1);

/// What a buyer holds in the hand.
struct Bought {
    id: String,
    token: String,
    order: Value,
}

impl Bought {
    fn ticket(&self) -> &Value {
        &list(&self.order, "tickets")[0]
    }
}

fn wish(event: &str, tier: &str, qty: i64, email: &str) -> Value {
    json!({
        "event_id": event, "items": [{ "tier_id": tier, "qty": qty }],
        "buyer": { "email": email, "name": "ਹਰਪ੍ਰੀਤ ਕੌਰ" },
    })
}

async fn checkout(api: &Api, wish: &Value) -> Answer {
    api.post("/api/tickets/checkout/session", "", wish).await
}

/// Makes an event with a paid and a free tier through the API, as an organizer's program would.
async fn an_event_is_made(demo: &Demo) -> Event {
    let made = demo
        .api
        .publish(
            &demo.organizer,
            &[("General", 2_500, 20), ("Free seat", 0, 20)],
        )
        .await;
    let tier = json!({
        "name": "Early bird", "price_cents": 1_500, "currency": "CAD", "capacity": 5, "max_per_order": 2,
        "sales_start_at": days_ahead(2), "sales_end_at": days_ahead(3), "visibility": "public",
    });
    let tier = demo
        .api
        .post(
            &format!("/api/tickets/events/{}/tiers", made.id),
            &demo.organizer,
            &tier,
        )
        .await
        .expect(201);
    assert_eq!(
        (number(&tier, "price_cents"), number(&tier, "remaining")),
        (1_500, 5)
    );
    let answer = checkout(
        &demo.api,
        &wish(&made.id, text(&tier, "id"), 1, "early@example.ca"),
    )
    .await;
    assert_eq!(answer.problem(409), "not-on-sale");
    made
}

/// Buys, pays at the stand-in if it costs anything, and waits until the order is paid.
async fn buy(demo: &Demo, wish: &Value) -> Bought {
    let begun = checkout(&demo.api, wish).await.expect(201);
    let (id, token) = (
        text(&begun, "order_id").to_owned(),
        text(&begun, "order_token").to_owned(),
    );
    assert_eq!(begun["currency"], "CAD");
    if number(&begun, "total_cents") == 0 {
        assert_eq!(
            (&begun["status"], &begun["url"]),
            (&json!("paid"), &Value::Null)
        );
    } else {
        assert_eq!(begun["status"], "pending");
        text(&begun, "expires_at");
        let session = demo.pay(&session_of(&begun)).await;
        assert_eq!(session["amount_total"], begun["total_cents"]);
    }
    let order = until("the order is paid", ARRIVES, || async {
        let order = demo.api.order(&id, &token).await;
        if order["status"] == "paid" {
            Ok(order)
        } else {
            Err(order.to_string())
        }
    })
    .await;
    assert_eq!(order["id"], id.as_str());
    assert_eq!(order["total_cents"], begun["total_cents"]);
    Bought { id, token, order }
}

fn an_order_adds_up(order: &Value, qty: usize) {
    let sum =
        number(order, "subtotal_cents") + number(order, "fees_cents") + number(order, "tax_cents");
    assert_eq!(sum, number(order, "total_cents"));
    let taxes = list(order, "taxes");
    for tax in taxes {
        text(tax, "name");
        assert!(number(tax, "rate_ppm") > 0);
    }
    assert_eq!(
        taxes.iter().map(|t| number(t, "amount_cents")).sum::<i64>(),
        number(order, "tax_cents")
    );
    assert_eq!(
        number(&list(order, "items")[0], "qty"),
        i64::try_from(qty).expect("a few")
    );
    let tickets = list(order, "tickets");
    assert_eq!(tickets.len(), qty);
    for ticket in tickets {
        for field in ["id", "serial", "tier_id"] {
            text(ticket, field);
        }
        assert_eq!(ticket["status"], "valid");
        assert!(text(ticket, "qr_token").len() >= 32);
    }
}

async fn an_order_opens_to_its_own(demo: &Demo, bought: &Bought) {
    let path = format!("/api/tickets/orders/{}", bought.id);
    assert_eq!(
        demo.api.get(&path, &demo.organizer).await.expect(200)["id"],
        bought.id.as_str()
    );
    assert_eq!(demo.api.get(&path, "").await.status, 401);
    let stranger = demo
        .api
        .get(&path, "ot_somebodyelsestokensomebodyelse")
        .await
        .status;
    assert!(
        matches!(stranger, 401 | 404),
        "a stranger is told {stranger}"
    );
}

async fn scan(api: &Api, key: &str, token: &str) -> Value {
    let body = json!({ "token": token, "device": "Front door" });
    api.post("/api/tickets/tickets/validate", key, &body)
        .await
        .expect(200)
}

async fn the_door_decides(demo: &Demo, event: &Event, ticket: &Value) -> String {
    let path = format!("/api/tickets/events/{}/scanner-keys", event.id);
    let key = demo
        .api
        .post(&path, &demo.organizer, &json!({ "name": "Gate" }))
        .await
        .expect(201);
    let key = text(&key, "key").to_owned();
    let elsewhere = text(&list(&demo.record, "events")[0], "scanner_key");
    let token = text(ticket, "qr_token");
    assert_eq!(
        scan(&demo.api, elsewhere, token).await["result"],
        "wrong_event"
    );
    let first = scan(&demo.api, &key, token).await;
    assert_eq!(
        (&first["result"], &first["ticket"]["serial"]),
        (&json!("valid"), &ticket["serial"])
    );
    let second = scan(&demo.api, &key, token).await;
    assert_eq!(
        (&second["result"], &second["used_by"]),
        (&json!("already_used"), &json!("Front door"))
    );
    text(&second, "used_at");
    assert_eq!(
        scan(&demo.api, &key, "NOSUCHTOKENNOSUCHTOKENNOSUCHTOKEN").await["result"],
        "not_found"
    );
    key
}

async fn the_papers_can_be_had(demo: &Demo, bought: &Bought) {
    let qr = format!(
        "/api/tickets/tickets/{}/qrcode?format=",
        text(bought.ticket(), "id")
    );
    let svg = demo.api.get(&format!("{qr}svg"), &bought.token).await;
    assert_eq!(
        (svg.status, svg.content_type.as_str()),
        (200, "image/svg+xml")
    );
    assert!(svg.text().contains("<svg"));
    let png = demo.api.get(&format!("{qr}png"), &bought.token).await;
    assert_eq!((png.status, png.content_type.as_str()), (200, "image/png"));
    assert!(png.bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
    let pdf = demo
        .api
        .get(
            &format!("/api/tickets/orders/{}/tickets.pdf", bought.id),
            &bought.token,
        )
        .await;
    assert_eq!(
        (pdf.status, pdf.content_type.as_str()),
        (200, "application/pdf")
    );
    assert!(pdf.bytes.starts_with(b"%PDF"));
    assert_eq!(demo.api.get(&format!("{qr}svg"), "").await.status, 401);
}

/// The mail to an address, once it has come.
async fn mail_to(demo: &Demo, to: &str) -> Value {
    let found = until("the mail arrives", ARRIVES, || async {
        let all = demo.mail.get("/messages", "").await.expect(200);
        let all = all.as_array().expect("a list").clone();
        let found = all.iter().find(|m| m["to"] == to).cloned();
        found.ok_or_else(|| format!("{} other mails", all.len()))
    })
    .await;
    for field in ["id", "subject", "received_at"] {
        text(&found, field);
    }
    demo.mail
        .get(&format!("/messages/{}", text(&found, "id")), "")
        .await
        .expect(200)
}

fn a_mail_is_whole(mail: &Value) {
    text(mail, "text");
    text(mail, "html");
    // In base64, three bytes are four letters: `%PD` is `JVBE`, `BEGIN:VCALENDAR` is what follows below.
    for (mime, begins) in [
        ("application/pdf", "JVBE"),
        ("text/calendar", "QkVHSU46VkNBTEVOREFS"),
    ] {
        let attachments = list(mail, "attachments");
        let found = attachments
            .iter()
            .find(|a| text(a, "mime").starts_with(mime));
        let found = found.unwrap_or_else(|| panic!("no {mime} is attached"));
        assert!(text(found, "base64").starts_with(begins), "{mime}");
        text(found, "name");
    }
}

async fn the_stand_in_can_be_steered(demo: &Demo, event: &Event) {
    let stripe = &demo.stripe;
    let ledger = stripe.get("/_sim/ledger", "").await.expect(200);
    assert_eq!(number(&ledger, "sum"), 0);
    let before = number(&stripe.get("/_sim/clock", "").await.expect(200), "now");
    let after = stripe
        .post("/_sim/clock/advance", "", &json!({ "seconds": 7 }))
        .await
        .expect(200);
    assert!(number(&after, "now") >= before + 7);
    let fault = json!({ "kind": "error_before", "method": "POST", "path": "/v1/checkout/sessions", "times": 20, "status": 500 });
    stripe.post("/_sim/faults", "", &fault).await.expect(201);
    let answer = checkout(&demo.api, &event.wish(0, 1, "fault@example.ca")).await;
    assert_eq!(answer.problem(503), "payments-unavailable");
    let fired = stripe.get("/_sim/faults/log", "").await.expect(200);
    assert!(
        fired.as_array().is_some_and(|log| !log.is_empty()),
        "the fault fired"
    );
    let disarmed = Api::send(stripe.request(reqwest::Method::DELETE, "/_sim/faults", "")).await;
    assert_eq!(disarmed.status, 204);
    let declined = checkout(&demo.api, &event.wish(0, 1, "declined@example.ca"))
        .await
        .expect(201);
    let path = format!("/_sim/checkout/sessions/{}/pay", session_of(&declined));
    let refused = stripe
        .post(&path, "", &json!({ "card": "4000000000000002" }))
        .await;
    assert_eq!(refused.expect(402)["error"]["code"], "card_declined");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_shape_of_the_contract_holds_and_outlives_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place::new(folder.path(), "demo");
    let since = Instant::now();
    let demo = place.start(&Env::new()).await;
    the_record_is_whole(&demo.record);
    the_awkward_ones_are_there(&demo, since).await;
    the_list_can_be_searched(&demo.api).await;
    let health = demo.api.get("/api/tickets/health", "").await.expect(200);
    assert_ne!(health["status"], "down");

    let event = an_event_is_made(&demo).await;
    let free = buy(&demo, &event.wish(1, 1, "free@example.ca")).await;
    an_order_adds_up(&free.order, 1);
    let paid = buy(
        &demo,
        &wish(&event.id, &event.tiers[0], 2, "paid@example.ca"),
    )
    .await;
    an_order_adds_up(&paid.order, 2);
    an_order_opens_to_its_own(&demo, &paid).await;
    the_papers_can_be_had(&demo, &paid).await;
    let key = the_door_decides(&demo, &event, paid.ticket()).await;
    for to in ["free@example.ca", "paid@example.ca"] {
        a_mail_is_whole(&mail_to(&demo, to).await);
    }
    the_stand_in_can_be_steered(&demo, &event).await;

    let record = demo.record.clone();
    demo.product.stop();
    let again = place.start(&Env::new()).await;
    assert_eq!(
        again.record, record,
        "the same addresses, tokens and events"
    );
    let mine = again
        .api
        .get("/api/tickets/organizers/me", &again.organizer)
        .await
        .expect(200);
    assert_eq!(mine["status"], "active");
    let order = again.api.order(&paid.id, &paid.token).await;
    assert_eq!(order["status"], "paid");
    assert_eq!(list(&order, "tickets")[1], list(&paid.order, "tickets")[1]);
    let token = text(paid.ticket(), "qr_token");
    assert_eq!(
        scan(&again.api, &key, token).await["result"],
        "already_used"
    );
    a_mail_is_whole(&mail_to(&again, "paid@example.ca").await);
    an_order_adds_up(
        &buy(&again, &event.wish(0, 1, "later@example.ca"))
            .await
            .order,
        1,
    );
    let ended = again.stripe.post("/_sim/reset", "", &json!({})).await;
    assert_eq!(ended.status, 204);
}
