//! The stand-in as a program: `stripe-sim --addr 127.0.0.1:0 --seed 1 --webhook URL=SECRET --connect-webhook URL=SECRET`.
//!
//! It prints one line of JSON with its address when it is ready, and ends when it is interrupted.

use std::io::Write;
use std::process::ExitCode;

use stripe_sim::{Sim, SimClock, SimConfig, WebhookEndpoint};

const USAGE: &str = "usage: stripe-sim [--addr 127.0.0.1:0] [--seed N] [--clock UNIX_SECONDS] [--state FILE] [--manual] \
                     [--webhook URL=SECRET]... [--connect-webhook URL=SECRET]...";

#[tokio::main]
async fn main() -> ExitCode {
    let config = match read(std::env::args().skip(1)) {
        Ok(config) => config,
        Err(problem) => return fail(&format!("{problem}\n{USAGE}")),
    };
    let running = match Sim::start(config).await {
        Ok(running) => running,
        Err(error) => return fail(&error.to_string()),
    };
    let line = serde_json::json!({ "url": running.url(), "addr": running.addr().to_string() });
    let mut out = std::io::stdout();
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        return ExitCode::FAILURE;
    }
    let waited = tokio::signal::ctrl_c().await;
    running.shutdown().await;
    if waited.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn fail(problem: &str) -> ExitCode {
    let _nobody_reads = writeln!(std::io::stderr(), "{problem}");
    ExitCode::FAILURE
}

fn read(mut args: impl Iterator<Item = String>) -> Result<SimConfig, String> {
    let mut config = SimConfig {
        auto_deliver: true,
        ..SimConfig::default()
    };
    while let Some(name) = args.next() {
        if name == "--manual" {
            config.auto_deliver = false;
            continue;
        }
        let value = args
            .next()
            .ok_or_else(|| format!("{name} needs a value."))?;
        let wrong = |what: &str| format!("{name} must be {what}, not {value}.");
        match name.as_str() {
            "--addr" => config.addr = value.parse().map_err(|_| wrong("an address and a port"))?,
            "--seed" => config.seed = value.parse().map_err(|_| wrong("a number"))?,
            "--clock" => {
                config.clock =
                    SimClock::Virtual(value.parse().map_err(|_| wrong("a Unix second"))?);
            }
            "--state" => config.state_file = Some(value.into()),
            "--webhook" | "--connect-webhook" => {
                let (url, secret) = value.split_once('=').ok_or_else(|| wrong("URL=SECRET"))?;
                config.webhook_endpoints.push(WebhookEndpoint {
                    url: url.to_owned(),
                    secret: secret.to_owned(),
                    enabled_events: vec!["*".to_owned()],
                    connect: name == "--connect-webhook",
                });
            }
            _ => return Err(format!("{name} is unknown.")),
        }
    }
    Ok(config)
}
