//! A small client for the stand-in, so that tests read as requests and answers.

#![allow(dead_code, reason = "each test file uses its own part of this")]
#![allow(
    clippy::expect_used,
    reason = "this is test code, which the linter sees only inside test functions"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use serde_json::Value;
use stripe_sim::{RunningSim, Sim, SimClock, SimConfig, WebhookEndpoint};
use tokio::sync::Mutex;

/// The second at which every test begins.
pub const START: i64 = 1_790_000_000;

/// A running stand-in and a client for it.
pub struct Api {
    pub running: RunningSim,
    pub client: reqwest::Client,
}

impl Api {
    pub async fn start() -> Self {
        Self::start_with(config()).await
    }

    pub async fn start_with(config: SimConfig) -> Self {
        let running = Sim::start(config).await.expect("the stand-in starts");
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self { running, client }
    }

    pub fn sim(&self) -> &Arc<Sim> {
        &self.running.sim
    }

    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method");
        let url = format!("{}{path}", self.running.url());
        self.client.request(method, url).bearer_auth("sk_test_x")
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> (u16, Value) {
        let answer = request.send().await.expect("an answer");
        let status = answer.status().as_u16();
        let text = answer.text().await.expect("a body");
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.send(self.request("GET", path)).await
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> (u16, Value) {
        self.send(self.request("POST", path).form(form)).await
    }

    /// The same with an idempotency key.
    pub async fn post_key(&self, path: &str, key: &str, form: &[(&str, &str)]) -> (u16, Value) {
        let request = self.request("POST", path).header("idempotency-key", key);
        self.send(request.form(form)).await
    }

    /// A session over 100 dollars, with ten dollars of fee, for an organizer's account.
    pub async fn session_for(&self, account: &str) -> Value {
        let fee = ("payment_intent_data[application_fee_amount]", "1000");
        let to = ("payment_intent_data[transfer_data][destination]", account);
        let (status, session) = self
            .post(
                "/v1/checkout/sessions",
                &[&SESSION[..], &[fee, to]].concat(),
            )
            .await;
        assert_eq!(status, 200, "{session}");
        session
    }

    /// A plain session over 100 dollars.
    pub async fn session(&self) -> Value {
        let (status, session) = self.post("/v1/checkout/sessions", &SESSION).await;
        assert_eq!(status, 200, "{session}");
        session
    }

    /// A paid destination charge over 100 dollars: the account and the charge.
    pub async fn sale(&self, card: &str) -> (String, Value) {
        let account = self.sim().connect_active_account(None);
        let session = self.session_for(&account).await;
        let paid = self.sim().pay(id(&session), card).expect("the card pays");
        let intent = self
            .sim()
            .object(paid["payment_intent"].as_str().expect("an intent"));
        (
            account,
            self.sim()
                .object(intent["latest_charge"].as_str().expect("a charge")),
        )
    }
}

/// The least that a session needs.
pub const SESSION: [(&str, &str); 7] = [
    ("mode", "payment"),
    (
        "success_url",
        "http://127.0.0.1:1/done?session={CHECKOUT_SESSION_ID}",
    ),
    ("cancel_url", "http://127.0.0.1:1/back"),
    ("line_items[0][quantity]", "4"),
    ("line_items[0][price_data][currency]", "cad"),
    ("line_items[0][price_data][unit_amount]", "2500"),
    ("line_items[0][price_data][product_data][name]", "Seat <A>"),
];

pub fn config() -> SimConfig {
    SimConfig {
        clock: SimClock::Virtual(START),
        ..SimConfig::default()
    }
}

pub fn id(object: &Value) -> &str {
    object["id"].as_str().expect("an id")
}

/// Code and param of an error.
pub fn error(body: &Value) -> (&str, &str) {
    let field = |name: &str| body["error"][name].as_str().unwrap_or_default();
    (field("code"), field("param"))
}

/// A webhook endpoint that remembers what it got and answers what it is told to.
pub struct Inbox {
    pub url: String,
    pub answer: Arc<AtomicU16>,
    got: Arc<Mutex<Vec<(String, String)>>>,
}

impl Inbox {
    pub async fn open() -> Self {
        let got: Arc<Mutex<Vec<(String, String)>>> = Arc::default();
        let answer = Arc::new(AtomicU16::new(200));
        let (kept, says) = (Arc::clone(&got), Arc::clone(&answer));
        let take = move |headers: http::HeaderMap, body: String| async move {
            let signature = headers["stripe-signature"]
                .to_str()
                .unwrap_or_default()
                .to_owned();
            kept.lock().await.push((signature, body));
            http::StatusCode::from_u16(says.load(Ordering::SeqCst)).expect("a status")
        };
        let router = axum::Router::new().route("/hook", axum::routing::post(take));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, answer, got }
    }

    /// What arrived since the last look, as (signature, body).
    pub async fn take(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *self.got.lock().await)
    }

    /// The types of what arrived since the last look.
    pub async fn types(&self) -> Vec<String> {
        let taken = self.take().await;
        taken
            .iter()
            .map(|(_, body)| parse(body)["type"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    pub fn endpoint(&self, connect: bool, events: &[&str]) -> WebhookEndpoint {
        WebhookEndpoint {
            url: self.url.clone(),
            secret: "whsec_one".to_owned(),
            enabled_events: events.iter().map(|name| (*name).to_owned()).collect(),
            connect,
        }
    }
}

pub fn parse(body: &str) -> Value {
    serde_json::from_str(body).expect("JSON")
}
