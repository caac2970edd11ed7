//! The binary `jugnu-tickets`: the house standing alone.

mod args;
mod check;
mod demo;
mod logs;
mod reconcile;
mod run;
mod token;
mod uninstall;

use args::{Args, Verb};
use clap::Parser;
use std::io::Write as _;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    // One provider of cryptography for all that speaks TLS; a second attempt only says that it is there.
    let _already_there = rustls::crypto::ring::default_provider().install_default();
    let args = Args::parse();
    logs::start(args.log_json);
    let done = match args.verb {
        Verb::Serve(serve) => run::serve(&serve).await,
        Verb::Worker(common) => run::worker(&common).await,
        Verb::Migrate(common) => run::migrate(&common).await,
        Verb::Check(common) => check::check(&common).await,
        Verb::Reconcile(wanted) => reconcile::reconcile(&wanted).await,
        Verb::Token(token) => token::token(&token).await,
        Verb::Openapi => run::openapi(),
        Verb::Flags(wanted) => {
            run::flags(wanted.markdown);
            Ok(())
        }
        Verb::Uninstall(wanted) => uninstall::uninstall(&wanted).await,
        Verb::Demo(demo) => demo::demo(&demo).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            for line in failure.0 {
                // With no place to write to, the exit code still says it.
                let _ = writeln!(std::io::stderr(), "jugnu-tickets: {line}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Why a verb failed: one sentence for each fault.
#[derive(Debug)]
pub struct Failure(pub Vec<String>);

impl Failure {
    /// A single fault.
    pub fn one(text: impl std::fmt::Display) -> Self {
        Self(vec![text.to_string()])
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::one(error)
    }
}
