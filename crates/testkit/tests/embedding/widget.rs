//! What the widget is told: the first price that every other page says, in its page's language, or nothing.

use crate::flags::{SEAT, offers};
use serde_json::json;
use testkit::{Tier, on_both};

on_both!(
    the_widget_says_the_first_price_that_every_other_page_says,
    |app| {
        let cheap = Tier {
            name: "Student",
            cents: 1_250,
            capacity: 5,
        };
        let event = app.event(&[SEAT, cheap]).await;
        let ask = |query: &str| format!("/api/tickets/widget?{query}");
        let shown = app.get(&ask(&format!("event={}", event.slug))).await;
        assert_eq!(shown.header("access-control-allow-origin"), "*");
        assert_eq!(shown.header("cache-control"), "public, max-age=5");
        assert_eq!(shown.header("set-cookie"), "");
        let offer = shown.expect(200)["events"][0].clone();
        let public = app
            .get(&format!("/api/tickets/events/{}", event.id))
            .await
            .expect(200);
        assert_eq!(
            offer["from_cents"],
            public["tiers"][1]["display_price_cents"]
        );
        let cents = offer["from_cents"].as_i64().unwrap();
        let words = format!("{}.{:02}", cents / 100, cents % 100);
        assert_eq!(offer["price"], format!("From ${words}"));
        let page = app.get(&format!("/tickets/e/{}", event.slug)).await.text();
        assert!(
            page.contains(&format!("${words}")),
            "the event's page says ${words}"
        );
        let french = app
            .get(&ask(&format!("event={}&lang=fr-CA", event.slug)))
            .await
            .expect(200);
        assert_eq!(
            (
                french["lang"].as_str(),
                french["events"][0]["action"].as_str()
            ),
            (Some("fr-CA"), Some("Acheter des billets"))
        );

        let city = app.get(&ask("city=SURREY")).await.expect(200);
        assert_eq!(city["events"][0]["slug"], event.slug.as_str());
        for none in [
            "city=Victoria",
            "event=never-heard-of-it",
            "event=..%2F..%2Fx",
            "event=%00",
        ] {
            let answer = app.get(&ask(none)).await;
            let empty = answer.status == 422 || answer.expect(200)["events"] == json!([]);
            assert!(empty, "{none}");
        }
        assert_eq!(app.get(&ask("limit=21")).await.problem(422), "invalid");
        app.buy(&event, &[(&event.tiers[0], 9), (&event.tiers[1], 5)])
            .await;
        // What was read may be kept for two seconds of the real clock.
        app::catalogue::forget_all(app.house());
        assert_eq!(offers(&app, &event).await, 0, "sold out shows nothing");
        app.finish().await;
    }
);
