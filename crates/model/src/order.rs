//! An order's life: pending, paid, refunded, canceled, and what a payment does to it.
//!
//! Where the order's places are is kept apart from its status: `held`, `sold` or `released`, a mark
//! that only the lanes move. What a payment may do is one pure function, [`decide_payment`], which
//! every way of hearing about money (webhook, return page, reconciler) goes through.

use crate::stock::{Stock, StockError};
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

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
