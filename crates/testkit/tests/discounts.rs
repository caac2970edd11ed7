//! Discount codes through the front door: made, used, refused, unlocked, given back.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{TestApp, Tier, card, on_both};

const GENERAL: Tier = Tier {
    name: "General",
    cents: 2_500,
    capacity: 20,
};
const SHIRT: Tier = Tier {
    name: "Shirt",
    cents: 2_000,
    capacity: 20,
};

fn tenth() -> Value {
    json!({ "code": "Diwali10", "type": "percent", "value": 10, "max_uses": 2 })
}

fn cents(order: &Value, fields: [&str; 5]) -> [i64; 5] {
    fields.map(|field| order[field].as_i64().expect("cents"))
}

const SUMS: [&str; 5] = [
    "discount_cents",
    "subtotal_cents",
    "fees_cents",
    "tax_cents",
    "total_cents",
];

on_both!(a_code_takes_its_share_off_and_every_paper_says_so, |app| {
    let event = app.event(&[GENERAL]).await;
    let code = app.code(&event, tenth()).await;
    assert_eq!(
        (code["code"].as_str(), code["remaining"].as_i64()),
        (Some("Diwali10"), Some(2))
    );
    // A tenth of 2 × 25.00 is 5.00. Fees of 3.5 % + 0.59 on 22.50 are 1.38 each; 5 % GST on 2.76 is 0.14.
    let expected = [500, 4_500, 276, 14, 4_790];
    let body = json!({ "event_id": event.id, "items": [{ "tier_id": event.tiers[0], "qty": 2 }], "discount_code": " DIWALI10" });
    let quote = app
        .post("/api/tickets/checkout/quote", &body)
        .await
        .expect(200);
    assert_eq!(cents(&quote, SUMS), expected);
    assert_eq!(quote["lines"][0]["discount_cents"], 500);
    assert_eq!(quote["discount"]["code"], "Diwali10");
    assert_eq!(app.uses(&event).await, (0, 0), "a quote takes no use");

    let checkout = app
        .checkout_with(&event, &[(&event.tiers[0], 2)], "diwali10")
        .await
        .expect(201);
    assert_eq!(checkout["total_cents"], 4_790);
    assert_eq!(app.uses(&event).await, (1, 0));
    app.pay(&checkout, card::GOOD).expect("a good card");
    app.settle().await;
    assert_eq!(app.uses(&event).await, (0, 1));
    let order = app.order(&checkout).await;
    assert_eq!(cents(&order, SUMS), expected);
    assert_eq!(order["discount_code"], "Diwali10");
    let mail = &app.mail.sent()[0];
    assert!(
        mail.text.contains("Discount (Diwali10): −$5.00"),
        "{}",
        mail.text
    );
    let page = app
        .get(&format!(
            "/tickets/order/{}?key={}",
            checkout["order_id"].as_str().unwrap(),
            checkout["order_token"].as_str().unwrap()
        ))
        .await;
    assert!(page.status < 400, "{}", page.status);
    app.finish().await;
});

on_both!(
    a_code_for_some_tiers_leaves_the_others_at_their_price,
    |app| {
        let event = app.event(&[GENERAL, SHIRT]).await;
        let fields = json!({ "code": "SEATS", "type": "fixed", "value": 6_000, "tier_ids": [event.tiers[0]], "min_qty": 2 });
        app.code(&event, fields).await;
        let quote = async |general: i64, shirts: i64| {
            let items = [(&event.tiers[0], general), (&event.tiers[1], shirts)];
            let items: Vec<Value> = items
                .iter()
                .filter(|(_, qty)| *qty > 0)
                .map(|(tier, qty)| json!({ "tier_id": tier, "qty": qty }))
                .collect();
            let body = json!({ "event_id": event.id, "items": items, "discount_code": "seats" });
            app.post("/api/tickets/checkout/quote", &body).await
        };
        // Sixty dollars off, but the two seats cost only fifty: the shirt stays at its price.
        let priced = quote(2, 1).await.expect(200);
        let lines = priced["lines"].as_array().expect("lines");
        let shares: Vec<i64> = lines
            .iter()
            .map(|l| l["discount_cents"].as_i64().unwrap())
            .collect();
        assert_eq!(shares, [5_000, 0]);
        assert_eq!(priced["subtotal_cents"], 2_000);
        let few = quote(1, 3).await;
        assert_eq!(few.problem(422), "discount-minimum");
        assert_eq!(few.json()["least"], 2);
        assert_eq!(quote(0, 1).await.problem(422), "discount-not-eligible");
        app.finish().await;
    }
);

