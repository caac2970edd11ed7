//! The log: readable lines on a terminal, JSON for machines; never a secret, never a query string.

use tracing_subscriber::EnvFilter;

/// Starts the log; `RUST_LOG` chooses what is in it.
pub fn start(json: bool) {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,tickets=info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if json {
        builder.json().init();
    } else {
        builder.compact().init();
    }
}
