//! The platform's fee: who sets it, where it must fit, and that the first price anybody sees has it inside.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, EventMade, TestApp, Tier, on_both};

const GENERAL: Tier = Tier {
    name: "General",
    cents: 2_500,
    capacity: 50,
};

async fn change(app: &TestApp, token: &str, event: &EventMade, body: Value) -> Answer {
    let path = format!("/api/tickets/events/{}", event.id);
    app.send(Method::PATCH, &path, token, Some(&body)).await
}

fn names_fee(answer: &Answer) -> bool {
    let fields = answer.json()["fields"].as_array().cloned();
    fields.is_some_and(|all| all.iter().any(|f| f["field"] == "fee"))
}

on_both!(
    an_organizer_chooses_who_bears_the_fee_and_nothing_else_of_it,
    |app| {
        let event = app.event(&[GENERAL]).await;
        for part in [
            json!({ "fee_percent_ppm": 0 }),
            json!({ "fee_fixed_cents": 0 }),
            json!({ "fee_min_cents": 1 }),
            json!({ "fee_cap_cents": 1 }),
            json!({ "fee_mode": "absorb", "fee_fixed_cents": 58 }),
        ] {
            let refused = change(&app, &app.organizer, &event, part.clone()).await;
            assert_eq!(refused.problem(422), "invalid", "{part}");
            assert!(names_fee(&refused), "{}", refused.text());
        }
        let shown = app
            .get(&format!("/api/tickets/events/{}", event.id))
            .await
            .expect(200);
        assert_eq!(
            (
                shown["fee_fixed_cents"].as_i64(),
                shown["fee_mode"].as_str()
            ),
            (Some(59), Some("pass"))
        );
        // Sending back what was shown is no change.
        let same = json!({ "fee_percent_ppm": 35_000, "fee_fixed_cents": 59, "fee_min_cents": 0, "fee_cap_cents": null, "fee_mode": "absorb" });
        let absorbed = change(&app, &app.organizer, &event, same).await.expect(200);
        assert_eq!(absorbed["fee_mode"], "absorb");
        let new = json!({ "title": "Free of fees", "start_at": "2027-02-01T19:00:00-08:00", "end_at": "2027-02-01T22:00:00-08:00", "fee_fixed_cents": 0 });
        let refused = app
            .send(
                Method::POST,
                "/api/tickets/events",
                &app.organizer,
                Some(&new),
            )
            .await;
        assert_eq!(refused.problem(422), "invalid");

        // The platform sets it: 5%, at least 99 cents, at most 9.95. Of 25.00 that is 1.25.
        let set = json!({ "fee_percent_ppm": 50_000, "fee_fixed_cents": 0, "fee_min_cents": 99, "fee_cap_cents": 995, "fee_mode": "pass" });
        let by_admin = change(&app, &app.admin, &event, set).await.expect(200);
        assert_eq!(by_admin["tiers"][0]["display_price_cents"], 2_625);
        let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        assert_eq!(
            (order["fees_cents"].as_i64(), order["tax_cents"].as_i64()),
            (Some(125), Some(6))
        );
        app.finish().await;
    }
);

on_both!(
    what_stripe_takes_for_the_platform_is_the_fee_with_its_tax_whoever_bears_it,
    |app| {
        for (mode, total) in [("pass", 2_500 + 147 + 7), ("absorb", 2_500)] {
            let event = app
                .event_with(json!({ "fee_mode": mode }), &[GENERAL])
                .await;
            let checkout = app
                .checkout(&event, &[(&event.tiers[0], 1)])
                .await
                .expect(201);
            assert_eq!(checkout["total_cents"], total);
            let paid = app
                .pay(&checkout, testkit::card::GOOD)
                .expect("a good card");
            app.settle().await;
            let intent = paid["payment_intent"].as_str().expect("a payment");
            let intent = app.stripe.sim.object(intent);
            assert_eq!(intent["application_fee_amount"], 147 + 7, "{mode}");
            assert_eq!(app.order(&checkout).await["status"], "paid");
        }
        app.finish().await;
    }
);

