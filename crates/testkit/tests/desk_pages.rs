//! The desk's pages, by forms alone: what is previewed is what is done, and a mail that failed goes again.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use mail::Failure;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{EventMade, TestApp, Tier, on_both};

const TIERS: [Tier; 1] = [Tier {
    name: "Floor",
    cents: 2_500,
    capacity: 6,
}];

async fn event(app: &TestApp) -> EventMade {
    let until = json!({ "allow_refunds_until": "2027-01-10T00:00:00-08:00" });
    app.event_with(until, &TIERS).await
}

fn id(value: &Value) -> &str {
    value["id"].as_str().expect("an id")
}

async fn seen(app: &TestApp, order: &Value) -> Value {
    let path = format!("/api/tickets/orders/{}", id(order));
    app.send(Method::GET, &path, &app.organizer, None)
        .await
        .expect(200)
}

on_both!(what_the_page_shows_is_what_goes_back, |app| {
    let event = event(&app).await;
    let order = app.buy(&event, &[(&event.tiers[0], 2)]).await;
    let browser = app.organizer_browser().await;
    let page = format!("/tickets/organizer/orders/{}", id(&order));
    let refund = format!("{page}/refund");
    let none = app
        .submit(&browser, &refund, &refund, &[("what", "tickets")])
        .await;
    assert_eq!(none.status, 422);
    assert!(none.text().contains("Choose at least one ticket."));
    let ticket = id(&order["tickets"][1]);
    let chosen = [
        ("what", "tickets"),
        ("ticket", ticket),
        ("reason", "Fell ill"),
    ];
    let preview = app.submit(&browser, &refund, &refund, &chosen).await;
    assert_eq!(preview.status, 200, "{}", preview.text());
    let text = preview.text();
    assert!(text.contains("Give $25.00 back?"), "{text}");
    assert!(text.contains(order["tickets"][1]["serial"].as_str().unwrap()));
    assert_eq!(
        seen(&app, &order).await["refunded_cents"],
        0,
        "nothing has happened"
    );

    // Somebody else gives the ticket back meanwhile; then the figures are shown anew and nothing is done.
    let fields = testkit::form_fields(&text, &refund);
    let other = json!({ "amount_cents": 1_000 });
    let path = format!("/api/tickets/orders/{}/refund", id(&order));
    app.send(Method::POST, &path, &app.organizer, Some(&other))
        .await
        .expect(201);
    app.settle().await;
    let stale = app.send_form(&browser, &refund, &fields).await;
    assert_eq!(stale.status, 200, "{}", stale.text());
    assert!(
        stale
            .text()
            .contains("The order has changed since you looked.")
    );
    assert_eq!(seen(&app, &order).await["refunded_cents"], 1_000);

    let fields = testkit::form_fields(&stale.text(), &refund);
    let made = app.send_form(&browser, &refund, &fields).await;
    assert_eq!(made.header("location"), format!("{page}?done=refunded"));
    app.settle().await;
    let after = seen(&app, &order).await;
    assert_eq!(after["status"], "partially_refunded");
    assert_eq!(after["tickets"][1]["status"], "refunded");
    let told = app.open(&browser, &page).await;
    assert!(told.text().contains("by <bdi>you</bdi>"), "{}", told.text());
    app.finish().await;
});

