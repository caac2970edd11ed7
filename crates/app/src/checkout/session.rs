//! The payment page: opened once for each attempt, and again if a buyer comes back for it.

use super::confirm::{Confirmed, confirm_order};
use super::page_lines::lines_of;
use super::place::Placed;
use super::start::StartCheckoutError;
use super::stripe_tax;
use crate::catalogue;
use crate::cx::Cx;
use crate::error::{Fault, faults};
use crate::house::House;
use crate::lanes::command::Release;
use crate::ports::{
    CheckoutLine, CheckoutRequest, CheckoutSession, PaymentsError, SessionState, StripeTax,
};
use model::ids::OrderId;
use model::order::{CancelReason, Places};
use model::pricing::PricedOrder;
use model::time::Time;
use store::orders::{Item, Order};

/// Stripe's own least for a page's life is 30 minutes after it is made (STRIPE.md 2.2); a minute on
/// top forgives clocks that differ.
const STRIPE_LEAST_S: i64 = 31 * 60;

/// Opens the page for an order that was just placed; if Stripe will not, the places go back at once.
pub(super) async fn open_first(
    house: &House,
    cx: &mut Cx,
    placed: &Placed,
) -> Result<String, StartCheckoutError> {
    match open_for(house, cx, placed).await {
        Ok(url) => Ok(url),
        Err(fault) => {
            let release = Release {
                order_id: placed.order_id.clone(),
                event_id: placed.listing.event.id.clone(),
                reason: CancelReason::PaymentUnavailable,
                only_if_lapsed: false,
                page_closed: false,
                now: cx.now,
            };
            house.lanes.release(release).await?;
            Err(fault.into())
        }
    }
}

async fn open_for(house: &House, cx: &mut Cx, placed: &Placed) -> Result<String, Fault> {
    let (order, listing) = (&placed.order, &placed.listing);
    let engine = listing.event.tax_engine;
    let included = order.tax_included != 0;
    let items = placed.items.iter();
    let payable = Payable {
        order_id: &placed.order_id,
        // Later attempts count from 1: had we died with this page open, its key would not fit another one.
        attempt: 0,
        event_id: listing.event.id.as_str(),
        title: &listing.event.title,
        destination: listing
            .organizer
            .stripe_account_id
            .as_deref()
            .unwrap_or_default(),
        total_cents: order.total_cents,
        application_fee_cents: order.application_fee_cents,
        currency: &order.currency,
        email: &order.buyer_email,
        locale: &order.locale,
        lines: lines_of(
            &placed.quote.priced,
            listing,
            items.map(|i| (i.tier_id.as_str(), i.tier_name.as_str(), i.qty)),
            &order.locale,
        )?,
        tax: stripe_tax::asked_for(house, cx.now, listing, engine, included).await?,
    };
    open(house, cx, &request(house, cx.now, &payable)).await
}

/// Opens a page and remembers it. The page must ask for exactly what the order costs.
async fn open(house: &House, cx: &Cx, request: &CheckoutRequest) -> Result<String, Fault> {
    let session = house.payments.open_checkout(request).await?;
    let agrees = before_tax(&session, request.tax.as_ref()) == request.total_cents
        && session.currency == request.currency;
    let Some(url) = session
        .url
        .filter(|_| agrees && session.state == SessionState::Open)
    else {
        house.payments.close_checkout(&session.id).await?;
        return Err(Fault::Inconsistent(format!(
            "Stripe's page {} does not ask for what order {} costs",
            session.id, request.order_id
        )));
    };
    let mut tx = house.write().await?;
    let kept = store::orders::set_session(
        &mut tx,
        &request.order_id,
        &session.id,
        session.expires_at,
        request.attempt,
        cx.now,
    )
    .await?;
    tx.commit().await?;
    if kept {
        return Ok(url);
    }
    // The hold was lost while Stripe made the page: nobody may pay it.
    house.payments.close_checkout(&session.id).await?;
    Err(Fault::Inconsistent(format!(
        "order {} lost its places while its page was opened",
        request.order_id
    )))
}

/// What a page asks for, less what Stripe Tax has put on top of it by now.
fn before_tax(session: &CheckoutSession, tax: Option<&StripeTax>) -> i64 {
    let on_top = match (tax, &session.tax) {
        (Some(asked), Some(tax)) if !asked.included => tax.cents,
        _ => 0,
    };
    session.total_cents.saturating_sub(on_top)
}

/// Why a buyer cannot continue to the payment page.
#[derive(Debug, thiserror::Error)]
pub enum ContinueError {
    /// There is no such order.
    #[error("This order does not exist.")]
    NotFound,
    /// The order no longer waits for money; its page shows what it is.
    #[error("This order is not waiting for a payment any more.")]
    NotPending,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ContinueError: store::StoreError, crate::lanes::LaneError, PaymentsError);

