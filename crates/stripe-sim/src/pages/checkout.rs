//! The hosted checkout page and its authentication step.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use super::{dollars, message, render, see_other};
use crate::cards::{Submission, ThreeDs};
use crate::checkout_pay::{Paid, PayError};
use crate::objects::{int, text};
use crate::sim::Sim;
use crate::wire::auth::display_name;
use crate::world::World;

struct Line {
    name: String,
    quantity: i64,
    amount: String,
}

#[derive(Template)]
#[template(path = "checkout.html")]
struct Checkout {
    /// The page's own address: after the authentication step the browser stands at another one.
    action: String,
    merchant: String,
    back: String,
    lines: Vec<Line>,
    total: String,
    email: String,
    email_fixed: bool,
    name: String,
    problem: String,
    bad_field: &'static str,
}

#[derive(Template)]
#[template(path = "authenticate.html")]
struct Authenticate {
    merchant: String,
    total: String,
    last4: String,
}

/// What a buyer types, by the names of the page's fields.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Typed {
    email: String,
    card_number: String,
    card_expiry: String,
    card_cvc: String,
    billing_name: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Outcome {
    outcome: ThreeDs,
}

pub(super) async fn show(State(sim): State<Arc<Sim>>, Path(id): Path<String>) -> Response {
    page(&sim, &id, &Typed::default(), StatusCode::OK, None)
}

pub(super) async fn submit(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    if let Some((field, problem)) = unfilled(&typed) {
        return page(
            &sim,
            &id,
            &typed,
            StatusCode::UNPROCESSABLE_ENTITY,
            Some((field, problem.to_owned())),
        );
    }
    let submission = Submission {
        card: typed.card_number.clone(),
        expiry: typed.card_expiry.clone(),
        cvc: typed.card_cvc.clone(),
        email: Some(typed.email.clone()),
        name: Some(typed.billing_name.clone()).filter(|name| !name.is_empty()),
        three_ds: None,
    };
    conclude(&sim, &id, &typed, sim.submit(&id, &submission))
}

/// The page insists on what the control plane lets a test leave out.
fn unfilled(typed: &Typed) -> Option<(&'static str, &'static str)> {
    if typed.card_number.trim().is_empty() {
        Some(("cardNumber", "Enter the number of your card."))
    } else if typed.card_expiry.trim().is_empty() {
        Some((
            "cardExpiry",
            "Enter the expiry of your card, such as 12 / 34.",
        ))
    } else if typed.card_cvc.trim().is_empty() {
        Some(("cardCvc", "Enter the security code of your card."))
    } else {
        None
    }
}

fn conclude(sim: &Sim, id: &str, typed: &Typed, outcome: Result<Paid, PayError>) -> Response {
    match outcome {
        Ok(Paid(session)) => see_other(&landing(sim, &session)),
        Err(PayError::NeedsAuthentication(_)) => see_other(&format!("/c/pay/{id}/authenticate")),
        Err(PayError::Declined(error)) => {
            let said = error
                .body
                .get("message")
                .and_then(Value::as_str)
                .unwrap_or("Your card was declined.")
                .to_owned();
            page(
                sim,
                id,
                typed,
                StatusCode::PAYMENT_REQUIRED,
                Some(("cardNumber", said)),
            )
        }
        Err(PayError::Field(field, problem)) => page(
            sim,
            id,
            typed,
            StatusCode::UNPROCESSABLE_ENTITY,
            Some((field, problem.to_owned())),
        ),
        Err(PayError::NotOpen(_) | PayError::NoSuchSession) => {
            page(sim, id, typed, StatusCode::OK, None)
        }
    }
}

pub(super) async fn show_authentication(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
) -> Response {
    let waiting = sim.with(|world| {
        let session = world.open_session(&id).ok()?;
        let digits = world.authenticating(&id)?.digits();
        let last4 = digits
            .get(digits.len().saturating_sub(4)..)
            .unwrap_or_default()
            .to_owned();
        Some(Authenticate {
            merchant: merchant(world, &id),
            total: dollars(int(&session, "amount_total")),
            last4,
        })
    });
    match waiting {
        Some(waiting) => render(StatusCode::OK, &waiting),
        None => see_other(&format!("/c/pay/{id}")),
    }
}

