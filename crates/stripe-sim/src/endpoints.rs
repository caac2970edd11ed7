//! Webhook endpoints: where events go, signed with which secrets.
//!
//! The API's `/v1/webhook_endpoints` and the ones given at the start are the same thing. Only loopback addresses are
//! taken: a stand-in has nothing to say to the world.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::shape::{Kind, METADATA, Shape, opt, req};
use crate::wire::call::Call;
use crate::world::{API_VERSION, World, metadata_of};

/// A webhook endpoint as a test or the demo configures it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WebhookEndpoint {
    /// An http address on this machine.
    pub url: String,
    /// The signing secret, `whsec_…`.
    pub secret: String,
    /// Types of events, or `*` for all.
    pub enabled_events: Vec<String>,
    /// True for the events of connected accounts, false for the platform's own.
    pub connect: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Secret {
    value: String,
    /// None while it is the current one.
    until_ms: Option<i64>,
}

/// A webhook endpoint in the world.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Endpoint {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) connect: bool,
    pub(crate) enabled: bool,
    enabled_events: Vec<String>,
    secrets: Vec<Secret>,
    created: i64,
    description: Value,
    metadata: Value,
}

impl Endpoint {
    pub(crate) fn wants(&self, kind: &str) -> bool {
        self.enabled
            && self
                .enabled_events
                .iter()
                .any(|wanted| wanted == "*" || wanted == kind)
    }

    /// The secrets that sign now: the current one first, then those that are being phased out.
    pub(crate) fn active_secrets(&self, now_ms: i64) -> Vec<&str> {
        let active = |secret: &&Secret| secret.until_ms.is_none_or(|until_ms| now_ms < until_ms);
        self.secrets
            .iter()
            .filter(active)
            .map(|secret| secret.value.as_str())
            .collect()
    }

    fn to_json(&self) -> Value {
        json!({
            "id": self.id, "object": "webhook_endpoint", "api_version": API_VERSION,
            "application": null, "created": self.created, "description": self.description,
            "enabled_events": self.enabled_events, "livemode": false, "metadata": self.metadata,
            "status": if self.enabled { "enabled" } else { "disabled" }, "url": self.url,
        })
    }
}

/// Whether an address is an http address on this machine.
pub(crate) fn is_loopback(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| {
        url.scheme() == "http"
            && match url.host() {
                Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
                Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
                Some(url::Host::Domain(name)) => name == "localhost",
                None => false,
            }
    })
}

impl World {
    /// Adds an endpoint, or changes the one with the same address and kind; gives back its id.
    pub(crate) fn add_endpoint(&mut self, given: &WebhookEndpoint) -> String {
        let same = |known: &&mut Endpoint| known.url == given.url && known.connect == given.connect;
        let secret = Secret {
            value: given.secret.clone(),
            until_ms: None,
        };
        if let Some(known) = self.outbox.endpoints.iter_mut().find(same) {
            known.enabled_events.clone_from(&given.enabled_events);
            known.secrets = vec![secret];
            return known.id.clone();
        }
        let id = self.entropy.id("we");
        self.outbox.endpoints.push(Endpoint {
            id: id.clone(),
            url: given.url.clone(),
            connect: given.connect,
            enabled: true,
            enabled_events: given.enabled_events.clone(),
            secrets: vec![secret],
            created: self.now(),
            description: Value::Null,
            metadata: json!({}),
        });
        id
    }

    /// Gives an endpoint a new secret and lets the old one sign as well for so many seconds.
    pub(crate) fn roll_secret(&mut self, id: &str, keep_old_s: i64) -> Option<String> {
        let value = format!("whsec_{}", self.entropy.text(32));
        let until_ms = self.clock.now_ms() + keep_old_s.saturating_mul(1000);
        let endpoint = self
            .outbox
            .endpoints
            .iter_mut()
            .find(|endpoint| endpoint.id == id)?;
        for old in endpoint
            .secrets
            .iter_mut()
            .filter(|secret| secret.until_ms.is_none())
        {
            old.until_ms = Some(until_ms);
        }
        endpoint.secrets.insert(
            0,
            Secret {
                value: value.clone(),
                until_ms: None,
            },
        );
        Some(value)
    }
}

pub(crate) const CREATE: &[Shape] = &[
    &[
        req("url", Kind::Text),
        req("enabled_events", Kind::Text),
        opt("enabled_events.#", Kind::Text),
        opt("connect", Kind::Bool),
        opt("description", Kind::Text),
        opt("api_version", Kind::OneOf(&[API_VERSION])),
    ],
    METADATA,
];

pub(crate) fn create(world: &mut World, call: &Call) -> Answer {
    let url = call.form.get("url").unwrap_or_default().to_owned();
    if !is_loopback(&url) {
        let message =
            "Invalid URL: the stand-in delivers webhooks only to http addresses on this machine.";
        return Err(ApiError::param(Some("url_invalid"), "url", message));
    }
    let secret = format!("whsec_{}", world.entropy.text(32));
    let given = WebhookEndpoint {
        url,
        secret: secret.clone(),
        enabled_events: call.form.list("enabled_events"),
        connect: call.form.flag("connect").unwrap_or(false),
    };
    let id = world.add_endpoint(&given);
    let Some(endpoint) = world
        .outbox
        .endpoints
        .iter_mut()
        .find(|endpoint| endpoint.id == id)
    else {
        return Err(ApiError::internal(500));
    };
    endpoint.metadata = metadata_of(&call.form, "metadata");
    endpoint.description = crate::objects::or_null(call.form.get("description"));
    let mut body = endpoint.to_json();
    body["secret"] = secret.into();
    Ok(body)
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    let found = world
        .outbox
        .endpoints
        .iter()
        .find(|endpoint| endpoint.id == call.id(0));
    found
        .map(Endpoint::to_json)
        .ok_or_else(|| ApiError::no_such("webhook_endpoint", call.id(0), "id"))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let all: Vec<Value> = world
        .outbox
        .endpoints
        .iter()
        .rev()
        .map(Endpoint::to_json)
        .collect();
    crate::wire::page::of(&call.form, "/v1/webhook_endpoints", &all)
}

pub(crate) fn delete(world: &mut World, call: &Call) -> Answer {
    let before = world.outbox.endpoints.len();
    world
        .outbox
        .endpoints
        .retain(|endpoint| endpoint.id != call.id(0));
    if world.outbox.endpoints.len() == before {
        return Err(ApiError::no_such("webhook_endpoint", call.id(0), "id"));
    }
    Ok(json!({ "id": call.id(0), "object": "webhook_endpoint", "deleted": true }))
}
