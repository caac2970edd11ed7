//! What BENCHMARKS.md claims, runnable: `bench/run` builds everything, starts PostgreSQL and runs this.
//!
//! This process is the load generator and the bookkeeper; the server that it measures is the real
//! binary in a process of its own. Each layer is measured by itself, so that what it costs can be read:
//! the bare statements, the lane above them, HTTP above that, and a route that does nothing. After each
//! rush on a database an independent recount must agree, or the run fails.

mod bare;
mod figure;
mod house;
mod lane;
mod load;
mod machine;
mod paper;
mod place;
mod plan;
mod rush;
mod scan;
mod server;
mod start;
mod wire;

use clap::{Parser, Subcommand};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use tokio::runtime::{Builder, Runtime};

/// Why a run failed: anything that is not a figure.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measures this product on this machine.
#[derive(Debug, Parser)]
pub struct Args {
    /// The server's binary.
    #[arg(long, default_value = "target/release/jugnu-tickets")]
    server: PathBuf,
    /// Where results, logs and databases go.
    #[arg(long, default_value = "target/bench")]
    out: PathBuf,
    /// Seconds measured in each run, after a second of warming up.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// Runs of each scenario; the median is told.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    #[command(subcommand)]
    verb: Verb,
}

/// What to measure.
#[derive(Debug, Subcommand)]
enum Verb {
    /// Everything, or the groups that are named.
    All {
        /// `holds`, `orders`, `bare`, `lane`, `papers`, `scans`, `start`.
        #[arg(long, value_delimiter = ',')]
        only: Vec<String>,
        /// SQLite alone, or both.
        #[arg(long)]
        sqlite_only: bool,
    },
    /// One long rush of holds on SQLite with another command beside it: a profiler, mostly.
    Beside {
        /// Callers at once.
        #[arg(long, default_value_t = 256)]
        callers: usize,
        /// `hold`, `order` or `live`.
        #[arg(long, default_value = "hold")]
        request: String,
        /// On PostgreSQL instead.
        #[arg(long)]
        postgres: bool,
        /// The command; `{pid}` becomes the server's process id.
        command: Vec<String>,
    },
}

/// One thread for the generator, so that it takes as little as it can from the server; two for what is
/// measured inside of this process.
pub struct Runtimes {
    /// Sends requests and keeps books.
    pub calm: Runtime,
    /// Runs the product's own code.
    pub busy: Runtime,
}

fn main() -> ExitCode {
    let args = Args::parse();
    // A second attempt only says that it is there.
    let _already_there = rustls::crypto::ring::default_provider().install_default();
    match measure(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // With no place to write to, the exit code still says it.
            let _ = writeln!(std::io::stderr(), "bench: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn measure(args: &Args) -> Result<(), Failure> {
    std::fs::create_dir_all(&args.out)?;
    let runtimes = Runtimes {
        calm: Builder::new_current_thread().enable_all().build()?,
        busy: Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?,
    };
    match &args.verb {
        Verb::All { only, sqlite_only } => plan::all(args, &runtimes, only, *sqlite_only),
        Verb::Beside {
            callers,
            request,
            postgres,
            command,
        } => plan::beside(args, &runtimes, *callers, request, *postgres, command),
    }
}
