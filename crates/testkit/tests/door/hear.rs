//! What devices hear as it happens, from this server and from another one.

use super::{FREE, door_id, tokens};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{EventMade, TestApp, on_both};

/// A feed that is being read.
struct Feed {
    response: reqwest::Response,
    text: String,
}

impl Feed {
    async fn open(server: &str, key: &str, since: &str) -> Self {
        let url = format!("{server}/api/tickets/check-in/feed?since={since}");
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let response = client.get(url).bearer_auth(key).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert!(!response.headers().contains_key("content-encoding"));
        Self {
            response,
            text: String::new(),
        }
    }

    /// The next event's data; none when the feed is over.
    async fn next(&mut self) -> Option<Value> {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let data = event.lines().find_map(|l| l.strip_prefix("data: "));
                let data = data.map(|data| serde_json::from_str(data).unwrap());
                let named = event.lines().any(|line| line == "event: changes");
                let rest = rest.to_owned();
                self.text = rest;
                if let Some(data) = data {
                    assert!(named);
                    return Some(data);
                }
            }
            let chunk = tokio::time::timeout(Duration::from_mins(1), self.response.chunk());
            let chunk = chunk
                .await
                .expect("the feed says something")
                .ok()
                .flatten()?;
            self.text.push_str(&String::from_utf8_lossy(&chunk));
        }
    }

    /// The state that a ticket is told to have, once it is.
    async fn hears_of(&mut self, event: &EventMade, token: &str) -> String {
        loop {
            let news = self.next().await.expect("the feed goes on");
            let records = news["records"].as_array().unwrap();
            let found = records
                .iter()
                .find(|r| r[0] == door_id(event, token).as_str());
            if let Some(record) = found {
                return record[3].as_str().unwrap().to_owned();
            }
        }
    }
}

async fn end_key(app: &TestApp, event: &EventMade) {
    let keys = format!("/api/tickets/events/{}/scanner-keys", event.id);
    let listed = app
        .send(Method::GET, &keys, &app.organizer, None)
        .await
        .expect(200);
    let end = format!("{keys}/{}", listed["keys"][0]["id"].as_str().unwrap());
    app.send(Method::DELETE, &end, &app.organizer, None)
        .await
        .expect(204);
}

on_both!(
    another_gates_scan_is_heard_and_a_revoked_key_hears_nothing_more,
    |app| {
        let event = app.event(&[FREE]).await;
        let order = app.buy(&event, &[(&event.tiers[0], 2)]).await;
        let tokens = tokens(&order);
        let mut feed = Feed::open(&app.url, &event.scanner, "0").await;
        let first = feed.next().await.unwrap();
        assert_eq!(
            first["records"].as_array().unwrap().len(),
            2,
            "what came before"
        );
        assert_eq!(
            (&first["counts"]["admitted"], &first["reset"]),
            (&json!(0), &json!(false))
        );
        app.scan(&event, &tokens[0]).await;
        assert_eq!(feed.hears_of(&event, &tokens[0]).await, "u");

        let (other, url) = app.second_server().await;
        let path = format!("{url}/api/tickets/tickets/validate");
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let scan = client.post(path).bearer_auth(&event.scanner);
        let scan = scan
            .json(&json!({ "token": tokens[1] }))
            .send()
            .await
            .unwrap();
        assert_eq!(scan.status(), 200);
        assert_eq!(
            feed.hears_of(&event, &tokens[1]).await,
            "u",
            "of another server"
        );

        end_key(&app, &event).await;
        while feed.next().await.is_some() {}
        other.close().await;
        app.finish().await;
    }
);

on_both!(
    a_feed_ends_when_scanning_is_switched_off_or_the_server_stops,
    |app| {
        let event = app.event(&[FREE]).await;
        let mut feed = Feed::open(&app.url, &event.scanner, "nonsense").await;
        assert_eq!(feed.next().await.unwrap()["reset"], true);
        app.tickets.hang_up();
        assert_eq!(feed.next().await, None);
        app.finish().await;
    }
);