/// The payment page of a pending order: the open one, or a new one if there is none.
pub async fn continue_to_payment(
    house: &House,
    cx: &mut Cx,
    id: &OrderId,
) -> Result<String, ContinueError> {
    let mut read = house.read().await?;
    let order = store::orders::by_id(&mut read, id)
        .await?
        .ok_or(ContinueError::NotFound)?;
    let items = store::orders::items(&mut read, id).await?;
    drop(read);
    if order.places != Places::Held || order.hold_expires_at.is_some_and(|until| until <= cx.now) {
        return Err(ContinueError::NotPending);
    }
    if let Some(session_id) = &order.stripe_session_id {
        let session = house.payments.checkout(session_id).await?;
        match (session.state, session.url) {
            (SessionState::Open, Some(url)) => return Ok(url),
            (SessionState::Paid | SessionState::Processing, _) => {
                let _settled: Confirmed = confirm_order(house, cx, id).await?;
                return Err(ContinueError::NotPending);
            }
            (SessionState::Open | SessionState::Expired, _) => {}
        }
    }
    reopen(house, cx, &order, &items).await
}

/// The payment page of an order that an earlier run has placed; `None` if it waits for none any more.
pub(super) async fn page_of(
    house: &House,
    cx: &mut Cx,
    id: &OrderId,
) -> Result<Option<String>, Fault> {
    match continue_to_payment(house, cx, id).await {
        Ok(url) => Ok(Some(url)),
        Err(ContinueError::NotFound | ContinueError::NotPending) => Ok(None),
        Err(ContinueError::Fault(fault)) => Err(fault),
    }
}

async fn reopen(
    house: &House,
    cx: &mut Cx,
    order: &Order,
    items: &[Item],
) -> Result<String, ContinueError> {
    let listing = catalogue::recent(house, &order.event_id)
        .await?
        .ok_or(ContinueError::NotFound)?;
    let mut tx = house.write().await?;
    let attempt = store::orders::next_session_attempt(&mut tx, &order.id, cx.now).await?;
    tx.commit().await?;
    let attempt = attempt.ok_or(ContinueError::NotPending)?;
    let priced: PricedOrder = serde_json::from_str(&order.pricing_json)
        .map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let request = request(
        house,
        cx.now,
        &Payable {
            order_id: &order.id,
            attempt,
            event_id: order.event_id.as_str(),
            title: &listing.event.title,
            destination: listing
                .organizer
                .stripe_account_id
                .as_deref()
                .unwrap_or_default(),
            total_cents: order.total_cents,
            application_fee_cents: order.application_fee_cents,
            currency: order.currency.as_str(),
            email: &order.buyer_email,
            locale: &order.locale,
            lines: lines_of(
                &priced,
                &listing,
                items
                    .iter()
                    .map(|i| (i.tier_id.as_str(), i.tier_name.as_str(), i.qty)),
                &order.locale,
            )?,
            tax: stripe_tax::asked_for(
                house,
                cx.now,
                &listing,
                order.tax_engine,
                order.tax_included,
            )
            .await?,
        },
    );
    Ok(open(house, cx, &request).await?)
}

struct Payable<'a> {
    order_id: &'a OrderId,
    attempt: i64,
    event_id: &'a str,
    title: &'a str,
    destination: &'a str,
    total_cents: i64,
    application_fee_cents: i64,
    currency: &'a str,
    email: &'a str,
    locale: &'a str,
    lines: Vec<CheckoutLine>,
    tax: Option<StripeTax>,
}

fn request(house: &House, now: Time, payable: &Payable<'_>) -> CheckoutRequest {
    let settings = &house.settings;
    let page = format!(
        "{}{}/tickets/order/{}",
        settings.public_url, settings.mount, payable.order_id
    );
    CheckoutRequest {
        order_id: payable.order_id.clone(),
        attempt: payable.attempt,
        event_id: payable.event_id.to_owned(),
        destination: payable.destination.to_owned(),
        lines: payable.lines.clone(),
        total_cents: payable.total_cents,
        tax: payable.tax.clone(),
        application_fee_cents: payable.application_fee_cents,
        currency: payable.currency.to_owned(),
        email: payable.email.to_owned(),
        locale: payable.locale.to_owned(),
        description: format!("Tickets: {}", payable.title),
        success_url: format!("{page}/return?session_id={{CHECKOUT_SESSION_ID}}"),
        cancel_url: page,
        expires_at: now.plus_seconds(STRIPE_LEAST_S.max(settings.hold_most_s + 60)),
    }
}
