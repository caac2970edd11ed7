//! Reminders come once and when they should; what an organizer writes reaches those whom it is for.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use app::Actor;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, Browser, EventMade, TestApp, Tier, card, on_both, order_body};

const TIERS: [Tier; 2] = [
    Tier {
        name: "General",
        cents: 2_500,
        capacity: 300,
    },
    Tier {
        name: "Balcony",
        cents: 0,
        capacity: 300,
    },
];
const HOUR_S: i64 = 3_600;

/// An event that starts so many hours from now.
async fn event_in(app: &TestApp, hours: i64) -> EventMade {
    let start = app.house().now().plus_seconds(hours * HOUR_S);
    let times = json!({ "start_at": start, "end_at": start.plus_seconds(4 * HOUR_S) });
    app.event_with(times, &TIERS).await
}

async fn move_to(app: &TestApp, event: &EventMade, hours_from_now: i64) {
    let start = app.house().now().plus_seconds(hours_from_now * HOUR_S);
    let times = json!({ "start_at": start, "end_at": start.plus_seconds(4 * HOUR_S) });
    let path = format!("/api/tickets/events/{}", event.id);
    app.send(Method::PATCH, &path, &app.organizer, Some(&times))
        .await
        .expect(200);
}

async fn order(app: &TestApp, event: &EventMade, tier: usize, email: &str) -> Value {
    let mut body = order_body(event, &[(&event.tiers[tier], 1)]);
    body["buyer"]["email"] = json!(email);
    let checkout = app
        .post("/api/tickets/checkout/session", &body)
        .await
        .expect(201);
    if checkout["status"] != "paid" {
        app.pay(&checkout, card::GOOD).expect("a payment");
    }
    app.settle().await;
    app.order(&checkout).await
}

/// Lets the timed work look, and its mails go out.
async fn look(app: &TestApp) {
    let mut cx = app.house().cx(Actor::System);
    app::reminders::remind(app.house(), &mut cx)
        .await
        .expect("a round");
    app.advance(60);
    app.settle().await;
}

/// To whom mails with such a subject went.
fn readers(app: &TestApp, subject: &str) -> Vec<String> {
    let mut to: Vec<String> = app
        .mail
        .sent()
        .iter()
        .filter(|m| m.subject.starts_with(subject))
        .map(|m| m.to.address().to_owned())
        .collect();
    to.sort();
    to
}

async fn refund(app: &TestApp, order: &Value) {
    let path = format!(
        "/api/tickets/orders/{}/refund",
        order["id"].as_str().expect("an id")
    );
    app.send(Method::POST, &path, &app.organizer, Some(&json!({})))
        .await
        .expect(201);
    app.settle().await;
}

async fn write(app: &TestApp, event: &EventMade, message: &Value) -> Answer {
    let path = format!("/api/tickets/events/{}/messages", event.id);
    app.send(Method::POST, &path, &app.organizer, Some(message))
        .await
}

on_both!(
    each_order_is_reminded_once_a_day_before_and_late_ones_not_at_all,
    |app| {
        let event = event_in(&app, 100).await;
        order(&app, &event, 0, "early@example.ca").await;
        let gone = order(&app, &event, 0, "gone@example.ca").await;
        refund(&app, &gone).await;
        look(&app).await;
        assert_eq!(readers(&app, "Coming up"), Vec::<String>::new());
        app.advance(80 * HOUR_S);
        order(&app, &event, 1, "late@example.ca").await;
        for _ in 0..3 {
            look(&app).await;
        }
        assert_eq!(readers(&app, "Coming up"), ["early@example.ca"]);
        // However far the clock jumps, nobody is reminded again, nor of what is over.
        app.advance(15 * HOUR_S);
        look(&app).await;
        app.advance(24 * HOUR_S);
        look(&app).await;
        assert_eq!(readers(&app, "Coming up"), ["early@example.ca"]);
        app.finish().await;
    }
);

