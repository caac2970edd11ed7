//! Giving held places back: a hold lapsed, a buyer left, a payment page would not open.

use super::command::{Release, Released};
use super::desk::Desk;
use model::discount::DiscountUse;
use model::order::{OrderStatus, Places, move_all_with};
use model::stock::Stock;
use store::lanes::write::{OrderMove, TaxedOrder};

impl<'a> Desk<'a> {
    pub(super) fn release(&mut self, release: &'a Release) -> Result<Released, String> {
        let order = self
            .orders
            .get(&release.order_id)
            .ok_or_else(|| format!("order {} is gone", release.order_id))?;
        if order.places != Places::Held {
            return Ok(Released::NotHeld(order.status));
        }
        if release.only_if_lapsed
            && order
                .hold_expires_at
                .is_some_and(|until| release.now < until)
        {
            return Ok(Released::NotLapsed);
        }
        let mut pools = self.pools_of(&release.order_id, &release.event_id)?;
        move_all_with(&mut pools.stocks, pools.uses.as_mut(), Stock::release)
            .map_err(|short| format!("order {}: {short:?}", release.order_id))?;
        self.put_back(&release.event_id, &pools);
        if let Some(order) = self.orders.get_mut(&release.order_id) {
            order.status = OrderStatus::Canceled;
            order.places = Places::Released;
            self.writes.count_step(order, 0, 1);
        }
        self.writes.moved_order(OrderMove {
            id: release.order_id.as_str().to_owned(),
            status: OrderStatus::Canceled.code(),
            places: Places::Released.code(),
            cancel_reason: Some(release.reason.code()),
            discount_use: self.use_of(&release.order_id, DiscountUse::Returned),
            paid_cents: 0,
            payment_intent: None,
            placed_at: None,
            canceled_at: Some(release.now.micros()),
            page_closed_at: release.page_closed.then(|| release.now.micros()),
            taxed: TaxedOrder::default(),
            at: release.now.micros(),
        });
        Ok(Released::Done)
    }
}
