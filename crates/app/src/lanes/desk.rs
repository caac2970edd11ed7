//! The desk: everything that a batch looks at, loaded once and then decided on in memory.

use super::command::{Answer, Command, Redeem};
use super::redeem::DoorDesk;
use super::writes::Writes;
use model::discount::DiscountUse;
use model::ids::{DiscountId, EventId, OrderId, TierId};
use model::stock::Stock;
use std::collections::{BTreeSet, HashMap, HashSet};
use store::lanes::load::{self, DiscountRow, EventRow, ItemRow, OrderRow, TierRow};
use store::{StoreError, WriteTx};

/// The rows under this batch's locks, and what is to be written.
pub(super) struct Desk<'a> {
    pub orders: HashMap<OrderId, OrderRow>,
    pub items: HashMap<OrderId, Vec<ItemRow>>,
    pub events: HashMap<EventId, EventRow>,
    pub tiers: HashMap<TierId, TierRow>,
    pub discounts: HashMap<DiscountId, DiscountRow>,
    pub door: DoorDesk,
    pub seen_payments: HashSet<String>,
    pub writes: Writes<'a>,
}

/// The ids that a batch touches; sets, so that each is loaded once and in order.
#[derive(Default)]
struct Touched<'a> {
    orders: BTreeSet<OrderId>,
    events: BTreeSet<EventId>,
    tiers: BTreeSet<TierId>,
    discounts: BTreeSet<DiscountId>,
    intents: BTreeSet<String>,
    scans: Vec<&'a Redeem>,
}

impl<'a> Touched<'a> {
    fn by(batch: &[&'a Command]) -> Self {
        let mut touched = Self::default();
        for command in batch {
            match command {
                Command::Place(place) => {
                    touched.events.insert(place.event_id.clone());
                    touched
                        .tiers
                        .extend(place.lines.iter().map(|l| l.tier_id.clone()));
                    touched
                        .discounts
                        .extend(place.discount.iter().map(|d| d.id.clone()));
                }
                Command::Pay(pay) => {
                    touched.events.insert(pay.event_id.clone());
                    touched.orders.insert(pay.order_id.clone());
                    touched.intents.insert(pay.payment.payment_intent.clone());
                }
                Command::Release(release) => {
                    touched.events.insert(release.event_id.clone());
                    touched.orders.insert(release.order_id.clone());
                }
                Command::Redeem(redeem) => {
                    touched.scans.push(redeem);
                }
            }
        }
        touched
    }
}

fn list<T: Clone>(set: &BTreeSet<T>) -> Vec<T> {
    set.iter().cloned().collect()
}

impl<'a> Desk<'a> {
    /// Loads and locks, in the one order that all servers keep: orders, events, tiers, discounts,
    /// tickets.
    pub async fn load(tx: &mut WriteTx, batch: &[&'a Command]) -> Result<Self, StoreError> {
        let mut touched = Touched::by(batch);
        let mut desk = Self {
            orders: HashMap::new(),
            items: HashMap::new(),
            events: HashMap::new(),
            tiers: HashMap::new(),
            discounts: HashMap::new(),
            door: DoorDesk::default(),
            seen_payments: HashSet::new(),
            writes: Writes::default(),
        };
        if !touched.orders.is_empty() {
            let ids = list(&touched.orders);
            desk.orders = load::orders(tx, &ids)
                .await?
                .into_iter()
                .map(|o| (o.id.clone(), o))
                .collect();
            let codes = desk.orders.values().filter_map(|o| o.discount_id.clone());
            touched.discounts.extend(codes);
            for item in load::items(tx, &ids).await? {
                touched.tiers.insert(item.tier_id.clone());
                desk.items
                    .entry(item.order_id.clone())
                    .or_default()
                    .push(item);
            }
        }
        if !touched.intents.is_empty() {
            desk.seen_payments = load::seen_payments(tx, &list(&touched.intents))
                .await?
                .into_iter()
                .collect();
        }
        if !touched.events.is_empty() {
            desk.events = load::events(tx, &list(&touched.events))
                .await?
                .into_iter()
                .map(|e| (e.id.clone(), e))
                .collect();
        }
        if !touched.tiers.is_empty() {
            desk.tiers = load::tiers(tx, &list(&touched.tiers))
                .await?
                .into_iter()
                .map(|t| (t.id.clone(), t))
                .collect();
        }
        if !touched.discounts.is_empty() {
            desk.discounts = load::discounts(tx, &list(&touched.discounts))
                .await?
                .into_iter()
                .map(|d| (d.id.clone(), d))
                .collect();
        }
        if !touched.scans.is_empty() {
            desk.door = DoorDesk::load(tx, &touched.scans).await?;
        }
        Ok(desk)
    }

    /// Decides one command and notes what it writes. A command that meets a row which cannot be is
    /// answered with an error and changes nothing.
    pub fn decide(&mut self, command: &'a Command) -> Result<Answer, String> {
        match command {
            Command::Place(place) => self.place(place).map(Answer::Placed),
            Command::Pay(pay) => self.pay(pay).map(Answer::Paid),
            Command::Release(release) => self.release(release).map(Answer::Released),
            Command::Redeem(redeem) => Ok(Answer::Redeemed(Box::new(self.redeem(redeem)?))),
        }
    }

    /// What an order draws on, with quantities: its tiers', then the event's places, and its code's uses.
    pub fn pools_of(&self, order: &OrderId, event: &EventId) -> Result<Pools, String> {
        let row = self.orders.get(order);
        let lines = self
            .items
            .get(order)
            .ok_or_else(|| format!("order {order} has no lines"))?;
        let mut pools = Pools {
            discount: row.and_then(|o| o.discount_id.clone()),
            ..Pools::default()
        };
        for line in lines {
            pools.add(line.tier_id.clone(), line.qty);
        }
        pools.fill(self, event)
    }

    /// Where the use of an order's code goes, as it is kept; nothing for an order without one.
    pub fn use_of(&self, order: &OrderId, to: DiscountUse) -> Option<&'static str> {
        let row = self.orders.get(order)?;
        row.discount_id.as_ref().map(|_| to.code())
    }

