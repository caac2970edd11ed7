//! Taking a refund: from here on nobody can give the same cents back.
//!
//! Parts, tickets, places, counters and books change together, in the caller's transaction and under
//! the order's lock. What Stripe does about it comes later.

use super::locked::Locked;
use super::outcome;
use crate::checkout::{as_new_order, posting_lines};
use crate::cx::Cx;
use crate::discounts;
use crate::error::Fault;
use model::ids::{DisputeId, PaymentId, RefundId, TicketId, TierId};
use model::ledger;
use model::order::{OrderStatus, status_after_refund};
use model::refund::{RefundOrigin, RefundPlan, RefundStatus};
use model::stock::{Stock, StockError};
use model::ticket::TicketStatus;
use std::collections::BTreeMap;
use store::WriteTx;
use store::lanes::write::{self, StockMove};
use store::refund_work::{self, DyingTicket, RefundPart, TicketState};
use store::refunds::Refund;

/// Who wants a refund, and how.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    pub origin: RefundOrigin,
    pub reason: String,
    pub note: String,
    /// Whether the places of the tickets go back on sale.
    pub restock: bool,
    /// Whether the tickets stay valid all the same.
    pub keep_tickets: bool,
    pub dispute_id: Option<DisputeId>,
    /// Stripe's id, where Stripe has it already.
    pub stripe_refund_id: Option<String>,
    /// `Planned`, or how far it is where Stripe has it already.
    pub status: RefundStatus,
    /// What was taken back from the organizer already, in cents.
    pub reversed_elsewhere_cents: i64,
    /// What went back of our fee already, in cents.
    pub fee_elsewhere_cents: i64,
}

impl Wish {
    /// A refund that Stripe has not heard of.
    pub fn new(origin: RefundOrigin, reason: &str, note: &str) -> Self {
        Self {
            origin,
            reason: reason.to_owned(),
            note: note.to_owned(),
            restock: true,
            keep_tickets: false,
            dispute_id: None,
            stripe_refund_id: None,
            status: RefundStatus::Planned,
            reversed_elsewhere_cents: 0,
            fee_elsewhere_cents: 0,
        }
    }
}

/// Writes a planned refund and everything that it takes; the refund comes back.
pub(crate) async fn take(
    tx: &mut WriteTx,
    cx: &mut Cx,
    locked: &Locked,
    plan: &RefundPlan,
    wish: Wish,
) -> Result<Refund, Fault> {
    let keep_tickets = wish.keep_tickets;
    let mut refund = new_refund(cx, locked, plan, wish);
    let earlier = store::refunds::of_order(tx, &locked.order.id).await?;
    let most = refund.fee_to_return_cents().max(0);
    refund.fee_kept_cents = spare_fee_cents(&earlier).clamp(0, most);
    let dying = if keep_tickets {
        Vec::new()
    } else {
        dying_tickets(locked, &plan.tickets, refund.restock)
    };
    store::refunds::insert(tx, &refund).await?;
    refund_work::take_parts(tx, &part_rows(&refund.id, plan)).await?;
    refund_work::insert_dying(tx, &refund.id, &dying).await?;
    store::metrics::add_refund(tx, &refund.id).await?;
    kill(tx, cx, locked, &dying).await?;
    count(tx, cx, locked, &refund, &dying).await?;
    let posting = ledger::refund(plan).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    let lines = posting_lines(cx, &as_new_order(&locked.order), "refund", &posting)?;
    store::ledger::write(tx, &lines).await?;
    if refund.status == RefundStatus::Succeeded {
        outcome::book_success(tx, cx, &refund, &locked.order).await?;
    }
    Ok(refund)
}

fn new_refund(cx: &mut Cx, locked: &Locked, plan: &RefundPlan, wish: Wish) -> Refund {
    let amount_cents = plan.buyer_cents();
    // Nothing to be done at Stripe: no money, as in a free order.
    let moneyless = amount_cents == 0 && plan.fee_cents() == 0;
    let id = cx.mint(RefundId::mint);
    let order = &locked.order;
    Refund {
        payment_id: locked.payment.as_ref().map(|p| p.id.clone()),
        dispute_id: wish.dispute_id,
        amount_cents,
        fee_cents: plan.fee_cents(),
        reason: wish.reason,
        note: wish.note,
        status: if moneyless {
            RefundStatus::Succeeded
        } else {
            wish.status
        },
        restock: wish.restock,
        stripe_refund_id: wish.stripe_refund_id,
        reversed_elsewhere_cents: wish.reversed_elsewhere_cents,
        fee_elsewhere_cents: wish.fee_elsewhere_cents,
        settled_at: moneyless.then_some(cx.now),
        ..Refund::new(
            id,
            order.id.clone(),
            wish.origin,
            cx.actor.label(),
            order.currency,
            cx.now,
        )
    }
}

/// What earlier refunds returned of our fee before they failed, and no later one has counted yet.
///
/// Stripe takes no returned fee back. The organizer got so much less when the transfer was given back, so
/// a later refund neither returns it again nor takes it back again.
fn spare_fee_cents(earlier: &[Refund]) -> i64 {
    let returned = |r: &Refund| {
        let made = r.stripe_fee_refund_id.is_some() && r.reversed_cents > 0;
        let own = if made { r.fee_to_return_cents() } else { 0 };
        r.fee_elsewhere_cents + r.fee_kept_cents + own
    };
    let failed = earlier
        .iter()
        .filter(|r| r.status == RefundStatus::Failed && r.origin != RefundOrigin::GiveBack);
    let counted: i64 = earlier.iter().map(|r| r.fee_kept_cents).sum();
    failed.map(returned).sum::<i64>() - counted
}

