//! Runs a mail catcher by itself: `cargo run -p mail --example catch -- 127.0.0.1:2525 127.0.0.1:8025 [DIR]`.
//!
//! Mail sent to the first address can be looked at under the second, until Ctrl-C.

use std::{env, error::Error, sync::Arc};

use mail::catcher::{Catcher, CatcherConfig};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let usage = "usage: catch SMTP_ADDR HTTP_ADDR [DIR]";
    let smtp_addr = arguments.next().ok_or(usage)?.parse()?;
    let http_addr = arguments.next().ok_or(usage)?;
    #[expect(
        clippy::disallowed_methods,
        reason = "this program is its own outermost room, so the clock is read here"
    )]
    let now = Arc::new(|| jiff::Timestamp::now().as_microsecond());
    let catcher = Catcher::start(CatcherConfig {
        smtp_addr,
        dir: arguments.next().map(Into::into),
        now,
    })
    .await?;
    let listener = tokio::net::TcpListener::bind(http_addr).await?;
    println!(
        "{} and http://{}/",
        catcher.smtp_url(),
        listener.local_addr()?
    );
    axum::serve(listener, catcher.router())
        .with_graceful_shutdown(async {
            // Without a signal handler there is no graceful way to stop, so stop at once.
            drop(tokio::signal::ctrl_c().await);
        })
        .await?;
    catcher.shutdown().await?;
    Ok(())
}
