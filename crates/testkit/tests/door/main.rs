//! The door from its front: pairing, what devices keep and hear, what they did while they were alone.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

mod alone;
mod hear;
mod keep;
mod pairing;
mod people;
mod together;

use reqwest::Method;
use serde_json::{Value, json};
use testkit::{Answer, EventMade, TestApp, Tier};

const GENERAL: Tier = Tier {
    name: "General",
    cents: 2_500,
    capacity: 50,
};
const FREE: Tier = Tier {
    name: "Free seat",
    cents: 0,
    capacity: 50,
};

/// Asks the door something with a key.
async fn ask(app: &TestApp, key: &str, path: &str) -> Answer {
    let path = format!("/api/tickets/check-in{path}");
    app.send(Method::GET, &path, key, None).await
}

/// Tells the door something with a key.
async fn tell(app: &TestApp, key: &str, path: &str, body: &Value) -> Answer {
    let path = format!("/api/tickets/check-in{path}");
    app.send(Method::POST, &path, key, Some(body)).await
}

/// A key of a role.
async fn key(app: &TestApp, event: &EventMade, name: &str, role: &str) -> String {
    let path = format!("/api/tickets/events/{}/scanner-keys", event.id);
    let body = json!({ "name": name, "role": role });
    let made = app.send(Method::POST, &path, &app.organizer, Some(&body));
    made.await.expect(201)["key"].as_str().unwrap().to_owned()
}

/// The tokens of an order's tickets.
fn tokens(order: &Value) -> Vec<String> {
    let tickets = order["tickets"].as_array().unwrap().iter();
    tickets
        .map(|t| t["qr_token"].as_str().unwrap().to_owned())
        .collect()
}

/// The name of a token on devices of an event.
fn door_id(event: &EventMade, token: &str) -> String {
    app::door::seal::door_id(&event.id, token)
}
