//! POST `/tickets/checkout/{event}`: places are held, and the buyer goes on to pay.

use super::super::cookie::remember;
use super::super::{csrf, html, see};
use super::chosen::Chosen;
use super::consents;
use super::holders::Holders;
use super::{Filled, Typed, code, priced, published, source_in, view};
use crate::codes;
use crate::extract::{Address, Context, Form, PathId};
use crate::pages::handlers::attempt::{Turn, settle, turn};
use crate::pages::views::parts::Field;
use crate::problem::{Kind, Problem};
use crate::state::WebState;
use crate::words;
use app::checkout::{self, Checkout, StartCheckout, StartCheckoutError};
use app::{Actor, Cx, discounts};
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use model::ids::{EventId, OrderId};

/// Places the order; anybody, from the form.
pub async fn buy(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Context(mut cx): Context,
    Extension(address): Extension<Address>,
    form: Form,
) -> Result<Response, Problem> {
    let attempt = form.get("attempt").to_owned();
    csrf::check(&state, &attempt, form.get("csrf"))?;
    if !form.get("apply").is_empty() {
        return apply(&state, &cx, address, &id, &form).await;
    }
    let consents = if consents::ticked(&form).is_empty() {
        Vec::new()
    } else {
        consents::given(&form, &published(&state, &id).await?.organizer)
    };
    let keyed = match turn(&state, &attempt).await? {
        Turn::Again(order) => return go_on(&state, &mut cx, &order).await,
        Turn::First(keyed) => keyed,
    };
    let input = StartCheckout {
        event_id: id.to_string(),
        items: Chosen::of(&form.0).items(),
        email: form.get("email").to_owned(),
        name: form.get("name").to_owned(),
        discount_code: Some(form.get(code::FIELD).to_owned()),
        locale: words::lang().code().to_owned(),
        holders: Holders::of(&form.0).names(),
        consents,
        source: source_in(&form.0, "page"),
        deed: Some(keyed.deed()),
    };
    if let Err(problem) = codes::before(&state, address, &input).await {
        settle(&state, &keyed, None).await?;
        return Err(problem);
    }
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
    codes::after(&state, address, &result).await?;
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

/// The form again with the code that was typed, and nothing bought.
async fn apply(
    state: &WebState,
    cx: &Cx,
    address: Address,
    id: &EventId,
    form: &Form,
) -> Result<Response, Problem> {
    let listing = published(state, id).await?;
    let chosen = Chosen::of(&form.0);
    let typed = Typed::look_up(state, address, id, form.get(code::FIELD)).await?;
    let (quote, code) = match priced(state, cx, &listing, &chosen, typed) {
        Ok(priced) => priced,
        Err(no) => return no.page(state, cx, &listing, (chosen, source_in(&form.0, ""))),
    };
    let filled = Filled {
        attempt: form.get("attempt").to_owned(),
        name: kept(form, "name", None),
        email: kept(form, "email", None),
        code,
        source: source_in(&form.0, ""),
        holders: Holders::of(&form.0),
        ticked: consents::ticked(form),
        error: None,
    };
    html(&view(state, cx, &listing, &quote, filled)?)
}

/// A field as it was filled in, with what is wrong with it.
fn kept(form: &Form, name: &str, error: Option<String>) -> Field {
    Field {
        value: form.get(name).chars().take(300).collect(),
        error,
    }
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
    let sentence = words::start_error(&error);
    let typed = code_again(state, id, form, &error).await?;
    let problem = Problem::from(error);
    let wrong = |field: &str| {
        problem
            .fields()
            .iter()
            .find(|f| f.field == field)
            .map(words::field)
    };
    let holders = Holders::of(&form.0).with_errors(problem.fields());
    let (name, email) = (
        kept(form, "name", wrong("buyer.name")),
        kept(form, "email", wrong("buyer.email")),
    );
    let in_form = name.error.is_some()
        || email.error.is_some()
        || holders.any_wrong()
        || typed.refusal().is_some();
    let mut response = match priced(state, cx, &listing, &chosen, typed) {
        Ok((quote, code)) => {
            let filled = Filled {
                attempt: form.get("attempt").to_owned(),
                name,
                email,
                code,
                source: source_in(&form.0, ""),
                holders,
                ticked: consents::ticked(form),
                error: (!in_form).then_some(sentence),
            };
            html(&view(state, cx, &listing, &quote, filled)?)?
        }
        Err(no) => no.page(state, cx, &listing, (chosen, source_in(&form.0, "")))?,
    };
    *response.status_mut() = problem.kind().status();
    Ok(response)
}

/// The code of a form that is shown again. The checkout has looked it up (and counted it), so what it was
/// refused for is known; after another refusal it is read once more, for the price.
async fn code_again(
    state: &WebState,
    id: &EventId,
    form: &Form,
    error: &StartCheckoutError,
) -> Result<Typed, Problem> {
    let text = form.get(code::FIELD);
    let found = match error {
        StartCheckoutError::Discount(refusal) => Some(Err(*refusal)),
        _ if text.trim().is_empty() => None,
        _ => Some(discounts::find(&state.house, id, text, state.house.now()).await?),
    };
    Ok(Typed::told(text, found))
}
