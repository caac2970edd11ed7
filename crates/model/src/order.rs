//! An order's life: pending, paid, refunded, canceled, and what a payment does to it.
//!
//! Where the order's places are is kept apart from its status: `held`, `sold` or `released`, a mark
//! that only the lanes move. What a payment may do is one pure function, [`decide_payment`], which
//! every way of hearing about money (webhook, return page, reconciler) goes through.

use crate::stock::{Stock, StockError};
use serde::{Deserialize, Serialize};

/// The status that the world sees.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Places are held and money is awaited.
    Pending,
    /// Paid (or free): the tickets exist.
    Paid,
    /// All that the tickets cost went back and none of them is valid; a service fee may have been kept.
    Refunded,
    /// Some of the money went back.
    PartiallyRefunded,
    /// Nothing was sold: the hold lapsed, or the buyer left, or the money did not fit.
    Canceled,
}

/// Where an order's places are.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Places {
    /// Taken from sale for a limited time.
    Held,
    /// Sold.
    Sold,
    /// Back on sale.
    Released,
}

/// Why an order was canceled.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// The hold lapsed before money came.
    Expired,
    /// The buyer chose to leave.
    Buyer,
    /// Stripe would not open a payment page, so there was no way to pay.
    PaymentUnavailable,
    /// A payment came whose amount or currency was not the order's.
    PaymentMismatch,
    /// The event was called off before money came.
    EventCanceled,
}

/// Why money that came in goes straight back.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GiveBackReason {
    /// The hold had lapsed and the places had gone to somebody else.
    SoldOut,
    /// The hold had lapsed and the last use of its discount code had gone to somebody else.
    DiscountUsedUp,
    /// The order was paid already, by another payment.
    Duplicate,
    /// The amount or the currency was not the order's.
    Mismatch,
    /// The event no longer takes orders.
    EventClosed,
}

macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $type {
            /// Every variant, in the order of its life.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word kept in the database and shown in the API.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// Reads the word back; `None` for any other.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use words;

words!(OrderStatus { Pending = "pending", Paid = "paid", PartiallyRefunded = "partially_refunded", Refunded = "refunded", Canceled = "canceled" });
words!(Places { Held = "held", Sold = "sold", Released = "released" });
words!(CancelReason { Expired = "expired", Buyer = "buyer", PaymentUnavailable = "payment_unavailable", PaymentMismatch = "payment_mismatch", EventCanceled = "event_canceled" });
words!(GiveBackReason { SoldOut = "sold_out", DiscountUsedUp = "discount_used_up", Duplicate = "duplicate", Mismatch = "mismatch", EventClosed = "event_closed" });

/// What must agree before money is taken for an order.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MoneyFacts {
    /// Cents that the buyer pays.
    pub total_cents: i64,
    /// ISO currency code, upper case.
    pub currency: String,
}

/// When the taxes of an order are known.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum TaxDue {
    /// From the start: they are in what it costs.
    Known,
    /// With the payment: Stripe computes them on its page.
    AtPayment {
        /// Cents that the order costs with them; `None` if Stripe's breakdown does not add up to what
        /// it took, so that nothing can be said about the payment.
        total_cents: Option<i64>,
    },
}

/// An order as a payment finds it.
#[derive(Clone, Debug)]
pub struct OrderFacts {
    /// Its status.
    pub status: OrderStatus,
    /// Where its places are.
    pub places: Places,
    /// What it costs, as it was placed.
    pub due: MoneyFacts,
    /// Whether taxes come on top of that.
    pub tax: TaxDue,
    /// Whether its event still takes orders.
    pub event_open: bool,
    /// Whether its event was called off: then no money is taken for it, however early it comes.
    pub called_off: bool,
}

impl OrderFacts {
    /// Whether a payment is what the order costs: exactly, with the taxes that come with it, and never
    /// less than what was agreed on when it was placed.
    fn costs(&self, paid: &MoneyFacts) -> bool {
        match self.tax {
            TaxDue::Known => self.due == *paid,
            TaxDue::AtPayment { total_cents } => {
                self.due.currency == paid.currency
                    && total_cents == Some(paid.total_cents)
                    && paid.total_cents >= self.due.total_cents
            }
        }
    }
}