on_both!(each_refusal_has_its_own_code_and_takes_nothing, |app| {
    let event = app.event(&[GENERAL]).await;
    let now = app.house().now();
    let mut fields = tenth();
    fields["starts_at"] = json!(now.plus_seconds(100).to_iso());
    fields["ends_at"] = json!(now.plus_seconds(200).to_iso());
    fields["max_uses"] = json!(1);
    let code = app.code(&event, fields).await;
    let buy = async |code: &str| {
        app.checkout_with(&event, &[(&event.tiers[0], 1)], code)
            .await
    };
    assert_eq!(buy("NOSUCH").await.problem(422), "unknown-discount");
    let early = buy("Diwali10").await;
    assert_eq!(early.problem(409), "discount-not-yet");
    assert!(early.json()["starts_at"].is_string());
    app.advance(99);
    assert_eq!(buy("Diwali10").await.problem(409), "discount-not-yet");
    app.advance(1);
    let first = buy("Diwali10").await.expect(201);
    assert_eq!(buy("Diwali10").await.problem(409), "discount-used-up");
    let path = format!(
        "/api/tickets/orders/{}/cancel",
        first["order_id"].as_str().unwrap()
    );
    let token = first["order_token"].as_str().unwrap();
    app.send(Method::POST, &path, token, None).await.expect(204);
    assert_eq!(app.uses(&event).await, (0, 0));

    app.change_code(&code, json!({ "status": "disabled" }))
        .await
        .expect(200);
    let (gone, off) = (buy("NOSUCH").await.json(), buy("Diwali10").await.json());
    assert_eq!(
        (&gone["code"], &gone["detail"], &gone["title"]),
        (&off["code"], &off["detail"], &off["title"]),
        "a stranger cannot tell a code that is off from one that never was"
    );
    app.change_code(&code, json!({ "status": "active" }))
        .await
        .expect(200);
    app.advance(99);
    let last = buy("Diwali10").await.expect(201);
    app.advance(1);
    assert_eq!(buy("Diwali10").await.problem(409), "discount-ended");
    app.pay(&last, card::GOOD)
        .expect("a page that was opened in time");
    app.settle().await;
    assert_eq!(app.order(&last).await["status"], "paid");
    assert_eq!(app.uses(&event).await, (0, 1));
    app.finish().await;
});

on_both!(a_code_that_makes_an_order_free_is_used_at_once, |app| {
    let event = app.event(&[GENERAL]).await;
    app.code(
        &event,
        json!({ "code": "GUEST", "type": "percent", "value": 100 }),
    )
    .await;
    let checkout = app
        .checkout_with(&event, &[(&event.tiers[0], 2)], "guest")
        .await
        .expect(201);
    assert_eq!(
        (
            checkout["status"].as_str(),
            checkout["total_cents"].as_i64()
        ),
        (Some("paid"), Some(0))
    );
    assert_eq!(app.uses(&event).await, (0, 1));
    app.code(
        &event,
        json!({ "code": "PENNIES", "type": "percent", "value": 99 }),
    )
    .await;
    let few_cents = app
        .checkout_with(&event, &[(&event.tiers[0], 1)], "pennies")
        .await;
    // 25 cents and a fee of 60 can be paid; what Stripe would not take is refused in words.
    assert!(few_cents.status == 201 || few_cents.problem(422) == "fee-exceeds-price");
    app.finish_after_lapse().await;
});

