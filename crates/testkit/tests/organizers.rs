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
    an_organizers_own_events_come_in_pages_with_their_tiers,
    |app| {
        let tier = |name| Tier {
            name,
            cents: 0,
            capacity: 10,
        };
        for month in ["2027-01", "2027-03", "2027-02"] {
            let times = json!({
                "title": format!("In {month}"),
                "start_at": format!("{month}-10T19:00:00-08:00"),
                "end_at": format!("{month}-10T22:00:00-08:00"),
            });
            app.event_with(times, &[tier("Floor"), tier("Balcony")])
                .await;
        }
        let mine = async |query: &str| {
            let path = format!("/api/tickets/organizers/me/events?{query}");
            app.send(Method::GET, &path, &app.organizer, None).await
        };
        let titles = |page: &Value| -> Vec<String> {
            let events = page["events"].as_array().expect("events");
            let title = |e: &Value| {
                assert_eq!(e["tiers"].as_array().map(Vec::len), Some(2), "{e}");
                e["title"].as_str().expect("a title").to_owned()
            };
            events.iter().map(title).collect()
        };
        let first = mine("limit=2").await.expect(200);
        assert_eq!(titles(&first), ["In 2027-03", "In 2027-02"]);
        let cursor = first["next_cursor"].as_str().expect("there is more");
        let last = mine(&format!("cursor={cursor}")).await.expect(200);
        assert_eq!(titles(&last), ["In 2027-01"]);
        assert_eq!(last["next_cursor"], Value::Null);
        assert_eq!(mine("limit=0").await.problem(422), "invalid");
        assert_eq!(mine("cursor=moon").await.problem(422), "invalid");
        app.finish().await;
    }
);
