//! A refund as people see it: what goes back, part by part.

use crate::error::Fault;
use crate::house::House;
use model::ids::{OrderId, TicketId};
use model::pricing::FeeMode;
use model::refund::{Part, RefundPlan};
use std::collections::BTreeMap;
use store::Session;
use store::credit_notes::CreditNote;
use store::refund_work::RefundPart;
use store::refunds::Refund;
use store::tickets::TicketPart;

/// So much of one part, over all tickets of a refund.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BreakdownLine {
    /// The part.
    pub part: Part,
    /// Its rate in parts per million; 0 where it is no tax.
    pub rate_ppm: i64,
    /// What goes back of it, in cents.
    pub amount_cents: i64,
    /// Whether it goes to the buyer; an absorbed fee goes back to the organizer.
    pub to_buyer: bool,
}

/// A refund, made or only planned.
#[derive(Clone, Debug)]
pub struct RefundView {
    /// The refund; `None` for a preview.
    pub refund: Option<Refund>,
    /// What the buyer gets, in cents.
    pub amount_cents: i64,
    /// How much of our fee, with its taxes, goes back, in cents.
    pub fee_cents: i64,
    /// What goes back, part by part.
    pub breakdown: Vec<BreakdownLine>,
    /// The tickets that die with it.
    pub tickets: Vec<TicketId>,
    /// Its credit notes, once the money is on its way.
    pub credit_notes: Vec<CreditNote>,
}

/// The rate of each part of an order.
pub(super) type Rates = BTreeMap<Part, i64>;

/// Reads the rates off an order's parts: one rate for a part, since an order is priced at one time.
pub(super) fn rates_of(parts: &[TicketPart]) -> Result<Rates, Fault> {
    let mut rates = Rates::new();
    for part in parts {
        let of = Part::parse(&part.part).map_err(|e| Fault::Inconsistent(e.to_string()))?;
        rates.insert(of, part.rate_ppm);
    }
    Ok(rates)
}

/// A plan as it would be.
pub(super) fn preview(plan: &RefundPlan, rates: &Rates) -> RefundView {
    let sums = plan.lines.iter().map(|l| (l.part, l.cents));
    RefundView {
        refund: None,
        amount_cents: plan.buyer_cents(),
        fee_cents: plan.fee_cents(),
        breakdown: breakdown(plan.mode, rates, sums),
        tickets: plan.tickets.clone(),
        credit_notes: Vec::new(),
    }
}

fn breakdown(
    mode: FeeMode,
    rates: &Rates,
    sums: impl Iterator<Item = (Part, i64)>,
) -> Vec<BreakdownLine> {
    let mut by_part: BTreeMap<Part, i64> = BTreeMap::new();
    for (part, cents) in sums {
        *by_part.entry(part).or_default() += cents;
    }
    let line = |(part, amount_cents): (Part, i64)| BreakdownLine {
        rate_ppm: rates.get(&part).copied().unwrap_or_default(),
        to_buyer: part.is_buyers(mode),
        part,
        amount_cents,
    };
    by_part.into_iter().map(line).collect()
}

/// The refunds of an order, oldest first; those that gave a payment straight back are not among them.
pub async fn of_order(house: &House, order: &OrderId) -> Result<Vec<RefundView>, Fault> {
    let mut read = house.read().await?;
    views(&mut read, order).await
}

pub(super) async fn views(s: &mut Session, id: &OrderId) -> Result<Vec<RefundView>, Fault> {
    let order = store::orders::by_id(s, id).await?;
    let order = order.ok_or_else(|| Fault::Inconsistent(format!("order {id} is gone")))?;
    let refunds = store::refunds::of_order(s, id).await?;
    let rates = rates_of(&store::tickets::parts_of_order(s, id).await?)?;
    let parts = store::refund_work::parts_of_order(s, id).await?;
    let notes = store::credit_notes::of_order(s, id).await?;
    let dead = store::refund_work::dead_of_order(s, id).await?;
    let mode = super::locked::fee_mode(&order)?;
    let mut views = Vec::new();
    for refund in refunds {
        if refund.origin == model::refund::RefundOrigin::GiveBack {
            continue;
        }
        let own = parts
            .iter()
            .filter(|p| p.refund_id == refund.id.as_str())
            .map(sum_of)
            .collect::<Result<Vec<_>, Fault>>()?;
        views.push(RefundView {
            amount_cents: refund.amount_cents,
            fee_cents: refund.fee_cents,
            breakdown: breakdown(mode, &rates, own.into_iter()),
            tickets: dead
                .iter()
                .filter(|(by, _)| *by == refund.id)
                .map(|(_, ticket)| ticket.clone())
                .collect(),
            credit_notes: notes
                .iter()
                .filter(|n| n.refund_id == refund.id)
                .cloned()
                .collect(),
            refund: Some(refund),
        });
    }
    Ok(views)
}

fn sum_of(part: &RefundPart) -> Result<(Part, i64), Fault> {
    let of = Part::parse(&part.part).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    Ok((of, part.amount_cents))
}
