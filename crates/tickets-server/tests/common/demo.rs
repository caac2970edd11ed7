//! `jugnu-tickets demo` in a folder of its own, on ports that stay the same over restarts.

use super::api::{Api, text};
use super::process::{Env, Product, free_port};
use super::until;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long the demo may take to be ready, seeding included, on a busy machine.
const READY: Duration = Duration::from_secs(90);

/// A folder with its ports: what stays when the demo is restarted.
pub struct Place {
    pub data: PathBuf,
    addr: String,
    stripe_addr: String,
    seed: &'static str,
}

impl Place {
    /// A place below `folder`; `seed` is `demo` or `none`.
    pub fn new(folder: &Path, seed: &'static str) -> Self {
        Self {
            data: folder.join("data"),
            addr: format!("127.0.0.1:{}", free_port()),
            stripe_addr: format!("127.0.0.1:{}", free_port()),
            seed,
        }
    }

    /// Starts the demo and waits for `demo.json`.
    pub async fn start(&self, env: &Env) -> Demo {
        std::fs::create_dir_all(&self.data).expect("a folder");
        // One of an earlier run would tell that this run is ready before it is.
        let _none_yet = std::fs::remove_file(self.data.join("demo.json"));
        let data = self.data.display().to_string();
        let args = [
            "demo",
            "--addr",
            &self.addr,
            "--stripe-addr",
            &self.stripe_addr,
            "--data",
            &data,
            "--seed",
            self.seed,
        ];
        let mut product = Product::start(&args, env, &self.data.join("demo.log"));
        let record = until("the demo gets ready", READY, || {
            assert!(product.runs(), "the demo ended instead of serving");
            let read = std::fs::read(self.data.join("demo.json"));
            async { read.map_err(|e| e.to_string()) }
        })
        .await;
        let record: Value = serde_json::from_slice(&record).expect("demo.json is whole");
        Demo {
            api: Api::new(text(&record, "url")),
            stripe: Api::new(text(&record, "stripe_url")),
            mail: Api::new(text(&record, "mail_url")),
            organizer: text(&record, "organizer_token").to_owned(),
            record,
            product,
        }
    }

    /// One of the secrets that the demo keeps.
    pub fn secret(&self, name: &str) -> String {
        let text_of =
            std::fs::read(self.data.join("secrets.json")).expect("the demo keeps secrets");
        let secrets: Value = serde_json::from_slice(&text_of).expect("JSON");
        text(&secrets, name).to_owned()
    }

    /// The address of the database in the folder.
    pub fn database_url(&self) -> String {
        format!("sqlite://{}", self.data.join("tickets.db").display())
    }
}

/// A running demo.
pub struct Demo {
    pub api: Api,
    pub stripe: Api,
    pub mail: Api,
    pub organizer: String,
    /// `demo.json`.
    pub record: Value,
    pub product: Product,
}

impl Demo {
    /// Pays a payment page with a good card, as its button would.
    pub async fn pay(&self, session: &str) -> Value {
        let path = format!("/_sim/checkout/sessions/{session}/pay");
        let card = serde_json::json!({ "card": "4242424242424242" });
        self.stripe.post(&path, "", &card).await.expect(200)
    }
}
