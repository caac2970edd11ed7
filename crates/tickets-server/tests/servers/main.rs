//! Servers as they are run: several on one database, behind another site's proxy, and taken away for good.

#![expect(
    clippy::expect_used,
    reason = "in a test, what cannot be done is a failure"
)]

#[path = "../common/mod.rs"]
mod common;
mod node_host;
mod switches;
mod uninstall;

use common::api::Api;
use common::process::{Env, Product, free_port};
use std::path::Path;

/// What the servers of these tests derive their secrets from.
const KEY: &str = "a key of these tests that is long enough";

/// The environment of a server on a database; buyers see it at `public`.
fn environment(database: &str, public: &str) -> Env {
    let names = [
        ("DATABASE_URL", database),
        ("PUBLIC_URL", public),
        ("SECRET_KEY", KEY),
        ("STRIPE_SECRET_KEY", "sk_test_servers"),
        ("STRIPE_API_BASE", "http://127.0.0.1:9"),
        ("STRIPE_WEBHOOK_SECRET", "whsec_servers"),
        ("SMTP_URL", "smtp://127.0.0.1:9"),
        ("EMAIL_FROM", "Jugnu Tickets <tickets@example.ca>"),
        ("ENABLE_TICKETING", "true"),
        ("RATE_LIMIT_SCALE", "0"),
    ];
    names.map(|(name, value)| (name, value.to_owned())).to_vec()
}

/// A running `serve` with its address.
struct Server {
    api: Api,
    product: Product,
}

/// Starts `serve` on a free port, and waits until it answers.
async fn serve(env: &Env, folder: &Path, more: &[&str]) -> Server {
    let addr = format!("127.0.0.1:{}", free_port());
    let args = [&["serve", "--addr", &addr], more].concat();
    let product = Product::start(&args, env, &folder.join("serve.log"));
    let api = Api::new(&format!("http://{addr}"));
    api.ready().await;
    Server { api, product }
}
