//! Confirming: what Stripe says now about a page decides what becomes of its order.
//!
//! The webhook, the return page and the reconciler all come through here. None of them is believed:
//! the page is read afresh from Stripe, and the lane applies a payment once, whoever was first.

use super::fulfilment::{self, Sold};
use super::stripe_tax;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::lanes::command::{Fulfilment, Paid, Pay, Release, Released};
use crate::ports::{CheckoutSession, PaymentFacts, SessionState};
use model::ids::{OrderId, PaymentId};
use model::order::{CancelReason, OrderStatus, Places};
use model::pricing::PricedOrder;
use store::lanes::write::{NewItem, NewOrder, NewPayment};
use store::orders::{Item, Order};

/// What is true after asking.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Confirmed {
    /// A payment was applied.
    Paid(Paid),
    /// The page closed unpaid and the places are back on sale.
    Expired,
    /// The page can still be paid.
    Open,
    /// Money is on its way.
    Processing,
    /// There is nothing to ask about: no page, or an order that is settled.
    Settled(OrderStatus),
    /// We know no order for it.
    Unknown,
}

/// Asks Stripe about an order's page and applies what it says.
pub async fn confirm_order(house: &House, cx: &mut Cx, id: &OrderId) -> Result<Confirmed, Fault> {
    let order = store::orders::by_id(&mut *house.read().await?, id).await?;
    let Some(order) = order else {
        return Ok(Confirmed::Unknown);
    };
    let Some(session_id) = order.stripe_session_id.clone() else {
        return Ok(Confirmed::Settled(order.status));
    };
    let session = house.payments.checkout(&session_id).await?;
    apply(house, cx, &order, &session).await
}

/// Asks Stripe about a page and applies what it says to the order that it names.
pub async fn confirm_session(
    house: &House,
    cx: &mut Cx,
    session_id: &str,
) -> Result<Confirmed, Fault> {
    let session = match house.payments.checkout(session_id).await {
        Ok(session) => session,
        Err(crate::ports::PaymentsError::NotFound) => return Ok(Confirmed::Unknown),
        Err(error) => return Err(error.into()),
    };
    let mut read = house.read().await?;
    let order = match store::orders::by_session(&mut read, session_id).await? {
        Some(order) => Some(order),
        // The page of an earlier attempt, or one that we lost the answer to: its metadata names the order.
        None => match session.order_id.as_deref().map(OrderId::parse) {
            Some(Ok(id)) => store::orders::by_id(&mut read, &id).await?,
            _ => None,
        },
    };
    drop(read);
    let Some(order) = order else {
        return Ok(Confirmed::Unknown);
    };
    apply(house, cx, &order, &session).await
}

async fn apply(
    house: &House,
    cx: &mut Cx,
    order: &Order,
    session: &CheckoutSession,
) -> Result<Confirmed, Fault> {
    if session.order_id.as_deref() != Some(order.id.as_str()) {
        return Err(Fault::Inconsistent(format!(
            "page {} is not order {}'s",
            session.id, order.id
        )));
    }
    match (session.state, &session.payment) {
        (SessionState::Paid, Some(payment)) => pay(house, cx, order, session, payment).await,
        (SessionState::Paid, None) => Err(Fault::Inconsistent(format!(
            "page {} is paid without a payment",
            session.id
        ))),
        (SessionState::Processing, _) => Ok(Confirmed::Processing),
        (SessionState::Open, _) => Ok(Confirmed::Open),
        (SessionState::Expired, _) => expired(house, cx, order, session).await,
    }
}

/// A page that closed unpaid gives its places back; that of an earlier attempt changes nothing.
async fn expired(
    house: &House,
    cx: &Cx,
    order: &Order,
    session: &CheckoutSession,
) -> Result<Confirmed, Fault> {
    if order.places != Places::Held
        || order.stripe_session_id.as_deref() != Some(session.id.as_str())
    {
        let mut tx = house.write().await?;
        store::orders::page_closed(&mut tx, &order.id, &session.id, cx.now).await?;
        tx.commit().await?;
        return Ok(Confirmed::Settled(order.status));
    }
    let release = Release {
        order_id: order.id.clone(),
        event_id: order.event_id.clone(),
        reason: CancelReason::Expired,
        only_if_lapsed: false,
        page_closed: true,
        now: cx.now,
    };
    match house.lanes.release(release).await? {
        Released::Done => Ok(Confirmed::Expired),
        Released::NotHeld(status) => Ok(Confirmed::Settled(status)),
        Released::NotLapsed => Ok(Confirmed::Open),
    }
}