on_both!(
    a_date_that_moves_is_reminded_anew_and_one_that_is_missed_never,
    |app| {
        let event = event_in(&app, 72).await;
        order(&app, &event, 0, "a@example.ca").await;
        app.advance(50 * HOUR_S);
        look(&app).await;
        assert_eq!(readers(&app, "Coming up").len(), 1);
        move_to(&app, &event, 96).await;
        look(&app).await;
        assert_eq!(readers(&app, "Coming up").len(), 1);
        app.advance(75 * HOUR_S);
        look(&app).await;
        assert_eq!(readers(&app, "Coming up").len(), 2);
        // Another event whose whole day was slept through.
        let missed = event_in(&app, 40).await;
        order(&app, &missed, 0, "b@example.ca").await;
        app.advance(41 * HOUR_S);
        look(&app).await;
        assert_eq!(readers(&app, "Coming up"), ["a@example.ca", "a@example.ca"]);
        app.finish().await;
    }
);

on_both!(a_reminder_that_is_not_owed_any_more_is_taken_back, |app| {
    let event = event_in(&app, 72).await;
    let gone = order(&app, &event, 0, "gone@example.ca").await;
    app.advance(50 * HOUR_S);
    // Made, and not sent yet, when its order goes back.
    let mut cx = app.house().cx(Actor::System);
    let made = app::reminders::remind(app.house(), &mut cx).await;
    assert_eq!(made.expect("a round"), 1);
    refund(&app, &gone).await;
    app.advance(60);
    app.settle().await;
    assert_eq!(readers(&app, "Coming up"), Vec::<String>::new());
    app.finish().await;
});

on_both!(a_message_reaches_each_address_of_its_audience_once, |app| {
    let event = event_in(&app, 200).await;
    for (tier, email) in [
        (0, "a@example.ca"),
        (0, "A@example.ca"),
        (1, "b@example.ca"),
        (1, "c@example.ca"),
    ] {
        order(&app, &event, tier, email).await;
    }
    let gone = order(&app, &event, 1, "gone@example.ca").await;
    refund(&app, &gone).await;
    let balcony = json!({
        "audience": "tier", "tier_id": event.tiers[1], "subject": "Where to park",
        "body": "Behind the hall.\n<script>alert(1)</script>",
    });
    let mut preview = balcony.clone();
    preview["preview"] = json!(true);
    let preview = write(&app, &event, &preview).await.expect(200);
    assert_eq!(
        (&preview["people"], &preview["subject"]),
        (&json!(2), &json!("Where to park"))
    );
    assert!(!preview["html"].as_str().expect("html").contains("<script>"));
    assert_eq!(readers(&app, "Where to park"), Vec::<String>::new());

    write(&app, &event, &balcony).await.expect(202);
    app.settle().await;
    app.advance(20);
    app.settle().await;
    assert_eq!(
        readers(&app, "Where to park"),
        ["b@example.ca", "c@example.ca"]
    );
    let all = json!({ "subject": "Doors at six", "body": "Come early." });
    write(&app, &event, &all).await.expect(202);
    app.settle().await;
    app.advance(20);
    app.settle().await;
    assert_eq!(readers(&app, "Doors at six").len(), 3);
    write(
        &app,
        &event,
        &json!({ "kind": "changed", "body": "A bigger hall." }),
    )
    .await
    .expect(202);
    app.settle().await;
    app.advance(20);
    app.settle().await;
    assert_eq!(readers(&app, "New details").len(), 3);

    let path = format!("/api/tickets/events/{}/messages", event.id);
    let list = app
        .send(Method::GET, &path, &app.organizer, None)
        .await
        .expect(200);
    let sent: Vec<i64> = list["messages"]
        .as_array()
        .expect("messages")
        .iter()
        .filter_map(|m| m["sent"].as_i64())
        .collect();
    assert_eq!(sent, [3, 3, 2]);
    app.finish().await;
});

/// Writes under a subject, and who heard it when all has gone out.
async fn heard(app: &TestApp, event: &EventMade, subject: &str) -> Vec<String> {
    let words = json!({ "subject": subject, "body": "Come early." });
    write(app, event, &words).await.expect(202);
    app.settle().await;
    app.advance(20);
    app.settle().await;
    readers(app, subject)
}

