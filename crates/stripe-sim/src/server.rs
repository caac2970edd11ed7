//! Starts a stand-in: the socket, the routes, and the tasks that deliver webhooks and keep the state file.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use http::{Response, StatusCode};
use thiserror::Error;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::clock::{Clock, SimClock};
use crate::endpoints::{WebhookEndpoint, is_loopback};
use crate::listener::{Cuttable, Wire};
use crate::sim::{Settings, Sim};
use crate::wire::dispatch::{Incoming, answer};
use crate::world::World;

/// How often the state file is written when something changed, while it is small.
const SAVE_EVERY: Duration = Duration::from_millis(200);
/// Largest body that is read.
const LARGEST_BODY: usize = 1 << 20;

/// How a stand-in starts.
#[derive(Debug, Clone)]
pub struct SimConfig {
    /// Where it listens: loopback only, port 0 for any free one.
    pub addr: SocketAddr,
    /// Decides ids and chances.
    pub seed: u64,
    /// Which clock it has.
    pub clock: SimClock,
    /// Where events go from the start.
    pub webhook_endpoints: Vec<WebhookEndpoint>,
    /// Where its state is kept over restarts, if it is.
    pub state_file: Option<PathBuf>,
    /// The keys that it takes; any `sk_test_…` when none are named. Live keys are never taken.
    pub api_keys: Option<Vec<String>>,
    /// Whether webhooks are delivered by a task in the background, or only by `deliver_due`.
    pub auto_deliver: bool,
}

impl Default for SimConfig {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            seed: 1,
            clock: SimClock::System,
            webhook_endpoints: Vec::new(),
            state_file: None,
            api_keys: None,
            auto_deliver: false,
        }
    }
}

/// Why a stand-in did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The address is reachable from elsewhere.
    #[error("The Stripe stand-in listens on loopback addresses only, not on {0}.")]
    NotLoopback(SocketAddr),
    /// A webhook address is elsewhere.
    #[error("The Stripe stand-in delivers webhooks to this machine only, not to {0}.")]
    WebhookElsewhere(String),
    /// A live key was given.
    #[error("The Stripe stand-in takes no live keys.")]
    LiveKey,
    /// The socket could not be opened.
    #[error("The Stripe stand-in cannot listen: {0}.")]
    Listen(#[source] std::io::Error),
    /// The state file could not be read.
    #[error("The state file of the Stripe stand-in cannot be read: {0}.")]
    State(String),
    /// The client for webhooks could not be made.
    #[error("The Stripe stand-in cannot make its HTTP client: {0}.")]
    Client(#[source] reqwest::Error),
}

/// A stand-in that runs until it is shut down or dropped.
#[derive(Debug)]
pub struct RunningSim {
    addr: SocketAddr,
    /// The handle for everything that happens inside the process.
    pub sim: Arc<Sim>,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
    tasks: Vec<JoinHandle<()>>,
}

impl Sim {
    /// Starts a stand-in.
    pub async fn start(config: SimConfig) -> Result<RunningSim, StartError> {
        check(&config)?;
        let listener = tokio::net::TcpListener::bind(config.addr)
            .await
            .map_err(StartError::Listen)?;
        let addr = listener.local_addr().map_err(StartError::Listen)?;
        // Another part of the process may have chosen a provider already; any will do.
        let _chosen_before = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(StartError::Client)?;
        let settings = Settings {
            seed: config.seed,
            clock: config.clock,
            api_keys: config.api_keys,
            webhook_endpoints: config.webhook_endpoints,
            state_file: config.state_file,
        };
        let world = load(&settings, &format!("http://{addr}"))?;
        let sim = Arc::new(Sim::new(world, client, settings));
        let (stop, stopped) = oneshot::channel::<()>();
        let service = router(Arc::clone(&sim)).into_make_service_with_connect_info::<Wire>();
        let serving = axum::serve(Cuttable(listener), service).with_graceful_shutdown(async move {
            let _asked_or_dropped = stopped.await;
        });
        let server = tokio::spawn(async move {
            if let Err(error) = serving.await {
                tracing::error!(target: "stripe_sim", %error, "the server ended");
            }
        });
        let mut tasks = Vec::new();
        if config.auto_deliver {
            tasks.push(tokio::spawn(crate::deliver::run(Arc::clone(&sim))));
        }
        if sim.settings.state_file.is_some() {
            tasks.push(tokio::spawn(keep_saving(Arc::clone(&sim))));
        }
        Ok(RunningSim {
            addr,
            sim,
            stop: Some(stop),
            server,
            tasks,
        })
    }
}

fn check(config: &SimConfig) -> Result<(), StartError> {
    if !config.addr.ip().is_loopback() {
        return Err(StartError::NotLoopback(config.addr));
    }
    if let Some(elsewhere) = config
        .webhook_endpoints
        .iter()
        .find(|endpoint| !is_loopback(&endpoint.url))
    {
        return Err(StartError::WebhookElsewhere(elsewhere.url.clone()));
    }
    if config
        .api_keys
        .iter()
        .flatten()
        .any(|key| key.contains("_live_"))
    {
        return Err(StartError::LiveKey);
    }
    Ok(())
}

fn load(settings: &Settings, base_url: &str) -> Result<World, StartError> {
    let kept = match settings.state_file.as_deref().map(std::fs::read_to_string) {
        Some(Ok(text)) => Some(
            serde_json::from_str::<World>(&text)
                .map_err(|error| StartError::State(error.to_string()))?,
        ),
        Some(Err(error)) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(StartError::State(error.to_string()));
        }
        _ => None,
    };
    let mut world = kept.unwrap_or_else(|| {
        World::new(
            settings.seed,
            Clock::new(settings.clock),
            base_url.to_owned(),
        )
    });
    base_url.clone_into(&mut world.base_url);
    world.keys.release_running();
    world.outbox.resume();
    for endpoint in &settings.webhook_endpoints {
        world.add_endpoint(endpoint);
    }
    Ok(world)
}

