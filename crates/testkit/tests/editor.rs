//! Making and changing events through the front door: from a draft to the door, by the API.

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
    capacity: 5,
};
const STUDENT: Tier = Tier {
    name: "Student",
    cents: 1_200,
    capacity: 20,
};

async fn own(app: &TestApp, method: Method, path: &str, body: Value) -> Answer {
    app.send(method, path, &app.organizer, Some(&body)).await
}

fn of(event: &EventMade, part: &str) -> String {
    format!("/api/tickets/events/{}{part}", event.id)
}

async fn seen(app: &TestApp, event: &EventMade) -> Value {
    app.send(Method::GET, &of(event, ""), &app.organizer, None)
        .await
        .expect(200)
}

on_both!(everything_that_is_missing_is_told_at_once, |app| {
    let bare = json!({ "title": "Mela", "start_at": "2027-01-16T19:00:00-08:00", "end_at": "2027-01-16T23:00:00-08:00" });
    let event = own(&app, Method::POST, "/api/tickets/events", bare)
        .await
        .expect(201);
    let path = format!("/api/tickets/events/{}", event["id"].as_str().unwrap());
    let refused = own(&app, Method::PATCH, &path, json!({ "status": "published" })).await;
    assert_eq!(refused.problem(409), "not-ready");
    let codes: Vec<String> = refused.json()["missing"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["code"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(codes, ["venue", "tiers"]);
    let place = json!({ "venue": "Hall", "city": "Surrey" });
    own(&app, Method::PATCH, &path, place).await.expect(200);
    let tier = json!({ "name": "General", "price_cents": 0, "capacity": 10 });
    own(&app, Method::POST, &format!("{path}/tiers"), tier)
        .await
        .expect(201);
    let published = own(&app, Method::PATCH, &path, json!({ "status": "published" }))
        .await
        .expect(200);
    assert_eq!(published["status"], "published");
    app.finish().await;
});

on_both!(
    of_two_tabs_the_slower_one_is_told_and_overwrites_nothing,
    |app| {
        let event = app.event(&[GENERAL]).await;
        let start = seen(&app, &event).await["revision"].as_i64().unwrap();
        let fast = json!({ "summary": "From the first tab", "revision": start });
        let fast = own(&app, Method::PATCH, &of(&event, ""), fast)
            .await
            .expect(200);
        assert_eq!(fast["revision"], start + 1);
        let slow = json!({ "summary": "From the second tab", "revision": start });
        let slow = own(&app, Method::PATCH, &of(&event, ""), slow).await;
        assert_eq!(slow.problem(409), "stale");
        assert_eq!(seen(&app, &event).await["summary"], "From the first tab");
        app.finish().await;
    }
);

on_both!(
    a_capacity_below_what_is_sold_is_refused_with_the_number,
    |app| {
        let event = app.event(&[GENERAL]).await;
        app.buy(&event, &[(&event.tiers[0], 3)]).await;
        let path = format!("/api/tickets/tiers/{}", event.tiers[0]);
        let refused = own(&app, Method::PATCH, &path, json!({ "capacity": 2 })).await;
        assert_eq!(refused.problem(409), "capacity-too-small");
        assert_eq!(refused.json()["taken"], 3);
        own(&app, Method::PATCH, &path, json!({ "capacity": 3 }))
            .await
            .expect(200);
        assert_eq!(app.remaining(&event, 0).await, 0);
        let gone = app.send(Method::DELETE, &path, &app.organizer, None).await;
        assert_eq!(gone.problem(409), "in-use");
        app.finish().await;
    }
);

on_both!(
    tiers_stand_in_the_order_that_was_given_and_in_no_half_order,
    |app| {
        let event = app.event(&[GENERAL, STUDENT]).await;
        let [general, student] = [&event.tiers[0], &event.tiers[1]];
        let order = json!({ "tier_ids": [student, general] });
        assert_eq!(
            own(&app, Method::PUT, &of(&event, "/tier-order"), order)
                .await
                .status,
            204
        );
        let names: Vec<Value> = seen(&app, &event).await["tiers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|t| t["name"].clone())
            .collect();
        assert_eq!(names, ["Student", "General"]);
        for half in [
            json!([student]),
            json!([student, student]),
            json!([general, student, "tier_x"]),
        ] {
            let refused = own(
                &app,
                Method::PUT,
                &of(&event, "/tier-order"),
                json!({ "tier_ids": half }),
            )
            .await;
            assert_eq!(refused.problem(422), "invalid");
        }
        app.finish().await;
    }
);

on_both!(
    a_price_that_is_being_typed_is_told_as_checkout_would_take_it,
    |app| {
        let event = app.event(&[GENERAL]).await;
        let tried = own(
            &app,
            Method::POST,
            &of(&event, "/price"),
            json!({ "price_cents": 2_500 }),
        )
        .await
        .expect(200);
        let items = json!([{ "tier_id": event.tiers[0], "qty": 1 }]);
        let quote = app
            .post(
                "/api/tickets/checkout/quote",
                &json!({ "event_id": event.id, "items": items }),
            )
            .await
            .expect(200);
        for field in ["fees_cents", "tax_cents", "total_cents"] {
            assert_eq!(tried[field], quote[field], "{field}");
        }
        let listed = &seen(&app, &event).await["tiers"][0];
        assert_eq!(tried["display_price_cents"], listed["display_price_cents"]);
        let bad = own(
            &app,
            Method::POST,
            &of(&event, "/price"),
            json!({ "price_cents": -1 }),
        )
        .await;
        assert_eq!(bad.problem(422), "invalid");
        app.finish().await;
    }
);

on_both!(
    a_copy_has_the_words_tickets_and_codes_on_its_own_day_and_nothing_sold,
    |app| {
        let event = app.event(&[GENERAL, STUDENT]).await;
        let window = json!({ "sales_end_at": "2027-01-15T12:00:00-08:00" });
        own(
            &app,
            Method::PATCH,
            &format!("/api/tickets/tiers/{}", event.tiers[0]),
            window,
        )
        .await
        .expect(200);
        app.code(&event, json!({ "code": "EARLY", "type": "percent", "value": 10, "tier_ids": [event.tiers[1]], "max_uses": 5 })).await;
        app.buy(&event, &[(&event.tiers[0], 2)]).await;
        // From winter into summer: hours stay what they are on the wall.
        let wanted = json!({ "title": "Summer Mela", "start_at": "2027-07-17T20:00:00-07:00" });
        let copy = own(&app, Method::POST, &of(&event, "/duplicate"), wanted)
            .await
            .expect(201);
        assert_eq!(
            (copy["status"].as_str(), copy["title"].as_str()),
            (Some("draft"), Some("Summer Mela"))
        );
        assert_ne!(copy["slug"], json!(event.slug));
        assert_eq!(copy["end_at"], "2027-07-18T00:00:00-07:00");
        let tiers = copy["tiers"].as_array().unwrap();
        let told: Vec<_> = tiers
            .iter()
            .map(|t| {
                (
                    t["name"].as_str().unwrap(),
                    t["sold"].as_i64(),
                    t["capacity"].as_i64(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("General", Some(0), Some(5)),
                ("Student", Some(0), Some(20))
            ]
        );
        assert_eq!(tiers[0]["sales_end_at"], "2027-07-16T13:00:00-07:00");
        let codes = format!(
            "/api/tickets/events/{}/discounts",
            copy["id"].as_str().unwrap()
        );
        let codes = app
            .send(Method::GET, &codes, &app.organizer, None)
            .await
            .expect(200);
        assert_eq!(codes["discounts"][0]["code"], "EARLY");
        assert_eq!(codes["discounts"][0]["tier_ids"], json!([tiers[1]["id"]]));
        assert_eq!(
            app.remaining(&event, 0).await,
            3,
            "the first one is as it was"
        );
        let stranger = app
            .send(
                Method::POST,
                &of(&event, "/duplicate"),
                &event.scanner,
                Some(&json!({})),
            )
            .await;
        assert_eq!(stranger.problem(403), "forbidden");
        app.finish().await;
    }
);

on_both!(an_event_is_put_away_and_brought_back, |app| {
    let event = app.event(&[GENERAL]).await;
    let page = format!("/tickets/e/{}", event.slug);
    own(
        &app,
        Method::PATCH,
        &of(&event, ""),
        json!({ "status": "archived" }),
    )
    .await
    .expect(200);
    assert_eq!(app.get(&page).await.status, 404);
    own(
        &app,
        Method::PATCH,
        &of(&event, ""),
        json!({ "status": "published" }),
    )
    .await
    .expect(200);
    assert_eq!(app.get(&page).await.status, 200);
    app.finish().await;
});

on_both!(
    a_devices_key_is_listed_with_its_last_use_and_ends_at_once,
    |app| {
        let event = app.event(&[GENERAL]).await;
        let keys = of(&event, "/scanner-keys");
        let list = async || {
            app.send(Method::GET, &keys, &app.organizer, None)
                .await
                .expect(200)["keys"]
                .clone()
        };
        let fresh = list().await;
        assert_eq!(
            (
                fresh[0]["name"].as_str(),
                fresh[0]["last_used_at"].is_null()
            ),
            (Some("Front door"), true)
        );
        assert!(
            !fresh.to_string().contains("jt_scan"),
            "no secret is listed"
        );
        assert_eq!(app.scan(&event, "NOTHING").await["result"], "not_found");
        assert!(list().await[0]["last_used_at"].is_string());
        let key = format!("{keys}/{}", fresh[0]["id"].as_str().unwrap());
        assert_eq!(
            app.send(Method::DELETE, &key, &app.organizer, None)
                .await
                .status,
            204
        );
        assert_eq!(
            app.send(Method::DELETE, &key, &app.organizer, None)
                .await
                .status,
            204,
            "twice is once"
        );
        let scan = app
            .send(
                Method::POST,
                "/api/tickets/tickets/validate",
                &event.scanner,
                Some(&json!({ "token": "NOTHING" })),
            )
            .await;
        assert_eq!(scan.problem(401), "unauthorized");
        assert!(list().await[0]["revoked_at"].is_string());
        let other = app
            .event_with(json!({ "title": "Another" }), &[GENERAL])
            .await;
        let crossed = key.replace(&event.id, &other.id);
        assert_eq!(
            app.send(Method::DELETE, &crossed, &app.organizer, None)
                .await
                .problem(404),
            "not-found"
        );
        app.finish().await;
    }
);