/// What a payment does.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum PaymentVerdict {
    /// The order becomes paid and its tickets are made; `late` if the hold had lapsed before.
    Fulfil {
        /// Whether the places had to be taken anew.
        late: bool,
    },
    /// The money goes straight back; a pending order is canceled where `cancel` says so.
    GiveBack {
        /// Why.
        reason: GiveBackReason,
        /// Whether the order is canceled and its held places are given back.
        cancel: bool,
    },
}

/// Decides what a payment that we have not seen before does to an order.
///
/// `pools` are the stocks that the order draws on, each with the number of places, and `code` the uses
/// of its discount code, of which it draws one. They come back changed exactly when the verdict takes
/// or gives places. Late money is taken at the price that was agreed, but only while the code has a use
/// left: the last one may have gone to somebody else, just as the last place may have.
pub fn decide_payment(
    order: &OrderFacts,
    paid: &MoneyFacts,
    pools: &mut [(Stock, i64)],
    code: Option<&mut Stock>,
) -> Result<PaymentVerdict, StockError> {
    match order.status {
        OrderStatus::Paid | OrderStatus::Refunded | OrderStatus::PartiallyRefunded => {
            return Ok(PaymentVerdict::GiveBack {
                reason: GiveBackReason::Duplicate,
                cancel: false,
            });
        }
        OrderStatus::Pending | OrderStatus::Canceled => {}
    }
    let held = order.places == Places::Held;
    let back = |reason| {
        Ok(PaymentVerdict::GiveBack {
            reason,
            cancel: held,
        })
    };
    let unfit = !order.costs(paid);
    if unfit || order.called_off {
        if held {
            move_all_with(pools, code, Stock::release)?;
        }
        return back(if unfit {
            GiveBackReason::Mismatch
        } else {
            GiveBackReason::EventClosed
        });
    }
    if held {
        // The places are this order's own: money that came in time is never refused.
        move_all_with(pools, code, Stock::sell_held)?;
        return Ok(PaymentVerdict::Fulfil { late: false });
    }
    if !order.event_open {
        return back(GiveBackReason::EventClosed);
    }
    match move_all_with(pools, code, Stock::sell) {
        Ok(()) => Ok(PaymentVerdict::Fulfil { late: true }),
        Err(Short::Places { .. }) => back(GiveBackReason::SoldOut),
        Err(Short::Code) => back(GiveBackReason::DiscountUsedUp),
        Err(Short::Inconsistent) => Err(StockError::Inconsistent),
    }
}

/// What was short when an order wanted places and a use of its code.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Short {
    /// A pool has fewer places left than it was to give.
    Places {
        /// Places left in it.
        left: i64,
    },
    /// The discount code has no use left.
    Code,
    /// The counters do not allow this step: a bug or a hand in the database.
    Inconsistent,
}

/// A step that only moves what is there already is never short of it.
impl From<Short> for StockError {
    fn from(_: Short) -> Self {
        Self::Inconsistent
    }
}

/// Applies one step to every pool and to the code's uses, or to none of them.
pub fn move_all_with(
    pools: &mut [(Stock, i64)],
    code: Option<&mut Stock>,
    step: impl Fn(Stock, i64) -> Result<Stock, StockError>,
) -> Result<(), Short> {
    let places = |error| match error {
        StockError::SoldOut { left } => Short::Places { left },
        StockError::Inconsistent => Short::Inconsistent,
    };
    let uses = |error| match error {
        StockError::SoldOut { .. } => Short::Code,
        StockError::Inconsistent => Short::Inconsistent,
    };
    // Places are asked first: of two things that are short, they are what a buyer wants to hear of.
    let mut moved = pools.to_vec();
    move_all(&mut moved, &step).map_err(places)?;
    if let Some(code) = code {
        *code = step(*code, 1).map_err(uses)?;
    }
    pools.copy_from_slice(&moved);
    Ok(())
}

