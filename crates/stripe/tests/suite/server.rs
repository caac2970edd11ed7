//! A server that answers what it was told to, and remembers what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use stripe::{Client, Config, SecretString, Url};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::pace::FakePace;

pub const KEY: &str = "sk_test_51Jugnu";

/// One answer to come.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: String,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<String>) -> Self {
        Self {
            status,
            headers: vec![("request-id", "req_1")],
            body: body.into(),
        }
    }

    pub fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// One request as it arrived.
#[derive(Debug, Clone)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: String,
    pub body: String,
    headers: http::HeaderMap,
}

impl Seen {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// The server's script and memory.
#[derive(Debug, Clone, Default)]
pub struct Server {
    script: Arc<Mutex<VecDeque<Reply>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    base: Option<Url>,
}

impl Server {
    pub async fn start(script: impl IntoIterator<Item = Reply>) -> Self {
        let mut server = Self {
            script: Arc::new(Mutex::new(script.into_iter().collect())),
            ..Self::default()
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        server.base = Some(base_of(&listener));
        let app = Router::new().fallback(answer).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        server
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The only request there was.
    pub fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1);
        seen[0].clone()
    }

    pub fn base(&self) -> Url {
        self.base.clone().unwrap()
    }

    pub fn client(&self, pace: &Arc<FakePace>) -> Client {
        Client::with_pace(config(self.base()), pace.clone()).unwrap()
    }
}

pub fn config(base: Url) -> Config {
    Config::new(SecretString::from(KEY))
        .unwrap()
        .with_api_base(base)
}

fn base_of(listener: &TcpListener) -> Url {
    let address = listener.local_addr().unwrap();
    Url::parse(&format!("http://{address}")).unwrap()
}

async fn answer(State(server): State<Server>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    server.seen.lock().unwrap().push(Seen {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        body: String::from_utf8(body.to_vec()).unwrap(),
        headers: parts.headers,
    });
    let reply = server.script.lock().unwrap().pop_front();
    let reply = reply.unwrap_or_else(|| Reply::new(418, "the script is over"));
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).unwrap()
}

/// What a broken server does after it has read a whole request.
#[derive(Debug, Clone, Copy)]
pub enum Break {
    /// Closes without a byte.
    Close,
    /// Sends half of an answer, then closes.
    HalfAnswer,
    /// Says nothing for ever.
    Silence,
}

/// A server that reads each request and then breaks; gives its base and the requests' heads.
pub async fn broken_server(how: Break) -> (Url, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = base_of(&listener);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let memory = seen.clone();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut text = String::new();
            let mut buffer = [0; 4096];
            // The body of each test's request ends with this field.
            while !text.ends_with("amount=100") {
                let read = socket.read(&mut buffer).await.unwrap();
                text.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
            }
            memory.lock().unwrap().push(text);
            match how {
                Break::Close => {}
                Break::HalfAnswer => {
                    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"id\":\"re_";
                    socket.write_all(half).await.unwrap();
                }
                Break::Silence => {
                    tokio::spawn(async move {
                        let _held = socket;
                        std::future::pending::<()>().await;
                    });
                }
            }
        }
    });
    (base, seen)
}

/// A client that soon gives up waiting for an answer, for the silent server.
pub fn hasty(base: Url, pace: &Arc<FakePace>) -> Client {
    let config = Config {
        read_timeout: Duration::from_millis(20),
        max_attempts: 2,
        ..config(base)
    };
    Client::with_pace(config, pace.clone()).unwrap()
}
