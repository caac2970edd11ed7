//! The site does not notice its lodger: its own tests and a crawl of all its pages are the same whatever
//! becomes of the tickets, and its tables are what they were.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that meets the unexpected stops there"
)]

mod crawl;
mod hand_over;
mod schema;
mod states;
mod suite;

use host_site::Lodger;
use tickets::{Config, Tickets};

/// What the site and its lodger sign hand-overs with.
pub const SSO_SECRET: &str = "a secret that the host and we share, and nobody else";

/// The lodger's configuration: all that it needs, on a database of its own or the site's.
pub fn config(database_url: &str, more: &[(&str, &str)]) -> Config {
    let _already_there = rustls::crypto::ring::default_provider().install_default();
    let fixed = [
        ("DATABASE_URL", database_url),
        ("PUBLIC_URL", "http://127.0.0.1:3000"),
        ("SECRET_KEY", "a test key that is long enough to be one"),
        ("STRIPE_SECRET_KEY", "sk_test_host"),
        ("STRIPE_API_BASE", "http://127.0.0.1:9"),
        ("STRIPE_WEBHOOK_SECRET", "whsec_host"),
        ("SMTP_URL", "smtp://127.0.0.1:9"),
        ("EMAIL_FROM", "Jugnu Tickets <tickets@example.ca>"),
        ("ENABLE_TICKETING", "true"),
        ("RATE_LIMIT_SCALE", "0"),
        ("SSO_SECRET", SSO_SECRET),
    ];
    let get = |name: &str| {
        let named = |pairs: &[(&str, &str)]| {
            let found = pairs.iter().find(|(n, _)| *n == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        named(more).or_else(|| named(&fixed))
    };
    Config::read(&get).expect("a configuration that makes sense")
}

/// The site's lodger, as the site was told of it.
pub fn lodger(house: Option<Tickets>) -> Lodger {
    Lodger::new(&config("sqlite://not-opened.db", &[]), house)
}
