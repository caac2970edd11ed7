//! Events: made in the same step as the change that they tell of, with a copy of the object as it was then.
//!
//! A delivery that comes late therefore shows old data, as Stripe's does; whoever acts on it must ask for the current state.

use serde_json::{Value, json};

use crate::endpoints::Endpoint;
use crate::error::Answer;
use crate::faults::{Fault, FaultKind, Subject};
use crate::objects::{int, text};
use crate::outbox::Quirk;
use crate::wire::call::Call;
use crate::world::{API_VERSION, PLATFORM, World};

impl World {
    /// Tells of an object as it is now, to the endpoints of the account that owns it.
    pub(crate) fn emit(&mut self, kind: &str, id: &str) {
        let owner = self.objects.owner(id).to_owned();
        let object = self.snapshot(id);
        self.emit_as(&owner, kind, &object, None);
    }

    /// The same, with the fields that changed as they were before.
    pub(crate) fn emit_changed(&mut self, kind: &str, id: &str, before: Value) {
        let owner = self.objects.owner(id).to_owned();
        let object = self.snapshot(id);
        self.emit_as(&owner, kind, &object, Some(before));
    }

    /// Tells the endpoints of `owner` of any object.
    pub(crate) fn emit_as(
        &mut self,
        owner: &str,
        kind: &str,
        object: &Value,
        before: Option<Value>,
    ) {
        let endpoints: Vec<String> = self.endpoints_for(owner, kind);
        let id = self.entropy.id("evt");
        let mut data = json!({ "object": object });
        if let Some(before) = before {
            data["previous_attributes"] = before;
        }
        let mut event = json!({
            "id": id, "object": "event", "api_version": API_VERSION, "created": self.now(), "data": data,
            "livemode": false, "pending_webhooks": endpoints.len(),
            "request": { "id": self.origin.request, "idempotency_key": self.origin.idempotency_key }, "type": kind,
        });
        if owner != PLATFORM {
            event["account"] = owner.into();
        }
        self.objects.insert(owner, event.clone(), Value::Null);
        for endpoint in endpoints {
            self.enqueue(&endpoint, owner, &event);
        }
    }

    fn endpoints_for(&self, owner: &str, kind: &str) -> Vec<String> {
        let connect = owner != PLATFORM;
        let wants = |endpoint: &&Endpoint| endpoint.connect == connect && endpoint.wants(kind);
        self.outbox
            .endpoints
            .iter()
            .filter(wants)
            .map(|endpoint| endpoint.id.clone())
            .collect()
    }

    /// Puts one delivery of the event in the outbox, bent by the faults that strike it.
    fn enqueue(&mut self, endpoint: &str, owner: &str, event: &Value) {
        let kind = text(event, "type").to_owned();
        let struck = self.faults.strike(
            &Subject::Event {
                kind: &kind,
                account: owner,
            },
            &mut self.entropy,
        );
        let now_ms = self.clock.now_ms();
        let hit = format!("{} {kind}", text(event, "id"));
        let (mut body, mut due_ms, mut quirks, mut held, mut copies) =
            (event.clone(), now_ms, Vec::new(), false, 1);
        for fault in &struck {
            match fault.kind {
                FaultKind::WebhookDuplicate => copies = 2,
                FaultKind::WebhookDelay => due_ms += wait(fault, 60_000),
                FaultKind::WebhookReorder => {
                    held = true;
                    due_ms += wait(fault, 1_000);
                }
                FaultKind::WebhookDrop => quirks.push(Quirk::Drop),
                FaultKind::WebhookBadSignature => quirks.push(Quirk::BadSignature),
                FaultKind::WebhookOldTimestamp => quirks.push(Quirk::OldTimestamp),
                FaultKind::WebhookConcurrent => quirks.push(Quirk::Concurrent),
                FaultKind::WebhookExtraFields => add_unknown_fields(&mut body),
                FaultKind::WebhookWrongAmount => raise_amounts(&mut body["data"]["object"]),
                FaultKind::WebhookUnknownType => {
                    self.enqueue_forged(endpoint, event, "simulator.happening.unheard_of");
                }
                FaultKind::WebhookUnknownOrder => self.enqueue_forged(endpoint, event, &kind),
                _ => continue,
            }
            // What bends the sending is logged when it is sent; the rest has happened now.
            if !Quirk::covers(fault.kind) {
                self.faults.record(fault.kind, now_ms, hit.clone());
            }
        }
        for _ in 0..copies {
            self.outbox
                .add(endpoint, &body, due_ms, held, quirks.clone());
        }
    }

    /// Delivers an event that never happened: of this type, or about an object that nobody knows.
    fn enqueue_forged(&mut self, endpoint: &str, event: &Value, kind: &str) {
        let mut forged = event.clone();
        forged["id"] = self.entropy.id("evt").into();
        if kind == text(event, "type") {
            forget_names(&mut forged["data"]["object"], &self.entropy.text(24));
        } else {
            forged["type"] = kind.into();
        }
        let now_ms = self.clock.now_ms();
        self.outbox
            .add(endpoint, &forged, now_ms, false, Vec::new());
    }
}

fn wait(fault: &Fault, default_ms: u64) -> i64 {
    i64::try_from(fault.ms.unwrap_or(default_ms)).unwrap_or(i64::MAX / 4)
}

fn add_unknown_fields(event: &mut Value) {
    event["simulator_extra"] = json!({ "nested": [1, { "deep": null }] });
    event["data"]["object"]["simulator_extra"] = json!("a field of a later version");
}

fn raise_amounts(object: &mut Value) {
    for field in [
        "amount_total",
        "amount_subtotal",
        "amount",
        "amount_received",
    ] {
        if object[field].is_i64() {
            object[field] = (int(object, field) + 100).into();
        }
    }
}

/// Makes an object into one that nobody made: another id, reference and metadata.
fn forget_names(object: &mut Value, name: &str) {
    let prefix = text(object, "id")
        .rsplit_once('_')
        .map_or("obj", |(prefix, _)| prefix)
        .to_owned();
    object["id"] = format!("{prefix}_{name}").into();
    if object["client_reference_id"].is_string() {
        object["client_reference_id"] = format!("unknown_{name}").into();
    }
    if let Some(metadata) = object["metadata"].as_object_mut() {
        metadata
            .values_mut()
            .for_each(|value| *value = format!("unknown_{name}").into());
    }
}

pub(crate) fn retrieve(world: &mut World, call: &Call) -> Answer {
    world.require(&call.account, "event", call.id(0))
}

pub(crate) fn list(world: &mut World, call: &Call) -> Answer {
    let mut wanted = call.form.list("types");
    wanted.extend(call.form.get("type").map(str::to_owned));
    let fits = |event: &Value| {
        wanted.is_empty() || wanted.iter().any(|name| covers(name, text(event, "type")))
    };
    crate::wire::page::list(world, call, "event", "/v1/events", fits)
}

/// Stripe lets a type end in `*`, as in `charge.*`.
fn covers(pattern: &str, kind: &str) -> bool {
    pattern
        .strip_suffix('*')
        .map_or(pattern == kind, |prefix| kind.starts_with(prefix))
}