async fn pay(
    house: &House,
    cx: &mut Cx,
    order: &Order,
    session: &CheckoutSession,
    facts: &PaymentFacts,
) -> Result<Confirmed, Fault> {
    if facts.livemode != house.settings.livemode {
        return Err(Fault::Inconsistent(format!(
            "payment {} is of the other mode (live or test)",
            facts.intent_id
        )));
    }
    let mut read = house.read().await?;
    if store::payments::by_intent(&mut read, &facts.intent_id)
        .await?
        .is_some()
    {
        return Ok(Confirmed::Paid(Paid::SeenBefore));
    }
    let items: Vec<NewItem> = store::orders::items(&mut read, &order.id)
        .await?
        .into_iter()
        .map(as_new_item)
        .collect();
    drop(read);
    let priced: PricedOrder = serde_json::from_str(&order.pricing_json)
        .map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let settled =
        stripe_tax::settled(house, order, session, &items, priced, facts.amount_cents).await?;
    let as_new = as_new_order(order);
    let payment = new_payment(cx, order, session, facts);
    let sold = Sold {
        order: &as_new,
        items: &items,
        priced: &settled.priced,
    };
    let fulfilment = Fulfilment {
        taxed: settled.taxed,
        item_taxes: settled.item_taxes,
        ..fulfilment::make(house, cx, &sold)?
    };
    let give_back = fulfilment::give_back(cx, &as_new, &payment)?;
    let command = Pay {
        order_id: order.id.clone(),
        event_id: order.event_id.clone(),
        payment,
        total_with_tax_cents: settled.total_cents,
        fulfilment,
        give_back,
        now: cx.now,
    };
    let paid = house.lanes.pay(command).await?;
    if let Paid::GivenBack(reason) = paid {
        tracing::warn!(target: "tickets::checkout", order = %order.id, reason = reason.code(), "a payment goes straight back");
    }
    let outcome = match paid {
        Paid::Fulfilled { late: true } => "late",
        Paid::Fulfilled { late: false } => "in_time",
        Paid::GivenBack(_) => "given_back",
        Paid::SeenBefore => "seen_before",
    };
    metrics::counter!("tickets_payments", "outcome" => outcome).increment(1);
    Ok(Confirmed::Paid(paid))
}

fn new_payment(
    cx: &mut Cx,
    order: &Order,
    session: &CheckoutSession,
    facts: &PaymentFacts,
) -> NewPayment {
    NewPayment {
        id: cx.mint(PaymentId::mint).into(),
        order_id: order.id.as_str().to_owned(),
        payment_intent: facts.intent_id.clone(),
        session_id: Some(session.id.clone()),
        charge_id: facts.charge_id.clone(),
        transfer_id: facts.transfer_id.clone(),
        application_fee_id: facts.application_fee_id.clone(),
        amount_cents: facts.amount_cents,
        application_fee_cents: facts.application_fee_cents,
        currency: facts.currency.clone(),
        outcome: "fulfilled",
        give_back_reason: None,
        late: 0,
        card: facts.card.clone(),
        received_at: cx.now.micros(),
    }
}

fn as_new_item(item: Item) -> NewItem {
    NewItem {
        id: item.id.into(),
        order_id: item.order_id.into(),
        tier_id: item.tier_id.into(),
        tier_name: item.tier_name,
        qty: item.qty,
        unit_price_cents: item.unit_price_cents,
        tax_cents: item.tax_cents,
        fees_cents: item.fees_cents,
        holders_json: item.holders_json,
    }
}

/// The order as it was placed: what tickets and postings are made from.
pub(crate) fn as_new_order(order: &Order) -> NewOrder {
    NewOrder {
        id: order.id.as_str().to_owned(),
        event_id: order.event_id.as_str().to_owned(),
        organizer_id: order.organizer_id.as_str().to_owned(),
        code: order.code.clone(),
        buyer_email: order.buyer_email.clone(),
        buyer_email_folded: order.buyer_email_folded.clone(),
        buyer_name: order.buyer_name.clone(),
        locale: order.locale.clone(),
        status: order.status.code(),
        places: order.places.code(),
        subtotal_cents: order.subtotal_cents,
        fees_cents: order.fees_cents,
        tax_cents: order.tax_cents,
        total_cents: order.total_cents,
        application_fee_cents: order.application_fee_cents,
        discount_cents: order.discount_cents,
        discount_id: order.discount_id.as_ref().map(ToString::to_string),
        discount_code: order.discount_code.clone(),
        discount_use: order.discount_use.map(model::discount::DiscountUse::code),
        currency: order.currency.as_str().to_owned(),
        pricing_json: order.pricing_json.clone(),
        tax_engine: order.tax_engine.code(),
        tax_included: i64::from(order.tax_included),
        charge_model: order.charge_model.code(),
        source: order.source.clone(),
        hold_expires_at: order.hold_expires_at.map(model::time::Time::micros),
        placed_at: order.placed_at.map(model::time::Time::micros),
        terms_version: order.terms_version.clone(),
        refunds_until_shown: order.refunds_until_shown.map(model::time::Time::micros),
        created_at: order.created_at.micros(),
    }
}