    /// Puts changed stocks back and notes the changes to be written.
    pub fn put_back(&mut self, event: &EventId, pools: &Pools) {
        for (tier_id, (stock, _)) in pools.tiers.iter().zip(&pools.stocks) {
            if let Some(row) = self.tiers.get_mut(tier_id) {
                self.writes.moved_tier(tier_id, row.stock, *stock);
                row.stock = *stock;
            }
        }
        if let (Some(row), Some((stock, _))) = (self.events.get_mut(event), pools.stocks.last()) {
            self.writes.moved_event(event, row.stock, *stock);
            row.stock = *stock;
        }
        if let (Some(id), Some(uses)) = (&pools.discount, pools.uses)
            && let Some(row) = self.discounts.get_mut(id)
        {
            self.writes.moved_discount(id, row.uses, uses);
            row.uses = uses;
        }
    }
}

/// Copies of the stocks that one order moves: decided on here, put back only if all of them moved.
#[derive(Default)]
pub(super) struct Pools {
    pub tiers: Vec<TierId>,
    /// The tiers' stocks in the order of `tiers`, then the event's.
    pub stocks: Vec<(Stock, i64)>,
    /// The code that the order takes a use of, with its uses.
    pub discount: Option<DiscountId>,
    pub uses: Option<Stock>,
    pub quantities: Vec<i64>,
}

impl Pools {
    pub fn add(&mut self, tier: TierId, qty: i64) {
        if let Some(at) = self.tiers.iter().position(|t| *t == tier) {
            self.quantities[at] += qty;
        } else {
            self.tiers.push(tier);
            self.quantities.push(qty);
        }
    }

    pub fn fill(mut self, desk: &Desk<'_>, event: &EventId) -> Result<Self, String> {
        for (tier_id, qty) in self.tiers.iter().zip(&self.quantities) {
            let tier = desk
                .tiers
                .get(tier_id)
                .ok_or_else(|| format!("tier {tier_id} is gone"))?;
            self.stocks.push((tier.stock, *qty));
        }
        let event = desk
            .events
            .get(event)
            .ok_or_else(|| format!("event {event} is gone"))?;
        self.stocks
            .push((event.stock, self.quantities.iter().sum()));
        if let Some(id) = &self.discount {
            let row = desk
                .discounts
                .get(id)
                .ok_or_else(|| format!("discount {id} is gone"))?;
            self.uses = Some(row.uses);
        }
        Ok(self)
    }
}
