//! `/tickets/organizer/events/{id}/discounts`: discount codes, listed, made, changed, switched.

use super::discount_form::{self, Kept, Shown};
use super::faces::short;
use super::overview::next_of;
use super::own::{OwnEvent, said};
use super::tiers::amount;
use crate::extract::{Form, PathId, Search};
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::event_parts::{DiscountRow, DiscountsPage};
use crate::pages::views::portal::parts::{Badge, Empty, Pager, Tone};
use crate::problem::Problem;
use crate::state::WebState;
use app::discounts::{self, ChangeDiscountError, CreateDiscountError, DiscountFields};
use app::error::Invalid;
use app::records::Discount;
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::discount::{DiscountKind, DiscountStatus};
use model::ids::DiscountId;
use model::time::Time;
use serde::Deserialize;

/// How many codes stand on a page.
const AT_ONCE: i64 = 50;

/// Which part of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DiscountsSearch {
    cursor: String,
    done: String,
}

/// The list.
pub async fn discounts_page(
    State(state): State<WebState>,
    own: OwnEvent,
    Search(search): Search<DiscountsSearch>,
) -> Result<Response, Problem> {
    let after = DiscountId::parse(&search.cursor).ok();
    let (cx, id) = (&own.portal.cx, &own.event().id);
    let (_, found, more) = discounts::list(&state.house, cx, id, after.as_ref(), AT_ONCE).await?;
    let new_url = own.part(&state, "discounts/new");
    let next = found.last().filter(|_| more);
    let next = next.map(|d| state.urls.own_discounts_from(id, d.id.as_str()).to_string());
    let at_first = after.is_none();
    html(&DiscountsPage {
        frame: own.frame(&state).leading(next_of(&state, &own)).done(said(&search.done)),
        tabs: own.tabs(&state, "discounts"),
        title: own.event().title.clone(),
        rows: found.iter().map(|d| row(&state, &own, d)).collect(),
        empty: (found.is_empty() && at_first).then(|| {
            let words = "A code takes something off, opens hidden tickets, or both: for members, early birds, or the press.";
            Empty::new("No codes yet", words).step("Make a code", &new_url)
        }),
        new_url,
        pager: Pager {
            first: (!at_first).then(|| own.part(&state, "discounts")),
            next,
        },
    })
}

fn row(state: &WebState, own: &OwnEvent, discount: &Discount) -> DiscountRow {
    let terms = &discount.terms;
    let off = match terms.kind {
        DiscountKind::Percent => format!("{}% off", terms.value),
        DiscountKind::Fixed => format!("{} off the order", amount(own, terms.value)),
    };
    let gives = match (terms.value, terms.unlocks_hidden) {
        (0, _) => "Opens hidden tickets".to_owned(),
        (_, true) => format!("{off}, and opens hidden tickets"),
        (_, false) => off,
    };
    let names: Vec<&str> = own
        .listing
        .tiers
        .iter()
        .filter(|t| terms.tiers.contains(&t.id))
        .map(|t| t.name.as_str())
        .collect();
    let used = terms.uses.sold;
    DiscountRow {
        code: discount.code.clone(),
        url: own.part(state, &format!("discounts/{}", discount.id)),
        gives,
        scope: if names.is_empty() {
            "All tickets".to_owned()
        } else {
            names.join(", ")
        },
        uses: terms.uses.capacity.map_or_else(
            || format!("{used} used"),
            |most| format!("{used} of {most} used"),
        ),
        badge: badge(own, discount, own.portal.cx.now),
        switch_url: own.part(state, &format!("discounts/{}/status", discount.id)),
        active: terms.status == DiscountStatus::Active,
    }
}

fn badge(own: &OwnEvent, discount: &Discount, now: Time) -> Badge {
    let terms = &discount.terms;
    if terms.status == DiscountStatus::Disabled {
        return Badge::new(Tone::Plain, "Off");
    }
    if terms.ends_at.is_some_and(|end| now >= end) {
        return Badge::new(Tone::Plain, "Ended");
    }
    if terms.uses.left() == 0 {
        return Badge::new(Tone::Plain, "Used up");
    }
    match terms.starts_at.filter(|start| now < *start) {
        Some(start) => Badge::new(Tone::Glow, format!("From {}", short(start, &own.zone))),
        None => Badge::new(Tone::Good, "Works"),
    }
}

