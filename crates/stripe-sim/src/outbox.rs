//! The outbox: what is to be delivered, when, and what came of each attempt.
//!
//! A delivery is kept until an endpoint answers 2xx or the schedule is used up; nothing is delivered that is not in here.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::endpoints::Endpoint;
use crate::faults::FaultKind;
use crate::objects::{int, text};
use crate::signature;
use crate::world::World;

/// Seconds after each failed attempt. Stripe does not publish its schedule; three days in all, growing, is documented.
const RETRY_AFTER_S: [i64; 11] = [
    5, 30, 300, 1_800, 10_800, 18_000, 28_800, 28_800, 43_200, 43_200, 43_200,
];

/// How an attempt is bent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Quirk {
    Drop,
    BadSignature,
    OldTimestamp,
    Concurrent,
}

impl Quirk {
    fn fault(self) -> FaultKind {
        match self {
            Self::Drop => FaultKind::WebhookDrop,
            Self::BadSignature => FaultKind::WebhookBadSignature,
            Self::OldTimestamp => FaultKind::WebhookOldTimestamp,
            Self::Concurrent => FaultKind::WebhookConcurrent,
        }
    }

    /// Whether a fault bends an attempt rather than the delivery as a whole.
    pub(crate) fn covers(kind: FaultKind) -> bool {
        [
            Self::Drop,
            Self::BadSignature,
            Self::OldTimestamp,
            Self::Concurrent,
        ]
        .iter()
        .any(|quirk| quirk.fault() == kind)
    }
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Waits for its time.
    Waiting,
    /// Is being sent.
    Sending,
    /// Was answered with 2xx.
    Delivered,
    /// Has used up the schedule, or its endpoint is gone.
    GivenUp,
}

/// One attempt and its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Milliseconds since 1970 on the stand-in's clock.
    pub at_ms: i64,
    /// The status that the endpoint answered.
    pub status: Option<u16>,
    /// Why there was no answer.
    pub error: Option<String>,
}

/// One event on its way to one endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Counts up from 1.
    pub id: u64,
    /// `we_…`
    pub endpoint: String,
    /// `evt_…`
    pub event: String,
    /// The event's type.
    pub event_type: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it is due, in milliseconds since 1970 on the stand-in's clock.
    pub due_ms: i64,
    /// What happened so far.
    pub attempts: Vec<Attempt>,
    /// The exact text that is signed and sent.
    pub body: String,
    pub(crate) quirks: Vec<Quirk>,
}

/// Endpoints and deliveries.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Outbox {
    pub(crate) endpoints: Vec<Endpoint>,
    #[serde(serialize_with = "without_spent_texts")]
    pub(crate) deliveries: Vec<Delivery>,
    /// Due times and ids of those that wait, so that a long history does not slow the search for due ones.
    waiting: BTreeSet<(i64, u64)>,
    /// Ids of those that wait to be overtaken.
    held: BTreeSet<u64>,
}

/// A delivery as the state file keeps it.
#[derive(Serialize)]
#[serde(untagged)]
enum Kept<'a> {
    Whole(&'a Delivery),
    Spent(Delivery),
}

/// What is over is never sent again, and its event is kept anyway: the text would only double the file.
fn without_spent_texts<S: Serializer>(
    deliveries: &[Delivery],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(deliveries.iter().map(|delivery| match delivery.state {
        DeliveryState::Waiting | DeliveryState::Sending => Kept::Whole(delivery),
        DeliveryState::Delivered | DeliveryState::GivenUp => Kept::Spent(Delivery {
            id: delivery.id,
            endpoint: delivery.endpoint.clone(),
            event: delivery.event.clone(),
            event_type: delivery.event_type.clone(),
            state: delivery.state,
            due_ms: delivery.due_ms,
            attempts: delivery.attempts.clone(),
            body: String::new(),
            quirks: Vec::new(),
        }),
    }))
}

/// What the sender needs to make one attempt.
#[derive(Debug, Clone)]
pub(crate) struct Parcel {
    pub(crate) delivery: u64,
    pub(crate) url: String,
    pub(crate) signature: String,
    pub(crate) body: String,
    /// How many copies go out at the same moment; none when the attempt is to be lost.
    pub(crate) copies: usize,
}

impl Outbox {
    pub(crate) fn add(
        &mut self,
        endpoint: &str,
        event: &Value,
        due_ms: i64,
        held: bool,
        quirks: Vec<Quirk>,
    ) {
        let id = self.deliveries.len() as u64 + 1;
        self.deliveries.push(Delivery {
            id,
            endpoint: endpoint.to_owned(),
            event: text(event, "id").to_owned(),
            event_type: text(event, "type").to_owned(),
            state: DeliveryState::Waiting,
            due_ms,
            attempts: Vec::new(),
            body: event.to_string(),
            quirks,
        });
        self.waiting.insert((due_ms, id));
        if held {
            self.held.insert(id);
        }
    }