on_both!(
    hidden_tickets_are_bought_with_their_code_and_not_by_their_link_alone,
    |app| {
        let event = app.event(&[GENERAL, SHIRT]).await;
        let hidden = &event.tiers[1];
        let path = format!("/api/tickets/tiers/{hidden}");
        app.send(
            Method::PATCH,
            &path,
            &app.organizer,
            Some(&json!({ "visibility": "hidden" })),
        )
        .await
        .expect(200);
        let tiers = async |query: &str| {
            let shown = app
                .get(&format!("/api/tickets/events/{}{query}", event.id))
                .await
                .expect(200);
            shown["tiers"].as_array().expect("tiers").len()
        };
        assert_eq!(tiers("").await, 1);
        app.checkout(&event, &[(hidden, 1)]).await.expect(201);

        let fields =
            json!({ "code": "CHOIR", "unlocks_hidden": true, "tier_ids": [hidden], "max_uses": 1 });
        let code = app.code(&event, fields).await;
        assert_eq!(
            (code["value"].as_i64(), tiers("?code=choir").await),
            (Some(0), 2)
        );
        assert_eq!(tiers("").await, 1);
        let bare = app.checkout(&event, &[(hidden, 1)]).await;
        assert_eq!(bare.problem(422), "invalid");
        assert_eq!(bare.json()["fields"][0]["field"], "items");
        let unlocked = app
            .checkout_with(&event, &[(hidden, 1)], "choir")
            .await
            .expect(201);
        assert_eq!(app.uses(&event).await, (1, 0));
        assert_eq!(
            app.checkout_with(&event, &[(hidden, 1)], "choir")
                .await
                .problem(409),
            "discount-used-up"
        );
        let page = app.get(&format!("/tickets/e/{}", event.slug)).await.text();
        assert!(!page.contains("Shirt") && page.contains("Discount code"));
        let page = app
            .get(&format!("/tickets/e/{}?code=CHOIR", event.slug))
            .await
            .text();
        assert!(page.contains("This discount code has been used up."));
        app.change_code(&code, json!({ "max_uses": 5 }))
            .await
            .expect(200);
        let page = app
            .get(&format!("/tickets/e/{}?code=CHOIR", event.slug))
            .await
            .text();
        assert!(page.contains("Shirt") && page.contains("Your code unlocks tickets: Shirt."));
        app.pay(&unlocked, card::GOOD).expect("a good card");
        app.finish_after_lapse().await;
    }
);

on_both!(codes_are_their_organizers_own, |app| {
    let event = app.event(&[GENERAL]).await;
    let code = app.code(&event, tenth()).await;
    let list = format!("/api/tickets/events/{}/discounts", event.id);
    let one = format!("/api/tickets/discounts/{}", code["id"].as_str().unwrap());
    let stranger = stranger(&app).await;
    assert_eq!(app.get(&list).await.problem(401), "unauthorized");
    assert_eq!(app.post(&list, &tenth()).await.problem(401), "unauthorized");
    for (method, path, body) in [
        (Method::GET, &list, None),
        (Method::POST, &list, Some(tenth())),
        (Method::PATCH, &one, Some(json!({ "value": 50 }))),
    ] {
        let answer = app.send(method, path, &stranger, body.as_ref()).await;
        assert_eq!(answer.problem(404), "not-found");
    }
    let mut same = tenth();
    same["code"] = json!("DIWÁLI10");
    let again = app
        .send(Method::POST, &list, &app.organizer, Some(&same))
        .await;
    assert_eq!(again.problem(409), "discount-exists");
    let other = app
        .code(&event, json!({ "code": "B", "type": "fixed", "value": 1 }))
        .await;
    let taken = app.change_code(&other, json!({ "code": "diwali10" })).await;
    assert_eq!(taken.problem(409), "discount-exists");

    let buy = async || {
        app.checkout_with(&event, &[(&event.tiers[0], 1)], "diwali10")
            .await
    };
    let (first, second) = (buy().await.expect(201), buy().await.expect(201));
    let fewer = app.change_code(&code, json!({ "max_uses": 1 })).await;
    assert_eq!(fewer.problem(409), "capacity-too-small");
    assert_eq!(fewer.json()["taken"], 2);
    let changed = app
        .change_code(&code, json!({ "value": 20, "max_uses": null }))
        .await
        .expect(200);
    assert_eq!(
        (
            changed["value"].as_i64(),
            changed["max_uses"].is_null(),
            changed["held_count"].as_i64()
        ),
        (Some(20), true, Some(2))
    );
    // Orders that were priced before keep their price.
    app.pay(&first, card::GOOD).expect("a good card");
    app.settle().await;
    assert_eq!(app.order(&first).await["discount_cents"], 250);
    assert_eq!(
        app.order(&second).await["total_cents"],
        first["total_cents"]
    );
    let page = app
        .send(
            Method::GET,
            &format!("{list}?limit=1"),
            &app.organizer,
            None,
        )
        .await
        .expect(200);
    assert_eq!(page["discounts"][0]["used_count"], 1);
    let next = page["next_cursor"].as_str().expect("another page");
    let page = app
        .send(
            Method::GET,
            &format!("{list}?limit=1&cursor={next}"),
            &app.organizer,
            None,
        )
        .await
        .expect(200);
    assert_eq!(
        (
            page["discounts"][0]["code"].as_str(),
            page["next_cursor"].is_null()
        ),
        (Some("B"), true)
    );
    app.finish_after_lapse().await;
});

