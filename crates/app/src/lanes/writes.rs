//! What a batch has decided, gathered by kind of row and written set by set.

use super::command::{Fulfilment, GiveBack};
use model::ids::{DiscountId, EventId, TierId};
use model::order::GiveBackReason;
use model::stock::Stock;
use model::time::Time;
use std::collections::BTreeMap;
use store::lanes::admit::{self, NewScan, ScanTold, TicketUse};
use store::lanes::load::OrderRow;
use store::lanes::write::{
    self, ItemTax, NewItem, NewOrder, NewPart, NewPayment, NewRefund, NewTicket, OrderMove,
    StockMove, TaxedOrder,
};
use store::metrics::{Added, Tally, slot_of};
use store::{StoreError, WriteTx};

/// The rows to be written. Rows that are updated are kept by id, so that each is written once.
#[derive(Default)]
pub(super) struct Writes<'a> {
    tiers: BTreeMap<String, StockMove>,
    events: BTreeMap<String, StockMove>,
    discounts: BTreeMap<String, StockMove>,
    moves: BTreeMap<String, OrderMove>,
    used: BTreeMap<String, TicketUse>,
    pub orders: Vec<&'a NewOrder>,
    pub items: Vec<&'a NewItem>,
    pub payments: Vec<NewPayment>,
    pub scans: Vec<NewScan>,
    told: Vec<ScanTold>,
    tickets: Vec<&'a NewTicket>,
    parts: Vec<&'a NewPart>,
    item_taxes: Vec<&'a ItemTax>,
    refunds: Vec<NewRefund>,
    postings: Vec<&'a store::ledger::Line>,
    emails: Vec<&'a store::emails::NewEmail>,
    jobs: Vec<&'a store::jobs::NewJob>,
    numbers: Tally,
}

fn note(moves: &mut BTreeMap<String, StockMove>, id: &str, before: Stock, after: Stock) {
    let entry = moves.entry(id.to_owned()).or_insert_with(|| StockMove {
        id: id.to_owned(),
        held: 0,
        sold: 0,
    });
    entry.held += after.held - before.held;
    entry.sold += after.sold - before.sold;
}

fn owned<T: Clone>(rows: &[&T]) -> Vec<T> {
    rows.iter().map(|row| (*row).clone()).collect()
}

impl<'a> Writes<'a> {
    pub fn moved_tier(&mut self, id: &TierId, before: Stock, after: Stock) {
        note(&mut self.tiers, id.as_str(), before, after);
    }

    pub fn moved_event(&mut self, id: &EventId, before: Stock, after: Stock) {
        note(&mut self.events, id.as_str(), before, after);
    }

    pub fn moved_discount(&mut self, id: &DiscountId, before: Stock, after: Stock) {
        note(&mut self.discounts, id.as_str(), before, after);
    }

    /// Two steps of one order in one batch become one: the later state, and the money of both.
    pub fn moved_order(&mut self, step: OrderMove) {
        match self.moves.get_mut(&step.id) {
            Some(earlier) => {
                let paid_cents = earlier.paid_cents + step.paid_cents;
                let payment_intent = step
                    .payment_intent
                    .clone()
                    .or_else(|| earlier.payment_intent.clone());
                let placed_at = step.placed_at.or(earlier.placed_at);
                let page_closed_at = step.page_closed_at.or(earlier.page_closed_at);
                let discount_use = step.discount_use.or(earlier.discount_use);
                let taxed = if step.taxed == TaxedOrder::default() {
                    std::mem::take(&mut earlier.taxed)
                } else {
                    step.taxed.clone()
                };
                *earlier = OrderMove {
                    paid_cents,
                    payment_intent,
                    placed_at,
                    page_closed_at,
                    discount_use,
                    taxed,
                    ..step
                };
            }
            None => {
                self.moves.insert(step.id.clone(), step);
            }
        }
    }

