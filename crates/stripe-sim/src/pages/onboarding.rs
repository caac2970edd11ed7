//! The hosted onboarding page, and the dashboard that an organizer's login link leads to.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;

use super::{dollars, message, render, see_other};
use crate::onboarding::Step;
use crate::sim::Sim;
use crate::wire::auth::display_name;

#[derive(Template)]
#[template(path = "onboarding.html")]
struct Onboarding {
    name: String,
    account: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    step: Choice,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Choice {
    Complete,
    Pending,
    Leave,
}

pub(super) async fn show(
    State(sim): State<Arc<Sim>>,
    Path((account, token)): Path<(String, String)>,
) -> Response {
    match sim.with(|world| world.open_link(&account, &token)) {
        Ok(()) => {
            let name = sim.with(|world| display_name(world, &account));
            render(StatusCode::OK, &Onboarding { name, account })
        }
        Err(Some(refresh)) => see_other(&refresh),
        Err(None) => message(
            StatusCode::NOT_FOUND,
            "No such page",
            "There is no such link.",
            None,
        ),
    }
}

pub(super) async fn step(
    State(sim): State<Arc<Sim>>,
    Path((account, token)): Path<(String, String)>,
    Form(chosen): Form<Chosen>,
) -> Response {
    let step = match chosen.step {
        Choice::Complete => Step::Complete,
        Choice::Pending => Step::CompletePending,
        Choice::Leave => Step::Leave,
    };
    match sim.with(|world| world.take_step(&account, &token, step)) {
        Some(url) => see_other(&url),
        None => message(
            StatusCode::NOT_FOUND,
            "No such page",
            "There is no such link.",
            None,
        ),
    }
}

pub(super) async fn dashboard(
    State(sim): State<Arc<Sim>>,
    Path(account): Path<String>,
) -> Response {
    let (available, pending) = sim.balance(&account);
    let name = sim.with(|world| display_name(world, &account));
    let said = format!(
        "Available: {}. Pending: {}.",
        dollars(available.max(0)),
        dollars(pending.max(0))
    );
    message(StatusCode::OK, &format!("Dashboard of {name}"), &said, None)
}
