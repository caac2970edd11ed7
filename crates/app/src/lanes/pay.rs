//! A payment meets its order: tickets, or the money back; once, whoever tells us first.

use super::command::{Paid, Pay};
use super::desk::Desk;
use model::discount::DiscountUse;
use model::event::EventStatus;
use model::order::{
    CancelReason, GiveBackReason, MoneyFacts, OrderFacts, OrderStatus, PaymentVerdict, Places,
    TaxDue, decide_payment,
};
use model::tax_engine::TaxEngine;
use store::lanes::write::{NewPayment, OrderMove, TaxedOrder};

impl<'a> Desk<'a> {
    pub(super) fn pay(&mut self, pay: &'a Pay) -> Result<Paid, String> {
        if self.seen_payments.contains(&pay.payment.payment_intent) {
            return Ok(Paid::SeenBefore);
        }
        let order = self
            .orders
            .get(&pay.order_id)
            .ok_or_else(|| format!("order {} is gone", pay.order_id))?;
        let event = self
            .events
            .get(&pay.event_id)
            .ok_or_else(|| format!("event {} is gone", pay.event_id))?;
        let facts = OrderFacts {
            status: order.status,
            places: order.places,
            due: MoneyFacts {
                total_cents: order.total_cents,
                currency: order.currency.clone(),
            },
            tax: match order.tax_engine {
                TaxEngine::Stripe => TaxDue::AtPayment {
                    total_cents: pay.total_with_tax_cents,
                },
                TaxEngine::Table | TaxEngine::None => TaxDue::Known,
            },
            event_open: event.status == EventStatus::Published && pay.now < event.end_at,
            called_off: event.status == EventStatus::Canceled,
        };
        let paid = MoneyFacts {
            total_cents: pay.payment.amount_cents,
            currency: pay.payment.currency.clone(),
        };
        let mut pools = self.pools_of(&pay.order_id, &pay.event_id)?;
        let verdict = decide_payment(&facts, &paid, &mut pools.stocks, pools.uses.as_mut())
            .map_err(|e| e.to_string())?;
        self.put_back(&pay.event_id, &pools);
        self.seen_payments
            .insert(pay.payment.payment_intent.clone());
        Ok(match verdict {
            PaymentVerdict::Fulfil { late } => self.fulfil(pay, late),
            PaymentVerdict::GiveBack { reason, cancel } => self.give_back(pay, reason, cancel),
        })
    }

    fn fulfil(&mut self, pay: &'a Pay, late: bool) -> Paid {
        if let Some(order) = self.orders.get(&pay.order_id) {
            // Given up when its hold lapsed, and paid after all.
            let given_up = order.status == OrderStatus::Canceled;
            self.writes.count_step(order, 1, -i64::from(given_up));
        }
        self.set_state(pay, OrderStatus::Paid, Places::Sold);
        self.writes.payments.push(NewPayment {
            outcome: "fulfilled",
            late: i64::from(late),
            ..pay.payment.clone()
        });
        self.writes.moved_order(OrderMove {
            id: pay.order_id.as_str().to_owned(),
            status: OrderStatus::Paid.code(),
            places: Places::Sold.code(),
            cancel_reason: None,
            discount_use: self.use_of(&pay.order_id, DiscountUse::Used),
            paid_cents: pay.payment.amount_cents,
            payment_intent: Some(pay.payment.payment_intent.clone()),
            placed_at: Some(pay.now.micros()),
            canceled_at: None,
            page_closed_at: None,
            taxed: pay.fulfilment.taxed.clone(),
            at: pay.now.micros(),
        });
        self.writes.fulfil(&pay.fulfilment);
        Paid::Fulfilled { late }
    }

    fn give_back(&mut self, pay: &'a Pay, reason: GiveBackReason, cancel: bool) -> Paid {
        self.writes.payments.push(NewPayment {
            outcome: "given_back",
            give_back_reason: Some(reason.code()),
            ..pay.payment.clone()
        });
        if cancel {
            if let Some(order) = self.orders.get(&pay.order_id) {
                self.writes.count_step(order, 0, 1);
            }
            self.set_state(pay, OrderStatus::Canceled, Places::Released);
            self.writes.moved_order(OrderMove {
                id: pay.order_id.as_str().to_owned(),
                status: OrderStatus::Canceled.code(),
                places: Places::Released.code(),
                cancel_reason: Some(why_canceled(reason).code()),
                discount_use: self.use_of(&pay.order_id, DiscountUse::Returned),
                paid_cents: 0,
                payment_intent: None,
                placed_at: None,
                canceled_at: Some(pay.now.micros()),
                page_closed_at: None,
                taxed: TaxedOrder::default(),
                at: pay.now.micros(),
            });
        }
        self.writes.give_back(&pay.give_back, reason);
        Paid::GivenBack(reason)
    }

    fn set_state(&mut self, pay: &Pay, status: OrderStatus, places: Places) {
        if let Some(order) = self.orders.get_mut(&pay.order_id) {
            order.status = status;
            order.places = places;
        }
    }
}

/// A pending order ends with a payment that is not taken: because it did not fit, or because there is no
/// event any more.
const fn why_canceled(reason: GiveBackReason) -> CancelReason {
    match reason {
        GiveBackReason::EventClosed => CancelReason::EventCanceled,
        GiveBackReason::SoldOut
        | GiveBackReason::DiscountUsedUp
        | GiveBackReason::Duplicate
        | GiveBackReason::Mismatch => CancelReason::PaymentMismatch,
    }
}
