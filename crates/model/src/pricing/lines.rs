//! How the units of an order stand on a payment page: one line for each tier and amount.
//!
//! The same lines are made when the page is opened and when its taxes come back, so that each tax finds
//! the units that it is on.

use super::PricedOrder;
use std::collections::BTreeMap;

/// A line of tickets on a payment page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TicketLine {
    /// Which of the order's lines it belongs to.
    pub item: usize,
    /// What one ticket costs on it, in cents: the net amount.
    pub unit_cents: i64,
    /// Its units, by their place in the order.
    pub units: Vec<usize>,
}

/// The lines of tickets; `quantities` are those of the order's lines, in the order of its units.
pub fn ticket_lines(order: &PricedOrder, quantities: &[i64]) -> Vec<TicketLine> {
    let mut lines = Vec::new();
    let mut units = order.units.iter().enumerate();
    for (item, qty) in quantities.iter().enumerate() {
        let mut by_net: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        let of_item = units
            .by_ref()
            .take(usize::try_from(*qty).unwrap_or_default());
        for (at, unit) in of_item {
            by_net.entry(unit.net_cents).or_default().push(at);
        }
        lines.extend(by_net.into_iter().map(|(unit_cents, units)| TicketLine {
            item,
            unit_cents,
            units,
        }));
    }
    lines
}
