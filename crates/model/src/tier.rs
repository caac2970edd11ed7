//! A kind of ticket: when it can be bought, by whom, and how many at once.

use crate::order::words;
use crate::stock::Stock;
use crate::time::Time;
use serde::{Deserialize, Serialize};

/// Who sees a tier.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Whoever has its link or a code that unlocks it.
    Hidden,
}

words!(Visibility { Public = "public", Hidden = "hidden" });

/// What a buyer can do with a tier now.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum SaleState {
    /// It can be bought; so many are left.
    OnSale {
        /// Places left.
        left: i64,
    },
    /// Its sale has not begun.
    NotYet {
        /// When it begins.
        starts: Time,
    },
    /// Its sale, or the event, is over.
    Ended,
    /// Nothing is left.
    SoldOut,
    /// The event is not published.
    Closed,
}

impl SaleState {
    /// The stable code for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OnSale { .. } => "on-sale",
            Self::NotYet { .. } => "not-yet",
            Self::Ended => "ended",
            Self::SoldOut => "sold-out",
            Self::Closed => "closed",
        }
    }
}

/// What decides whether a tier can be bought.
#[derive(Clone, Debug)]
pub struct SaleFacts {
    /// Whether the event is published.
    pub event_open: bool,
    /// When the event ends.
    pub event_end: Time,
    /// When sale begins; `None` is at once.
    pub sales_start: Option<Time>,
    /// When sale ends; `None` is when the event ends.
    pub sales_end: Option<Time>,
    /// The tier's own stock.
    pub tier: Stock,
    /// The whole event's stock.
    pub event: Stock,
}

/// Whether a tier can be bought at a time.
pub fn sale_state(facts: &SaleFacts, now: Time) -> SaleState {
    if !facts.event_open {
        return SaleState::Closed;
    }
    if now >= facts.event_end || facts.sales_end.is_some_and(|end| now >= end) {
        return SaleState::Ended;
    }
    if let Some(starts) = facts.sales_start.filter(|start| now < *start) {
        return SaleState::NotYet { starts };
    }
    match facts.tier.left().min(facts.event.left()) {
        0 => SaleState::SoldOut,
        left => SaleState::OnSale { left },
    }
}

/// How many tickets may be asked for: at least one, at most the tier's limit per order.
pub fn quantity_allowed(qty: i64, max_per_order: i64) -> bool {
    (1..=max_per_order).contains(&qty)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> SaleFacts {
        let stock = Stock {
            capacity: Some(10),
            held: 2,
            sold: 3,
        };
        SaleFacts {
            event_open: true,
            event_end: Time::from_seconds(1_000),
            sales_start: Some(Time::from_seconds(100)),
            sales_end: Some(Time::from_seconds(900)),
            tier: stock,
            event: Stock {
                capacity: None,
                held: 0,
                sold: 0,
            },
        }
    }

    #[test]
    fn a_tier_is_on_sale_from_its_first_moment_to_before_its_last() {
        let at = |s| sale_state(&facts(), Time::from_seconds(s));
        assert_eq!(
            at(99),
            SaleState::NotYet {
                starts: Time::from_seconds(100)
            }
        );
        assert_eq!(at(100), SaleState::OnSale { left: 5 });
        assert_eq!(at(899), SaleState::OnSale { left: 5 });
        assert_eq!(at(900), SaleState::Ended);
    }

    #[test]
    fn the_smaller_of_tier_and_event_decides_what_is_left() {
        let event = Stock {
            capacity: Some(6),
            held: 1,
            sold: 5,
        };
        assert_eq!(
            sale_state(&SaleFacts { event, ..facts() }, Time::from_seconds(500)),
            SaleState::SoldOut
        );
        let closed = SaleFacts {
            event_open: false,
            ..facts()
        };
        assert_eq!(
            sale_state(&closed, Time::from_seconds(500)),
            SaleState::Closed
        );
    }

    #[test]
    fn a_quantity_is_at_least_one_and_at_most_the_limit() {
        let allowed: Vec<i64> = (-2..12).filter(|q| quantity_allowed(*q, 8)).collect();
        assert_eq!(allowed, (1..=8).collect::<Vec<_>>());
    }
}
