//! `/tickets/organizer/events/{id}/call-off`: what it would give back, the decision, and how far it is.

use super::faces::money;
use super::own::OwnEvent;
use crate::extract::Form;
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::event_parts::{CallOffPage, CalledOffPage};
use crate::pages::views::portal::parts::{Input, Stat};
use crate::problem::Problem;
use crate::state::WebState;
use app::cancellation::{self, CallOff, CallOffError, CalledOff, Preview};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::event::EventStatus;
use model::refund::RefundStatus;

/// The word that is typed; short, and the same whatever the event's title is written in.
const WORD: &str = "call off";

/// What it would give back; or, once it is done, how far it is.
pub async fn call_off_page(
    State(state): State<WebState>,
    own: OwnEvent,
) -> Result<Response, Problem> {
    if own.event().status == EventStatus::Canceled {
        return progress(&state, &own).await;
    }
    let form = Form(Vec::new());
    html(&page(&state, own, &form, None, None).await?)
}

/// The decision.
pub async fn call_off_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let typed = form.get("word").trim().to_lowercase();
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut word, mut note) = (None, None);
    if typed == WORD {
        let input = CallOff {
            note: form.get("note").to_owned(),
            preview: false,
            confirm: true,
        };
        let id = own.event().id.clone();
        match cancellation::call_off(&state.house, &mut own.portal.cx, &id, &input).await {
            Ok(_) => return see(own.part(&state, "call-off")),
            Err(CallOffError::Invalid(invalid)) => {
                note = invalid.0.into_iter().next().map(|fault| fault.message);
            }
            Err(other) => return Err(other.into()),
        }
    } else {
        word = Some(format!("Write “{WORD}” to say that you mean it."));
    }
    let mut response = html(&page(&state, own, &form, note, word).await?)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn page(
    state: &WebState,
    mut own: OwnEvent,
    form: &Form,
    note: Option<String>,
    word: Option<String>,
) -> Result<CallOffPage, Problem> {
    let id = own.event().id.clone();
    let look = CallOff {
        preview: true,
        ..CallOff::default()
    };
    let seen = cancellation::call_off(&state.house, &mut own.portal.cx, &id, &look).await?;
    let totals = match seen {
        CalledOff::Preview(totals) => totals,
        CalledOff::Under(_) => Preview::default(),
    };
    Ok(CallOffPage {
        frame: own.frame(state),
        back: own.home(state),
        title: own.event().title.clone(),
        stats: vec![
            Stat::new("Buyers get back", money(own.event(), totals.amount_cents)),
            Stat::new("Orders", totals.orders.to_string()),
            Stat::new("Tickets that end", totals.tickets.to_string()),
            Stat::new("Of that, our fees", money(own.event(), totals.fee_cents)),
        ],
        action: own.part(state, "call-off"),
        note: Input::area("note", "What buyers are told", 5)
            .value(form.get("note"))
            .hint("Stands in the mail that tells them. Say why, and whether there will be another day.")
            .most(2_000)
            .error(note),
        word: Input::text("word", &format!("Write “{WORD}” to confirm"))
            .value(form.get("word"))
            .most(40)
            .required()
            .error(word),
    })
}

async fn progress(state: &WebState, own: &OwnEvent) -> Result<Response, Problem> {
    let view = cancellation::show(&state.house, &own.portal.cx, &own.event().id).await?;
    let (told, far) = (&view.cancellation, &view.progress);
    let of = |wanted: &[RefundStatus]| {
        let those = far.refunds.iter().filter(|(status, ..)| {
            RefundStatus::parse(status).is_some_and(|s| wanted.contains(&s))
        });
        those.fold((0, 0), |(n, cents), (_, count, sum)| {
            (n + count, cents + sum)
        })
    };
    let (back, back_cents) = of(&[RefundStatus::Succeeded]);
    let (failed, _) = of(&[RefundStatus::Failed]);
    // Only what goes back because of this: what an order got back before is no part of it.
    let going = far.refunds.iter().filter(|(status, ..)| {
        RefundStatus::parse(status).is_some_and(|s| s != RefundStatus::Failed)
    });
    let going_cents = going.map(|(.., cents)| cents).sum();
    let mut tiles = vec![
        Stat::new("On its way, or back", money(own.event(), going_cents)),
        Stat::new("Refunded by Stripe", money(own.event(), back_cents))
            .note(format!("{back} of them")),
    ];
    if failed > 0 {
        tiles.push(Stat::new("Came back from the bank", failed.to_string()));
    }
    html(&CalledOffPage {
        frame: own.frame(state),
        back: own.home(state),
        title: own.event().title.clone(),
        done: far.taken,
        total: far.orders,
        running: told.finished_at.is_none(),
        note: told.note.clone(),
        stats: tiles,
    })
}
