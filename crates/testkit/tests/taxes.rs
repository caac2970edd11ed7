//! Taxes through the front door: registrations, a tier's own choice, and who computes them.

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
const GST: &str = "123456789RT0001";

async fn profile(app: &TestApp, body: Value) -> Answer {
    app.send(
        Method::PATCH,
        "/api/tickets/organizers/me",
        &app.organizer,
        Some(&body),
    )
    .await
}

async fn registered(app: &TestApp, taxes: &[(&str, &str)]) {
    let list: Vec<Value> = taxes
        .iter()
        .map(|(tax, number)| json!({ "tax": tax, "number": number }))
        .collect();
    profile(app, json!({ "tax_registrations": list }))
        .await
        .expect(200);
}

async fn change_tier(app: &TestApp, tier: &str, body: Value) -> Answer {
    app.send(
        Method::PATCH,
        &format!("/api/tickets/tiers/{tier}"),
        &app.organizer,
        Some(&body),
    )
    .await
}

/// The taxes of a new order of one ticket, as the API names them.
async fn taxes_of(app: &TestApp, event: &EventMade, tier: usize) -> Vec<(String, i64)> {
    let checkout = app
        .checkout(event, &[(&event.tiers[tier], 1)])
        .await
        .expect(201);
    let order = app.order(&checkout).await;
    let taxes = order["taxes"].as_array().expect("taxes");
    let pair = |t: &Value| {
        (
            t["name"].as_str().unwrap().to_owned(),
            t["amount_cents"].as_i64().unwrap(),
        )
    };
    taxes.iter().map(pair).collect()
}

fn named(taxes: &[(&str, i64)]) -> Vec<(String, i64)> {
    taxes.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect()
}

