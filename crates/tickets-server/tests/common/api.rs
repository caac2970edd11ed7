//! The API as a program outside uses it.

use super::{days_ahead, until};
use reqwest::{Method, header};
use serde_json::{Value, json};
use std::time::Duration;

/// How long one request may take; far above what any should need.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long a product may take until it answers.
const START: Duration = Duration::from_mins(1);

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub content_type: String,
    /// Seconds after which to try again, if the answer says so.
    pub retry_after_s: Option<u64>,
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|e| panic!("no JSON ({e}) in {}: {}", self.status, self.text()))
    }

    /// The body as JSON of an answer that must have this status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        self.json()
    }

    /// The code of a problem that must have this status.
    #[track_caller]
    pub fn problem(&self, status: u16) -> String {
        let body = self.expect(status);
        assert_eq!(self.content_type, "application/problem+json");
        text(&body, "code").to_owned()
    }
}

/// A text field that must be there and not be empty.
#[track_caller]
pub fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    let text = value[field].as_str().filter(|t| !t.is_empty());
    text.unwrap_or_else(|| panic!("no text {field:?} in {value}"))
}

/// A number field that must be there.
#[track_caller]
pub fn number(value: &Value, field: &str) -> i64 {
    value[field]
        .as_i64()
        .unwrap_or_else(|| panic!("no whole number {field:?} in {value}"))
}

/// A list field that must be there.
#[track_caller]
pub fn list<'a>(value: &'a Value, field: &str) -> &'a Vec<Value> {
    value[field]
        .as_array()
        .unwrap_or_else(|| panic!("no list {field:?} in {value}"))
}

/// The stand-in's id of a checkout's payment page.
#[track_caller]
pub fn session_of(checkout: &Value) -> String {
    let url = text(checkout, "url");
    let id = url
        .split(['/', '?', '#'])
        .find(|part| part.starts_with("cs_test_"));
    id.unwrap_or_else(|| panic!("no payment page in {url}"))
        .to_owned()
}

/// One server, by its address.
#[derive(Clone, Debug)]
pub struct Api {
    pub url: String,
    client: reqwest::Client,
}

impl Api {
    /// A client of a server; it follows no redirect.
    pub fn new(url: &str) -> Self {
        // Another part of the process may have chosen a provider already; any will do.
        let _chosen_before = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .expect("a client");
        Self {
            url: url.to_owned(),
            client,
        }
    }

    /// A request that is not sent yet; an empty token is nobody.
    pub fn request(&self, method: Method, path: &str, token: &str) -> reqwest::RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.url));
        if token.is_empty() {
            request
        } else {
            request.bearer_auth(token)
        }
    }

    /// Sends a request; an error is a connection that failed, and never a status.
    pub async fn try_send(request: reqwest::RequestBuilder) -> Result<Answer, reqwest::Error> {
        let response = request.send().await?;
        let header = |name| {
            let value = response.headers().get(name)?;
            value.to_str().ok().map(str::to_owned)
        };
        let (status, content_type) = (response.status().as_u16(), header(header::CONTENT_TYPE));
        let retry_after_s = header(header::RETRY_AFTER).and_then(|s| s.parse().ok());
        Ok(Answer {
            status,
            content_type: content_type.unwrap_or_default(),
            retry_after_s,
            bytes: response.bytes().await?.to_vec(),
        })
    }

    /// Sends a request to a server that must answer.
    pub async fn send(request: reqwest::RequestBuilder) -> Answer {
        Self::try_send(request).await.expect("the server answers")
    }

    /// GET.
    pub async fn get(&self, path: &str, token: &str) -> Answer {
        Self::send(self.request(Method::GET, path, token)).await
    }

    /// POST.
    pub async fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        Self::send(self.request(Method::POST, path, token).json(body)).await
    }

    /// PATCH.
    pub async fn patch(&self, path: &str, token: &str, body: &Value) -> Answer {
        Self::send(self.request(Method::PATCH, path, token).json(body)).await
    }

    /// Waits until the server runs.
    pub async fn ready(&self) {
        until("the server starts", START, || async {
            let request = self.request(Method::GET, "/api/tickets/health/live", "");
            match Self::try_send(request).await {
                Ok(answer) if answer.status == 200 => Ok(()),
                Ok(answer) => Err(answer.text()),
                Err(error) => Err(error.to_string()),
            }
        })
        .await;
    }

    /// A published event with tiers of these names, prices in cents and capacities.
    pub async fn publish(&self, organizer: &str, tiers: &[(&str, i64, i64)]) -> Event {
        let fields = json!({
            "title": "Winter Mela", "summary": "Music and lights", "description": "All of it.", "venue": "Hall",
            "address": "1 Main Street", "city": "Surrey", "province": "BC", "timezone": "America/Vancouver",
            "start_at": days_ahead(30), "end_at": days_ahead(31),
        });
        let event = self.post("/api/tickets/events", organizer, &fields).await;
        let id = text(&event.expect(201), "id").to_owned();
        let path = format!("/api/tickets/events/{id}");
        let mut made = Vec::new();
        for (name, cents, capacity) in tiers {
            let fields = json!({
                "name": name, "price_cents": cents, "currency": "CAD", "capacity": capacity, "max_per_order": 10,
            });
            let tiers = format!("{path}/tiers");
            let tier = self.post(&tiers, organizer, &fields).await.expect(201);
            made.push(text(&tier, "id").to_owned());
        }
        let published = json!({ "status": "published" });
        let event = self.patch(&path, organizer, &published).await.expect(200);
        assert_eq!(event["status"], "published");
        Event { id, tiers: made }
    }

    /// An order, seen by whoever holds its token.
    pub async fn order(&self, id: &str, token: &str) -> Value {
        self.get(&format!("/api/tickets/orders/{id}"), token)
            .await
            .expect(200)
    }
}

/// An event that was made.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: String,
    pub tiers: Vec<String>,
}

impl Event {
    /// The body of a checkout of `qty` tickets of one of its tiers.
    pub fn wish(&self, tier: usize, qty: i64, email: &str) -> Value {
        json!({
            "event_id": self.id, "items": [{ "tier_id": self.tiers[tier], "qty": qty }],
            "buyer": { "email": email, "name": "Harpreet Kaur" },
        })
    }
}
