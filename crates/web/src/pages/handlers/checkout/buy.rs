//! POST `/tickets/checkout/{event}`: places are held, and the buyer goes on to pay.

use super::super::cookie::remember;
use super::super::{csrf, html, see};
use super::attempt::{Turn, settle, turn};
use super::chosen::Chosen;
use super::{Filled, event_view, priced, published, view};
use crate::extract::{Context, Form, PathId};
use crate::pages::views::parts::Field;
use crate::problem::{Kind, Problem};
use crate::state::WebState;
use app::checkout::{self, Checkout, StartCheckout, StartCheckoutError};
use app::{Actor, Cx};
use axum::extract::State;
use axum::response::Response;
use model::ids::{EventId, OrderId};

/// Places the order; anybody, from the form.
pub async fn buy(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    form: Form,
) -> Result<Response, Problem> {
    let attempt = form.get("attempt").to_owned();
    csrf::check(&state, &attempt, form.get("csrf"))?;
    let keyed = match turn(&state, &attempt).await? {
        Turn::Again(order) => return go_on(&state, &mut cx, &order).await,
        Turn::First(keyed) => keyed,
    };
    let input = StartCheckout {
        event_id: id.to_string(),
        items: Chosen::of(&form.0).items(),
        email: form.get("email").to_owned(),
        name: form.get("name").to_owned(),
        discount_code: None,
        locale: "en".to_owned(),
        source: "page",
        deed: Some(keyed.deed()),
    };
    // On its own: a second press makes browsers drop the first, which must end all the same.
    let work = {
        let state = state.clone();
        async move {
            let result = checkout::start(&state.house, &mut cx, input).await;
            settle(&state, &keyed, result.as_ref().ok().map(|c| &c.order_id)).await?;
            Ok::<_, Problem>((result, cx))
        }
    };
    let failed = |why| {
        Problem::new(
            Kind::Internal,
            "We have written it down and will look at it.",
        )
        .caused_by(why)
    };
    let (result, cx) = tokio::spawn(work).await.map_err(failed)??;
    match result {
        Ok(checkout) => begun(&state, checkout),
        Err(StartCheckoutError::Fault(fault)) => Err(fault.into()),
        Err(error) => again(&state, &cx, &id, &form, error).await,
    }
}

fn begun(state: &WebState, checkout: Checkout) -> Result<Response, Problem> {
    let mut response = match checkout.url {
        Some(url) => see(url)?,
        None => see(state.urls.order(&checkout.order_id))?,
    };
    remember(state, &checkout.order_id, &mut response);
    Ok(response)
}

/// A second press: to the payment page if there is still something to pay, else to the order.
async fn go_on(state: &WebState, cx: &mut Cx, order: &OrderId) -> Result<Response, Problem> {
    cx.actor = Actor::Buyer(order.clone());
    let mut response = match checkout::continue_to_payment(&state.house, cx, order).await {
        Ok(url) => see(url)?,
        Err(_) => see(state.urls.order(order))?,
    };
    remember(state, order, &mut response);
    Ok(response)
}

/// The form again, with what is wrong; or the event's page, if what was chosen cannot be bought any more.
async fn again(
    state: &WebState,
    cx: &Cx,
    id: &EventId,
    form: &Form,
    error: StartCheckoutError,
) -> Result<Response, Problem> {
    let listing = published(state, id).await?;
    let chosen = Chosen::of(&form.0);
    let words = error.to_string();
    let problem = Problem::from(error);
    let wrong = |field: &str| {
        problem
            .fields()
            .iter()
            .find(|f| f.field == field)
            .map(|f| f.message.clone())
    };
    let field = |name: &str, error: Option<String>| Field {
        value: form.get(name).chars().take(300).collect(),
        error,
    };
    let (name, email) = (
        field("name", wrong("buyer.name")),
        field("email", wrong("buyer.email")),
    );
    let in_form = name.error.is_some() || email.error.is_some();
    let mut response = match priced(state, cx, &listing, &chosen) {
        Ok(quote) => {
            let filled = Filled {
                attempt: form.get("attempt").to_owned(),
                name,
                email,
                error: (!in_form).then_some(words),
            };
            html(&view(state, cx, &listing, &quote, filled)?)?
        }
        Err((_, sentence)) => html(&event_view(state, cx, &listing, Some(sentence), &chosen.0)?)?,
    };
    *response.status_mut() = problem.kind().status();
    Ok(response)
}
