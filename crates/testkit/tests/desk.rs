//! The organizer's desk: found by whatever is remembered, corrected, given away, asked for and answered.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use app::access::{Purpose, issue_key};
use app::accounts::{self, Role};
use app::{Actor, organizers};
use reqwest::Method;
use serde_json::{Value, json};
use std::fmt::Write as _;
use testkit::{Answer, EventMade, ORGANIZER_EMAIL, TestApp, Tier, card, on_both, order_body};

const TIERS: [Tier; 2] = [
    Tier {
        name: "Floor",
        cents: 2_500,
        capacity: 6,
    },
    Tier {
        name: "Free",
        cents: 0,
        capacity: 5,
    },
];

async fn event(app: &TestApp) -> EventMade {
    let until = json!({ "allow_refunds_until": "2027-01-10T00:00:00-08:00" });
    app.event_with(until, &TIERS).await
}

async fn bought(app: &TestApp, event: &EventMade, name: &str, email: &str) -> (Value, String) {
    let mut body = order_body(event, &[(&event.tiers[0], 2)]);
    body["buyer"] = json!({ "name": name, "email": email });
    let begun = app.post("/api/tickets/checkout/session", &body).await;
    let begun = begun.expect(201);
    app.pay(&begun, card::GOOD).expect("the card pays");
    app.settle().await;
    let token = begun["order_token"].as_str().unwrap().to_owned();
    (app.order(&begun).await, token)
}

fn id(value: &Value) -> &str {
    value["id"].as_str().expect("an id")
}

async fn api(app: &TestApp, method: Method, path: &str, body: Option<Value>) -> Answer {
    app.send(method, path, &app.organizer, body.as_ref()).await
}

/// The codes of the orders that a search finds.
async fn found(app: &TestApp, token: &str, path: &str) -> Vec<String> {
    let page = app.send(Method::GET, path, token, None).await.expect(200);
    let orders = page["orders"].as_array().unwrap();
    let codes = orders
        .iter()
        .map(|o| o["code"].as_str().unwrap().to_owned());
    codes.collect()
}

fn query(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        let _never_fails = write!(all, "%{byte:02X}");
        all
    })
}

/// Another organizer, with a key of their own.
async fn stranger(app: &TestApp) -> String {
    let mut cx = app.house().cx(Actor::System);
    let owner = accounts::ensure(
        app.house(),
        &mut cx,
        "other@example.ca",
        "Other",
        Role::User,
    );
    let owner = owner.await.unwrap();
    let key = issue_key(
        app.house(),
        &mut cx,
        Purpose::Organizer(owner.id.clone()),
        "k",
    );
    let key = key.await.unwrap();
    let mut cx = app.house().cx(Actor::User(owner.id));
    let input = organizers::ConnectOrganizer::default();
    organizers::connect(app.house(), &mut cx, input)
        .await
        .unwrap();
    key.secret
}

on_both!(
    orders_are_found_by_each_key_and_never_by_a_stranger,
    |app| {
        let event = event(&app).await;
        let (order, _) = bought(&app, &event, "Élodie Tremblay-Roy", "elodie@example.ca").await;
        let (other, _) = bought(&app, &event, "ਹਰਪ੍ਰੀਤ ਕੌਰ", "hk@example.ca").await;
        let code = order["code"].as_str().unwrap();
        let serial = order["tickets"][0]["serial"].as_str().unwrap();
        let mut read = app.house().read().await.unwrap();
        let kept = store::orders::by_code(&mut read, code)
            .await
            .unwrap()
            .unwrap();
        let payment = kept.stripe_payment_intent.expect("a payment");
        drop(read);
        let bare = code.replace('-', "").to_lowercase();
        let stranger = stranger(&app).await;
        let of_event = format!("/api/tickets/events/{}/orders", event.id);
        for text in [
            "elod",
            "ELODIE trem",
            "tremblay",
            "Tremblay-Roy élo",
            "elodie@",
            code,
            &bare,
            serial,
            &payment,
            id(&order),
        ] {
            for list in ["/api/tickets/organizers/me/orders", of_event.as_str()] {
                let path = format!("{list}?q={}", query(text));
                assert_eq!(found(&app, &app.organizer, &path).await, [code], "{text}");
            }
            let path = format!("/api/tickets/organizers/me/orders?q={}", query(text));
            assert!(found(&app, &stranger, &path).await.is_empty(), "{text}");
        }
        let path = format!("{of_event}?q={}", query("ਹਰਪ੍ਰੀਤ"));
        assert_eq!(
            found(&app, &app.organizer, &path).await,
            [other["code"].as_str().unwrap()]
        );
        for nothing in ["lodie", "example.ca", "%", "_", "K7Q4M-9XMPT"] {
            let path = format!("{of_event}?q={}", query(nothing));
            assert!(
                found(&app, &app.organizer, &path).await.is_empty(),
                "{nothing}"
            );
        }
        let strange = app.send(Method::GET, &of_event, &stranger, None).await;
        assert_eq!(strange.problem(404), "not-found");
        let own = app.send(Method::GET, &of_event, &app.admin, None).await;
        assert_eq!(own.expect(200)["orders"].as_array().unwrap().len(), 2);
        app.finish().await;
    }
);

