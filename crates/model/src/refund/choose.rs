//! Which tickets a refund is about.

use super::{Ask, FeePolicy, Part, RefundRefusal, RefundableOrder, RefundableTicket};
use crate::ids::{ItemId, TicketId};
use crate::pricing::FeeMode;
use std::collections::BTreeSet;

/// Whether a part goes back under a policy: the fee only where it is returned.
pub(super) const fn goes_back(part: Part, fee: FeePolicy) -> bool {
    match fee {
        FeePolicy::Keep => !part.is_fee(),
        FeePolicy::Return => true,
    }
}

/// The positions of the tickets that go back whole, in the order of their numbers.
///
/// A ticket counts as refundable while it is alive (a free one too) or while something of its price
/// is left, as after a refund that failed.
pub(super) fn tickets(
    order: &RefundableOrder,
    ask: &Ask,
    fee: FeePolicy,
) -> Result<Vec<usize>, RefundRefusal> {
    let open = |t: &RefundableTicket| t.alive || t.left_cents(|p| goes_back(p, fee)) > 0;
    match ask {
        Ask::Everything => {
            let all = order.tickets.iter().enumerate();
            Ok(all.filter(|(_, t)| open(t)).map(|(at, _)| at).collect())
        }
        Ask::Tickets(ids) => named(order, ids, open),
        Ask::Items(lines) => counted(order, lines, open),
        Ask::Amount(_) => Ok(Vec::new()),
    }
}

fn named(
    order: &RefundableOrder,
    ids: &[TicketId],
    open: impl Fn(&RefundableTicket) -> bool,
) -> Result<Vec<usize>, RefundRefusal> {
    let mut chosen = BTreeSet::new();
    for id in ids {
        let at = order.tickets.iter().position(|t| t.id == *id);
        let at = at.ok_or_else(|| RefundRefusal::UnknownTicket { ticket: id.clone() })?;
        if !open(&order.tickets[at]) {
            return Err(RefundRefusal::NothingLeft);
        }
        chosen.insert(at);
    }
    Ok(chosen.into_iter().collect())
}

fn counted(
    order: &RefundableOrder,
    lines: &[(ItemId, i64)],
    open: impl Fn(&RefundableTicket) -> bool,
) -> Result<Vec<usize>, RefundRefusal> {
    let mut chosen = BTreeSet::new();
    for (item, qty) in lines {
        let of_line = |t: &&RefundableTicket| t.item == *item;
        if !order.tickets.iter().any(|t| of_line(&t)) {
            return Err(RefundRefusal::UnknownItem { item: item.clone() });
        }
        let mut left: Vec<usize> = (0..order.tickets.len())
            .filter(|at| {
                let ticket = &order.tickets[*at];
                of_line(&ticket) && open(ticket) && !chosen.contains(at)
            })
            .collect();
        // Living and unused ones first, and of those the last: whoever holds the first keeps it.
        left.sort_by_key(|at| {
            let ticket = &order.tickets[*at];
            (!ticket.alive, ticket.used, std::cmp::Reverse(*at))
        });
        let most = i64::try_from(left.len()).unwrap_or(i64::MAX);
        if !(1..=most).contains(qty) {
            return Err(RefundRefusal::Quantity {
                item: item.clone(),
                left: most,
            });
        }
        chosen.extend(left.into_iter().take(usize::try_from(*qty).unwrap_or(0)));
    }
    Ok(chosen.into_iter().collect())
}

/// The parts that an amount is shared out over: those that the buyer paid and that may go back.
pub(super) const fn takes_amount(part: Part, mode: FeeMode, fee: FeePolicy) -> bool {
    part.is_buyers(mode) && goes_back(part, fee)
}
