//! One request from the first byte to the last: limiter, key, idempotency, execution, and the faults in between.
//!
//! The order is Stripe's: the limiter runs before authentication and idempotency; parameters are checked before the key is
//! spent; the answer is saved for the key in the same step as the change itself. A request that was accepted is finished
//! even when its client has gone, as on a real server; that is why it runs as a task of its own.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use crate::bucket::Bucket;
use crate::error::ApiError;
use crate::faults::{Fault, FaultKind, Subject};
use crate::form::Form;
use crate::idempotency::{self, Saved, Start};
use crate::listener::Wire;
use crate::requests::Request;
use crate::sim::Sim;
use crate::wire::auth::{self, header};
use crate::wire::call::Call;
use crate::wire::{expand, routes};
use crate::world::{API_VERSION, Origin, World};

/// A request as it came in.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// An answer on its way out, with what bends it.
struct Outgoing {
    id: String,
    saved: Saved,
    headers: Vec<(&'static str, String)>,
    bent: Option<FaultKind>,
}

/// Answers a request, or cuts its connection.
pub(crate) async fn answer(sim: Arc<Sim>, wire: Wire, incoming: Incoming) -> Response<Body> {
    let version =
        header(&incoming.headers, "stripe-version").unwrap_or_else(|| API_VERSION.to_owned());
    let out = handle(&sim, &incoming).await;
    let (status, id) = (out.saved.status, out.id.clone());
    let cut = matches!(
        out.bent,
        Some(FaultKind::ResetBefore | FaultKind::ResetAfter | FaultKind::ResetMidBody)
    );
    sim.with(|world| {
        if !cut {
            world.log_status(&id, status);
        }
    });
    if matches!(
        out.bent,
        Some(FaultKind::ResetBefore | FaultKind::ResetAfter)
    ) {
        wire.cut();
    }
    respond(out, &version)
}

fn respond(out: Outgoing, version: &str) -> Response<Body> {
    let text = serde_json::to_string_pretty(&out.saved.body).unwrap_or_default();
    let length = text.len();
    let mut response = Response::new(match out.bent {
        Some(FaultKind::MalformedJson) => Body::from("<html><body>502 Bad Gateway</body"),
        Some(FaultKind::ResetMidBody) => half_body(&text),
        _ => Body::from(text),
    });
    *response.status_mut() =
        StatusCode::from_u16(out.saved.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if out.bent == Some(FaultKind::ResetMidBody) {
        headers.insert("content-length", HeaderValue::from(length));
    }
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    let fixed = [
        ("request-id", out.id),
        ("stripe-version", version.to_owned()),
    ];
    for (name, value) in fixed.into_iter().chain(out.headers) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    response
}

/// Half of the text, and then an error instead of the rest.
fn half_body(text: &str) -> Body {
    let half = text
        .chars()
        .take(text.chars().count() / 2)
        .collect::<String>();
    let parts: [Result<String, std::io::Error>; 2] =
        [Ok(half), Err(std::io::ErrorKind::ConnectionReset.into())];
    // Yielding between the two lets the first half be written before the connection breaks.
    Body::from_stream(futures::StreamExt::then(
        futures::stream::iter(parts),
        |part| async {
            if part.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            part
        },
    ))
}

async fn handle(sim: &Arc<Sim>, incoming: &Incoming) -> Outgoing {
    let account_named = header(&incoming.headers, "stripe-account");
    let (id, faults) = sim.with(|world| receive(world, incoming, account_named));
    let plan = Plan::new(&faults);
    if let Some((fault, error)) = sim.with(|world| refusal(world, &faults, incoming)) {
        return plan.refused(id, &error, fault.as_ref());
    }
    let prepared = sim.with(|world| prepare(world, incoming, sim.settings.api_keys.as_deref()));
    let out = match prepared {
        Err(error) => outgoing(id, &error, Vec::new()),
        Ok(job) => run(sim, incoming, id, job, &plan, &faults).await,
    };
    plan.pause(sim, &faults, incoming, "after").await;
    out
}

/// Logs a request, gives it an id and looks which faults it meets.
fn receive(
    world: &mut World,
    incoming: &Incoming,
    account: Option<String>,
) -> (String, Vec<Fault>) {
    let id = format!("req_{}", world.entropy.text(14));
    let subject = Subject::Request {
        method: &incoming.method,
        path: &incoming.path,
        account: account.as_deref().unwrap_or(crate::world::PLATFORM),
    };
    let faults = world.faults.strike(&subject, &mut world.entropy);
    let mut form = Form::parse(&incoming.body);
    form.merge(Form::parse(incoming.query.as_bytes()));
    world.log_request(Request {
        id: id.clone(),
        at_ms: world.clock.now_ms(),
        method: incoming.method.clone(),
        path: incoming.path.clone(),
        idempotency_key: header(&incoming.headers, "idempotency-key"),
        account,
        version: header(&incoming.headers, "stripe-version"),
        form: form.to_map(),
        status: None,
    });
    (id, faults)
}

/// What the faults that struck do to a request.
struct Plan {
    /// An error after the commit, with its status.
    error_after: Option<u16>,
    /// What happens to the answer on the way out.
    bent: Option<FaultKind>,
    should_retry: Option<bool>,
}

impl Plan {
    fn new(faults: &[Fault]) -> Self {
        let bends = |kind| {
            matches!(
                kind,
                FaultKind::ResetAfter | FaultKind::ResetMidBody | FaultKind::MalformedJson
            )
        };
        let error_after = faults
            .iter()
            .find(|fault| fault.kind == FaultKind::ErrorAfter);
        Self {
            error_after: error_after.map(|fault| fault.status.unwrap_or(500)),
            bent: faults
                .iter()
                .map(|fault| fault.kind)
                .find(|kind| bends(*kind)),
            should_retry: faults.iter().find_map(|fault| fault.should_retry),
        }
    }

    async fn pause(&self, sim: &Sim, faults: &[Fault], incoming: &Incoming, when: &str) {
        for fault in faults
            .iter()
            .filter(|fault| fault.kind == FaultKind::Latency)
        {
            if fault.when.as_deref().unwrap_or("before") == when {
                sim.with(|world| note(world, fault.kind, incoming));
                tokio::time::sleep(Duration::from_millis(fault.ms.unwrap_or(100))).await;
            }
        }
    }

    fn refused(&self, id: String, error: &ApiError, kind: Option<&FaultKind>) -> Outgoing {
        let mut out = outgoing(id, error, Vec::new());
        out.bent = kind.copied().filter(|kind| *kind == FaultKind::ResetBefore);
        if let Some(should) = self.should_retry {
            out.headers
                .push(("stripe-should-retry", should.to_string()));
        }
        if error
            .body
            .get("code")
            .is_some_and(|code| code == "rate_limit")
        {
            out.headers
                .push(("stripe-rate-limited-reason", "endpoint-rate".to_owned()));
        }
        out
    }
}

/// The first refusal before anything is done, if a fault asks for one; a cut connection is a refusal too.
fn refusal(
    world: &mut World,
    faults: &[Fault],
    incoming: &Incoming,
) -> Option<(Option<FaultKind>, ApiError)> {
    for fault in faults {
        let error = match fault.kind {
            FaultKind::RateLimit => ApiError::too_many("rate_limit"),
            FaultKind::LockTimeout => ApiError::too_many("lock_timeout"),
            FaultKind::ErrorBefore => ApiError::internal(fault.status.unwrap_or(500)),
            FaultKind::ResetBefore => ApiError::internal(500),
            FaultKind::Bucket if !take_token(world, fault, incoming) => {
                ApiError::too_many("rate_limit")
            }
            _ => continue,
        };
        note(world, fault.kind, incoming);
        return Some((Some(fault.kind), error));
    }
    None
}

fn take_token(world: &mut World, fault: &Fault, incoming: &Incoming) -> bool {
    let endpoint =
        routes::find(&incoming.method, &incoming.path).map_or("", |(route, _)| route.path);
    let (rate, now_ms) = (fault.per_second.unwrap_or(25), world.clock.now_ms());
    let name = format!("{} {endpoint}", incoming.method);
    world
        .faults
        .buckets
        .entry(name)
        .or_insert_with(|| Bucket::full(rate, now_ms))
        .take(rate, now_ms)
}

fn note(world: &mut World, kind: FaultKind, incoming: &Incoming) {
    let (at_ms, hit) = (
        world.clock.now_ms(),
        format!("{} {}", incoming.method, incoming.path),
    );
    world.faults.record(kind, at_ms, hit);
}

/// A request that may run: its route, its input and the key that it has taken.
struct Job {
    route: &'static routes::Route,
    call: Call,
    key: Option<(String, String)>,
    replay: Option<Saved>,
}

/// Authentication, version, route, parameters, and then the idempotency key.
fn prepare(
    world: &mut World,
    incoming: &Incoming,
    accepted: Option<&[String]>,
) -> Result<Job, ApiError> {
    let account = auth::account(world, &incoming.headers, accepted)?;
    auth::check_version(&incoming.headers)?;
    let Some((route, ids)) = routes::find(&incoming.method, &incoming.path) else {
        return Err(ApiError::unrecognized(&incoming.method, &incoming.path));
    };
    let mut form = Form::parse(&incoming.body);
    form.merge(Form::parse(incoming.query.as_bytes()));
    let key = header(&incoming.headers, "idempotency-key").filter(|_| incoming.method == "POST");
    let mut replay = None;
    if let Some(key) = &key {
        let scope = idempotency::scope(&account, key);
        let fingerprint = format!("{} {} {:?}", incoming.method, incoming.path, form);
        let now_ms = world.clock.now_ms();
        if let Start::Replay(saved) = world.keys.begin(&scope, &fingerprint, now_ms)? {
            replay = Some(saved);
        }
    }
    let scope = key.as_ref().map(|key| idempotency::scope(&account, key));
    if replay.is_none()
        && let Err(error) = crate::shape::check(&form, route.shapes)
    {
        if let Some(scope) = &scope {
            world.keys.release(scope);
        }
        return Err(error);
    }
    Ok(Job {
        route,
        call: Call { account, ids, form },
        key: key.zip(scope),
        replay,
    })
}

async fn run(
    sim: &Arc<Sim>,
    incoming: &Incoming,
    id: String,
    job: Job,
    plan: &Plan,
    faults: &[Fault],
) -> Outgoing {
    let mut headers = Vec::new();
    if let Some((key, _)) = &job.key {
        headers.push(("idempotency-key", key.clone()));
    }
    if let Some(saved) = job.replay {
        headers.push(("idempotent-replayed", "true".to_owned()));
        return Outgoing {
            id,
            saved,
            headers,
            bent: None,
        };
    }
    // The key is taken and nothing is done yet, so a second request with it meets a 409 meanwhile.
    plan.pause(sim, faults, incoming, "before").await;
    if let Some(should) = plan.should_retry.filter(|_| plan.error_after.is_some()) {
        headers.push(("stripe-should-retry", should.to_string()));
    }
    let saved = sim.with(|world| execute(world, incoming, &id, &job, plan));
    Outgoing {
        id,
        saved,
        headers,
        bent: plan.bent,
    }
}

/// The change, its events, its saved answer: one step.
fn execute(world: &mut World, incoming: &Incoming, id: &str, job: &Job, plan: &Plan) -> Saved {
    let key = job.key.as_ref().map(|(key, _)| key.clone());
    world.origin = Origin {
        request: Some(id.to_owned()),
        idempotency_key: key,
    };
    let result = (job.route.handler)(world, &job.call);
    world.origin = Origin::default();
    let expanded = result.and_then(|mut body| {
        expand::expand(world, &mut body, &job.call.form.list("expand"))?;
        Ok(body)
    });
    let (mut saved, mut keep) = match expanded {
        Ok(body) => (Saved { status: 200, body }, true),
        Err(error) => (
            Saved {
                status: error.status,
                body: error.to_json(),
            },
            error.saved,
        ),
    };
    if let Some(status) = plan.error_after {
        note(world, FaultKind::ErrorAfter, incoming);
        (saved, keep) = (
            Saved {
                status,
                body: ApiError::internal(status).to_json(),
            },
            true,
        );
    }
    if let Some(kind) = plan.bent {
        note(world, kind, incoming);
    }
    match &job.key {
        Some((_, scope)) if keep => world.keys.finish(scope, saved.clone()),
        Some((_, scope)) => world.keys.release(scope),
        None => {}
    }
    saved
}

fn outgoing(id: String, error: &ApiError, headers: Vec<(&'static str, String)>) -> Outgoing {
    let body: Value = error.to_json();
    Outgoing {
        id,
        saved: Saved {
            status: error.status,
            body,
        },
        headers,
        bent: None,
    }
}