on_both!(lists_are_narrowed_and_read_page_by_page, |app| {
    let event = event(&app).await;
    let mut codes = Vec::new();
    for n in 0..3 {
        let (order, _) = bought(&app, &event, &format!("Same Name{n}"), "same@example.ca").await;
        codes.push(order["code"].as_str().unwrap().to_owned());
        if n == 0 {
            let path = format!("/api/tickets/orders/{}/refund", id(&order));
            api(&app, Method::POST, &path, Some(json!({})))
                .await
                .expect(201);
            app.settle().await;
        }
        app.advance(86_400);
    }
    let list = format!("/api/tickets/events/{}/orders", event.id);
    for how in [
        String::new(),
        "q=same".to_owned(),
        format!("tier={}", event.tiers[0]),
    ] {
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("{list}?limit=1&{how}&cursor={cursor}");
            let page = api(&app, Method::GET, &path, None).await.expect(200);
            let orders = page["orders"].as_array().unwrap();
            seen.extend(
                orders
                    .iter()
                    .map(|o| o["code"].as_str().unwrap().to_owned()),
            );
            match page["next_cursor"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        // Who is found by two keys comes once for each on pages of one.
        seen.sort();
        seen.dedup();
        let mut all = codes.clone();
        all.sort();
        assert_eq!(seen, all, "{how}");
    }
    let narrowed = |how: &str| format!("{list}?{how}");
    let refunded = found(&app, &app.organizer, &narrowed("status=refunded")).await;
    assert_eq!(refunded, [codes[0].as_str()]);
    let paid = found(&app, &app.organizer, &narrowed("status=paid&q=same")).await;
    assert_eq!(paid.len(), 2);
    let free = narrowed(&format!("tier={}", event.tiers[1]));
    assert!(found(&app, &app.organizer, &free).await.is_empty());
    let today = narrowed(&format!("from={}", &app.house().now().to_iso()[..10]));
    assert!(
        found(&app, &app.organizer, &today).await.is_empty(),
        "the last was bought a day ago"
    );
    for wrong in ["from=2026-02-30", "cursor=x", "status=gone", "tier=evt_x"] {
        let answer = api(&app, Method::GET, &narrowed(wrong), None).await;
        assert_eq!(answer.problem(422), "invalid", "{wrong}");
    }
    app.finish().await;
});

on_both!(
    a_gift_takes_its_places_costs_nothing_and_cannot_oversell,
    |app| {
        let event = event(&app).await;
        let path = format!("/api/tickets/events/{}/comps", event.id);
        let gift = |qty: i64| {
            json!({ "tier_id": event.tiers[0], "qty": qty, "name": "ਗੁਰਦਾਸ ਮਾਨ", "email": "artist@example.ca",
            "note": "Headliner" })
        };
        let given = api(&app, Method::POST, &path, Some(gift(4)))
            .await
            .expect(201);
        app.settle().await;
        assert_eq!(app.remaining(&event, 0).await, 2);
        let mail = app.mail.take().pop().expect("the tickets");
        assert_eq!(mail.to.address(), "artist@example.ca");
        let order = format!(
            "/api/tickets/orders/{}",
            given["order_id"].as_str().unwrap()
        );
        let seen = api(&app, Method::GET, &order, None).await.expect(200);
        assert_eq!(
            (&seen["status"], &seen["total_cents"]),
            (&json!("paid"), &json!(0))
        );
        assert_eq!(seen["tickets"].as_array().unwrap().len(), 4);
        let timeline = api(&app, Method::GET, &format!("{order}/timeline"), None)
            .await
            .expect(200);
        let told = timeline.to_string();
        assert!(
            told.contains("Given away") && told.contains("Headliner"),
            "{told}"
        );

        let too_many = api(&app, Method::POST, &path, Some(gift(3))).await;
        assert_eq!(too_many.problem(409), "sold-out");
        let sold = app.checkout(&event, &[(&event.tiers[0], 3)]).await;
        assert_eq!(sold.problem(409), "sold-out");
        let list = format!("/api/tickets/events/{}/orders?given=yes", event.id);
        assert_eq!(
            found(&app, &app.organizer, &list).await,
            [given["code"].as_str().unwrap()]
        );

        let back = api(
            &app,
            Method::POST,
            &format!("{order}/refund"),
            Some(json!({})),
        )
        .await;
        back.expect(201);
        app.settle().await;
        assert_eq!(app.remaining(&event, 0).await, 6);
        app.finish().await;
    }
);

on_both!(another_name_leaves_the_code_as_it_is, |app| {
    let event = event(&app).await;
    let (order, token) = bought(&app, &event, "Harpreet Kaur", "hk@example.ca").await;
    let ticket = &order["tickets"][0];
    let path = format!("/api/tickets/tickets/{}", id(ticket));
    let name = json!({ "holder_name": "李雷" });
    let strange = app
        .send(Method::PATCH, &path, &stranger(&app).await, Some(&name))
        .await;
    assert_eq!(strange.problem(404), "not-found");
    app.send(Method::PATCH, &path, &token, Some(&name))
        .await
        .expect(204);
    let guests = format!("/api/tickets/events/{}/guests", event.id);
    let found = api(
        &app,
        Method::GET,
        &format!("{guests}?q={}", query("李")),
        None,
    )
    .await;
    let found = found.expect(200);
    assert_eq!(found["guests"].as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found["guests"][0]["buyer_name"], "Harpreet Kaur");
    let scan = app.scan(&event, ticket["qr_token"].as_str().unwrap()).await;
    assert_eq!(scan["result"], "valid");
    let late = app.send(Method::PATCH, &path, &token, Some(&name)).await;
    assert_eq!(late.problem(409), "dead-ticket");
    let here = api(&app, Method::GET, &format!("{guests}?status=used"), None)
        .await
        .expect(200);
    assert_eq!((&here["came"], &here["issued"]), (&json!(1), &json!(2)));
    let sheet = api(&app, Method::GET, &format!("{guests}?format=csv"), None).await;
    let text = sheet.text();
    assert!(text.contains("李雷") && text.lines().count() == 3, "{text}");
    let xlsx = api(&app, Method::GET, &format!("{guests}?format=xlsx"), None).await;
    assert!(xlsx.bytes.starts_with(b"PK"));
    app.finish().await;
});

on_both!(a_corrected_address_gets_the_tickets, |app| {
    let event = event(&app).await;
    let (order, token) = bought(&app, &event, "Harpreet Kaur", "slip@exmaple.ca").await;
    app.mail.take();
    let path = format!("/api/tickets/orders/{}", id(&order));
    let wrong = api(
        &app,
        Method::PATCH,
        &path,
        Some(json!({ "buyer_email": "no" })),
    )
    .await;
    assert_eq!(wrong.problem(422), "invalid");
    let buyer = app
        .send(
            Method::PATCH,
            &path,
            &token,
            Some(&json!({ "buyer_email": "a@example.ca" })),
        )
        .await;
    assert_eq!(
        buyer.problem(403),
        "forbidden",
        "only the organizer corrects addresses"
    );
    let right = json!({ "buyer_email": "right@example.ca" });
    api(&app, Method::PATCH, &path, Some(right))
        .await
        .expect(204);
    app.settle().await;
    let mails = app.mail.take();
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].to.address(), "right@example.ca");
    let soon = app
        .send(Method::POST, &format!("{path}/resend"), &token, None)
        .await;
    assert_eq!(soon.problem(429), "rate-limited");
    app.advance(120);
    let again = app
        .send(Method::POST, &format!("{path}/resend"), &token, None)
        .await;
    assert_eq!(again.status, 202);
    app.settle().await;
    assert_eq!(app.mail.take().len(), 1);
    let list = "/api/tickets/organizers/me/orders?q=right@";
    assert_eq!(found(&app, &app.organizer, list).await.len(), 1);
    app.finish().await;
});

