//! Organizers, events and tiers: made, refused, published, changed.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{TestApp, Tier, on_both};

async fn newcomer(app: &TestApp) -> String {
    let mut cx = app.house().cx(app::Actor::System);
    let account = app::accounts::ensure(
        app.house(),
        &mut cx,
        "new@example.ca",
        "New Society",
        app::accounts::Role::User,
    )
    .await
    .expect("an account");
    app::access::issue_key(
        app.house(),
        &mut cx,
        app::access::Purpose::Organizer(account.id),
        "test",
    )
    .await
    .expect("a key")
    .secret
}

on_both!(
    an_organizer_connects_and_can_sell_once_stripe_says_so,
    |app| {
        let token = newcomer(&app).await;
        assert_eq!(
            app.send(Method::GET, "/api/tickets/organizers/me", &token, None)
                .await
                .status,
            404
        );
        let connected = app
            .send(
                Method::POST,
                "/api/tickets/organizers/connect",
                &token,
                Some(&json!({})),
            )
            .await
            .expect(200);
        assert!(
            connected["url"]
                .as_str()
                .is_some_and(|u| u.starts_with(&app.stripe.url()))
        );
        let again = app
            .send(
                Method::POST,
                "/api/tickets/organizers/connect",
                &token,
                Some(&json!({})),
            )
            .await
            .expect(200);
        assert_eq!(connected["organizer"]["id"], again["organizer"]["id"]);
        assert_ne!(connected["url"], again["url"], "a link is used once");

        let event = json!({ "title": "First night", "venue": "Hall", "city": "Surrey", "start_at": "2027-02-01T19:00:00-08:00", "end_at": "2027-02-01T22:00:00-08:00" });
        let event = app
            .send(Method::POST, "/api/tickets/events", &token, Some(&event))
            .await
            .expect(201);
        let path = format!(
            "/api/tickets/events/{}",
            event["id"].as_str().expect("an id")
        );
        let publish = json!({ "status": "published" });
        let missing = app.send(Method::PATCH, &path, &token, Some(&publish)).await;
        assert_eq!(missing.problem(409), "not-ready");
        app.send(
            Method::POST,
            &format!("{path}/tiers"),
            &token,
            Some(&json!({ "name": "Seat", "price_cents": 2_000, "capacity": 10 })),
        )
        .await
        .expect(201);
        assert_eq!(
            app.send(Method::PATCH, &path, &token, Some(&publish))
                .await
                .problem(409),
            "not-ready"
        );

        let me = app
            .send(Method::GET, "/api/tickets/organizers/me", &token, None)
            .await
            .expect(200);
        assert_ne!(me["status"], "active");
        let mut read = app.house().read().await.expect("a connection");
        let id = model::ids::OrganizerId::parse(me["id"].as_str().expect("an id")).expect("an id");
        let organizer = store::organizers::by_id(&mut read, &id)
            .await
            .expect("a row")
            .expect("an organizer");
        drop(read);
        app.stripe
            .sim
            .connect_active_account(organizer.stripe_account_id.as_deref());
        let me = app
            .send(Method::GET, "/api/tickets/organizers/me", &token, None)
            .await
            .expect(200);
        assert_eq!(me["status"], "active");
        assert_eq!(
            app.send(Method::PATCH, &path, &token, Some(&publish))
                .await
                .expect(200)["status"],
            "published"
        );
        app.finish().await;
    }
);

on_both!(
    a_tier_changes_within_what_is_sold_and_goes_only_while_unsold,
    |app| {
        let event = app
            .event(&[Tier {
                name: "Free",
                cents: 0,
                capacity: 10,
            }])
            .await;
        app.buy(&event, &[(&event.tiers[0], 4)]).await;
        let path = format!("/api/tickets/tiers/{}", event.tiers[0]);
        let patch = |body: Value| {
            let (app, path) = (&app, path.clone());
            async move {
                app.send(Method::PATCH, &path, &app.organizer, Some(&body))
                    .await
            }
        };
        assert_eq!(
            patch(json!({ "capacity": 3 })).await.problem(409),
            "capacity-too-small"
        );
        assert_eq!(
            patch(json!({ "capacity": 4 })).await.expect(200)["capacity"],
            4
        );
        assert_eq!(app.remaining(&event, 0).await, 0);
        assert_eq!(
            app.send(Method::DELETE, &path, &app.organizer, None)
                .await
                .problem(409),
            "in-use"
        );
        let spare = app
            .send(
                Method::POST,
                &format!("/api/tickets/events/{}/tiers", event.id),
                &app.organizer,
                Some(&json!({ "name": "Spare", "price_cents": 0, "capacity": 1 })),
            )
            .await
            .expect(201);
        let spare = format!(
            "/api/tickets/tiers/{}",
            spare["id"].as_str().expect("an id")
        );
        assert_eq!(
            app.send(Method::DELETE, &spare, &app.organizer, None)
                .await
                .status,
            204
        );
        assert_eq!(
            app.send(Method::DELETE, &spare, &app.organizer, None)
                .await
                .status,
            404
        );
        app.finish().await;
    }
);

