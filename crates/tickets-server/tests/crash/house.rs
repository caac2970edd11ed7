//! The house of the crash test: the product as a child, everything else where it survives.

use crate::common::api::{Api, Event, list, text};
use crate::common::process::{Env, Product, free_port, run};
use crate::common::{now_micros, until};
use crate::{SEATS, STRIPE_KEY};
use mail::catcher::{Catcher, CatcherConfig, RunningCatcher};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::Reader;
use store::scratch::Scratch;
use stripe_sim::{RunningSim, Sim, SimConfig, WebhookEndpoint};

const WEBHOOK_SECRET: &str = "whsec_crash";
/// A crashed worker's jobs and a crashed request's key are taken over after 120 seconds. The restart is
/// made to be that much later by moving them back, instead of waiting; in microseconds.
const DOWN_FOR: &str = "125000000";

/// Everything around the product, and the product while it runs.
pub struct House {
    pub scratch: Scratch,
    pub stripe: RunningSim,
    pub catcher: RunningCatcher,
    pub api: Api,
    addr: String,
    env: Env,
    folder: tempfile::TempDir,
}

impl House {
    pub async fn new(scratch: Scratch) -> Self {
        let addr = format!("127.0.0.1:{}", free_port());
        let url = format!("http://{addr}");
        let hook = |connect| WebhookEndpoint {
            url: format!("{url}/api/tickets/webhooks/stripe"),
            secret: WEBHOOK_SECRET.to_owned(),
            enabled_events: vec!["*".to_owned()],
            connect,
        };
        let config = SimConfig {
            webhook_endpoints: vec![hook(false), hook(true)],
            auto_deliver: true,
            ..SimConfig::default()
        };
        let stripe = Sim::start(config).await.expect("the stand-in starts");
        let config = CatcherConfig {
            smtp_addr: ([127, 0, 0, 1], 0).into(),
            dir: None,
            now: Arc::new(now_micros),
        };
        let catcher = Catcher::start(config).await.expect("a mail catcher");
        let text = |t: &str| t.to_owned();
        let env = vec![
            ("DATABASE_URL", scratch.url.clone()),
            ("PUBLIC_URL", url.clone()),
            (
                "SECRET_KEY",
                text("a key of the crash test, long enough to be one"),
            ),
            ("STRIPE_SECRET_KEY", text(STRIPE_KEY)),
            ("STRIPE_API_BASE", stripe.url()),
            ("STRIPE_WEBHOOK_SECRET", text(WEBHOOK_SECRET)),
            ("STRIPE_RATE_PER_SECOND", text("0")),
            ("SMTP_URL", catcher.smtp_url()),
            ("EMAIL_FROM", text("Jugnu Tickets <tickets@jugnu.example>")),
            ("ENABLE_TICKETING", text("true")),
            ("RATE_LIMIT_SCALE", text("0")),
            ("HOLD_SECONDS", text("10")),
        ];
        let folder = tempfile::tempdir().expect("a folder");
        Self {
            scratch,
            stripe,
            catcher,
            api: Api::new(&url),
            addr,
            env,
            folder,
        }
    }

    pub fn start(&self) -> Product {
        let log: &Path = &self.folder.path().join("serve.log");
        Product::start(&["serve", "--addr", &self.addr], &self.env, log)
    }

    /// From the next start on, at most so many calls a second on each of Stripe's endpoints.
    pub fn limit_stripe(&mut self, per_second: u32) {
        for (name, value) in &mut self.env {
            if *name == "STRIPE_RATE_PER_SECOND" {
                *value = per_second.to_string();
            }
        }
    }

    /// A published event of an organizer who can take money.
    pub async fn open_for_sale(&self) -> Event {
        let organizer = self.organizer().await;
        let tiers = [("General", 2_500, SEATS), ("Free seat", 0, SEATS)];
        self.api.publish(&organizer, &tiers).await
    }

    /// An organizer who can take money: their key.
    pub async fn organizer(&self) -> String {
        let organizer = run(&["token", "--email", "organizer@example.ca"], &self.env);
        let connect = self
            .api
            .post("/api/tickets/organizers/connect", &organizer, &json!({}))
            .await;
        assert!((200..300).contains(&connect.status), "{}", connect.text());
        let mine = || self.api.get("/api/tickets/organizers/me", &organizer);
        let account = text(&mine().await.expect(200), "stripe_account_id").to_owned();
        self.stripe.sim.connect_active_account(Some(&account));
        until(
            "the organizer can take money",
            Duration::from_secs(20),
            || async {
                let me = mine().await.expect(200);
                if me["status"] == "active" {
                    Ok(())
                } else {
                    Err(me.to_string())
                }
            },
        )
        .await;
        organizer
    }

    /// Two minutes pass for what the killed process held.
    pub async fn let_leases_lapse(&self) {
        for (table, column, left) in [
            ("tickets_jobs", "lease_until", "status = 'running'"),
            ("tickets_idempotency", "created_at", "status is null"),
        ] {
            let sql = format!("update {table} set {column} = {column} - {DOWN_FOR} where {left}");
            self.scratch
                .raw(&sql)
                .await
                .expect("the rows can be moved back");
        }
    }

    /// Every payment page that Stripe has.
    pub async fn pages(&self) -> Vec<Value> {
        let stripe = Api::new(&self.stripe.url());
        let mut pages: Vec<Value> = Vec::new();
        loop {
            let after = pages.last().map_or(String::new(), |p| {
                format!("&starting_after={}", text(p, "id"))
            });
            let path = format!("/v1/checkout/sessions?limit=100{after}");
            let page = stripe.get(&path, STRIPE_KEY).await.expect(200);
            pages.extend(list(&page, "data").iter().cloned());
            if page["has_more"] != true {
                return pages;
            }
        }
    }

    pub async fn read(&self) -> Reader {
        self.scratch.db.read().await.expect("a connection")
    }
}