    pub fn used(&mut self, ticket: TicketUse) {
        self.used.insert(ticket.id.clone(), ticket);
    }

    /// What a device had said of a scan that was recorded before, in this batch or in an earlier one.
    pub fn told(&mut self, told: ScanTold) {
        match self.scans.iter_mut().find(|scan| scan.id == told.id) {
            Some(scan) => {
                scan.told = Some(told.told);
                scan.conflict = told.conflict;
            }
            None => self.told.push(told),
        }
    }

    pub fn fulfil(&mut self, fulfilment: &'a Fulfilment) {
        self.tickets.extend(&fulfilment.tickets);
        self.parts.extend(&fulfilment.parts);
        self.item_taxes.extend(&fulfilment.item_taxes);
        self.postings.extend(&fulfilment.postings);
        self.numbers.merge(&fulfilment.sales);
        self.emails.extend(&fulfilment.emails);
        self.jobs.extend(&fulfilment.jobs);
    }

    /// Counts a new order; a free one is paid at once.
    pub fn count_placed(&mut self, order: &NewOrder, paid: bool) {
        let discount = order.discount_id.as_deref().unwrap_or_default();
        let added = Added {
            placed: 1,
            paid: i64::from(paid),
            ..Added::default()
        };
        let slot = slot_of(Time::from_micros(order.created_at));
        self.numbers
            .add_order(&order.event_id, slot, discount, &order.source, added);
    }

    /// Counts what became of an order, where it was placed.
    pub fn count_step(&mut self, order: &OrderRow, paid: i64, abandoned: i64) {
        let discount = order.discount_id.as_ref().map_or("", DiscountId::as_str);
        let added = Added {
            paid,
            abandoned,
            ..Added::default()
        };
        let slot = slot_of(order.created_at);
        self.numbers.add_order(
            order.event_id.as_str(),
            slot,
            discount,
            &order.source,
            added,
        );
    }

    pub fn give_back(&mut self, give_back: &'a GiveBack, reason: GiveBackReason) {
        self.refunds.push(NewRefund {
            reason: reason.code().to_owned(),
            ..give_back.refund.clone()
        });
        self.postings.extend(&give_back.postings);
        self.jobs.extend(&give_back.jobs);
    }

    /// Whether the batch's jobs should wake the workers.
    pub fn has_jobs(&self) -> bool {
        !self.jobs.is_empty()
    }

    /// Writes everything: one statement for each kind of row.
    pub async fn write(&self, tx: &mut WriteTx, now: Time) -> Result<(), StoreError> {
        let moved = |m: &BTreeMap<String, StockMove>| {
            m.values()
                .filter(|s| s.held != 0 || s.sold != 0)
                .cloned()
                .collect::<Vec<_>>()
        };
        write::move_events(tx, &moved(&self.events)).await?;
        write::move_tiers(tx, &moved(&self.tiers)).await?;
        write::move_discounts(tx, &moved(&self.discounts)).await?;
        write::insert_orders(tx, &self.orders).await?;
        write::insert_items(tx, &self.items).await?;
        write::move_orders(tx, &self.moves.values().cloned().collect::<Vec<_>>()).await?;
        write::tax_items(tx, &self.item_taxes).await?;
        write::insert_tickets(tx, &self.tickets).await?;
        write::insert_parts(tx, &self.parts).await?;
        write::insert_payments(tx, &self.payments).await?;
        write::insert_refunds(tx, &self.refunds).await?;
        store::ledger::write(tx, &owned(&self.postings)).await?;
        store::metrics::add(tx, &self.numbers).await?;
        store::emails::insert(tx, &owned(&self.emails), now).await?;
        store::jobs::enqueue(tx, &owned(&self.jobs), now).await?;
        admit::use_tickets(tx, &self.used.values().cloned().collect::<Vec<_>>()).await?;
        admit::insert_scans(tx, &self.scans).await?;
        admit::tell_scans(tx, &self.told).await
    }
}