on_both!(whoever_left_hears_only_of_what_changes, |app| {
    let event = event_in(&app, 200).await;
    for email in ["a@example.ca", "b@example.ca"] {
        order(&app, &event, 0, email).await;
    }
    let both = ["a@example.ca", "b@example.ca"];
    assert_eq!(heard(&app, &event, "Parking").await, both);
    let mails = app.mail.sent();
    let mail = mails
        .iter()
        .rfind(|m| m.subject == "Parking" && m.to.address() == both[0])
        .expect("the mail");
    let header = |name: &str| {
        let found = mail.headers.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let one_click = "List-Unsubscribe=One-Click";
    assert_eq!(header("List-Unsubscribe-Post"), one_click);
    let link = header("List-Unsubscribe").trim_matches(['<', '>']);
    assert!(mail.text.contains(link) && mail.html.contains("No more messages from"));
    let link = link.strip_prefix(&app.url).expect("our own link");
    // Whoever only looks, as mail scanners do, leaves nobody.
    let page = app.get(link).await;
    assert!(page.status == 200 && page.text().contains("a@example.ca"));
    assert_eq!(heard(&app, &event, "Doors").await, both);
    let form = "multipart/form-data; boundary=x";
    let body = b"--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n";
    for (content_type, body) in [
        (form, body.to_vec()),
        (
            "application/x-www-form-urlencoded",
            one_click.as_bytes().to_vec(),
        ),
    ] {
        let left = app.send_raw(Method::POST, link, content_type, body).await;
        assert_eq!(left.status, 200, "{}", left.text());
        assert!(left.text().contains("You get no more messages"));
    }
    assert_eq!(heard(&app, &event, "Coats").await, ["b@example.ca"]);
    let moved = json!({ "kind": "changed", "body": "A bigger hall." });
    write(&app, &event, &moved).await.expect(202);
    app.settle().await;
    app.advance(20);
    app.settle().await;
    assert_eq!(readers(&app, "New details"), both);
    let fields = vec![("do".to_owned(), "return".to_owned())];
    let back = app.send_form(&Browser::default(), link, &fields).await;
    assert!(back.text().contains("No more messages?"));
    app.advance(2 * 86_400);
    assert_eq!(heard(&app, &event, "Snow").await, both);
    let forged = format!("{}x", &link[..link.len() - 1]);
    assert_eq!(app.get(&forged).await.status, 404);
    let answer = app.send_raw(Method::POST, &forged, form, Vec::new()).await;
    assert_eq!(answer.status, 404);
    app.finish().await;
});

on_both!(what_cannot_be_written_is_refused_with_a_reason, |app| {
    let event = event_in(&app, 200).await;
    let words = json!({ "subject": "Hello", "body": "Hello." });
    assert_eq!(
        write(&app, &event, &words).await.problem(409),
        "nobody-to-tell"
    );
    order(&app, &event, 1, "a@example.ca").await;
    for (message, field) in [
        (json!({ "subject": "", "body": "x" }), "subject"),
        (json!({ "subject": "x", "body": " " }), "body"),
        (
            json!({ "subject": "x", "body": "x", "audience": "tier" }),
            "tier_id",
        ),
        (
            json!({ "subject": "x", "body": "x", "audience": "everybody" }),
            "audience",
        ),
    ] {
        let answer = write(&app, &event, &message).await;
        assert_eq!(answer.status, 422, "{message}");
        assert_eq!(answer.json()["fields"][0]["field"], field, "{message}");
    }
    for _ in 0..5 {
        write(&app, &event, &words).await.expect(202);
    }
    assert_eq!(
        write(&app, &event, &words).await.problem(429),
        "rate-limited"
    );
    let stranger = format!("/api/tickets/events/{}/messages", event.id);
    assert_eq!(app.post(&stranger, &words).await.status, 401);
    app.settle().await;
    app.advance(20);
    app.settle().await;
    app.finish().await;
});
