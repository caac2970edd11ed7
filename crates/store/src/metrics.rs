//! Rollups: what each event sold and gave back, kept in the transactions that sell and give back.
//!
//! A page that shows a million orders must not count a million orders. Nobody asks for a tier's sales with one
//! code from one source, so facets are kept side by side and not crossed: a slot has a row for each tier and
//! each source, and not for each pair. Whoever sells, releases or refunds
//! adds to a few rows here while the event's row is locked, so two transactions never wait for each other
//! in a circle. [`crate::consistency`] counts anew and compares, so a forgotten addition fails every test.
//! Reading stands in [`series`].

pub mod series;

use crate::db::WriteTx;
use crate::error::StoreError;
use crate::rows::json;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::RefundId;
use model::time::Time;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// Microseconds of a slot. All time zones of today are whole quarters of an hour from UTC, so the days of
/// each of them are made of whole slots (IANA time zone database 2025b).
pub const SLOT_MICROS: i64 = 900_000_000;

/// The slot in which a time lies.
pub const fn slot_of(at: Time) -> Time {
    Time::from_micros(at.micros() - at.micros().rem_euclid(SLOT_MICROS))
}

statements! {
    ADD = "
        insert into tickets_metrics (
          event_id, facet, slot_at, facet_key, units, gross_cents, discount_cents, tax_cents, fee_cents,
          fee_tax_cents, placed, paid, abandoned)
        select r.event_id, r.facet, r.slot_at, r.facet_key, r.units, r.gross_cents, r.discount_cents,
          r.tax_cents, r.fee_cents, r.fee_tax_cents, r.placed, r.paid, r.abandoned
        from {rows $1 r: event_id text, facet text, slot_at bigint, facet_key text, units bigint,
          gross_cents bigint, discount_cents bigint, tax_cents bigint, fee_cents bigint,
          fee_tax_cents bigint, placed bigint, paid bigint, abandoned bigint}
        where true
        on conflict (event_id, facet, slot_at, facet_key) do update
        set units = tickets_metrics.units + excluded.units,
            gross_cents = tickets_metrics.gross_cents + excluded.gross_cents,
            discount_cents = tickets_metrics.discount_cents + excluded.discount_cents,
            tax_cents = tickets_metrics.tax_cents + excluded.tax_cents,
            fee_cents = tickets_metrics.fee_cents + excluded.fee_cents,
            fee_tax_cents = tickets_metrics.fee_tax_cents + excluded.fee_tax_cents,
            placed = tickets_metrics.placed + excluded.placed,
            paid = tickets_metrics.paid + excluded.paid,
            abandoned = tickets_metrics.abandoned + excluded.abandoned";
    // From the refund's own rows, so that what is counted is what was taken. Who bore the fee is what the
    // order says by charging fees or none.
    ADD_REFUND = "
        insert into tickets_metrics (
          event_id, facet, slot_at, facet_key, refund_units, refund_gross_cents, refund_tax_cents,
          refund_fee_cents, refund_fee_tax_cents)
        select y.event_id, y.facet, y.slot_at, y.facet_key,
          cast($2 as bigint) * cast(sum(y.units) as bigint),
          cast($2 as bigint) * cast(sum(case when y.part not like 'fee%' or y.passed then y.cents else 0 end) as bigint),
          cast($2 as bigint) * cast(sum(case when y.part like 'tax:%' then y.cents else 0 end) as bigint),
          cast($2 as bigint) * cast(sum(case when y.part = 'fee' then y.cents else 0 end) as bigint),
          cast($2 as bigint) * cast(sum(case when y.part like 'fee!_tax:%' escape '!' then y.cents else 0 end) as bigint)
        from (
          select o.event_id, g.facet, f.created_at - f.created_at % 900000000 as slot_at,
            case g.facet when 'tier' then x.tier_id when 'discount' then coalesce(o.discount_id, '')
              when 'source' then o.source else '' end as facet_key,
            x.units, x.part, x.cents, o.fees_cents > 0 as passed
          from (
            select t.tier_id, p.part, p.amount_cents as cents, 0 as units
            from tickets_refund_parts p
            join tickets_tickets t on t.id = p.ticket_id
            where p.refund_id = $1
            union all
            select t.tier_id, '', 0, 1
            from tickets_refund_tickets d
            join tickets_tickets t on t.id = d.ticket_id
            where d.refund_id = $1) x
          join tickets_refunds f on f.id = $1
          join tickets_orders o on o.id = f.order_id
          join (
            select 'all' as facet
            union all
            select 'discount'
            union all
            select 'source'
            union all
            select 'tier') g on g.facet <> 'discount' or o.discount_id is not null) y
        where true
        group by y.event_id, y.facet, y.slot_at, y.facet_key
        order by y.facet, y.facet_key
        on conflict (event_id, facet, slot_at, facet_key) do update
        set refund_units = tickets_metrics.refund_units + excluded.refund_units,
            refund_gross_cents = tickets_metrics.refund_gross_cents + excluded.refund_gross_cents,
            refund_tax_cents = tickets_metrics.refund_tax_cents + excluded.refund_tax_cents,
            refund_fee_cents = tickets_metrics.refund_fee_cents + excluded.refund_fee_cents,
            refund_fee_tax_cents = tickets_metrics.refund_fee_tax_cents + excluded.refund_fee_tax_cents";
}

