//! What a buyer does with an order that is paid, and what a page says of an event that is off or over.

use crate::support::{Browser, FREE, GENERAL, pair, text};
use reqwest::Method;
use serde_json::json;
use testkit::{card, on_both};

on_both!(
    a_name_is_changed_until_its_holder_is_in_and_the_code_stays,
    |app| {
        let event = app.event(&[FREE]).await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        app.settle().await;
        let before = app.order(&checkout).await["tickets"][0].clone();
        let mut browser = Browser::new(&app);
        let page = browser.open(&checkout).await;
        let path = format!(
            "/tickets/order/{}/tickets/{}/name",
            text(&checkout, "order_id"),
            text(&before, "id")
        );
        let mut fields = page.hidden("/name");
        fields.push(pair("holder_name", "陳大文"));
        let forged = browser
            .post(&path, &[pair("csrf", "none"), pair("holder_name", "Eve")])
            .await;
        assert_eq!(forged.status, 403);
        let done = browser.post(&path, &fields).await;
        assert!(
            done.header("location").ends_with("?done=renamed"),
            "{}",
            done.text
        );
        let order = browser.get(done.header("location")).await;
        assert!(
            order.text.contains("The name on the ticket is changed.")
                && order.text.contains("陳大文")
        );
        let after = app.order(&checkout).await["tickets"][0].clone();
        assert_eq!(after["qr_token"], before["qr_token"]);
        assert_eq!(
            app.scan(&event, &text(&before, "qr_token")).await["result"],
            "valid"
        );
        let late = browser.post(&path, &fields).await;
        assert!(late.header("location").ends_with("?done=rename-failed"));
        let nobody = Browser::new(&app).post(&path, &fields).await;
        assert_eq!(
            nobody.status, 403,
            "without the order's cookie nothing is changed"
        );
        let order = format!("/tickets/order/{}", text(&checkout, "order_id"));
        let locked = Browser::new(&app).get(&order).await;
        assert_eq!(locked.status, 403);
        assert!(
            locked
                .text
                .contains("href=\"/tickets/my-tickets\">Mail me my tickets"),
            "whoever lost the mail gets another: {}",
            locked.text
        );
        app.finish().await;
    }
);

on_both!(
    the_tickets_are_mailed_again_but_not_to_fill_a_mailbox,
    |app| {
        let event = app.event(&[FREE]).await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        app.settle().await;
        let mut browser = Browser::new(&app);
        let page = browser.open(&checkout).await;
        let path = format!("/tickets/order/{}/resend", text(&checkout, "order_id"));
        let fields = page.hidden("/resend");
        let soon = browser.post(&path, &fields).await;
        assert!(
            soon.header("location").ends_with("?done=resend-failed"),
            "one went a moment ago"
        );
        app.advance(301);
        let sent = browser.post(&path, &fields).await;
        assert!(sent.header("location").ends_with("?done=resent"));
        let again = browser.post(&path, &fields).await;
        assert!(again.header("location").ends_with("?done=resend-failed"));
        app.settle().await;
        let mails = app.mail.sent();
        assert_eq!(mails.len(), 2);
        assert_eq!(mails[0].subject, mails[1].subject);
        assert_eq!(mails[1].attachments.len(), 2);
        app.finish().await;
    }
);

on_both!(
    an_event_that_is_called_off_says_so_and_what_becomes_of_the_money,
    |app| {
        let event = app.event(&[GENERAL]).await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        app.pay(&checkout, card::GOOD).expect("a good card pays");
        app.settle().await;
        let path = format!("/api/tickets/events/{}/cancel", event.id);
        let body = json!({"note": "The hall has no roof.", "confirm": true});
        let answer = app
            .send(Method::POST, &path, &app.organizer, Some(&body))
            .await;
        assert!(answer.status < 300, "{}", answer.text());
        let mut browser = Browser::new(&app);
        let page = browser.get(&format!("/tickets/e/{}", event.slug)).await;
        assert_eq!(page.status, 200);
        assert!(
            page.text.contains("This event is called off")
                && page.text.contains("The hall has no roof.")
        );
        assert!(page.text.contains("You get back everything that you paid"));
        assert!(
            page.text.contains("https://schema.org/EventCancelled")
                && !page.text.contains("\"Offer\"")
        );
        assert!(
            !page
                .text
                .contains("<form method=\"get\" action=\"/tickets/checkout")
        );
        let list = browser.get("/tickets/events").await;
        assert!(!list.text.contains("Winter Mela"));
        for _ in 0..4 {
            app.settle().await;
            app.advance(2);
        }
        let order = browser.open(&checkout).await;
        assert!(
            order.text.contains("Order refunded")
                && order
                    .text
                    .contains("This event is called off: it will not take place."),
            "{}",
            order.text
        );
        app.finish().await;
    }
);

on_both!(a_past_event_keeps_its_page_and_sells_nothing, |app| {
    let event = app.event(&[GENERAL]).await;
    app.advance(200 * 86_400);
    let mut browser = Browser::new(&app);
    let page = browser.get(&format!("/tickets/e/{}", event.slug)).await;
    assert!(
        page.text.contains("This event has taken place")
            && !page.text.contains("Get tickets</button>")
    );
    let past = browser.get("/tickets/events?past=yes").await;
    assert!(past.text.contains("Winter Mela") && past.text.contains("Past events"));
    app.finish().await;
});

on_both!(
    a_refund_is_asked_for_on_the_orders_page_while_the_rule_allows_it,
    |app| {
        let until = "2027-01-15T19:00:00-08:00";
        let event = app
            .event_with(json!({"allow_refunds_until": until}), &[GENERAL])
            .await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        app.pay(&checkout, card::GOOD).expect("a good card pays");
        app.settle().await;
        let mut browser = Browser::new(&app);
        let page = browser.open(&checkout).await;
        let path = format!(
            "/tickets/order/{}/refund-request",
            text(&checkout, "order_id")
        );
        let mut fields = page.hidden("/refund-request");
        fields.push(pair("message", "We are all ill. ਮਾਫ਼ ਕਰਨਾ"));
        let asked = browser.post(&path, &fields).await;
        assert!(
            asked.header("location").ends_with("?done=refund-asked"),
            "{}",
            asked.text
        );
        let after = browser.get(asked.header("location")).await;
        assert!(
            after.text.contains("The organizer has your request")
                && after.text.contains("You have asked for a refund.")
        );
        assert!(
            !after.text.contains("/refund-request\""),
            "it is asked for once"
        );
        app.finish().await;
    }
);
