//! The command line.

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Ticketing for community events.
#[derive(Debug, Parser)]
#[command(name = "jugnu-tickets", version)]
pub struct Args {
    /// Write the log as JSON lines.
    #[arg(long, global = true)]
    pub log_json: bool,
    #[command(subcommand)]
    pub verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Serve pages and API, with a worker.
    Serve(Serve),
    /// Only work on the queue.
    Worker(Common),
    /// Bring the database's schema up to date and end.
    Migrate(Common),
    /// Look at everything that serving needs, and say what is wrong; brings the schema up to date first.
    Check(Common),
    /// Hold our books against Stripe's; fails if they differ.
    Reconcile(Reconcile),
    /// Make an account's bearer key and print it; it is shown once.
    Token(Token),
    /// Print the API's description.
    Openapi,
    /// Print the flags, and what it means that one is off.
    Flags(Flags),
    /// Take every table of ours away, for good; asks before.
    Uninstall(Uninstall),
    /// Everything on this machine: Stripe stand-in, mail catcher, an example host, seeded events.
    Demo(Demo),
}

/// Where the configuration comes from; the README lists the names.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Common {
    /// A TOML file for what the environment leaves out.
    #[arg(long)]
    pub config: Option<PathBuf>,
}

/// `serve`.
#[derive(Debug, ClapArgs)]
pub struct Serve {
    #[command(flatten)]
    pub common: Common,
    /// Where to listen; `BIND_ADDR` says the same.
    #[arg(long, env = "BIND_ADDR", default_value = "127.0.0.1:8080")]
    pub addr: SocketAddr,
    /// Leave the queue to another process.
    #[arg(long)]
    pub no_worker: bool,
}

/// `reconcile`.
#[derive(Debug, ClapArgs)]
pub struct Reconcile {
    #[command(flatten)]
    pub common: Common,
    /// The first day to look at, such as 2026-11-01; 35 days back if absent.
    #[arg(long)]
    pub since: Option<String>,
    /// Print everything as one line of JSON.
    #[arg(long)]
    pub json: bool,
}

/// `flags`.
#[derive(Debug, ClapArgs)]
pub struct Flags {
    /// As the table of docs/flags.md.
    #[arg(long)]
    pub markdown: bool,
}

/// `uninstall`.
#[derive(Debug, ClapArgs)]
pub struct Uninstall {
    #[command(flatten)]
    pub common: Common,
    /// Do not ask.
    #[arg(long)]
    pub yes: bool,
}

/// `token`.
#[derive(Debug, ClapArgs)]
pub struct Token {
    #[command(flatten)]
    pub common: Common,
    /// Whose: the account is made if there is none.
    #[arg(long)]
    pub email: String,
    /// The name of a new account, and of the key.
    #[arg(long, default_value = "Command line")]
    pub name: String,
    /// What it may do.
    #[arg(long, value_enum, default_value = "organizer")]
    pub role: TokenRole,
}

/// What a key may do.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum TokenRole {
    /// An organizer's programs.
    Organizer,
    /// An admin's programs.
    Admin,
}

/// `demo`.
#[derive(Clone, Debug, ClapArgs)]
pub struct Demo {
    /// Where everything is served.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub addr: SocketAddr,
    /// The name that browsers open it by, if not the address: browsers keep passkeys for `localhost`, and not
    /// for `127.0.0.1`.
    #[arg(long, env = "DEMO_HOST")]
    pub host: Option<String>,
    /// Where the Stripe stand-in listens.
    #[arg(long, default_value = "127.0.0.1:8081")]
    pub stripe_addr: SocketAddr,
    /// The folder that everything is kept in.
    #[arg(long, default_value = ".demo")]
    pub data: PathBuf,
    /// Another database than the one in the folder.
    #[arg(long, env = "DATABASE_URL")]
    pub database_url: Option<String>,
    /// What an empty database is filled with.
    #[arg(long, value_enum, default_value = "demo")]
    pub seed: Seed,
}

/// What an empty database is filled with.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Seed {
    /// An organizer, an admin and a handful of events.
    Demo,
    /// An organizer and an admin, without events.
    None,
}
