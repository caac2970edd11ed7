//! Receipts and credit notes: who may read which, that they say what was stored, and that their numbers
//! have no gaps.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use app::Actor;
use app::access::{Purpose, issue_key};
use app::accounts::{self, Role};
use model::ids::OrderId;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, EventMade, TestApp, Tier, on_both};

const GENERAL: Tier = Tier {
    name: "General admission",
    cents: 2_500,
    capacity: 200,
};

async fn registered(app: &TestApp) {
    let profile = json!({
        "legal_name": "Surrey Mela Society", "registered_gst_hst": true, "gst_hst_number": "123456789 RT0001",
    });
    app.send(
        Method::PATCH,
        "/api/tickets/organizers/me",
        &app.organizer,
        Some(&profile),
    )
    .await
    .expect(200);
}

/// An order that was bought, with its buyer's token.
async fn bought(app: &TestApp, event: &EventMade, qty: i64) -> (String, String) {
    let checkout = app
        .checkout(event, &[(&event.tiers[0], qty)])
        .await
        .expect(201);
    app.pay(&checkout, testkit::card::GOOD)
        .expect("a good card pays");
    app.settle().await;
    let text = |name: &str| checkout[name].as_str().expect("a text").to_owned();
    (text("order_id"), text("order_token"))
}

async fn refund(app: &TestApp, order: &str, body: &Value) -> Answer {
    let path = format!("/api/tickets/orders/{order}/refund");
    app.send(Method::POST, &path, &app.organizer, Some(body))
        .await
}

/// An organizer with a key of its own and nothing else.
async fn stranger(app: &TestApp) -> String {
    let mut cx = app.house().cx(Actor::System);
    let account = accounts::ensure(
        app.house(),
        &mut cx,
        "other@example.ca",
        "Other",
        Role::User,
    )
    .await
    .expect("an account");
    let key = issue_key(app.house(), &mut cx, Purpose::Organizer(account.id), "test").await;
    key.expect("a key").secret
}

/// The cookie by which a browser opens an order's pages.
async fn cookie(app: &TestApp, order: &str, token: &str) -> String {
    let opened = app
        .get(&format!("/tickets/order/{order}?key={token}"))
        .await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let cookie = opened.header("set-cookie");
    cookie.split(';').next().expect("a cookie").to_owned()
}

async fn page(app: &TestApp, path: &str, cookie: &str) -> Answer {
    app.send_with(Method::GET, path, "", None, &[("cookie", cookie)])
        .await
}

async fn notes(app: &TestApp, order: &str) -> Vec<store::credit_notes::CreditNote> {
    let id = OrderId::parse(order).expect("an id");
    let mut read = app.house().read().await.expect("a connection");
    store::credit_notes::of_order(&mut read, &id)
        .await
        .expect("notes")
}

on_both!(a_receipt_says_what_was_paid_to_whom_and_which_tax, |app| {
    registered(&app).await;
    let event = app.event(&[GENERAL]).await;
    let (order, token) = bought(&app, &event, 5).await;
    let cookie = cookie(&app, &order, &token).await;
    let receipt = page(&app, &format!("/tickets/order/{order}/receipt"), &cookie).await;
    assert_eq!(receipt.status, 200, "{}", receipt.text());
    let text = receipt.text();
    let seen = app
        .send(
            Method::GET,
            &format!("/api/tickets/orders/{order}"),
            &token,
            None,
        )
        .await
        .expect(200);
    let cents = |name: &str| seen[name].as_i64().expect("cents");
    let money = |cents: i64| format!("${}.{:02}", cents / 100, cents % 100);
    for said in [
        "Surrey Mela Society",
        "through Jugnu Tickets as its agent",
        "GST/HST no. 123456789 RT0001",
        "5 × General admission",
        "Face value $25.00 each",
        "$125.00",
        "GST 5%",
        "$6.25",
        "Service fee",
        "Paid in full with Visa ending in 4242",
        "Harpreet Kaur ਹਰਪ੍ਰੀਤ ਕੌਰ",
        "Winter Mela",
        &money(cents("total_cents")),
        &money(cents("fees_cents")),
        seen["code"].as_str().expect("a code"),
    ] {
        assert!(text.contains(said), "{said} is not on the receipt: {text}");
    }
    // Ticket taxes and fee taxes stand apart; together they are the order's.
    let fee_tax = cents("tax_cents") - 625;
    assert!(text.contains(&money(fee_tax)), "{fee_tax}: {text}");
    assert_eq!(receipt.header("cache-control"), "no-store");
    app.finish().await;
});

on_both!(
    an_unregistered_organizer_shows_no_number_and_no_tax,
    |app| {
        let profile = json!({ "legal_name": "Garba Club", "registered_gst_hst": false, "gst_hst_number": "123456789 RT0001" });
        app.send(
            Method::PATCH,
            "/api/tickets/organizers/me",
            &app.organizer,
            Some(&profile),
        )
        .await;
        let event = app.event(&[GENERAL]).await;
        let (order, token) = bought(&app, &event, 1).await;
        let cookie = cookie(&app, &order, &token).await;
        let text = page(&app, &format!("/tickets/order/{order}/receipt"), &cookie)
            .await
            .text();
        assert!(!text.contains("123456789"), "{text}");
        assert!(text.contains("No tax is charged on the tickets."), "{text}");
        app.finish().await;
    }
);

