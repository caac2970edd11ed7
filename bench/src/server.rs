//! The real binary as a process of its own, as an operator would start it.

use crate::Failure;
use crate::house::settings;
use crate::wire::{Request, Wire};
use std::fs::OpenOptions;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running server; it is ended when this is dropped.
pub struct Server {
    /// Where it listens.
    pub addr: SocketAddr,
    /// From the start of the process to its first answer.
    pub first_answer: Duration,
    child: Child,
}

/// The path of the route that does nothing.
pub const LIVE: &str = "/api/tickets/health/live";
/// The longest that a start may take.
const PATIENCE: Duration = Duration::from_mins(1);

impl Server {
    /// Starts a server and waits for its first answer. Its log goes to a file, at its usual level.
    pub async fn start(
        binary: &Path,
        out: &Path,
        database_url: &str,
        worker: bool,
    ) -> Result<Self, Failure> {
        let addr = free_addr()?;
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .open(out.join("server.log"))?;
        let mut command = Command::new(binary);
        command.arg("serve").env("BIND_ADDR", addr.to_string());
        if !worker {
            command.arg("--no-worker");
        }
        command.envs(settings(database_url, &format!("http://{addr}")));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        let began = Instant::now();
        let child = command
            .spawn()
            .map_err(|e| format!("{} does not start: {e}", binary.display()))?;
        let mut server = Self {
            addr,
            first_answer: Duration::ZERO,
            child,
        };
        server.wait(began, out).await?;
        server.first_answer = began.elapsed();
        Ok(server)
    }

    async fn wait(&mut self, began: Instant, out: &Path) -> Result<(), Failure> {
        let live = Request::get(LIVE);
        while began.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                let log = out.join("server.log");
                return Err(
                    format!("the server ended with {status}; see {}", log.display()).into(),
                );
            }
            if let Ok(mut wire) = Wire::open(self.addr, &live).await
                && wire.ask(0).await? == 200
            {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_micros(500)).await;
        }
        Err("the server does not answer".into())
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody left to tell either way.
        let _ended = self.child.kill();
        let _status = self.child.wait();
    }
}

/// An address that was free a moment ago: `serve` says where it listens and so wants to be told.
fn free_addr() -> Result<SocketAddr, Failure> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}