pub(super) async fn authenticate(
    State(sim): State<Arc<Sim>>,
    Path(id): Path<String>,
    Form(chosen): Form<Outcome>,
) -> Response {
    let Some(mut submission) = sim.with(|world| world.authenticating(&id)) else {
        return see_other(&format!("/c/pay/{id}"));
    };
    submission.three_ds = Some(chosen.outcome);
    let typed = Typed {
        email: submission.email.clone().unwrap_or_default(),
        billing_name: submission.name.clone().unwrap_or_default(),
        ..Typed::default()
    };
    conclude(&sim, &id, &typed, sim.submit(&id, &submission))
}

/// What a charge's `receipt_url` leads to.
pub(super) async fn receipt(State(sim): State<Arc<Sim>>, Path(charge): Path<String>) -> Response {
    let body = sim.object(&charge);
    if text(&body, "object") != "charge" {
        let said = "There is no receipt at this address.";
        return message(StatusCode::NOT_FOUND, "No such page", said, None);
    }
    let (paid, refunded) = (int(&body, "amount"), int(&body, "amount_refunded"));
    let said = format!("Paid: {}. Refunded: {}.", dollars(paid), dollars(refunded));
    message(StatusCode::OK, "Receipt", &said, None)
}

/// Where a buyer lands after paying.
fn landing(sim: &Sim, session: &Value) -> String {
    let id = text(session, "id");
    let url = [text(session, "success_url"), text(session, "return_url")]
        .into_iter()
        .find(|url| !url.is_empty());
    url.map_or_else(
        || format!("{}/c/pay/{id}", sim.with(|world| world.base_url.clone())),
        |url| url.replace("{CHECKOUT_SESSION_ID}", id),
    )
}

fn merchant(world: &World, session: &str) -> String {
    let destination = world.objects.hidden(session, "intent")["destination"].as_str();
    display_name(
        world,
        destination.unwrap_or_else(|| world.objects.owner(session)),
    )
}

/// The page of an open session, or a page that says why there is none.
fn page(
    sim: &Sim,
    id: &str,
    typed: &Typed,
    status: StatusCode,
    problem: Option<(&'static str, String)>,
) -> Response {
    // Whoever sees the page has said where they are, as far as the stand-in asks.
    sim.with(|world| {
        if world.open_session(id).is_ok() {
            world.tax_session(id);
        }
    });
    let session = sim.object(id);
    match (text(&session, "object"), text(&session, "status")) {
        ("checkout.session", "open") => {}
        ("checkout.session", "complete") => {
            let landing = landing(sim, &session);
            let link = Some((landing.as_str(), "Go to your order"));
            return message(
                StatusCode::OK,
                "Already paid",
                "This payment is complete. You were charged once.",
                link,
            );
        }
        ("checkout.session", _) => {
            let link = Some((text(&session, "cancel_url"), "Go back and start again"))
                .filter(|(url, _)| !url.is_empty());
            return message(
                StatusCode::GONE,
                "This page has expired",
                "Nothing was charged.",
                link,
            );
        }
        _ => {
            return message(
                StatusCode::NOT_FOUND,
                "No such page",
                "There is no payment at this address.",
                None,
            );
        }
    }
    let (bad_field, problem) = problem.unwrap_or_default();
    let known = text(&session, "customer_email").to_owned();
    let email_fixed = !known.is_empty();
    let view = sim.with(|world| Checkout {
        action: format!("/c/pay/{id}"),
        merchant: merchant(world, id),
        back: text(&session, "cancel_url").to_owned(),
        lines: lines(world, id),
        total: dollars(int(&session, "amount_total")),
        email: if email_fixed {
            known
        } else {
            typed.email.clone()
        },
        email_fixed,
        name: typed.billing_name.clone(),
        problem,
        bad_field,
    });
    render(status, &view)
}

fn lines(world: &World, id: &str) -> Vec<Line> {
    let lines = world.objects.hidden(id, "line_items").as_array();
    let shown = lines.into_iter().flatten().map(|line| Line {
        name: text(line, "description").to_owned(),
        quantity: int(line, "quantity"),
        amount: dollars(int(line, "amount_subtotal")),
    });
    let mut shown: Vec<Line> = shown.collect();
    let session = world.objects.body(id);
    let on_top = int(session, "amount_total") - int(session, "amount_subtotal");
    if on_top > 0 {
        shown.push(Line {
            name: "Tax".to_owned(),
            quantity: 1,
            amount: dollars(on_top),
        });
    }
    shown
}