on_both!(
    the_public_list_shows_all_in_prices_and_pages_through,
    |app| {
        for at in 0..5 {
            app.event_with(json!({ "title": format!("Night {at}"), "city": if at == 0 { "Montréal" } else { "Surrey" } }), &[Tier { name: "Seat", cents: 2_500, capacity: 3 }]).await;
        }
        let first = app
            .get("/api/tickets/events/public?limit=3")
            .await
            .expect(200);
        assert_eq!(first["events"].as_array().map(Vec::len), Some(3));
        assert_eq!(
            first["events"][0]["tiers"][0]["display_price_cents"],
            2_500 + 147
        );
        let cursor = first["next_cursor"].as_str().expect("a cursor");
        let second = app
            .get(&format!(
                "/api/tickets/events/public?limit=3&cursor={cursor}"
            ))
            .await
            .expect(200);
        assert_eq!(second["events"].as_array().map(Vec::len), Some(2));
        assert!(second["next_cursor"].is_null());
        let city = app
            .get("/api/tickets/events/public?city=montreal")
            .await
            .expect(200);
        assert_eq!(city["events"].as_array().map(Vec::len), Some(1));
        let words = app
            .get("/api/tickets/events/public?q=NIGHT%203")
            .await
            .expect(200);
        assert_eq!(words["events"][0]["title"], "Night 3");
        app.finish().await;
    }
);

on_both!(an_events_own_capacity_binds_all_its_tiers, |app| {
    let tiers = [
        Tier {
            name: "Floor",
            cents: 0,
            capacity: 10,
        },
        Tier {
            name: "Balcony",
            cents: 0,
            capacity: 10,
        },
    ];
    let event = app.event_with(json!({ "capacity": 12 }), &tiers).await;
    app.buy(&event, &[(&event.tiers[0], 8)]).await;
    assert_eq!(app.remaining(&event, 1).await, 4);
    assert_eq!(
        app.checkout(&event, &[(&event.tiers[1], 5)])
            .await
            .problem(409),
        "sold-out"
    );
    app.checkout(&event, &[(&event.tiers[1], 4)])
        .await
        .expect(201);
    assert_eq!(
        app.checkout(&event, &[(&event.tiers[0], 1)])
            .await
            .problem(409),
        "sold-out"
    );
    app.finish().await;
});

on_both!(
    an_organizers_events_come_page_by_page_with_their_drafts_and_tiers,
    |app| {
        let token = newcomer(&app).await;
        let connect = "/api/tickets/organizers/connect";
        app.send(Method::POST, connect, &token, Some(&json!({})))
            .await
            .expect(200);
        for day in 1..=5 {
            let event = json!({ "title": format!("Night {day}"), "start_at": format!("2027-02-0{day}T19:00:00-08:00"), "end_at": format!("2027-02-0{day}T22:00:00-08:00") });
            let event = app
                .send(Method::POST, "/api/tickets/events", &token, Some(&event))
                .await
                .expect(201);
            let tiers = format!(
                "/api/tickets/events/{}/tiers",
                event["id"].as_str().expect("an id")
            );
            let tier = json!({ "name": format!("Seat {day}"), "price_cents": 0, "capacity": 10 });
            app.send(Method::POST, &tiers, &token, Some(&tier))
                .await
                .expect(201);
        }
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/tickets/organizers/me/events?limit=2&cursor={cursor}");
            let page = app.send(Method::GET, &path, &token, None).await.expect(200);
            for event in page["events"].as_array().expect("events") {
                let tiers = event["tiers"].as_array().expect("tiers");
                assert_eq!(tiers.len(), 1, "{event}");
                seen.push(format!("{} {}", event["title"], tiers[0]["name"]));
            }
            match page["next_cursor"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        let wanted = [5, 4, 3, 2, 1].map(|day| format!("\"Night {day}\" \"Seat {day}\""));
        assert_eq!(seen, wanted);
        let none = "/api/tickets/organizers/me/events?limit=0";
        let refused = app.send(Method::GET, none, &token, None).await;
        assert_eq!(refused.status, 422);
    }
);
