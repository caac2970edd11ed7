//! The first price that anybody sees is the last one less taxes, wherever it is seen.
//!
//! Canada's Competition Act, s. 74.01(1.1): a price that cannot be had because of obligatory fees is
//! misleading. Walked here for each way to bear the fee and to show taxes: list, event page, JSON-LD, Open
//! Graph, the API that the widget reads, checkout, the amount at Stripe, the mail.

use crate::support::{Browser, GENERAL};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::{EventMade, TestApp, card, on_both};

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

fn json_ld(page: &str) -> Value {
    let (_, rest) = page
        .split_once("<script type=\"application/ld+json\">")
        .unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

fn dollars(cents: i64) -> String {
    format!("${}.{:02}", cents / 100, cents % 100)
}

/// The list, the event's page with what it tells machines, and the API say the first price.
async fn before_checkout(
    app: &TestApp,
    browser: &mut Browser<'_>,
    event: &EventMade,
    title: &str,
    first: i64,
) {
    let list = browser
        .get(&format!("/tickets/events?q={}", title.replace(' ', "+")))
        .await;
    assert!(
        list.text.contains(&format!("From {}", dollars(first))),
        "{title}: {}",
        list.text
    );
    let page = browser.get(&format!("/tickets/e/{}", event.slug)).await;
    assert!(
        page.text
            .contains(&format!("<p class=\"tier__price\">{}</p>", dollars(first))),
        "{title}"
    );
    assert!(page.text.contains(&format!("data-cents=\"{first}\"")));
    let plain = dollars(first).replace('$', "");
    assert_eq!(
        json_ld(&page.text)["offers"][0]["price"],
        plain.as_str(),
        "{title}"
    );
    assert!(
        page.text
            .contains(&format!("product:price:amount\" content=\"{plain}\""))
    );
    let shown = app
        .get(&format!("/api/tickets/events/{}", event.id))
        .await
        .expect(200);
    assert_eq!(shown["tiers"][0]["display_price_cents"], first);
}

async fn walk(app: &TestApp, fee_mode: &str, inclusive: bool) {
    let title = format!("Mela {fee_mode} {inclusive}");
    let more = json!({"title": title, "fee_mode": fee_mode, "tax_inclusive": inclusive});
    let event = app.event_with(more, &[GENERAL]).await;
    let tier = &event.tiers[0];
    let api = app.get("/api/tickets/events/public").await.expect(200);
    let listed = api["events"].as_array().unwrap();
    let listed = listed
        .iter()
        .find(|e| e["id"] == event.id.as_str())
        .unwrap();
    let first = listed["tiers"][0]["display_price_cents"].as_i64().unwrap();

    let mut browser = Browser::new(app);
    before_checkout(app, &mut browser, &event, &title, first).await;

    let body = json!({"event_id": event.id, "items": [{"tier_id": tier, "qty": 3}]});
    let quote = app
        .post("/api/tickets/checkout/quote", &body)
        .await
        .expect(200);
    let checkout = app.checkout(&event, &[(tier, 3)]).await.expect(201);
    let total = checkout["total_cents"].as_i64().unwrap();
    assert_eq!(quote["total_cents"], total);
    let form = browser
        .get(&format!("/tickets/checkout/{}?{tier}=3", event.id))
        .await;
    assert!(
        form.text.contains(&format!("Pay {}", dollars(total))),
        "{title}"
    );
    let paid = app.pay(&checkout, card::GOOD).expect("a good card pays");
    assert_eq!(paid["amount_total"], total);
    app.settle().await;

    // Less the taxes that were not in the first price, three tickets cost three first prices.
    let order = app.order(&checkout).await;
    let tax = order["tax_cents"].as_i64().unwrap();
    let on_top = total - 3 * first;
    let words = format!("{title}: 3 × {first} and {on_top} on top of {total}: {order}");
    match (inclusive, fee_mode) {
        (false, _) => assert_eq!(on_top, tax, "{words}"),
        (true, "absorb") => assert_eq!(on_top, 0, "{words}"),
        // Only the fee's own tax is on top: 5 % of it, rounded once or ticket by ticket.
        _ => {
            let fees = order["fees_cents"].as_i64().unwrap();
            assert!((on_top * 20 - fees).abs() <= 30 && on_top < tax, "{words}");
        }
    }
    let mails = app.mail.sent();
    let mail = mails
        .iter()
        .find(|mail| mail.subject.contains(&title))
        .expect("its mail");
    assert!(mail.text.contains(&dollars(total)), "{}", mail.text);
}

on_both!(
    the_first_price_is_the_last_one_less_taxes_on_every_surface,
    |app| {
        registered(&app).await;
        for fee_mode in ["pass", "absorb"] {
            for inclusive in [false, true] {
                walk(&app, fee_mode, inclusive).await;
            }
        }
        app.finish().await;
    }
);
