//! Making what tests need, through the front door.

use crate::answer::Answer;
use crate::app::TestApp;
use reqwest::Method;
use serde_json::{Value, json};

/// Test cards, by what they do (docs.stripe.com/testing; STRIPE.md 2.11).
pub mod card {
    /// It pays.
    pub const GOOD: &str = "4242424242424242";
    /// It is declined.
    pub const DECLINED: &str = "4000000000000002";
    /// Its refunds stay pending for a while.
    pub const REFUND_PENDING: &str = "4000000000007726";
}

/// A tier to be made.
#[derive(Clone, Debug)]
pub struct Tier {
    /// Its name.
    pub name: &'static str,
    /// Its price in cents.
    pub cents: i64,
    /// Its places.
    pub capacity: i64,
}

/// An event that was made, published.
#[derive(Clone, Debug)]
pub struct EventMade {
    /// Its id.
    pub id: String,
    /// Its slug.
    pub slug: String,
    /// Its tiers' ids, in the order asked for.
    pub tiers: Vec<String>,
    /// A key for its door.
    pub scanner: String,
}

impl TestApp {
    /// A published event with these tiers.
    pub async fn event(&self, tiers: &[Tier]) -> EventMade {
        self.event_with(json!({}), tiers).await
    }

    /// A published event with these tiers, and further fields of its own.
    pub async fn event_with(&self, more: Value, tiers: &[Tier]) -> EventMade {
        let mut body = json!({
            "title": "Winter Mela", "summary": "Music and lights", "description": "All of it.",
            "venue": "Hall", "address": "1 Main Street", "city": "Surrey", "province": "BC", "timezone": "America/Vancouver",
            "start_at": "2027-01-16T19:00:00-08:00", "end_at": "2027-01-16T23:00:00-08:00",
        });
        if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
            body.extend(more.clone());
        }
        let event = self
            .send(
                Method::POST,
                "/api/tickets/events",
                &self.organizer,
                Some(&body),
            )
            .await
            .expect(201);
        let id = event["id"].as_str().expect("an id").to_owned();
        let mut made = Vec::new();
        for tier in tiers {
            let body = json!({ "name": tier.name, "price_cents": tier.cents, "currency": "CAD", "capacity": tier.capacity, "max_per_order": 10 });
            let path = format!("/api/tickets/events/{id}/tiers");
            let tier = self
                .send(Method::POST, &path, &self.organizer, Some(&body))
                .await
                .expect(201);
            made.push(tier["id"].as_str().expect("an id").to_owned());
        }
        let path = format!("/api/tickets/events/{id}");
        self.send(
            Method::PATCH,
            &path,
            &self.organizer,
            Some(&json!({ "status": "published" })),
        )
        .await
        .expect(200);
        let key = self
            .send(
                Method::POST,
                &format!("{path}/scanner-keys"),
                &self.organizer,
                Some(&json!({ "name": "Front door" })),
            )
            .await
            .expect(201);
        let scanner = key["key"].as_str().expect("a key").to_owned();
        EventMade {
            id,
            slug: event["slug"].as_str().expect("a slug").to_owned(),
            tiers: made,
            scanner,
        }
    }

    /// Asks for places and a payment page.
    pub async fn checkout(&self, event: &EventMade, items: &[(&str, i64)]) -> Answer {
        self.post("/api/tickets/checkout/session", &order_body(event, items))
            .await
    }

    /// Pays a page as the hosted page would; the session comes back, or the card's refusal.
    pub fn pay(&self, checkout: &Value, number: &str) -> Result<Value, String> {
        let session = session_of(checkout);
        self.stripe
            .sim
            .pay(&session, number)
            .map_err(|error| format!("{error:?}"))
    }

    /// An order, seen by its buyer.
    pub async fn order(&self, checkout: &Value) -> Value {
        let token = checkout["order_token"].as_str().expect("an order token");
        let path = format!(
            "/api/tickets/orders/{}",
            checkout["order_id"].as_str().expect("an order id")
        );
        self.send(Method::GET, &path, token, None).await.expect(200)
    }

    /// Buys, pays and settles; the order, seen by its buyer.
    pub async fn buy(&self, event: &EventMade, items: &[(&str, i64)]) -> Value {
        let checkout = self.checkout(event, items).await.expect(201);
        if !checkout["url"].is_null() {
            self.pay(&checkout, card::GOOD).expect("a good card pays");
        }
        self.settle().await;
        self.order(&checkout).await
    }

    /// What is left of a tier, as the public sees it.
    pub async fn remaining(&self, event: &EventMade, tier: usize) -> i64 {
        let listed = self
            .get(&format!("/api/tickets/events/{}", event.id))
            .await
            .expect(200);
        let tiers = listed["tiers"].as_array().expect("tiers");
        let found = tiers
            .iter()
            .find(|t| t["id"] == event.tiers[tier].as_str())
            .expect("the tier");
        found["remaining"].as_i64().expect("a number")
    }

    /// Shows a token at the door.
    pub async fn scan(&self, event: &EventMade, token: &str) -> Value {
        self.send(
            Method::POST,
            "/api/tickets/tickets/validate",
            &event.scanner,
            Some(&json!({ "token": token })),
        )
        .await
        .expect(200)
    }
}

/// The body of a checkout.
pub fn order_body(event: &EventMade, items: &[(&str, i64)]) -> Value {
    let items: Vec<Value> = items
        .iter()
        .map(|(tier, qty)| json!({ "tier_id": tier, "qty": qty }))
        .collect();
    json!({ "event_id": event.id, "items": items, "buyer": { "email": "harpreet@example.ca", "name": "Harpreet Kaur ਹਰਪ੍ਰੀਤ ਕੌਰ" } })
}

/// The id of a checkout's payment page, from its address.
pub fn session_of(checkout: &Value) -> String {
    let url = checkout["url"].as_str().expect("a payment page");
    let id = url
        .split(['/', '?', '#'])
        .find(|part| part.starts_with("cs_test_"));
    id.unwrap_or_else(|| panic!("no session in {url}"))
        .to_owned()
}
