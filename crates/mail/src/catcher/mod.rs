//! A mail server that catches instead of delivering: for demos and tests.
//!
//! It listens for SMTP on the loopback address only, keeps what it is given in memory (and in a folder, when one is named, so that
//! messages survive a restart), and offers a [`Router`] to look at them, by page or by JSON. A message counts as taken (`250`) only
//! once it can be looked at, so nobody has to wait for it. Delivery, sign-in and TLS are deliberately not here.
//!
//! [`Router`]: axum::Router

mod page;
mod read;
mod routes;
mod session;
mod shelf;
mod wire;

use std::{fmt, net::SocketAddr, path::PathBuf, sync::Arc};

use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

pub use read::{Caught, CaughtAttachment, CaughtPicture};
pub use shelf::Summary;

use shelf::Shelf;

/// Tells the time in microseconds UTC since 1970.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The largest message that is taken, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 25 * 1024 * 1024;

/// What a catcher needs to start.
#[derive(Clone)]
pub struct CatcherConfig {
    /// Where to listen for SMTP; must be a loopback address, port 0 picks a free one.
    pub smtp_addr: SocketAddr,
    /// A folder that keeps the messages over a restart.
    pub dir: Option<PathBuf>,
    /// The clock that stamps arrivals.
    pub now: Clock,
}

/// Shows the address and folder; a clock has nothing to show.
impl fmt::Debug for CatcherConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CatcherConfig")
            .field("smtp_addr", &self.smtp_addr)
            .field("dir", &self.dir)
            .finish_non_exhaustive()
    }
}

/// Why a catcher did not start or stop well.
#[derive(Debug, thiserror::Error)]
pub enum CatcherError {
    /// The address would let strangers in.
    #[error("the mail catcher listens on loopback addresses only, not on {0}")]
    NotLoopback(SocketAddr),
    /// The address could not be bound.
    #[error("the mail catcher cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The folder could not be read or written.
    #[error("the mail catcher's folder cannot be used: {0}")]
    Folder(#[from] std::io::Error),
    /// The listening task broke.
    #[error("the mail catcher's listener broke: {0}")]
    Listener(#[from] tokio::task::JoinError),
}

/// Starts catchers.
#[derive(Debug, Clone, Copy)]
pub struct Catcher;

impl Catcher {
    /// Reads the folder, binds the address and begins to listen.
    pub async fn start(config: CatcherConfig) -> Result<RunningCatcher, CatcherError> {
        if !config.smtp_addr.ip().is_loopback() {
            return Err(CatcherError::NotLoopback(config.smtp_addr));
        }
        let shelf = Arc::new(Shelf::open(config.dir)?);
        let failed = |error| CatcherError::Listen(config.smtp_addr, error);
        let listener = TcpListener::bind(config.smtp_addr).await.map_err(failed)?;
        let smtp_addr = listener.local_addr().map_err(failed)?;
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(wire::listen(
            listener,
            Arc::clone(&shelf),
            config.now,
            stopped,
        ));
        Ok(RunningCatcher {
            smtp_addr,
            shelf,
            stop,
            task,
        })
    }
}

/// A catcher at work; dropping it stops the listener, the router keeps showing what was caught.
#[derive(Debug)]
pub struct RunningCatcher {
    smtp_addr: SocketAddr,
    shelf: Arc<Shelf>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl RunningCatcher {
    /// The address that speaks SMTP.
    pub fn smtp_addr(&self) -> SocketAddr {
        self.smtp_addr
    }

    /// The URL to give to [`crate::Smtp::from_url`].
    pub fn smtp_url(&self) -> String {
        format!("smtp://{}", self.smtp_addr)
    }

    /// The pages and the JSON, with paths relative to wherever the router is nested.
    pub fn router(&self) -> axum::Router {
        routes::router(Arc::clone(&self.shelf))
    }

    /// What was caught, newest first.
    pub fn messages(&self) -> Vec<Summary> {
        self.shelf.list()
    }

    /// One message in full.
    pub fn message(&self, id: &str) -> Option<Caught> {
        self.shelf.read(id)
    }

    /// Stops listening, hangs up on everyone and frees the port.
    pub async fn shutdown(self) -> Result<(), CatcherError> {
        self.stop.send_replace(true);
        Ok(self.task.await?)
    }
}
