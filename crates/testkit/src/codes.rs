//! Discount codes in tests: made by the organizer, shown by buyers; and a second server beside the first.

use crate::answer::Answer;
use crate::app::TestApp;
use crate::make::{EventMade, order_body};
use reqwest::Method;
use serde_json::{Value, json};

impl TestApp {
    /// Makes a code of an event.
    pub async fn code(&self, event: &EventMade, fields: Value) -> Value {
        let path = format!("/api/tickets/events/{}/discounts", event.id);
        self.send(Method::POST, &path, &self.organizer, Some(&fields))
            .await
            .expect(201)
    }

    /// Changes a code.
    pub async fn change_code(&self, code: &Value, fields: Value) -> Answer {
        let id = code["id"].as_str().expect("an id");
        let path = format!("/api/tickets/discounts/{id}");
        self.send(Method::PATCH, &path, &self.organizer, Some(&fields))
            .await
    }

    /// How many uses of an event's only code are held and used.
    pub async fn uses(&self, event: &EventMade) -> (i64, i64) {
        let path = format!("/api/tickets/events/{}/discounts", event.id);
        let list = self
            .send(Method::GET, &path, &self.organizer, None)
            .await
            .expect(200);
        let one = &list["discounts"][0];
        let count = |field: &str| one[field].as_i64().expect("a count");
        (count("held_count"), count("used_count"))
    }

    /// Asks for places and a payment page with a code.
    pub async fn checkout_with(
        &self,
        event: &EventMade,
        items: &[(&str, i64)],
        code: &str,
    ) -> Answer {
        let body = body_with(event, items, code);
        self.post("/api/tickets/checkout/session", &body).await
    }
}

/// The body of a checkout with a code.
pub fn body_with(event: &EventMade, items: &[(&str, i64)], code: &str) -> Value {
    let mut body = order_body(event, items);
    body["discount_code"] = json!(code);
    body
}