on_both!(
    a_price_that_cannot_carry_an_absorbed_fee_is_not_sold,
    |app| {
        // Of 0.60 the fee would be 0.02 + 0.59 and its tax: more than the price.
        let low = json!({ "name": "Low", "price_cents": 60, "capacity": 10 });
        let event = app
            .event_with(
                json!({ "fee_mode": "absorb" }),
                &[Tier {
                    cents: 100,
                    ..GENERAL
                }],
            )
            .await;
        let tiers = format!("/api/tickets/events/{}/tiers", event.id);
        let added = app
            .send(Method::POST, &tiers, &app.organizer, Some(&low))
            .await;
        assert_eq!(added.problem(409), "not-ready");
        let tier = format!("/api/tickets/tiers/{}", event.tiers[0]);
        let lowered = app
            .send(
                Method::PATCH,
                &tier,
                &app.organizer,
                Some(&json!({ "price_cents": 60 })),
            )
            .await;
        assert_eq!(lowered.problem(409), "not-ready");
        let raised = change(&app, &app.admin, &event, json!({ "fee_fixed_cents": 95 })).await;
        assert_eq!(raised.problem(409), "not-ready");
        assert_eq!(raised.json()["missing"][0]["code"], "fee-exceeds-price");
        // Exactly as much as the price: 0.04 + 0.91, and at most 0.05 of tax.
        change(&app, &app.admin, &event, json!({ "fee_fixed_cents": 91 }))
            .await
            .expect(200);

        // Passed on, a low price is sold; absorbed, it is not.
        let cheap = app
            .event(&[Tier {
                cents: 60,
                ..GENERAL
            }])
            .await;
        let absorb = change(
            &app,
            &app.organizer,
            &cheap,
            json!({ "fee_mode": "absorb" }),
        )
        .await;
        assert_eq!(absorb.problem(409), "not-ready");
        change(
            &app,
            &app.organizer,
            &cheap,
            json!({ "status": "draft", "fee_mode": "absorb" }),
        )
        .await
        .expect(200);
        let publish = change(
            &app,
            &app.organizer,
            &cheap,
            json!({ "status": "published" }),
        )
        .await;
        assert_eq!(
            publish.json()["missing"][0]["code"],
            "fee-exceeds-price",
            "{}",
            publish.text()
        );
        app.finish().await;
    }
);

on_both!(
    an_order_that_cannot_carry_the_fee_is_refused_with_a_sentence,
    |app| {
        let event = app
            .event_with(json!({ "fee_mode": "absorb" }), &[GENERAL])
            .await;
        // As a discount would leave it, past every check that publishing makes.
        app.scratch
            .raw(&format!(
                "update tickets_tiers set price_cents = 55 where id = '{}'",
                event.tiers[0]
            ))
            .await
            .expect("a row");
        // Looking at it reads it afresh.
        app.get(&format!("/api/tickets/events/{}", event.id))
            .await
            .expect(200);
        let refused = app.checkout(&event, &[(&event.tiers[0], 1)]).await;
        assert_eq!(refused.problem(422), "fee-exceeds-price");
        let page = app
            .get(&format!(
                "/tickets/checkout/{}/{}",
                event.id, event.tiers[0]
            ))
            .await;
        assert_eq!(page.status, 422);
        assert!(
            page.text().contains("does not cover the fee"),
            "{}",
            page.text()
        );
        assert_eq!(app.remaining(&event, 0).await, 50);
        app.finish().await;
    }
);

/// Whether a page shows a price, however its markup breaks.
fn shows(page: &str, price: &str) -> bool {
    page.contains(price)
}

on_both!(
    the_first_price_anybody_sees_is_what_the_checkout_asks_less_its_taxes,
    |app| {
        let registered = json!({ "registered_gst_hst": true, "gst_hst_number": "123456789RT0001" });
        app.send(
            Method::PATCH,
            "/api/tickets/organizers/me",
            &app.organizer,
            Some(&registered),
        )
        .await
        .expect(200);
        let event = app.event(&[GENERAL]).await;
        let checkout = app
            .checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .expect(201);
        let order = app.order(&checkout).await;
        let all_in =
            checkout["total_cents"].as_i64().unwrap() - order["tax_cents"].as_i64().unwrap();
        assert_eq!(all_in, 2_647);

        let listed = app.get("/api/tickets/events/public").await.expect(200);
        assert_eq!(
            listed["events"][0]["tiers"][0]["display_price_cents"],
            all_in
        );
        let shown = app
            .get(&format!("/api/tickets/events/{}", event.id))
            .await
            .expect(200);
        assert_eq!(shown["tiers"][0]["display_price_cents"], all_in);
        for path in [
            "/tickets/events".to_owned(),
            format!("/tickets/e/{}", event.slug),
        ] {
            let page = app.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            let text = page.text();
            assert!(shows(&text, "$26.47") && shows(&text, "plus tax"), "{path}");
            // The bare price stands nowhere: not in the text, the meta elements or the data for machines.
            assert!(!shows(&text, "25.00"), "{path}");
        }
        let page = app.get(&format!("/tickets/e/{}", event.slug)).await.text();
        assert!(page.contains(r#""price":"26.47""#), "the data for machines");
        assert!(page.contains(r#"<meta property="product:price:amount" content="26.47">"#));
        let form = app
            .get(&format!(
                "/tickets/checkout/{}/{}",
                event.id, event.tiers[0]
            ))
            .await
            .text();
        assert!(shows(&form, "$26.47 each with its fee") && shows(&form, "GST 5%"));

        app.pay(&checkout, testkit::card::GOOD)
            .expect("a good card");
        app.settle().await;
        let mail = app.mail.sent().into_iter().next().expect("a mail");
        for part in [&mail.text, &mail.html] {
            assert!(shows(part, "$26.47 each with its fee"), "{part}");
            assert!(shows(part, "GST 5%"), "{part}");
        }
        app.finish().await;
    }
);