fn part_rows(refund: &RefundId, plan: &RefundPlan) -> Vec<RefundPart> {
    let row = |line: &model::refund::RefundLine| RefundPart {
        refund_id: refund.as_str().to_owned(),
        ticket_id: line.ticket.as_str().to_owned(),
        part: line.part.code(),
        amount_cents: line.cents,
    };
    plan.lines.iter().map(row).collect()
}

/// The living among the chosen tickets, as they stand; their places are released once.
fn dying_tickets(locked: &Locked, chosen: &[TicketId], restock: bool) -> Vec<DyingTicket> {
    let living = chosen.iter().filter_map(|id| locked.ticket(id));
    let living = living.filter(|t| matches!(t.status, TicketStatus::Valid | TicketStatus::Used));
    living
        .map(|t| DyingTicket {
            ticket_id: t.id.clone(),
            prior_status: t.status,
            prior_used_at: t.used_at,
            prior_used_by: t.used_by.clone(),
            released: restock && !t.seat_released,
        })
        .collect()
}

async fn kill(
    tx: &mut WriteTx,
    cx: &Cx,
    locked: &Locked,
    dying: &[DyingTicket],
) -> Result<(), Fault> {
    let states: Vec<TicketState> = dying
        .iter()
        .map(|d| TicketState {
            id: d.ticket_id.clone(),
            status: TicketStatus::Refunded,
            used_at: None,
            used_by: None,
            seat_released: d.released
                || locked.ticket(&d.ticket_id).is_some_and(|t| t.seat_released),
        })
        .collect();
    refund_work::set_tickets(tx, &states, cx.now).await?;
    let freed = dying
        .iter()
        .filter(|d| d.released)
        .map(|d| d.ticket_id.clone());
    move_places(tx, locked, &freed.collect::<Vec<_>>(), Stock::restock)
        .await?
        .map_err(|e| Fault::Inconsistent(format!("order {}: {e}", locked.order.id)))
}

/// Moves the places of tickets in their tiers and the event, all or none; the stock's own refusal is
/// the inner error.
pub(super) async fn move_places(
    tx: &mut WriteTx,
    locked: &Locked,
    tickets: &[TicketId],
    step: fn(Stock, i64) -> Result<Stock, StockError>,
) -> Result<Result<(), StockError>, Fault> {
    let mut by_tier: BTreeMap<&TierId, i64> = BTreeMap::new();
    for ticket in tickets.iter().filter_map(|id| locked.ticket(id)) {
        *by_tier.entry(&ticket.tier_id).or_default() += 1;
    }
    let total: i64 = by_tier.values().sum();
    if total == 0 {
        return Ok(Ok(()));
    }
    let mut tier_moves = Vec::with_capacity(by_tier.len());
    for (id, qty) in by_tier {
        let tier = locked
            .tiers
            .get(id)
            .ok_or_else(|| Fault::Inconsistent(format!("tier {id} is gone")))?;
        match step(tier.stock, qty) {
            Ok(next) => tier_moves.push(sold_move(id.as_str(), tier.stock, next)),
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    let event = match step(locked.event.stock, total) {
        Ok(next) => sold_move(locked.event.id.as_str(), locked.event.stock, next),
        Err(refusal) => return Ok(Err(refusal)),
    };
    write::move_events(tx, &[event]).await?;
    write::move_tiers(tx, &tier_moves).await?;
    Ok(Ok(()))
}

fn sold_move(id: &str, before: Stock, after: Stock) -> StockMove {
    StockMove {
        id: id.to_owned(),
        held: after.held - before.held,
        sold: after.sold - before.sold,
    }
}

async fn count(
    tx: &mut WriteTx,
    cx: &Cx,
    locked: &Locked,
    refund: &Refund,
    dying: &[DyingTicket],
) -> Result<(), Fault> {
    let dead: Vec<&TicketId> = dying.iter().map(|d| &d.ticket_id).collect();
    let alive = locked.tickets.iter().any(|t| {
        matches!(t.status, TicketStatus::Valid | TicketStatus::Used) && !dead.contains(&&t.id)
    });
    let status = status_now(tx, locked, refund.amount_cents, alive).await?;
    refund_work::set_order(tx, &locked.order.id, status, refund.amount_cents, cx.now).await?;
    discounts::follow(tx, &locked.order.id, status, cx.now).await?;
    count_payment(tx, refund.payment_id.as_ref(), refund, 1).await
}

/// The order's status once `cents` more went back, by what is left of its parts now.
pub(super) async fn status_now(
    tx: &mut WriteTx,
    locked: &Locked,
    cents: i64,
    any_ticket_alive: bool,
) -> Result<OrderStatus, Fault> {
    let tickets: Vec<TicketId> = locked.tickets.iter().map(|t| t.id.clone()).collect();
    let left = refund_work::own_left_cents(tx, &tickets).await?;
    let back = locked.order.refunded_cents + cents;
    Ok(status_after_refund(back, left, any_ticket_alive))
}

pub(super) async fn count_payment(
    tx: &mut WriteTx,
    payment: Option<&PaymentId>,
    refund: &Refund,
    sign: i64,
) -> Result<(), Fault> {
    if let Some(payment) = payment {
        let (cents, fee) = (sign * refund.amount_cents, sign * refund.fee_cents);
        store::payments::add_refunded(tx, payment, cents, fee).await?;
    }
    Ok(())
}
