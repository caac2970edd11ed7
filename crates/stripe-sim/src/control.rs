//! The control plane, `/_sim/*`: what a test does to the stand-in from outside.
//!
//! JSON in and out, no authentication: the address is loopback and no money is real.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::accounts::Standing;
use crate::cards::Submission;
use crate::checkout_pay::{Paid, PayError};
use crate::error::ApiError;
use crate::faults::Fault;
use crate::form::Form;
use crate::sim::Sim;

type Handle = State<Arc<Sim>>;

pub(crate) fn routes() -> Router<Arc<Sim>> {
    Router::new()
        .route("/_sim/checkout/sessions/{id}/pay", post(pay))
        .route("/_sim/faults", post(arm).delete(disarm))
        .route("/_sim/faults/log", get(faults_log))
        .route("/_sim/clock", get(clock))
        .route("/_sim/clock/advance", post(advance))
        .route("/_sim/ledger", get(ledger))
        .route("/_sim/reset", post(reset))
        .route("/_sim/webhooks", get(webhooks))
        .route("/_sim/webhooks/deliver", post(deliver))
        .route("/_sim/webhooks/{id}/roll", post(roll))
        .route("/_sim/charges", post(charge))
        .route("/_sim/refunds", post(refund))
        .route("/_sim/refunds/{id}/fail", post(fail_refund))
        .route("/_sim/payouts", post(payout))
        .route("/_sim/payouts/{id}/fail", post(fail_payout))
        .route("/_sim/disputes", post(dispute))
        .route("/_sim/disputes/{id}/close", post(close_dispute))
        .route("/_sim/accounts", post(seed_account))
        .route("/_sim/accounts/{id}/{step}", post(account_step))
        .route("/_sim/tax/registrations", post(crate::tax::register))
        .route("/_sim/requests", get(requests))
}

fn refusal(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::BAD_REQUEST);
    (status, Json(error.to_json())).into_response()
}

fn answered(answer: Result<Value, ApiError>) -> Response {
    match answer {
        Ok(body) => Json(body).into_response(),
        Err(error) => refusal(&error),
    }
}

/// Takes JSON, and the form that Stripe's own clients send with their raw requests.
async fn pay(State(sim): Handle, Path(id): Path<String>, body: String) -> Response {
    let given = if body.trim_start().starts_with('{') {
        serde_json::from_str::<Submission>(&body)
    } else {
        serde_json::from_value(json!(Form::parse(body.as_bytes()).to_map()))
    };
    let given = match given {
        Ok(given) => given,
        Err(error) => return refusal(&ApiError::param(None, "card", error.to_string())),
    };
    match sim.submit(&id, &given) {
        Ok(Paid(session)) => Json(session).into_response(),
        Err(PayError::NoSuchSession) => refusal(&ApiError::no_such("checkout.session", &id, "id")),
        Err(error) => refusal(&error.to_api()),
    }
}

async fn arm(State(sim): Handle, Json(fault): Json<Fault>) -> Response {
    sim.arm(fault.clone());
    (StatusCode::CREATED, Json(fault)).into_response()
}

async fn disarm(State(sim): Handle) -> StatusCode {
    sim.disarm();
    StatusCode::NO_CONTENT
}

async fn faults_log(State(sim): Handle) -> Response {
    Json(sim.faults_log()).into_response()
}

fn clock_json(sim: &Sim) -> Value {
    sim.with(|world| json!({ "now": world.now(), "now_ms": world.clock.now_ms(), "virtual": world.clock.is_virtual() }))
}

async fn clock(State(sim): Handle) -> Json<Value> {
    Json(clock_json(&sim))
}

#[derive(Deserialize)]
struct Advance {
    seconds: i64,
}

async fn advance(State(sim): Handle, Json(step): Json<Advance>) -> Response {
    if step.seconds < 0 {
        return refusal(&ApiError::param(
            None,
            "seconds",
            "The clock moves forward only.",
        ));
    }
    sim.advance(step.seconds);
    Json(clock_json(&sim)).into_response()
}