words! {
    /// By what numbers are kept.
    Facet {
        /// All of the event, under the empty key.
        All = "all",
        /// By discount code; sales without one have no row.
        Discount = "discount",
        /// By where the buyer came from.
        Source = "source",
        /// By tier; what became of orders is not kept by tier.
        Tier = "tier",
    }
}

/// What is added to the numbers of one slot; amounts in cents.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Added {
    /// Tickets.
    pub units: i64,
    /// What buyers pay.
    pub gross_cents: i64,
    pub discount_cents: i64,
    /// The organizer's taxes.
    pub tax_cents: i64,
    /// The service fee, whoever bears it.
    pub fee_cents: i64,
    pub fee_tax_cents: i64,
    /// Orders that were placed.
    pub placed: i64,
    /// Of those, how many are paid.
    pub paid: i64,
    /// And how many were given up.
    pub abandoned: i64,
}

impl AddAssign for Added {
    fn add_assign(&mut self, more: Self) {
        self.units += more.units;
        self.gross_cents += more.gross_cents;
        self.discount_cents += more.discount_cents;
        self.tax_cents += more.tax_cents;
        self.fee_cents += more.fee_cents;
        self.fee_tax_cents += more.fee_tax_cents;
        self.placed += more.placed;
        self.paid += more.paid;
        self.abandoned += more.abandoned;
    }
}

/// Additions, gathered by row: however many orders a batch has, each row is written once.
#[derive(Clone, Debug, Default)]
pub struct Tally(BTreeMap<(String, &'static str, i64, String), Added>);

impl Tally {
    /// Adds to one row.
    pub fn add(&mut self, event: &str, facet: Facet, slot: Time, key: &str, added: Added) {
        let row = (
            event.to_owned(),
            facet.code(),
            slot.micros(),
            key.to_owned(),
        );
        *self.0.entry(row).or_default() += added;
    }

    /// Adds to the rows of everything, of a code if there is one, and of a source.
    pub fn add_order(
        &mut self,
        event: &str,
        slot: Time,
        discount: &str,
        source: &str,
        added: Added,
    ) {
        self.add(event, Facet::All, slot, "", added);
        self.add(event, Facet::Source, slot, source, added);
        if !discount.is_empty() {
            self.add(event, Facet::Discount, slot, discount, added);
        }
    }

    /// Adds everything of another one.
    pub fn merge(&mut self, other: &Self) {
        for (row, added) in &other.0 {
            *self.0.entry(row.clone()).or_default() += *added;
        }
    }
}

#[derive(Serialize)]
struct AddedRow<'a> {
    event_id: &'a str,
    facet: &'a str,
    slot_at: i64,
    facet_key: &'a str,
    #[serde(flatten)]
    added: &'a Added,
}

/// Writes additions, in the order of their rows.
pub async fn add(tx: &mut WriteTx, tally: &Tally) -> Result<(), StoreError> {
    let rows = tally.0.iter().filter(|(_, a)| **a != Added::default());
    let rows: Vec<AddedRow<'_>> = rows
        .map(|((event_id, facet, slot_at, facet_key), added)| AddedRow {
            event_id,
            facet,
            slot_at: *slot_at,
            facet_key,
            added,
        })
        .collect();
    if !rows.is_empty() {
        tx.run(&ADD, args![json(&rows)?]).await?;
    }
    Ok(())
}

/// Counts a refund that was taken, with its parts and the tickets that died with it.
pub async fn add_refund(tx: &mut WriteTx, refund: &RefundId) -> Result<(), StoreError> {
    tx.run(&ADD_REFUND, args![refund.as_str(), 1_i64]).await?;
    Ok(())
}

/// Takes a refund that failed out of the count, from where it was counted.
pub async fn undo_refund(tx: &mut WriteTx, refund: &RefundId) -> Result<(), StoreError> {
    tx.run(&ADD_REFUND, args![refund.as_str(), -1_i64]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_is_a_quarter_of_an_hour() {
        let at = Time::parse_iso("2026-11-27T18:14:59.999999Z").unwrap();
        assert_eq!(slot_of(at).to_iso(), "2026-11-27T18:00:00Z");
        assert_eq!(slot_of(at.plus_millis(1)).to_iso(), "2026-11-27T18:15:00Z");
    }
}