on_both!(
    a_registration_without_its_number_or_with_a_wrong_one_is_refused_with_a_sentence,
    |app| {
        let list = |tax: &str, number: &str| json!({ "tax_registrations": [{ "tax": tax, "number": number }] });
        for (body, field) in [
            (json!({ "registered_gst_hst": true }), "gst_hst_number"),
            (
                json!({ "registered_gst_hst": true, "gst_hst_number": "" }),
                "gst_hst_number",
            ),
            (
                json!({ "registered_gst_hst": true, "gst_hst_number": "123456789" }),
                "gst_hst_number",
            ),
            (
                json!({ "registered_qst": true, "qst_number": "123456789TQ0001" }),
                "qst_number",
            ),
            (
                json!({ "registered_pst": true, "pst_number": "PST-123-4567" }),
                "pst_number",
            ),
            (json!({ "gst_hst_number": GST }), "registered_gst_hst"),
            (list("gst_hst", ""), "tax_registrations[0].number"),
            (
                list("gst_hst", "123456789RP0001"),
                "tax_registrations[0].number",
            ),
            (list("bc_pst", "1234567"), "tax_registrations[0].number"),
            (
                list("sk_pst", "PST-1234-5678"),
                "tax_registrations[0].number",
            ),
            (list("vat", "GB123"), "tax_registrations[0].tax"),
            (
                json!({ "tax_registrations": [{ "tax": "gst_hst", "number": GST, "from": "soon" }] }),
                "tax_registrations[0].from",
            ),
            (
                json!({ "tax_registrations": [{ "tax": "gst_hst", "number": GST, "from": "2026-12-02", "until": "2026-12-01" }] }),
                "tax_registrations[0].until",
            ),
            (
                json!({ "tax_registrations": [{ "tax": "qst", "number": "1234567890TQ0001" }, { "tax": "qst", "number": "1234567890TQ0001" }] }),
                "tax_registrations[1].tax",
            ),
        ] {
            let refused = profile(&app, body.clone()).await;
            assert_eq!(refused.problem(422), "invalid", "{body}");
            let fields = refused.json()["fields"].clone();
            assert_eq!(fields[0]["field"], field, "{body} {fields}");
            assert!(
                fields[0]["message"].as_str().is_some_and(|m| m.len() > 15),
                "{fields}"
            );
        }
        let me = app
            .send(
                Method::GET,
                "/api/tickets/organizers/me",
                &app.organizer,
                None,
            )
            .await
            .expect(200);
        assert_eq!(me["tax_registrations"], json!([]), "nothing was kept");

        let good = json!({ "registered_gst_hst": true, "gst_hst_number": "12345 6789 rt0001", "registered_pst": true, "pst_number": "1234567" });
        let kept = profile(&app, good).await.expect(200);
        let numbers: Vec<&str> = kept["tax_registrations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r["number"].as_str().unwrap())
            .collect();
        assert_eq!(numbers, ["123456789 RT0001", "1234567"]);
        assert_eq!(kept["tax_registrations"][1]["tax"], "sk_pst");
        let gone = profile(&app, json!({ "registered_pst": false }))
            .await
            .expect(200);
        assert_eq!(gone["tax_registrations"].as_array().map(Vec::len), Some(1));
        app.finish().await;
    }
);

on_both!(
    a_sale_before_the_first_day_of_a_registration_carries_no_tax,
    |app| {
        let today = app.house().now();
        let zone = model::time::Zone::parse("America/Vancouver").unwrap();
        let day =
            |days: i64| model::day::Day::of(today.plus_seconds(days * 86_400), &zone).to_string();
        let event = app.event(&[GENERAL]).await;
        let from = |first: String| json!({ "tax_registrations": [{ "tax": "gst_hst", "number": GST, "from": first }] });
        profile(&app, from(day(1))).await.expect(200);
        assert_eq!(
            taxes_of(&app, &event, 0).await,
            named(&[("GST", 7)]),
            "our own on the fee"
        );
        let before = app.get(&format!("/tickets/e/{}", event.slug)).await.text();
        app.advance(86_400);
        assert_eq!(taxes_of(&app, &event, 0).await, named(&[("GST", 132)]));
        assert!(before.contains("plus tax"));
        let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        assert_eq!(order["tax_cents"], 132);
        app.advance(2_000);
        app::checkout::release_lapsed(app.house())
            .await
            .expect("a round");
        app.finish().await;
    }
);

on_both!(
    a_provincial_registration_counts_in_its_own_province_only,
    |app| {
        registered(&app, &[("gst_hst", GST), ("bc_pst", "PST-1234-5678")]).await;
        let goods = |province: &str| json!({ "province": province, "timezone": "America/Regina" });
        for (province, expected) in [
            ("BC", named(&[("GST", 132), ("PST", 175)])),
            ("SK", named(&[("GST", 132)])),
            ("MB", named(&[("GST", 132)])),
        ] {
            let event = app.event_with(goods(province), &[GENERAL]).await;
            change_tier(&app, &event.tiers[0], json!({ "item_class": "goods" }))
                .await
                .expect(200);
            assert_eq!(taxes_of(&app, &event, 0).await, expected, "{province}");
        }
        registered(&app, &[("gst_hst", GST), ("mb_rst", "7654321")]).await;
        let event = app.event_with(goods("MB"), &[GENERAL]).await;
        change_tier(&app, &event.tiers[0], json!({ "item_class": "goods" }))
            .await
            .expect(200);
        assert_eq!(
            taxes_of(&app, &event, 0).await,
            named(&[("GST", 132), ("RST", 175)])
        );
        app.advance(2_000);
        app::checkout::release_lapsed(app.house())
            .await
            .expect("a round");
        app.finish().await;
    }
);

on_both!(a_tier_carries_the_taxes_that_its_organizer_chose, |app| {
    registered(&app, &[("gst_hst", GST)]).await;
    let event = app
        .event(&[
            GENERAL,
            Tier {
                name: "Dinner",
                ..GENERAL
            },
        ])
        .await;
    let dinner = event.tiers[1].clone();
    for (taxes, words) in [
        (json!(["HST"]), "HST is not charged in BC"),
        (json!(["VAT"]), "GST, HST, PST or QST"),
        (
            json!(["GST", "PST"]),
            "To charge PST, give its registration number",
        ),
    ] {
        let refused = change_tier(&app, &dinner, json!({ "taxes": taxes })).await;
        assert_eq!(refused.problem(422), "invalid", "{taxes}");
        assert!(refused.text().contains(words), "{}", refused.text());
    }
    registered(&app, &[("gst_hst", GST), ("bc_pst", "PST-1234-5678")]).await;
    let chosen = change_tier(&app, &dinner, json!({ "taxes": ["PST", "GST"] }))
        .await
        .expect(200);
    assert_eq!(chosen["taxes"], json!(["GST", "PST"]));
    assert_eq!(
        taxes_of(&app, &event, 1).await,
        named(&[("GST", 132), ("PST", 175)])
    );
    assert_eq!(
        taxes_of(&app, &event, 0).await,
        named(&[("GST", 132)]),
        "the other tier is as it was"
    );

    // Where the event goes, its tiers' taxes must be charged too; and Stripe Tax decides by itself.
    let path = format!("/api/tickets/events/{}", event.id);
    let moved = app
        .send(
            Method::PATCH,
            &path,
            &app.organizer,
            Some(&json!({ "province": "ON" })),
        )
        .await;
    assert_eq!(moved.problem(422), "invalid");
    assert!(
        moved.text().contains("is not charged in ON"),
        "{}",
        moved.text()
    );
    let stripe = app
        .send(
            Method::PATCH,
            &path,
            &app.organizer,
            Some(&json!({ "tax_engine": "stripe" })),
        )
        .await;
    assert_eq!(stripe.problem(422), "invalid");

    let exempt = change_tier(&app, &dinner, json!({ "taxes": [] }))
        .await
        .expect(200);
    assert_eq!(exempt["taxes"], json!([]));
    assert_eq!(taxes_of(&app, &event, 1).await, named(&[("GST", 7)]));
    let by_class = change_tier(&app, &dinner, json!({ "taxes": null }))
        .await
        .expect(200);
    assert_eq!(by_class["taxes"], Value::Null);
    assert_eq!(taxes_of(&app, &event, 1).await, named(&[("GST", 132)]));
    let donation = change_tier(
        &app,
        &dinner,
        json!({ "item_class": "donation", "taxes": ["GST"] }),
    )
    .await;
    assert_eq!(donation.problem(422), "invalid");
    app.advance(2_000);
    app::checkout::release_lapsed(app.house())
        .await
        .expect("a round");
    app.finish().await;
});

on_both!(no_organizers_choice_touches_the_tax_on_our_own_fee, |app| {
    registered(&app, &[("gst_hst", GST)]).await;
    let event = app
        .event_with(json!({ "tax_engine": "none" }), &[GENERAL])
        .await;
    let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
    assert_eq!(order["total_cents"], 2_500 + 147 + 7);
    assert_eq!(
        order["taxes"],
        json!([{ "name": "GST", "rate_ppm": 50_000, "amount_cents": 7 }])
    );
    let page = app.get(&format!("/tickets/e/{}", event.slug)).await.text();
    assert!(page.contains("incl. $1.47 fee, plus tax"));
    app.finish().await;
});

on_both!(
    a_sum_with_taxes_inside_the_prices_adds_up_line_by_line,
    |app| {
        registered(&app, &[("gst_hst", GST), ("qst", "1234567890TQ0001")]).await;
        let quebec =
            json!({ "province": "QC", "timezone": "America/Toronto", "tax_inclusive": true });
        let event = app
            .event_with(
                quebec,
                &[Tier {
                    cents: 1_000,
                    ..GENERAL
                }],
            )
            .await;
        let page = app.get(&format!("/tickets/e/{}", event.slug)).await.text();
        assert!(
            page.contains("ticket tax included, plus tax on the fee"),
            "{page}"
        );
        let form = app
            .get(&format!(
                "/tickets/checkout/{}/{}",
                event.id, event.tiers[0]
            ))
            .await
            .text();
        for line in [
            "GST 5% (included)</th><td>$0.43",
            "QST 9.975% (included)</th><td>$0.87",
            "GST 5% on the fee</th><td>$0.05",
            "$10.99 CAD",
        ] {
            assert!(form.contains(line), "{line} is not in {form}");
        }
        let order = app.buy(&event, &[(&event.tiers[0], 1)]).await;
        // 8.70 and 1.30 are the price; the fee is 0.94 with 0.05 of GST.
        assert_eq!(
            (
                order["subtotal_cents"].as_i64(),
                order["total_cents"].as_i64()
            ),
            (Some(870), Some(1_099))
        );
        app.finish().await;
    }
);