fn router(sim: Arc<Sim>) -> Router {
    Router::new()
        .merge(crate::control::routes())
        .merge(crate::pages::routes())
        .fallback(api)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(sim)
}

/// Everything that is neither a page nor the control plane is the API.
async fn api(
    State(sim): State<Arc<Sim>>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        return status_only(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let incoming = Incoming {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body: body.to_vec(),
    };
    tokio::spawn(answer(sim, wire, incoming))
        .await
        .unwrap_or_else(|_| status_only(StatusCode::INTERNAL_SERVER_ERROR))
}

fn status_only(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

async fn keep_saving(sim: Arc<Sim>) {
    let mut pause = SAVE_EVERY;
    loop {
        tokio::time::sleep(pause).await;
        let begun = Instant::now();
        save(&sim).await;
        // A large state takes long to write; the lock must be free for most of the time.
        pause = SAVE_EVERY.max(begun.elapsed() * 10);
    }
}

async fn save(sim: &Sim) {
    let Some(path) = sim.settings.state_file.clone() else {
        return;
    };
    let writing = Arc::clone(&sim.saving).lock_owned().await;
    let Some(text) = sim.state_if_changed() else {
        return;
    };
    // A task of its own: whoever asked may be aborted when we stop, and a state that counts as written is.
    let written = tokio::spawn(async move {
        let done = write_whole(&path, text).await;
        drop(writing);
        done
    });
    match written.await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::error!(target: "stripe_sim", %error, "the state file could not be written");
        }
        Err(error) => {
            tracing::error!(target: "stripe_sim", %error, "the state file was not written");
        }
    }
}

/// Writes beside the file and then takes its place, so that a crash leaves the old or the new state and nothing between.
async fn write_whole(path: &Path, text: String) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    tokio::fs::write(&beside, text).await?;
    tokio::fs::rename(&beside, path).await
}

impl RunningSim {
    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The same as a URL without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// Stops listening, ends the tasks and writes the state file a last time.
    pub async fn shutdown(mut self) {
        drop(self.stop.take());
        for task in self.tasks.drain(..) {
            task.abort();
        }
        self.server.abort();
        let _ended_or_aborted = (&mut self.server).await;
        save(&self.sim).await;
    }
}

impl Drop for RunningSim {
    fn drop(&mut self) {
        self.server.abort();
        for task in &self.tasks {
            task.abort();
        }
    }
}
