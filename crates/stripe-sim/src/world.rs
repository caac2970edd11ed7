//! The whole state of the stand-in, behind one lock, and the small steps that everything else is made of.
//!
//! One lock means that a state change, its ledger entry, its events and the saved answer of its idempotency key are one
//! step, as they are at Stripe. No method here waits for anything.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Clock;
use crate::entropy::Entropy;
use crate::error::ApiError;
use crate::faults::Faults;
use crate::form::Form;
use crate::idempotency::Keys;
use crate::ledger::Ledger;
use crate::objects::Objects;
use crate::outbox::Outbox;
use crate::requests::Request;
use crate::tax::Taxes;
use crate::timers::Timers;

/// The platform's own account: every accepted key is its key.
pub const PLATFORM: &str = "acct_1SimPlatform00000";
/// The Connect application of the platform, as it appears on objects of connected accounts.
pub(crate) const APPLICATION: &str = "ca_SimPlatformApplication000000";
/// The version that the objects have (and that official clients of November 2026 pin).
pub const API_VERSION: &str = "2026-10-28.endive";

/// Who asked, as events remember it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    pub(crate) request: Option<String>,
    pub(crate) idempotency_key: Option<String>,
}

/// Everything.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) entropy: Entropy,
    pub(crate) objects: Objects,
    pub(crate) ledger: Ledger,
    pub(crate) timers: Timers,
    pub(crate) outbox: Outbox,
    pub(crate) keys: Keys,
    pub(crate) faults: Faults,
    #[serde(default)]
    pub(crate) tax: Taxes,
    #[serde(skip)]
    pub(crate) requests: VecDeque<Request>,
    #[serde(skip)]
    pub(crate) origin: Origin,
    #[serde(skip)]
    pub(crate) base_url: String,
}

impl World {
    pub(crate) fn new(seed: u64, clock: Clock, base_url: String) -> Self {
        let mut world = Self {
            clock,
            entropy: Entropy::new(seed),
            objects: Objects::default(),
            ledger: Ledger::default(),
            timers: Timers::default(),
            outbox: Outbox::default(),
            keys: Keys::default(),
            faults: Faults::default(),
            tax: Taxes::default(),
            requests: VecDeque::new(),
            origin: Origin::default(),
            base_url,
        };
        world.found_platform();
        world
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// A copy of an object's body as of now.
    pub(crate) fn snapshot(&self, id: &str) -> Value {
        self.objects.body(id).clone()
    }

    /// The object of the path, or 404.
    pub(crate) fn require(&self, owner: &str, kind: &str, id: &str) -> Result<Value, ApiError> {
        match self.objects.find(owner, kind, id) {
            Some(object) => Ok(object.body.clone()),
            None => Err(ApiError::no_such(kind, id, "id")),
        }
    }

    /// Merges the form's metadata into an object's: an empty value removes a key, an empty `metadata` removes all.
    pub(crate) fn merge_metadata(&mut self, id: &str, form: &Form) -> Result<(), ApiError> {
        let mut metadata = self.objects.body(id)["metadata"].clone();
        if !metadata.is_object() || form.raw("metadata") == Some("") {
            metadata = json!({});
        }
        if let Some(map) = metadata.as_object_mut() {
            for (key, value) in form.map("metadata") {
                if value.is_empty() {
                    map.remove(&key);
                } else {
                    map.insert(key, value.into());
                }
            }
            if map.len() > 50 {
                return Err(ApiError::param(
                    None,
                    "metadata",
                    "You can have up to 50 metadata keys on an object.",
                ));
            }
        }
        self.objects.set(id, "metadata", metadata);
        Ok(())
    }
}

/// The metadata of a form as an object's field.
pub(crate) fn metadata_of(form: &Form, path: &str) -> Value {
    form.map(path)
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (key, Value::from(value)))
        .collect()
}

/// An address with nothing in it.
pub(crate) fn empty_address() -> Value {
    json!({ "city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null })
}
