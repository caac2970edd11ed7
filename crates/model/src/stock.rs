//! Stock: what of a tier (or of a whole event) is held, sold and left.
//!
//! `held + sold <= capacity`, always. Every step takes the stock and gives back the next one or a
//! refusal, so that overselling cannot be spelled; the database checks the same inequality again.

/// The counters of one pool of places.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Stock {
    /// How many places there are; `None` is without limit.
    pub capacity: Option<i64>,
    /// Places in carts: taken for a limited time.
    pub held: i64,
    /// Places paid for.
    pub sold: i64,
}

/// Why stock could not be taken or moved.
#[derive(Copy, Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum StockError {
    /// Fewer places are left than were asked for.
    #[error("only {left} left")]
    SoldOut {
        /// Places left at the time of asking.
        left: i64,
    },
    /// The counters do not allow this step: a bug or a hand in the database.
    #[error("the stock counters do not allow this step")]
    Inconsistent,
}

impl Stock {
    /// Places that can still be taken; `i64::MAX` where there is no limit.
    pub fn left(&self) -> i64 {
        self.capacity.map_or(i64::MAX, |c| {
            c.saturating_sub(self.held).saturating_sub(self.sold).max(0)
        })
    }

    fn need(&self, qty: i64) -> Result<(), StockError> {
        if qty < 1 {
            return Err(StockError::Inconsistent);
        }
        if self.left() < qty {
            Err(StockError::SoldOut { left: self.left() })
        } else {
            Ok(())
        }
    }

    /// Takes `qty` places for a limited time.
    pub fn hold(self, qty: i64) -> Result<Self, StockError> {
        self.need(qty)?;
        Ok(Self {
            held: self.held.checked_add(qty).ok_or(StockError::Inconsistent)?,
            ..self
        })
    }

    /// Gives held places back.
    pub fn release(self, qty: i64) -> Result<Self, StockError> {
        if qty < 1 || self.held < qty {
            return Err(StockError::Inconsistent);
        }
        Ok(Self {
            held: self.held - qty,
            ..self
        })
    }

    /// Turns held places into sold ones.
    pub fn sell_held(self, qty: i64) -> Result<Self, StockError> {
        let freed = self.release(qty)?;
        Ok(Self {
            sold: freed
                .sold
                .checked_add(qty)
                .ok_or(StockError::Inconsistent)?,
            ..freed
        })
    }

    /// Sells places that were not held: a free order, or a payment that came after its hold lapsed.
    pub fn sell(self, qty: i64) -> Result<Self, StockError> {
        self.need(qty)?;
        Ok(Self {
            sold: self.sold.checked_add(qty).ok_or(StockError::Inconsistent)?,
            ..self
        })
    }

    /// Puts sold places back on sale, after a refund.
    pub fn restock(self, qty: i64) -> Result<Self, StockError> {
        if qty < 1 || self.sold < qty {
            return Err(StockError::Inconsistent);
        }
        Ok(Self {
            sold: self.sold - qty,
            ..self
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Step = fn(Stock, i64) -> Result<Stock, StockError>;
    const STEPS: [(&str, Step); 5] = [
        ("hold", Stock::hold),
        ("release", Stock::release),
        ("sell_held", Stock::sell_held),
        ("sell", Stock::sell),
        ("restock", Stock::restock),
    ];

    #[test]
    fn every_step_from_every_small_stock_keeps_the_inequality() {
        for capacity in 0..6 {
            for held in 0..=capacity {
                for sold in 0..=(capacity - held) {
                    let stock = Stock {
                        capacity: Some(capacity),
                        held,
                        sold,
                    };
                    for (name, step) in STEPS {
                        for qty in -1..8 {
                            if let Ok(next) = step(stock, qty) {
                                assert!(qty > 0, "{name} took {qty}");
                                assert!(
                                    next.held >= 0
                                        && next.sold >= 0
                                        && next.held + next.sold <= capacity,
                                    "{name} {stock:?} -> {next:?}"
                                );
                            }
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn exactly_what_is_left_can_be_held_and_no_more() {
        let stock = Stock {
            capacity: Some(10),
            held: 3,
            sold: 4,
        };
        assert!(stock.hold(3).is_ok());
        assert_eq!(stock.hold(4), Err(StockError::SoldOut { left: 3 }));
    }

    proptest! {
        #[test]
        fn no_sequence_of_steps_loses_or_invents_a_place(capacity in 0i64..50, steps in prop::collection::vec((0usize..5, 1i64..9), 0..60)) {
            let mut stock = Stock { capacity: Some(capacity), held: 0, sold: 0 };
            for (which, qty) in steps {
                let before = stock;
                if let Ok(next) = STEPS[which].1(stock, qty) {
                    let (dh, ds) = (next.held - before.held, next.sold - before.sold);
                    let expected = [(qty, 0), (-qty, 0), (-qty, qty), (0, qty), (0, -qty)][which];
                    prop_assert_eq!((dh, ds), expected);
                    stock = next;
                }
                prop_assert!(stock.held + stock.sold <= capacity);
            }
        }
    }
}