/// Applies one step to every pool, or to none.
pub fn move_all(
    pools: &mut [(Stock, i64)],
    step: impl Fn(Stock, i64) -> Result<Stock, StockError>,
) -> Result<(), StockError> {
    let next: Vec<Stock> = pools
        .iter()
        .map(|(stock, qty)| step(*stock, *qty))
        .collect::<Result<_, _>>()?;
    for ((stock, _), moved) in pools.iter_mut().zip(next) {
        *stock = moved;
    }
    Ok(())
}

/// The status of a sold order after money went back: `Refunded` once nothing is left of what its
/// tickets cost and none of them is alive; a service fee that is kept does not count.
///
/// `refunded_cents` is what went back in all, `own_left_cents` what is left of the tickets' own price.
pub const fn status_after_refund(
    refunded_cents: i64,
    own_left_cents: i64,
    any_ticket_alive: bool,
) -> OrderStatus {
    if own_left_cents <= 0 && !any_ticket_alive {
        OrderStatus::Refunded
    } else if refunded_cents > 0 {
        OrderStatus::PartiallyRefunded
    } else {
        OrderStatus::Paid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cad(cents: i64) -> MoneyFacts {
        MoneyFacts {
            total_cents: cents,
            currency: "CAD".into(),
        }
    }

    #[test]
    fn every_payment_ends_in_tickets_or_in_a_refund_and_places_are_conserved() {
        let mut fulfilled = 0;
        let mut given_back = 0;
        for &status in OrderStatus::ALL {
            for &places in Places::ALL {
                for event_open in [true, false] {
                    for amount in [2_500, 2_501] {
                        for others in 0..=3 {
                            let held_by_us = if places == Places::Held { 2 } else { 0 };
                            let before = Stock {
                                capacity: Some(5),
                                held: held_by_us,
                                sold: others,
                            };
                            let mut pools = [(before, 2)];
                            let uses = Stock {
                                capacity: Some(2),
                                held: held_by_us / 2,
                                sold: 1,
                            };
                            let mut code = uses;
                            let order = OrderFacts {
                                status,
                                places,
                                due: cad(2_500),
                                tax: TaxDue::Known,
                                event_open,
                                called_off: !event_open && others == 1,
                            };
                            let verdict =
                                decide_payment(&order, &cad(amount), &mut pools, Some(&mut code))
                                    .unwrap();
                            let after = pools[0].0;
                            assert!(after.held + after.sold <= 5);
                            match verdict {
                                PaymentVerdict::Fulfil { late } => {
                                    assert!(!order.called_off);
                                    fulfilled += 1;
                                    assert_eq!(after.sold, before.sold + 2);
                                    assert_eq!((code.held, code.sold), (0, 2));
                                    assert_eq!(late, places != Places::Held);
                                    assert_eq!(amount, 2_500);
                                }
                                PaymentVerdict::GiveBack { cancel, .. } => {
                                    given_back += 1;
                                    assert_eq!(after.sold, before.sold);
                                    assert_eq!(after.held, if cancel { 0 } else { before.held });
                                    assert_eq!(code.sold, uses.sold);
                                    assert_eq!(code.held, if cancel { 0 } else { uses.held });
                                }
                            }
                        }
                    }
                }
            }
        }
        assert!(
            fulfilled > 20 && given_back > 60,
            "{fulfilled} {given_back}"
        );
    }

    #[test]
    fn late_money_is_honoured_while_there_is_room_and_goes_back_when_there_is_none() {
        let order = OrderFacts {
            status: OrderStatus::Canceled,
            places: Places::Released,
            due: cad(100),
            tax: TaxDue::Known,
            event_open: true,
            called_off: false,
        };
        let mut room = [(
            Stock {
                capacity: Some(4),
                held: 1,
                sold: 1,
            },
            2,
        )];
        assert_eq!(
            decide_payment(&order, &cad(100), &mut room, None),
            Ok(PaymentVerdict::Fulfil { late: true })
        );
        let mut full = [(
            Stock {
                capacity: Some(4),
                held: 1,
                sold: 2,
            },
            2,
        )];
        assert_eq!(
            decide_payment(&order, &cad(100), &mut full, None),
            Ok(PaymentVerdict::GiveBack {
                reason: GiveBackReason::SoldOut,
                cancel: false
            })
        );
    }

    #[test]
    fn late_money_whose_code_is_used_up_goes_back_and_takes_no_place() {
        let order = OrderFacts {
            status: OrderStatus::Canceled,
            places: Places::Released,
            due: cad(100),
            tax: TaxDue::Known,
            event_open: true,
            called_off: false,
        };
        let stock = |capacity, sold| Stock {
            capacity: Some(capacity),
            held: 0,
            sold,
        };
        let late = |pool, code: Stock| {
            let (mut pools, mut code) = ([(pool, 2)], code);
            let verdict = decide_payment(&order, &cad(100), &mut pools, Some(&mut code)).unwrap();
            (verdict, pools[0].0, code)
        };
        let back = |reason| PaymentVerdict::GiveBack {
            reason,
            cancel: false,
        };
        let (room, full, used_up) = (stock(4, 1), stock(4, 3), stock(50, 50));
        assert_eq!(
            late(room, stock(50, 49)),
            (PaymentVerdict::Fulfil { late: true }, stock(4, 3), used_up)
        );
        let reason = GiveBackReason::DiscountUsedUp;
        assert_eq!(late(room, used_up), (back(reason), room, used_up));
        let reason = GiveBackReason::SoldOut;
        assert_eq!(late(full, used_up), (back(reason), full, used_up));
    }

    #[test]
    fn taxes_that_come_with_the_payment_must_be_exactly_the_difference() {
        let verdict = |tax, paid: &MoneyFacts| {
            let order = OrderFacts {
                status: OrderStatus::Pending,
                places: Places::Held,
                due: cad(2_500),
                tax,
                event_open: true,
                called_off: false,
            };
            let mut pools = [(
                Stock {
                    capacity: Some(1),
                    held: 1,
                    sold: 0,
                },
                1,
            )];
            decide_payment(&order, paid, &mut pools, None).unwrap()
        };
        let at_payment = |total_cents| TaxDue::AtPayment { total_cents };
        let taken = PaymentVerdict::Fulfil { late: false };
        let back = PaymentVerdict::GiveBack {
            reason: GiveBackReason::Mismatch,
            cancel: true,
        };
        assert_eq!(verdict(at_payment(Some(2_625)), &cad(2_625)), taken);
        // Who is registered for nothing collects nothing.
        assert_eq!(verdict(at_payment(Some(2_500)), &cad(2_500)), taken);
        assert_eq!(verdict(at_payment(Some(2_625)), &cad(2_624)), back);
        assert_eq!(verdict(at_payment(Some(2_625)), &cad(2_500)), back);
        assert_eq!(verdict(at_payment(None), &cad(2_625)), back);
        assert_eq!(verdict(at_payment(Some(2_400)), &cad(2_400)), back);
        assert_eq!(verdict(TaxDue::Known, &cad(2_625)), back);
        let usd = MoneyFacts {
            currency: "USD".to_owned(),
            ..cad(2_625)
        };
        assert_eq!(verdict(at_payment(Some(2_625)), &usd), back);
    }

    #[test]
    fn an_order_of_two_tiers_takes_both_or_neither() {
        let order = OrderFacts {
            status: OrderStatus::Canceled,
            places: Places::Released,
            due: cad(100),
            tax: TaxDue::Known,
            event_open: true,
            called_off: false,
        };
        let roomy = Stock {
            capacity: Some(9),
            held: 0,
            sold: 0,
        };
        let mut pools = [
            (roomy, 2),
            (
                Stock {
                    capacity: Some(1),
                    held: 0,
                    sold: 1,
                },
                1,
            ),
        ];
        assert!(matches!(
            decide_payment(&order, &cad(100), &mut pools, None),
            Ok(PaymentVerdict::GiveBack { .. })
        ));
        assert_eq!(pools[0].0, roomy);
    }

    #[test]
    fn the_words_of_every_state_read_back() {
        for &s in OrderStatus::ALL {
            assert_eq!(OrderStatus::parse(s.code()), Some(s));
        }
        for &s in GiveBackReason::ALL {
            assert_eq!(GiveBackReason::parse(s.code()), Some(s));
        }
        assert_eq!(OrderStatus::parse("lost"), None);
    }
}
