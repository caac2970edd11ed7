//! The comparison of our books with Stripe's, both ways.
//!
//! First everything that moved is read. Then each order whose money or record has moved since the wanted
//! time is held against its movements, a page of orders at a time; what belongs to no order is told
//! singly. Orders that are changing right now are left for the next time, and counted.

use super::import::{ReadMovements, read_movements};
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::ids::{ComparisonId, OrderId};
use model::reconcile::{self, Balances, Difference, Movement};
use model::time::Time;
use std::collections::BTreeMap;
use store::comparison::{Comparison, Known};

/// How far back the nightly comparison looks, in seconds: as long as a refund may still fail.
const LOOK_BACK_S: i64 = 35 * 86_400;
/// What changed this short a time ago is left for the next comparison, in seconds.
const QUIET_S: i64 = 3_600;
/// A refund that is still being made after so long is looked at all the same, in seconds.
const STUCK_S: i64 = 3 * 86_400;
const ORDERS_IN_ONE_GO: i64 = 200;
/// More than anybody could read; what lies beyond it waits until some of these are explained.
const UNTRACED_IN_ONE_GO: i64 = 50_000;

/// What a comparison found.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What was read before.
    pub read: ReadMovements,
    /// The comparison as it is kept.
    pub comparison: Comparison,
    /// Each difference, with its order where it has one.
    pub differences: Vec<(Difference, Option<OrderId>)>,
    /// What each organizer got, in our ledger and in Stripe's movements, over the orders compared.
    pub organizers: Vec<Share>,
}

/// An organizer's share of the orders that were compared, in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Share {
    /// Our id of the organizer.
    pub organizer: String,
    /// What our ledger says.
    pub ours_cents: i64,
    /// Transfers less reversals, less our fees, plus returned fees.
    pub stripe_cents: i64,
}

/// Reads Stripe's movements and holds both books against each other, since a time or as far as is usual.
pub async fn compare(house: &House, cx: &mut Cx, since: Option<Time>) -> Result<Compared, Fault> {
    let read = read_movements(house, cx, since).await?;
    let since = since.unwrap_or_else(|| cx.now.plus_seconds(-LOOK_BACK_S));
    let mut run = Run {
        now: cx.now,
        found: Vec::new(),
        left_out: Vec::new(),
        orders: 0,
        shares: BTreeMap::new(),
    };
    run.all_orders(house, since).await?;
    run.all_untraced(house, since).await?;
    let comparison = run.keep(house, cx, since).await?;
    metrics::gauge!("tickets_books_differences").set(count(run.found.len()));
    let share = |(organizer, (ours, stripe)): (String, (i64, i64))| Share {
        organizer,
        ours_cents: ours,
        stripe_cents: stripe,
    };
    Ok(Compared {
        read,
        comparison,
        organizers: run.shares.into_iter().map(share).collect(),
        differences: run
            .found
            .into_iter()
            .map(|(d, order, _)| (d, order))
            .collect(),
    })
}

/// The same with nobody at hand: what differs is kept for the admin's page and written to the log.
pub async fn compare_nightly(house: &House, cx: &mut Cx) -> Result<(), Fault> {
    let compared = compare(house, cx, None).await?;
    for (difference, _) in &compared.differences {
        tracing::error!(target: "tickets::books", subject = difference.subject, "{}", difference.sentence);
    }
    tracing::info!(target: "tickets::books", "{}", compared.closing_line());
    Ok(())
}

/// A gauge takes what it takes; a count of differences is never beyond it.
fn count(differences: usize) -> u32 {
    u32::try_from(differences).unwrap_or(u32::MAX)
}

struct Run {
    now: Time,
    found: Vec<(Difference, Option<OrderId>, Time)>,
    left_out: Vec<OrderId>,
    orders: i64,
    shares: BTreeMap<String, (i64, i64)>,
}

impl Run {
    async fn all_orders(&mut self, house: &House, since: Time) -> Result<(), Fault> {
        let mut after = String::new();
        loop {
            let mut read = house.read().await?;
            let page =
                store::comparison::orders_after(&mut read, &after, since, ORDERS_IN_ONE_GO).await?;
            let Some((last, _)) = page.last() else {
                return Ok(());
            };
            last.as_str().clone_into(&mut after);
            let ids: Vec<OrderId> = page.iter().map(|(id, _)| id.clone()).collect();
            let known = store::comparison::known(&mut read, &page).await?;
            let movements = store::movements::of_orders(&mut read, &ids).await?;
            drop(read);
            for order in known {
                let id = Some(order.records.order.clone());
                let mine = movements.iter().filter(|m| m.order_id == id);
                let newest = mine.clone().map(|m| m.at).max();
                let moved: Vec<Movement> = mine.map(|m| m.moved.clone()).collect();
                self.order(&order, &moved, newest);
            }
        }
    }

    fn order(&mut self, order: &Known, moved: &[Movement], newest: Option<Time>) {
        let last_change = newest.map_or(order.last_change, |at| at.max(order.last_change));
        let quiet_s = if order.unsettled { STUCK_S } else { QUIET_S };
        if last_change > self.now.plus_seconds(-quiet_s) {
            self.left_out.push(order.records.order.clone());
            return;
        }
        self.orders += 1;
        let stripe = Balances::of(moved);
        let share = self
            .shares
            .entry(order.organizer.as_str().to_owned())
            .or_default();
        share.0 += order.records.books.organizer_cents;
        share.1 += stripe.organizer_cents;
        for difference in reconcile::compare(&order.records, moved) {
            let id = Some(order.records.order.clone());
            self.found.push((difference, id, last_change));
        }
    }

    async fn all_untraced(&mut self, house: &House, since: Time) -> Result<(), Fault> {
        let until = self.now.plus_seconds(-QUIET_S);
        let mut read = house.read().await?;
        let untraced =
            store::movements::untraced(&mut read, since, until, UNTRACED_IN_ONE_GO).await?;
        for movement in untraced {
            if let Some(difference) = movement.moved.unknown() {
                self.found.push((difference, None, movement.at));
            }
        }
        Ok(())
    }

    async fn keep(&self, house: &House, cx: &mut Cx, since: Time) -> Result<Comparison, Fault> {
        let movements = store::movements::count_since(&mut *house.read().await?, since).await?;
        let comparison = Comparison {
            id: cx.mint(ComparisonId::mint),
            since,
            started_at: cx.now,
            finished_at: house.now(),
            orders: self.orders,
            movements,
            still_moving: length(self.left_out.len()),
            differences: length(self.found.len()),
        };
        let mut tx = house.write().await?;
        store::comparison::keep(&mut tx, &self.found, cx.now).await?;
        store::comparison::resolve(&mut tx, since, cx.now, &self.left_out).await?;
        store::comparison::record(&mut tx, &comparison).await?;
        tx.commit().await?;
        Ok(comparison)
    }
}

fn length(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

impl Compared {
    /// What the comparison amounts to, in a sentence.
    pub fn closing_line(&self) -> String {
        let comparison = &self.comparison;
        let end = match comparison.differences {
            0 => "no differences".to_owned(),
            1 => "one difference".to_owned(),
            n => format!("{n} differences"),
        };
        format!(
            "{} orders and {} movements since {} compared, {} left for the next time because they are changing: {end}.",
            comparison.orders,
            comparison.movements,
            comparison.since.to_iso(),
            comparison.still_moving,
        )
    }
}