    pub(crate) fn at(&mut self, id: u64) -> Option<&mut Delivery> {
        let index = usize::try_from(id).ok()?.checked_sub(1)?;
        self.deliveries.get_mut(index)
    }

    /// Deliveries of an interrupted run wait again.
    pub(crate) fn resume(&mut self) {
        for delivery in self
            .deliveries
            .iter_mut()
            .filter(|delivery| delivery.state == DeliveryState::Sending)
        {
            delivery.state = DeliveryState::Waiting;
            self.waiting.insert((delivery.due_ms, delivery.id));
        }
    }
}

impl World {
    /// Takes the next due delivery out of the waiting ones and signs it as of now.
    pub(crate) fn take_due(&mut self) -> Option<Parcel> {
        let now_ms = self.clock.now_ms();
        loop {
            let (due_ms, id) = self.outbox.waiting.first().copied()?;
            if due_ms > now_ms {
                return None;
            }
            self.outbox.waiting.remove(&(due_ms, id));
            self.outbox.held.remove(&id);
            if let Some(parcel) = self.wrap(id, now_ms) {
                return Some(parcel);
            }
        }
    }

    fn wrap(&mut self, id: u64, now_ms: i64) -> Option<Parcel> {
        let delivery = self.outbox.at(id)?;
        let quirks = std::mem::take(&mut delivery.quirks);
        let (endpoint, body) = (delivery.endpoint.clone(), delivery.body.clone());
        let hit = format!("{} {}", delivery.event, delivery.event_type);
        delivery.state = DeliveryState::Sending;
        let Some(endpoint) = self
            .outbox
            .endpoints
            .iter()
            .find(|known| known.id == endpoint && known.enabled)
        else {
            self.outbox.at(id)?.state = DeliveryState::GivenUp;
            return None;
        };
        let mut secrets = endpoint.active_secrets(now_ms);
        let mut t = now_ms.div_euclid(1000);
        if quirks.contains(&Quirk::BadSignature) {
            secrets = vec!["whsec_of_somebody_else"];
        }
        if quirks.contains(&Quirk::OldTimestamp) {
            t -= 3_600;
        }
        let copies = match () {
            () if quirks.contains(&Quirk::Drop) => 0,
            () if quirks.contains(&Quirk::Concurrent) => 2,
            () => 1,
        };
        let signature = signature::header(&secrets, t, &body);
        let url = endpoint.url.clone();
        for quirk in quirks {
            self.faults.record(quirk.fault(), now_ms, hit.clone());
        }
        Some(Parcel {
            delivery: id,
            url,
            signature,
            body,
            copies,
        })
    }

    /// Writes down what came of an attempt, and plans the next when it failed.
    pub(crate) fn record_attempt(&mut self, id: u64, outcome: Result<u16, String>) {
        let at_ms = self.clock.now_ms();
        let Some(delivery) = self.outbox.at(id) else {
            return;
        };
        let (status, error) = match outcome {
            Ok(status) => (Some(status), None),
            Err(error) => (None, Some(error)),
        };
        delivery.attempts.push(Attempt {
            at_ms,
            status,
            error,
        });
        let (event, endpoint) = (delivery.event.clone(), delivery.endpoint.clone());
        let retry = RETRY_AFTER_S.get(delivery.attempts.len() - 1);
        if status.is_some_and(|status| (200..300).contains(&status)) {
            delivery.state = DeliveryState::Delivered;
            let left = int(self.objects.body(&event), "pending_webhooks") - 1;
            self.objects.set(&event, "pending_webhooks", left.max(0));
        } else if let Some(seconds) = retry {
            delivery.state = DeliveryState::Waiting;
            delivery.due_ms = at_ms + seconds * 1000;
            let due_ms = delivery.due_ms;
            self.outbox.waiting.insert((due_ms, id));
        } else {
            delivery.state = DeliveryState::GivenUp;
        }
        self.release_held(id, &endpoint, at_ms);
    }

    /// A delivery that was to be overtaken goes out once a later one to the same endpoint was tried.
    fn release_held(&mut self, overtaker: u64, endpoint: &str, now_ms: i64) {
        let earlier: Vec<u64> = self.outbox.held.range(..overtaker).copied().collect();
        for id in earlier {
            let Some(delivery) = self.outbox.at(id).filter(|held| held.endpoint == endpoint) else {
                continue;
            };
            let planned_ms = std::mem::replace(&mut delivery.due_ms, now_ms);
            self.outbox.waiting.remove(&(planned_ms, id));
            self.outbox.waiting.insert((now_ms, id));
            self.outbox.held.remove(&id);
        }
    }
}