/// The form of a new code.
pub async fn new_discount_page(
    State(state): State<WebState>,
    own: OwnEvent,
) -> Result<Response, Problem> {
    let pairs = [
        ("type", "percent"),
        ("min_qty", "1"),
        ("reuse_after_refund", "yes"),
    ];
    let form = Form(Vec::from(pairs.map(|(n, v)| (n.to_owned(), v.to_owned()))));
    let invalid = Invalid::default();
    html(&discount_form::page(
        &state,
        &own,
        &Shown::typed(&form, &invalid, None),
    ))
}

/// POST `…/discounts`: a new code.
pub async fn new_discount_step(
    State(state): State<WebState>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let (fields, mut invalid) = discount_form::read(&form, &own);
    let event = own.event().id.clone();
    if invalid.is_fine() {
        match discounts::create(&state.house, &mut own.portal.cx, &event, &fields).await {
            Ok(_) => return see(state.urls.own_event_done(&event, "discounts", "code-made")),
            Err(CreateDiscountError::Invalid(more)) => invalid = more,
            Err(refused @ CreateDiscountError::Exists) => invalid.note("code", refused),
            Err(other) => return Err(other.into()),
        }
    }
    wrong(&state, &own, &Shown::typed(&form, &invalid, None))
}

fn wrong(state: &WebState, own: &OwnEvent, shown: &Shown<'_>) -> Result<Response, Problem> {
    let mut response = html(&discount_form::page(state, own, shown))?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// A code of this event; another event's is answered like one that does not exist.
async fn discount_of(
    state: &WebState,
    own: &OwnEvent,
    id: &DiscountId,
) -> Result<Discount, Problem> {
    let found = discounts::show(&state.house, &own.portal.cx, id).await?;
    let found = found.filter(|d| d.event_id == own.event().id);
    found.ok_or_else(Problem::not_found)
}

/// The form of a code.
pub async fn discount_page(
    State(state): State<WebState>,
    PathId(id): PathId<DiscountId>,
    own: OwnEvent,
) -> Result<Response, Problem> {
    let discount = discount_of(&state, &own, &id).await?;
    let kept = Kept(&discount, &own.zone, own.event().currency);
    html(&discount_form::page(&state, &own, &Shown::kept(&kept)))
}

/// POST `…/discounts/{discount}`: a code is changed.
pub async fn change_discount_step(
    State(state): State<WebState>,
    PathId(id): PathId<DiscountId>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    let discount = discount_of(&state, &own, &id).await?;
    let (fields, mut invalid) = discount_form::read(&form, &own);
    let (event, mut alert) = (own.event().id.clone(), None);
    if invalid.is_fine() {
        match discounts::change(&state.house, &mut own.portal.cx, &id, &fields).await {
            Ok(_) => return see(state.urls.own_event_done(&event, "discounts", "code-saved")),
            Err(ChangeDiscountError::Invalid(more)) => invalid = more,
            Err(refused @ ChangeDiscountError::Exists) => invalid.note("code", refused),
            Err(refused @ ChangeDiscountError::TooFewUses { .. }) => {
                invalid.note("max_uses", refused);
            }
            Err(refused @ ChangeDiscountError::Stale) => alert = Some(refused.to_string()),
            Err(other) => return Err(other.into()),
        }
    }
    wrong(
        &state,
        &own,
        &Shown::typed(&form, &invalid, alert).of(&discount),
    )
}

/// POST `…/discounts/{discount}/status`: a code is switched off or on.
pub async fn switch_discount_step(
    State(state): State<WebState>,
    PathId(id): PathId<DiscountId>,
    mut own: OwnEvent,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &own.portal.cx, form.get("csrf"))?;
    discount_of(&state, &own, &id).await?;
    let event = own.event().id.clone();
    let fields = DiscountFields {
        status: Some(form.get("status").to_owned()),
        ..DiscountFields::default()
    };
    discounts::change(&state.house, &mut own.portal.cx, &id, &fields).await?;
    see(state.urls.own_event_done(&event, "discounts", "switched"))
}
