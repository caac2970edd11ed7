//! The plan of a refund: how many cents of which part of which ticket, and which tickets die.

use super::choose::{goes_back, takes_amount, tickets};
use super::share::share;
use super::{Ask, FeePolicy, Part, RefundRefusal, RefundableOrder};
use crate::ids::TicketId;
use crate::pricing::FeeMode;

/// So much of one part of one ticket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RefundLine {
    /// The ticket.
    pub ticket: TicketId,
    /// The part of its price.
    pub part: Part,
    /// Cents, more than nothing.
    pub cents: i64,
}

/// What goes back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RefundPlan {
    /// Who bore the fee.
    pub mode: FeeMode,
    /// What goes back of each part.
    pub lines: Vec<RefundLine>,
    /// The tickets whose whole price goes back.
    pub tickets: Vec<TicketId>,
}

impl RefundPlan {
    /// What the buyer gets, in cents.
    pub fn buyer_cents(&self) -> i64 {
        self.sum(|part| part.is_buyers(self.mode))
    }

    /// How much of our fee, with its taxes, goes back (to the buyer or, if the organizer absorbed it,
    /// to the organizer), in cents.
    pub fn fee_cents(&self) -> i64 {
        self.sum(Part::is_fee)
    }

    /// What goes back of the parts that `counts` picks, in cents.
    pub fn sum(&self, counts: impl Fn(Part) -> bool) -> i64 {
        let cents = self.lines.iter().filter(|l| counts(l.part));
        cents.map(|l| l.cents).fold(0, i64::saturating_add)
    }
}

/// Plans a refund as it was asked for.
pub fn plan(
    order: &RefundableOrder,
    ask: &Ask,
    fee: FeePolicy,
) -> Result<RefundPlan, RefundRefusal> {
    match ask {
        Ask::Amount(cents) => plan_amount(order, *cents, fee),
        Ask::Everything | Ask::Tickets(_) | Ask::Items(_) => plan_tickets(order, ask, fee),
    }
}

fn plan_tickets(
    order: &RefundableOrder,
    ask: &Ask,
    fee: FeePolicy,
) -> Result<RefundPlan, RefundRefusal> {
    let chosen = tickets(order, ask, fee)?;
    if chosen.is_empty() {
        return Err(RefundRefusal::NothingLeft);
    }
    let mut lines = Vec::new();
    for ticket in chosen.iter().map(|at| &order.tickets[*at]) {
        let open = ticket.parts.iter().filter(|p| goes_back(p.part, fee));
        lines.extend(
            open.filter(|p| p.left_cents() > 0)
                .map(|balance| RefundLine {
                    ticket: ticket.id.clone(),
                    part: balance.part,
                    cents: balance.left_cents(),
                }),
        );
    }
    Ok(RefundPlan {
        mode: order.mode,
        lines,
        tickets: chosen
            .iter()
            .map(|at| order.tickets[*at].id.clone())
            .collect(),
    })
}

fn plan_amount(
    order: &RefundableOrder,
    cents: i64,
    fee: FeePolicy,
) -> Result<RefundPlan, RefundRefusal> {
    let counts = |part: Part| takes_amount(part, order.mode, fee);
    let most_cents = order.left_cents(counts);
    if !(1..=most_cents).contains(&cents) {
        return Err(RefundRefusal::Amount { most_cents });
    }
    let mut lines = share(order, cents, counts)?;
    if order.mode == FeeMode::Absorb && fee == FeePolicy::Return {
        lines.extend(share(
            order,
            absorbed_share(order, cents, most_cents),
            Part::is_fee,
        )?);
    }
    Ok(finished(order, lines))
}

/// An absorbed fee goes back to the organizer in the proportion in which the ticket goes back to the
/// buyer, rounded down, so that the last cent goes with the last cent.
fn absorbed_share(order: &RefundableOrder, cents: i64, of_cents: i64) -> i64 {
    let fee_left = i128::from(order.left_cents(Part::is_fee));
    let part = fee_left * i128::from(cents) / i128::from(of_cents.max(1));
    i64::try_from(part).unwrap_or(i64::MAX)
}

/// The plan of a refund that was made elsewhere: the buyer got `buyer_cents`, and `fee_cents` of our
/// fee went back.
///
/// The fee comes from the fee's parts; the rest of the buyer's money from the tickets, and only what
/// they cannot bear any more from the fee as well, so that a dashboard's odd proportions always find a
/// place. Refuses more than is left.
pub fn plan_of_actual(
    order: &RefundableOrder,
    buyer_cents: i64,
    fee_cents: i64,
) -> Result<RefundPlan, RefundRefusal> {
    let own_left = order.left_cents(|p| !p.is_fee());
    let fee_left = order.left_cents(Part::is_fee);
    let most_cents = order.left_cents(|p| p.is_buyers(order.mode));
    if !(0..=most_cents).contains(&buyer_cents) || !(0..=fee_left).contains(&fee_cents) {
        return Err(RefundRefusal::Amount { most_cents });
    }
    let (own, fee) = match order.mode {
        FeeMode::Absorb => (buyer_cents, fee_cents),
        FeeMode::Pass => {
            let fee = fee_cents.min(buyer_cents);
            let fee = fee.max(buyer_cents.saturating_sub(own_left));
            (buyer_cents - fee, fee)
        }
    };
    let mut lines = share(order, own, |p| !p.is_fee())?;
    lines.extend(share(order, fee, Part::is_fee)?);
    Ok(finished(order, lines))
}

/// A plan over an amount: tickets die only if it leaves nothing of the price of any of them.
fn finished(order: &RefundableOrder, lines: Vec<RefundLine>) -> RefundPlan {
    let own = |part: Part| !part.is_fee();
    let taken = lines.iter().filter(|l| own(l.part));
    let taken = taken.map(|l| l.cents).fold(0, i64::saturating_add);
    let all = taken > 0 && taken == order.left_cents(own);
    let dying = order.tickets.iter().filter(|t| all && t.alive);
    RefundPlan {
        mode: order.mode,
        tickets: dying.map(|t| t.id.clone()).collect(),
        lines,
    }
}