on_both!(a_request_is_asked_once_seen_and_answered, |app| {
    let event = event(&app).await;
    let (order, token) = bought(&app, &event, "Harpreet Kaur", "hk@example.ca").await;
    let path = format!("/api/tickets/orders/{}/refund-requests", id(&order));
    let ticket = &order["tickets"][1]["id"];
    let ask = json!({ "tickets": [ticket], "message": "ਮੇਰੀ ਮਾਂ ਬਿਮਾਰ ਹੈ।" });
    let asked = app
        .send(Method::POST, &path, &token, Some(&ask))
        .await
        .expect(201);
    let twice = app.send(Method::POST, &path, &token, Some(&ask)).await;
    assert_eq!(twice.problem(409), "request-open");
    let needs = api(&app, Method::GET, "/api/tickets/organizers/me/needs", None)
        .await
        .expect(200);
    assert_eq!(needs["needs"][0]["kind"], "request", "{needs}");
    let request = format!("/api/tickets/refund-requests/{}", id(&asked));
    let strange = json!({ "answer": "No." });
    let strange = app
        .send(
            Method::POST,
            &format!("{request}/decline"),
            &stranger(&app).await,
            Some(&strange),
        )
        .await;
    assert_eq!(strange.problem(404), "not-found");
    app.settle().await;
    let told = app.mail.take().pop().expect("a word to the organizer");
    assert_eq!(told.to.address(), ORGANIZER_EMAIL);
    let answers_to = told.reply_to.expect("somebody to answer");
    assert_eq!(answers_to.address(), "hk@example.ca");
    assert!(told.text.contains("ਮੇਰੀ ਮਾਂ ਬਿਮਾਰ ਹੈ।"), "{}", told.text);
    assert!(told.text.contains("one ticket"), "{}", told.text);
    let silent = api(
        &app,
        Method::POST,
        &format!("{request}/decline"),
        Some(json!({ "answer": " " })),
    )
    .await;
    assert_eq!(silent.problem(422), "invalid");
    let no = json!({ "answer": "The caterer is paid already." });
    api(&app, Method::POST, &format!("{request}/decline"), Some(no))
        .await
        .expect(200);
    app.settle().await;
    let mail = app.mail.take().pop().expect("an answer");
    assert!(
        mail.text.contains("The caterer is paid already."),
        "{}",
        mail.text
    );

    let asked = app
        .send(Method::POST, &path, &token, Some(&ask))
        .await
        .expect(201);
    let request = format!("/api/tickets/refund-requests/{}", id(&asked));
    let yes = format!("{request}/approve");
    let seen = api(&app, Method::POST, &yes, Some(json!({ "preview": true })))
        .await
        .expect(200);
    let made = api(&app, Method::POST, &yes, Some(json!({})))
        .await
        .expect(201);
    assert_eq!(seen["amount_cents"], made["amount_cents"]);
    assert_eq!(made["tickets"], json!([ticket]));
    let late = api(&app, Method::POST, &yes, Some(json!({}))).await;
    assert_eq!(late.problem(409), "request-decided");
    app.settle().await;
    let listed = app.send(Method::GET, &path, &token, None).await.expect(200);
    let mut statuses: Vec<&Value> = listed["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| &r["status"])
        .collect();
    statuses.sort_by_key(std::string::ToString::to_string);
    assert_eq!(statuses, ["approved", "declined"]);
    let needs = api(&app, Method::GET, "/api/tickets/organizers/me/needs", None)
        .await
        .expect(200);
    assert_eq!(needs["needs"], json!([]));
    app.finish().await;
});
