//! A payout as its organizer reads it: order by order, to the cent.

use crate::access;
use crate::cx::{Actor, Cx};
use crate::error::Fault;
use crate::house::House;
use model::ids::{EventId, OrderId, OrganizerId, PayoutId};
use model::time::Time;
use std::collections::BTreeMap;
use store::disbursements::OrderPart;
use store::payouts::{Line, LineOrder, Payout};

/// The most payouts on one page.
const MOST_AT_ONCE: i64 = 100;

/// A page of payouts, the latest first.
#[derive(Clone, Debug)]
pub struct PayoutPage {
    /// The payouts.
    pub payouts: Vec<Payout>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<(Time, PayoutId)>,
}

/// A payout with what it is made of.
#[derive(Clone, Debug)]
pub struct PayoutDetail {
    /// The payout.
    pub payout: Payout,
    /// What each order brought, in the order in which they first appear.
    pub orders: Vec<OrderShare>,
    /// What we meant to pay when we asked for it; `None` for a payout that others made.
    pub disbursed: Option<Disbursed>,
    /// What belongs to no order: the return of a failed payout, a transfer by hand, Stripe's own charges.
    pub other: Vec<Line>,
}

/// A payout that we asked for: an event's money, order by order.
#[derive(Clone, Debug)]
pub struct Disbursed {
    /// The event that is over.
    pub event_id: EventId,
    /// What of each order was paid; all of them are the payout.
    pub orders: Vec<OrderPart>,
}

/// What one order brought to a payout, in cents.
#[derive(Clone, Debug)]
pub struct OrderShare {
    /// The order.
    pub order: LineOrder,
    /// What buyers paid and was transferred.
    pub paid_cents: i64,
    /// Our fees on it, with their taxes; a fee that came back counts against them.
    pub fees_cents: i64,
    /// What went back to buyers.
    pub refunded_cents: i64,
    /// What remains: paid less fees less refunded.
    pub net_cents: i64,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A page of the actor's own payouts; `None` for whoever is no organizer.
pub async fn own_payouts(
    house: &House,
    cx: &Cx,
    after: Option<(Time, PayoutId)>,
    limit: i64,
) -> Result<Option<PayoutPage>, Fault> {
    match access::own_organizer(house, cx).await? {
        Some(organizer) => Ok(Some(page(house, &organizer.id, after, limit).await?)),
        None => Ok(None),
    }
}

async fn page(
    house: &House,
    organizer: &OrganizerId,
    after: Option<(Time, PayoutId)>,
    limit: i64,
) -> Result<PayoutPage, Fault> {
    let limit = limit.clamp(1, MOST_AT_ONCE);
    let mut read = house.read().await?;
    let mut payouts = store::payouts::page(&mut read, organizer, after, limit + 1).await?;
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = payouts.len() > most;
    payouts.truncate(most);
    let next = payouts
        .last()
        .filter(|_| more)
        .map(|last| (last.created_at, last.id.clone()));
    Ok(PayoutPage { payouts, next })
}

/// A payout for its organizer or an admin; `None` if there is none or it is somebody else's.
pub async fn show_payout(
    house: &House,
    cx: &Cx,
    id: &PayoutId,
) -> Result<Option<PayoutDetail>, Fault> {
    let payout = store::payouts::by_id(&mut *house.read().await?, id).await?;
    let Some(payout) = payout else {
        return Ok(None);
    };
    let may = match &cx.actor {
        Actor::Admin(_) | Actor::System => true,
        _ => access::own_organizer(house, cx)
            .await?
            .is_some_and(|own| own.id == payout.organizer_id),
    };
    if !may {
        return Ok(None);
    }
    let mut read = house.read().await?;
    let lines = store::payouts::lines(&mut read, id).await?;
    let ours = store::disbursements::of_payout(&mut read, &payout.stripe_payout_id).await?;
    let disbursed = match ours {
        Some(ours) => Some(Disbursed {
            orders: store::disbursements::orders(&mut read, &ours.id).await?,
            event_id: ours.event_id,
        }),
        None => None,
    };
    Ok(Some(PayoutDetail {
        disbursed,
        ..detail(payout, lines)
    }))
}

fn detail(payout: Payout, lines: Vec<Line>) -> PayoutDetail {
    let mut orders: Vec<OrderShare> = Vec::new();
    let mut places: BTreeMap<OrderId, usize> = BTreeMap::new();
    let mut other = Vec::new();
    for line in lines {
        let Some(order) = &line.order else {
            other.push(line);
            continue;
        };
        let next = orders.len();
        let at = *places.entry(order.id.clone()).or_insert(next);
        if at == next {
            orders.push(nothing_yet(order.clone()));
        }
        if let Some(share) = orders.get_mut(at) {
            add(share, line);
        }
    }
    PayoutDetail {
        payout,
        orders,
        disbursed: None,
        other,
    }
}

fn nothing_yet(order: LineOrder) -> OrderShare {
    OrderShare {
        order,
        paid_cents: 0,
        fees_cents: 0,
        refunded_cents: 0,
        net_cents: 0,
        lines: Vec::new(),
    }
}

/// Whatever Stripe calls it: money that comes with a fee on it is a payment, a fee that comes back is a
/// fee, and what leaves goes back to a buyer.
fn add(share: &mut OrderShare, line: Line) {
    share.net_cents += line.net_cents;
    share.fees_cents += line.fee_cents;
    match line.kind.as_str() {
        "application_fee_refund" => share.fees_cents -= line.amount_cents,
        "payment" | "charge" | "transfer" => share.paid_cents += line.amount_cents,
        _ => share.refunded_cents -= line.amount_cents,
    }
    share.lines.push(line);
}