async fn ledger(State(sim): Handle) -> Json<Value> {
    Json(sim.with(|world| world.ledger_report()))
}

async fn reset(State(sim): Handle) -> StatusCode {
    sim.reset();
    StatusCode::NO_CONTENT
}

async fn webhooks(State(sim): Handle) -> Response {
    Json(json!({ "deliveries": sim.deliveries() })).into_response()
}

async fn deliver(State(sim): Handle) -> Json<Value> {
    Json(json!({ "delivered": sim.deliver_due().await }))
}

#[derive(Deserialize)]
struct Roll {
    #[serde(default)]
    keep_old_seconds: i64,
}

async fn roll(State(sim): Handle, Path(id): Path<String>, Json(roll): Json<Roll>) -> Response {
    match sim.roll_webhook_secret(&id, roll.keep_old_seconds) {
        Some(secret) => Json(json!({ "id": id, "secret": secret })).into_response(),
        None => refusal(&ApiError::no_such("webhook_endpoint", &id, "id")),
    }
}

#[derive(Deserialize)]
struct NewCharge {
    amount: i64,
}

async fn charge(State(sim): Handle, Json(new): Json<NewCharge>) -> Response {
    answered(sim.charge_by_hand(new.amount))
}

/// What a person does in the dashboard: no metadata, no key, and events like any other.
async fn refund(State(sim): Handle, Json(fields): Json<Value>) -> Response {
    answered(sim.refund_by_hand(&fields))
}

#[derive(Deserialize)]
struct NewPayout {
    account: String,
}

async fn payout(State(sim): Handle, Json(new): Json<NewPayout>) -> Response {
    answered(sim.pay_out(&new.account))
}

async fn fail_payout(State(sim): Handle, Path(id): Path<String>) -> Response {
    answered(sim.fail_payout(&id))
}

async fn fail_refund(State(sim): Handle, Path(id): Path<String>) -> Response {
    if sim.fail_refund(&id) {
        return Json(sim.object(&id)).into_response();
    }
    refusal(&ApiError::plain(format!(
        "There is no refund {id} that can fail."
    )))
}

#[derive(Deserialize)]
struct NewDispute {
    charge: String,
    #[serde(default = "fraudulent")]
    reason: String,
    #[serde(default)]
    inquiry: bool,
}

fn fraudulent() -> String {
    "fraudulent".to_owned()
}

async fn dispute(State(sim): Handle, Json(new): Json<NewDispute>) -> Response {
    answered(sim.open_dispute(&new.charge, &new.reason, new.inquiry))
}

#[derive(Deserialize)]
struct Close {
    outcome: Outcome,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Won,
    Lost,
}

async fn close_dispute(
    State(sim): Handle,
    Path(id): Path<String>,
    Json(close): Json<Close>,
) -> Response {
    answered(sim.close_dispute(&id, close.outcome == Outcome::Won))
}

#[derive(Deserialize)]
struct NewAccount {
    id: Option<String>,
}

async fn seed_account(State(sim): Handle, Json(new): Json<NewAccount>) -> Json<Value> {
    let id = sim.connect_active_account(new.id.as_deref());
    Json(sim.object(&id))
}

/// Changes an account as its owner or Stripe would: `activate`, `pend`, `restrict` or `deauthorize`.
async fn account_step(State(sim): Handle, Path((id, step)): Path<(String, String)>) -> Response {
    let standing = match step.as_str() {
        "activate" => Some(Standing::Active),
        "pend" => Some(Standing::Pending),
        "restrict" => Some(Standing::Restricted),
        "deauthorize" => None,
        _ => return refusal(&ApiError::plain(format!("There is no step {step}."))),
    };
    let changed = sim.with(|world| {
        crate::accounts::known(world, &id)?;
        match standing {
            Some(standing) => world.set_standing(&id, standing),
            None => world.deauthorize(&id),
        }
        Ok(world.snapshot(&id))
    });
    answered(changed)
}

async fn requests(State(sim): Handle) -> Response {
    Json(sim.request_log()).into_response()
}
