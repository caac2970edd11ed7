//! What the demo shows before anybody buys: its record, its list of events, the awkward ones among them.

use crate::common::api::{Api, list, number, text};
use crate::common::demo::Demo;
use crate::{checkout, wish};
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// When the demo's last sale opens, counted from its seeding.
const OPENS_AFTER: Duration = Duration::from_mins(1);

pub fn the_record_is_whole(record: &Value) {
    for field in [
        "url",
        "stripe_url",
        "mail_url",
        "organizer_token",
        "admin_token",
    ] {
        text(record, field);
    }
    assert!(
        list(record, "events").len() >= 5,
        "a demo has something to show"
    );
    for event in list(record, "events") {
        for field in ["id", "slug", "title", "scanner_key"] {
            text(event, field);
        }
        assert!(!list(event, "tiers").is_empty());
        for tier in list(event, "tiers") {
            assert!(text(tier, "id").starts_with("tier_"));
            text(tier, "name");
        }
    }
}

async fn public_list(api: &Api, query: &str) -> Vec<Value> {
    let page = api
        .get(&format!("/api/tickets/events/public{query}"), "")
        .await
        .expect(200);
    assert!(page.get("next_cursor").is_some(), "{page}");
    for event in list(&page, "events") {
        for field in ["id", "slug", "title", "city", "start_at"] {
            text(event, field);
        }
        assert_eq!(event["status"], "published");
        for tier in list(event, "tiers") {
            for field in ["id", "name", "currency"] {
                text(tier, field);
            }
            assert!(number(tier, "display_price_cents") >= number(tier, "price_cents"));
            assert!(number(tier, "remaining") >= 0);
            assert!(tier["on_sale"].is_boolean());
        }
    }
    list(&page, "events").clone()
}

/// The list pages through by its cursor and filters by city and words.
pub async fn the_list_can_be_searched(api: &Api) {
    let all = public_list(api, "").await;
    let ids = |events: &[Value]| {
        events
            .iter()
            .map(|e| text(e, "id").to_owned())
            .collect::<Vec<_>>()
    };
    let mut paged = Vec::new();
    let mut query = "?limit=2".to_owned();
    loop {
        let page = api
            .get(&format!("/api/tickets/events/public{query}"), "")
            .await
            .expect(200);
        paged.extend(ids(list(&page, "events")));
        match page["next_cursor"].as_str() {
            Some(cursor) => query = format!("?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(paged, ids(&all));
    let city = text(&all[0], "city");
    let there = public_list(api, &format!("?city={}", city.to_lowercase())).await;
    assert!(!there.is_empty() && there.len() < all.len());
    assert!(there.iter().all(|e| e["city"] == city));
    let found = public_list(api, "?q=candlelight").await;
    assert_eq!(found.len(), 1);
    assert!(
        text(&found[0], "title")
            .to_lowercase()
            .contains("candlelight")
    );
}

/// Among the demo's events are the awkward ones: sold out, hidden, not announced, not yet on sale.
pub async fn the_awkward_ones_are_there(demo: &Demo, since: Instant) {
    let shown = public_list(&demo.api, "").await;
    let tiers = |event: &Value| {
        list(event, "tiers")
            .iter()
            .map(|t| text(t, "id").to_owned())
            .collect::<BTreeSet<_>>()
    };
    let email = "awkward@example.ca";

    let not_yet = shown
        .iter()
        .find(|e| list(e, "tiers").iter().any(|t| t["state"] == "not-yet"));
    if let Some(event) = not_yet {
        let tier = &list(event, "tiers")[0];
        assert_eq!(tier["on_sale"], false);
        let answer = checkout(
            &demo.api,
            &wish(text(event, "id"), text(tier, "id"), 1, email),
        )
        .await;
        assert!(answer.status == 201 || answer.problem(409) == "not-on-sale");
    } else {
        assert!(
            since.elapsed() >= OPENS_AFTER,
            "no event of the demo waits for its sale to open"
        );
    }

    let sold_out = shown
        .iter()
        .find(|e| list(e, "tiers").iter().all(|t| number(t, "remaining") == 0));
    let event = sold_out.expect("an event of the demo is sold out");
    assert!(list(event, "tiers").iter().all(|t| t["on_sale"] == false));
    let tier = text(&list(event, "tiers")[0], "id");
    let answer = checkout(&demo.api, &wish(text(event, "id"), tier, 1, email)).await;
    assert_eq!(answer.problem(409), "sold-out");

    let (mut hidden, mut drafts) = (0, 0);
    for known in list(&demo.record, "events") {
        let Some(event) = shown.iter().find(|e| e["id"] == known["id"]) else {
            let answer = demo
                .api
                .get(&format!("/api/tickets/events/{}", text(known, "id")), "")
                .await;
            assert_eq!(answer.problem(404), "not-found");
            drafts += 1;
            continue;
        };
        for tier in tiers(known).difference(&tiers(event)) {
            let answer = checkout(&demo.api, &wish(text(known, "id"), tier, 1, email)).await;
            assert_eq!(
                answer.status,
                201,
                "whoever has the link of a hidden tier may buy: {}",
                answer.text()
            );
            hidden += 1;
        }
    }
    assert!(
        hidden > 0 && drafts > 0,
        "{hidden} hidden tiers, {drafts} drafts"
    );
}
