//! Placing an order: places are taken, or nothing is.

use super::command::{Place, PlaceRefusal};
use super::desk::{Desk, Pools};
use model::discount::{Refusal, in_force};
use model::event::EventStatus;
use model::order::{Short, move_all_with};
use model::stock::Stock;
use model::tier::{SaleFacts, SaleState, sale_state};

impl<'a> Desk<'a> {
    pub(super) fn place(&mut self, place: &'a Place) -> Result<Result<(), PlaceRefusal>, String> {
        if let Some(refusal) = self.refuse_place(place) {
            return Ok(Err(refusal));
        }
        let mut pools = Pools {
            discount: place.discount.as_ref().map(|d| d.id.clone()),
            ..Pools::default()
        };
        for line in &place.lines {
            pools.add(line.tier_id.clone(), line.qty);
        }
        let mut pools = pools.fill(self, &place.event_id)?;
        let step = if place.fulfilment.is_some() {
            Stock::sell
        } else {
            Stock::hold
        };
        match move_all_with(&mut pools.stocks, pools.uses.as_mut(), step) {
            Ok(()) => {}
            Err(Short::Places { left }) => return Ok(Err(sold_out(&pools, left))),
            Err(Short::Code) => return Ok(Err(PlaceRefusal::Discount(Refusal::UsedUp))),
            Err(Short::Inconsistent) => {
                return Err("the stock counters do not allow this step".to_owned());
            }
        }
        self.put_back(&place.event_id, &pools);
        self.writes.orders.push(&place.order);
        self.writes.items.extend(&place.items);
        self.writes
            .count_placed(&place.order, place.fulfilment.is_some());
        if let Some(fulfilment) = &place.fulfilment {
            self.writes.fulfil(fulfilment);
        }
        Ok(Ok(()))
    }

    /// What speaks against the order besides the number of places.
    fn refuse_place(&self, place: &Place) -> Option<PlaceRefusal> {
        let Some(event) = self
            .events
            .get(&place.event_id)
            .filter(|e| e.revision == place.event_revision)
        else {
            return Some(PlaceRefusal::Stale);
        };
        for line in &place.lines {
            let same = |t: &&store::lanes::load::TierRow| {
                t.revision == line.revision && !t.deleted && t.event_id == place.event_id
            };
            let Some(tier) = self.tiers.get(&line.tier_id).filter(same) else {
                return Some(PlaceRefusal::Stale);
            };
            let facts = SaleFacts {
                event_open: event.status == EventStatus::Published,
                event_end: event.end_at,
                sales_start: tier.sales_start_at.filter(|_| !place.given),
                sales_end: tier.sales_end_at.filter(|_| !place.given),
                tier: tier.stock,
                event: event.stock,
            };
            match sale_state(&facts, place.now) {
                SaleState::OnSale { .. } => {}
                SaleState::SoldOut => {
                    return Some(PlaceRefusal::SoldOut {
                        tier_id: line.tier_id.clone(),
                        left: 0,
                    });
                }
                state => {
                    return Some(PlaceRefusal::NotOnSale {
                        tier_id: line.tier_id.clone(),
                        state,
                    });
                }
            }
        }
        self.refuse_discount(place)
    }

    /// What speaks against the order's code besides the number of its uses.
    fn refuse_discount(&self, place: &Place) -> Option<PlaceRefusal> {
        let wanted = place.discount.as_ref()?;
        let row = self.discounts.get(&wanted.id);
        let Some(code) =
            row.filter(|d| d.revision == wanted.revision && d.event_id == place.event_id)
        else {
            return Some(PlaceRefusal::Stale);
        };
        in_force(code.status, (code.starts_at, code.ends_at), place.now)
            .err()
            .map(PlaceRefusal::Discount)
    }
}

/// Names the first pool that is too small; the event's own limit is told of the first tier.
fn sold_out(pools: &Pools, left: i64) -> PlaceRefusal {
    let short = pools
        .tiers
        .iter()
        .zip(&pools.stocks)
        .find(|(_, (stock, qty))| stock.left() < *qty);
    let tier_id = short.map_or_else(|| pools.tiers[0].clone(), |(tier, _)| tier.clone());
    PlaceRefusal::SoldOut { tier_id, left }
}