on_both!(steps_at_an_order_work_by_forms_alone, |app| {
    let event = event(&app).await;
    let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
    let browser = app.organizer_browser().await;
    let list = app.open(&browser, "/tickets/organizer/orders?q=harp").await;
    let page = format!("/tickets/organizer/orders/{}", id(&order));
    assert!(list.text().contains(&page), "{}", list.text());

    let notes = format!("{page}/notes");
    let empty = app.submit(&browser, &page, &notes, &[("text", " ")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("Write the note first."));
    let kept = app
        .submit(&browser, &page, &notes, &[("text", "Wheelchair <b>")])
        .await;
    assert_eq!(kept.header("location"), format!("{page}?done=noted"));
    let shown = app.open(&browser, &page).await.text();
    assert!(shown.contains("Wheelchair &#60;b&#62;"), "{shown}");
    // A tax is named once, with its rate, as buyers read it.
    assert_eq!(shown.matches("GST 5%").count(), 1, "{shown}");

    let ticket = &order["tickets"][0];
    let rename = format!("{page}/tickets/{}", id(ticket));
    let field = format!("holder_name-{}", ticket["serial"].as_str().unwrap());
    let named = app
        .submit(&browser, &page, &rename, &[(&field, "李雷")])
        .await;
    assert_eq!(named.header("location"), format!("{page}?done=named"));
    let scan = app.scan(&event, ticket["qr_token"].as_str().unwrap()).await;
    assert_eq!(scan["result"], "valid");

    let forged = [
        ("csrf".to_owned(), "0".repeat(32)),
        ("text".to_owned(), "x".to_owned()),
    ];
    assert_eq!(app.send_form(&browser, &notes, &forged).await.status, 403);
    for path in ["/tickets/organizer/payouts", "/tickets/organizer/disputes"] {
        assert_eq!(app.open(&browser, path).await.status, 200, "{path}");
    }
    for part in [
        "orders",
        "guests",
        "guests/print",
        "comps",
        "statement?format=csv",
    ] {
        let path = format!("/tickets/organizer/events/{}/{part}", event.id);
        let answer = app.open(&browser, &path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    }
    app.finish().await;
});

on_both!(tickets_are_given_away_by_a_form, |app| {
    let event = event(&app).await;
    let browser = app.organizer_browser().await;
    let comps = format!("/tickets/organizer/events/{}/comps", event.id);
    let gift = [
        ("tier_id", event.tiers[0].as_str()),
        ("name", "ਗੁਰਦਾਸ"),
        ("email", "artist@example.ca"),
    ];
    let many = [&gift[..], &[("qty", "7")]].concat();
    let refused = app.submit(&browser, &comps, &comps, &many).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.text().contains("Only 6 of these places are left."),
        "{}",
        refused.text()
    );
    let some = [&gift[..], &[("qty", "2"), ("attempt", "pressed-twice")]].concat();
    let given = app.submit(&browser, &comps, &comps, &some).await;
    assert_eq!(given.status, 303, "{}", given.text());
    let again = app.submit(&browser, &comps, &comps, &some).await;
    assert_eq!(again.header("location"), given.header("location"));
    let page = app.open(&browser, &given.header("location")).await;
    assert!(
        page.text().contains("The tickets are given away"),
        "{}",
        page.text()
    );
    app.settle().await;
    assert_eq!(app.remaining(&event, 0).await, 4);
    app.finish().await;
});

on_both!(
    a_mail_that_failed_waits_for_its_organizer_and_goes_to_the_right_address,
    |app| {
        let event = event(&app).await;
        app.mail.fail_next(1, Failure::Refused);
        let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        let browser = app.organizer_browser().await;
        let needs = "/tickets/organizer/needs-you";
        let page = app.open(&browser, needs).await.text();
        assert!(
            page.contains("A mail to") && page.contains("Send it again"),
            "{page}"
        );
        let home = app.open(&browser, "/tickets/organizer").await.text();
        assert!(
            home.contains("came back.") && home.contains("Correct the address"),
            "{home}"
        );
        assert!(home.contains("1 of 6 sold"), "{home}");
        let start = page.find("/tickets/organizer/mails/").expect("a form");
        let step = page[start..].split('"').next().unwrap().to_owned();
        let mail = step.rsplit('/').next().unwrap();
        let field = format!("email-{mail}");
        let wrong = app
            .submit(&browser, needs, &step, &[(&field, "no address")])
            .await;
        assert_eq!(wrong.status, 422);
        app.mail.take();
        let sent = app
            .submit(&browser, needs, &step, &[(&field, "right@example.ca")])
            .await;
        assert_eq!(sent.header("location"), format!("{needs}?done=sent"));
        app.settle().await;
        let mails = app.mail.take();
        assert!(!mails.is_empty() && mails.iter().all(|m| m.to.address() == "right@example.ca"));
        assert_eq!(seen(&app, &order).await["buyer_email"], "right@example.ca");
        assert!(
            app.open(&browser, needs)
                .await
                .text()
                .contains("Nothing needs you")
        );
        app.finish().await;
    }
);
