//! The handle on a running stand-in: what tests and the demo do with it from inside the process.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::Notify;

use crate::cards::Submission;
use crate::checkout_pay::{Paid, PayError};
use crate::clock::SimClock;
use crate::endpoints::WebhookEndpoint;
use crate::faults::{Fault, Firing};
use crate::ledger::Ledger;
use crate::outbox::Delivery;
use crate::requests::Request;
use crate::world::World;

/// A stand-in. Everything it knows is behind one lock that is never held across an await.
#[derive(Debug)]
pub struct Sim {
    world: Mutex<World>,
    pub(crate) changed: Notify,
    pub(crate) dirty: AtomicBool,
    /// Held while the state is written, so that whoever stops waits until it is.
    pub(crate) saving: Arc<tokio::sync::Mutex<()>>,
    pub(crate) client: reqwest::Client,
    pub(crate) settings: Settings,
}

/// What stays the same over a reset.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) seed: u64,
    pub(crate) clock: SimClock,
    pub(crate) api_keys: Option<Vec<String>>,
    pub(crate) webhook_endpoints: Vec<WebhookEndpoint>,
    pub(crate) state_file: Option<PathBuf>,
}

impl Sim {
    pub(crate) fn new(world: World, client: reqwest::Client, settings: Settings) -> Self {
        Self {
            world: Mutex::new(world),
            changed: Notify::new(),
            dirty: AtomicBool::new(true),
            saving: Arc::default(),
            client,
            settings,
        }
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Touches the world: what is due happens first, and the delivery task hears that something may have changed.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let result = self.with_quietly(act);
        self.dirty.store(true, Ordering::Relaxed);
        self.changed.notify_one();
        result
    }

    /// The same for the delivery task itself, which looks often and changes nothing that its next report does not.
    pub(crate) fn with_quietly<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.lock();
        world.tick();
        act(&mut world)
    }

    /// Moves the clock forward; everything that falls due on the way happens.
    pub fn advance(&self, seconds: i64) {
        self.with(|world| {
            world.clock.advance_ms(seconds.saturating_mul(1000));
            world.tick();
        });
    }

    /// The stand-in's time in Unix seconds.
    pub fn now(&self) -> i64 {
        self.with(|world| world.now())
    }

    /// Adds a webhook endpoint and gives back its id.
    pub fn add_webhook_endpoint(&self, endpoint: &WebhookEndpoint) -> String {
        self.with(|world| world.add_endpoint(endpoint))
    }

    /// Rolls an endpoint's secret, keeping the old one active for so many seconds; none when there is no such endpoint.
    pub fn roll_webhook_secret(&self, endpoint: &str, keep_old_s: i64) -> Option<String> {
        self.with(|world| world.roll_secret(endpoint, keep_old_s))
    }

    /// A copy of the ledger; its `sum()` is zero.
    pub fn ledger(&self) -> Ledger {
        self.with(|world| world.ledger.clone())
    }

    /// Available and pending balance of an account in cents.
    pub fn balance(&self, account: &str) -> (i64, i64) {
        self.with(|world| world.balance_of(account))
    }

    /// Arms a fault.
    pub fn arm(&self, fault: Fault) {
        self.with(|world| world.faults.arm(fault));
    }

    /// Disarms all faults; the log stays.
    pub fn disarm(&self) {
        self.with(|world| world.faults.disarm());
    }

    /// Every fault that fired.
    pub fn faults_log(&self) -> Vec<Firing> {
        self.with(|world| world.faults.log.clone())
    }

    /// Submits the hosted page of a session with a card; the answer is the session as it is then.
    pub fn pay(&self, session: &str, card: &str) -> Result<Value, PayError> {
        self.submit(session, &Submission::card(card))
            .map(|Paid(session)| session)
    }

    /// Submits the hosted page of a session with everything a buyer can type.
    pub fn submit(&self, session: &str, submission: &Submission) -> Result<Paid, PayError> {
        self.with(|world| world.pay_session(session, submission))
    }

    /// An organizer's account that has finished onboarding, with this id or a new one.
    pub fn connect_active_account(&self, id: Option<&str>) -> String {
        self.with(|world| world.seed_active_account(id))
    }

    /// Any object by its id, as the API would answer it; null when there is none.
    pub fn object(&self, id: &str) -> Value {
        self.with(|world| world.snapshot(id))
    }

    /// Everything that was asked of the API.
    pub fn request_log(&self) -> Vec<Request> {
        self.with(|world| world.requests.iter().cloned().collect())
    }

    /// Every delivery with its attempts.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.with(|world| world.outbox.deliveries.clone())
    }

    /// Forgets everything but the configuration, and starts again from the seed.
    pub fn reset(&self) {
        self.with(|world| {
            let clock = crate::clock::Clock::new(self.settings.clock);
            *world = World::new(self.settings.seed, clock, world.base_url.clone());
            for endpoint in &self.settings.webhook_endpoints {
                world.add_endpoint(endpoint);
            }
        });
    }

    /// The whole state as text, if it changed since it was last asked for.
    pub(crate) fn state_if_changed(&self) -> Option<String> {
        if !self.dirty.swap(false, Ordering::Relaxed) {
            return None;
        }
        serde_json::to_string(&*self.lock()).ok()
    }
}
