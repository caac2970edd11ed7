//! Sharing an amount out over what is left of an order's parts.

use super::{Part, RefundLine, RefundRefusal, RefundableOrder};
use crate::money::largest_remainder;

/// Shares `cents` over what is left of the parts that `counts` picks, by largest remainder with what
/// is left as weights: nobody gets more than is left. `cents` must not exceed the sum.
pub(super) fn share(
    order: &RefundableOrder,
    cents: i64,
    counts: impl Fn(Part) -> bool,
) -> Result<Vec<RefundLine>, RefundRefusal> {
    if cents == 0 {
        return Ok(Vec::new());
    }
    let mut slots = Vec::new();
    for ticket in &order.tickets {
        for balance in ticket.parts.iter().filter(|p| counts(p.part)) {
            slots.push((ticket, balance.part, balance.left_cents()));
        }
    }
    let weights: Vec<i64> = slots.iter().map(|(_, _, left)| *left).collect();
    let shares = largest_remainder(cents, &weights).map_err(|_| RefundRefusal::Overflow)?;
    let lines = slots.into_iter().zip(shares);
    Ok(lines
        .filter(|(_, cents)| *cents > 0)
        .map(|((ticket, part, _), cents)| RefundLine {
            ticket: ticket.id.clone(),
            part,
            cents,
        })
        .collect())
}