async fn stranger(app: &TestApp) -> String {
    let house = app.house();
    let mut cx = house.cx(app::Actor::System);
    let account = app::accounts::ensure(
        house,
        &mut cx,
        "stranger@example.ca",
        "Another Society",
        app::accounts::Role::User,
    );
    let account = account.await.expect("an account");
    let purpose = app::access::Purpose::Organizer(account.id);
    let issued = app::access::issue_key(house, &mut cx, purpose, "test").await;
    issued.expect("a key").secret
}

on_both!(what_makes_no_sense_is_told_field_by_field, |app| {
    let event = app.event(&[GENERAL]).await;
    let path = format!("/api/tickets/events/{}/discounts", event.id);
    let cases = [
        (json!({}), "code"),
        (json!({ "code": "A" }), "type"),
        (json!({ "code": "A", "type": "percent" }), "value"),
        (json!({ "code": "A", "type": "half", "value": 1 }), "type"),
        (
            json!({ "code": "A", "type": "percent", "value": 0 }),
            "value",
        ),
        (
            json!({ "code": "A", "type": "percent", "value": 101 }),
            "value",
        ),
        (
            json!({ "code": "A", "type": "fixed", "value": -1 }),
            "value",
        ),
        (json!({ "code": "  ", "type": "fixed", "value": 1 }), "code"),
        (
            json!({ "code": "A", "type": "fixed", "value": 1, "max_uses": 0 }),
            "max_uses",
        ),
        (
            json!({ "code": "A", "type": "fixed", "value": 1, "min_qty": 0 }),
            "min_qty",
        ),
        (
            json!({ "code": "A", "type": "fixed", "value": 1, "status": "on" }),
            "status",
        ),
        (
            json!({ "code": "A", "type": "fixed", "value": 1, "starts_at": "soon" }),
            "starts_at",
        ),
        (
            json!({ "code": "A", "type": "fixed", "value": 1, "tier_ids": ["tier_00000000000000000000000000"] }),
            "tier_ids[0]",
        ),
        (
            json!({ "code": "A", "type": "fixed", "value": 1, "starts_at": "2027-01-02T00:00:00Z", "ends_at": "2027-01-01T00:00:00Z" }),
            "ends_at",
        ),
    ];
    for (fields, wrong) in cases {
        let answer = app
            .send(Method::POST, &path, &app.organizer, Some(&fields))
            .await;
        assert_eq!(answer.problem(422), "invalid", "{fields}");
        let told = answer.json()["fields"].clone();
        assert!(
            told.as_array().unwrap().iter().any(|f| f["field"] == wrong),
            "{fields}: {told}"
        );
    }
    let key = [("idempotency-key", "one-code")];
    let made = async || {
        app.send_with(Method::POST, &path, &app.organizer, Some(&tenth()), &key)
            .await
    };
    let (first, second) = (made().await, made().await);
    assert_eq!(first.expect(201), second.expect(201));
    assert_eq!(second.header("idempotent-replayed"), "true");
    app.finish().await;
});