on_both!(papers_open_to_their_own_and_to_nobody_else, |app| {
    registered(&app).await;
    let event = app.event(&[GENERAL]).await;
    let (order, token) = bought(&app, &event, 2).await;
    let (_, other_token) = bought(&app, &event, 1).await;
    refund(&app, &order, &json!({ "amount_cents": 1_000 }))
        .await
        .expect(201);
    app.settle().await;
    let note = notes(&app, &order).await.pop().expect("a credit note");
    let stranger = stranger(&app).await;
    for path in [
        format!("/api/tickets/orders/{order}/receipt.pdf"),
        format!(
            "/api/tickets/orders/{order}/credit-notes/{}/credit-note.pdf",
            note.id
        ),
    ] {
        for key in [&token, &app.organizer, &app.admin] {
            let answer = app.send(Method::GET, &path, key, None).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
            assert_eq!(answer.header("content-type"), "application/pdf");
            assert_eq!(answer.header("cache-control"), "no-store");
            assert!(answer.bytes.starts_with(b"%PDF"));
        }
        for (key, status) in [
            (stranger.as_str(), 404),
            (other_token.as_str(), 404),
            (event.scanner.as_str(), 403),
            ("", 401),
        ] {
            let answer = app.send(Method::GET, &path, key, None).await;
            answer.problem(status);
        }
    }
    let cookie = cookie(&app, &order, &token).await;
    let own = format!(
        "/tickets/order/{order}/credit-notes/{}/credit-note.pdf",
        note.id
    );
    assert_eq!(page(&app, &own, &cookie).await.status, 200);
    assert_eq!(page(&app, &own, "").await.status, 403);
    let listed = page(&app, &format!("/tickets/order/{order}/receipt"), &cookie).await;
    assert!(listed.text().contains("Credit note CN-000001"));
    assert!(
        listed.text().contains(&own),
        "the receipt leads to the note"
    );
    app.finish().await;
});

on_both!(an_order_that_was_never_paid_has_no_receipt, |app| {
    let event = app.event(&[GENERAL]).await;
    let checkout = app
        .checkout(&event, &[(&event.tiers[0], 1)])
        .await
        .expect(201);
    let path = format!(
        "/api/tickets/orders/{}/receipt.pdf",
        checkout["order_id"].as_str().expect("an id")
    );
    let token = checkout["order_token"].as_str().expect("a token");
    let answer = app.send(Method::GET, &path, token, None).await;
    assert_eq!(answer.problem(409), "no-receipt");
    app.advance(2_000);
    app::checkout::release_lapsed(app.house())
        .await
        .expect("a round");
    app.finish().await;
});

on_both!(
    a_refund_is_told_by_mail_with_its_credit_note_and_the_tickets_that_died,
    |app| {
        registered(&app).await;
        let event = app.event(&[GENERAL]).await;
        let (order, token) = bought(&app, &event, 2).await;
        let seen = app
            .send(
                Method::GET,
                &format!("/api/tickets/orders/{order}"),
                &token,
                None,
            )
            .await
            .expect(200);
        let ticket = &seen["tickets"][0];
        let body = json!({ "tickets": [ticket["id"]] });
        refund(&app, &order, &body).await.expect(201);
        app.settle().await;
        let sent = app.mail.sent();
        let mail = sent.last().expect("a mail");
        assert!(
            mail.subject.starts_with("Your refund for Winter Mela: $"),
            "{}",
            mail.subject
        );
        let text = &mail.text;
        for said in [
            ticket["serial"].as_str().expect("a serial"),
            "GST 5% on the tickets: $1.25",
            "Tickets: $25.00",
            "One ticket of your order is still good.",
            "Credit note CN-000001 is attached",
            "is kept",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert_eq!(mail.attachments.len(), 1);
        assert_eq!(mail.attachments[0].name, "credit-note-CN-000001.pdf");
        app.finish().await;
    }
);

on_both!(sixteen_refunds_at_once_are_numbered_without_a_gap, |app| {
    registered(&app).await;
    let event = app.event(&[GENERAL]).await;
    let mut orders = Vec::new();
    for _ in 0..16 {
        orders.push(bought(&app, &event, 1).await.0);
    }
    let body = json!({});
    let asked = orders.iter().map(|order| refund(&app, order, &body));
    for answer in futures::future::join_all(asked).await {
        answer.expect(201);
    }
    app.settle().await;
    let mut numbers = Vec::new();
    for order in &orders {
        numbers.extend(notes(&app, order).await.into_iter().map(|n| n.number));
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=16).collect::<Vec<i64>>());
    app.finish().await;
});

on_both!(a_mail_names_every_tax_number_that_held_at_the_sale, |app| {
    let profile = json!({ "tax_registrations": [
        { "tax": "gst_hst", "number": "123456789 RT0001" },
        { "tax": "bc_pst", "number": "PST-1234-5678" },
    ] });
    let me = "/api/tickets/organizers/me";
    app.send(Method::PATCH, me, &app.organizer, Some(&profile))
        .await
        .expect(200);
    let event = app.event(&[GENERAL]).await;
    bought(&app, &event, 1).await;
    let mail = app.mail.sent().pop().expect("a mail");
    for part in [&mail.text, &mail.html] {
        assert!(part.contains("GST/HST 123456789 RT0001"), "{part}");
        assert!(part.contains("BC PST PST-1234-5678"), "{part}");
    }
    app.finish().await;
});
