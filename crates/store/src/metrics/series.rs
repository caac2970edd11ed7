//! Reading the rollups: an event's slots in a stretch of time, and the sums of its facets.
//!
//! All of it is one range of the primary key, and none of it looks at an order.

use super::Facet;
use crate::db::{Row, Session};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::{EventId, OrganizerId};
use model::money::Currency;
use model::time::Time;
use std::ops::{AddAssign, SubAssign};

macro_rules! sums {
    () => {
        "cast(coalesce(sum(m.units), 0) as bigint) as units,
         cast(coalesce(sum(m.gross_cents), 0) as bigint) as gross_cents,
         cast(coalesce(sum(m.discount_cents), 0) as bigint) as discount_cents,
         cast(coalesce(sum(m.tax_cents), 0) as bigint) as tax_cents,
         cast(coalesce(sum(m.fee_cents), 0) as bigint) as fee_cents,
         cast(coalesce(sum(m.fee_tax_cents), 0) as bigint) as fee_tax_cents,
         cast(coalesce(sum(m.refund_units), 0) as bigint) as refund_units,
         cast(coalesce(sum(m.refund_gross_cents), 0) as bigint) as refund_gross_cents,
         cast(coalesce(sum(m.refund_tax_cents), 0) as bigint) as refund_tax_cents,
         cast(coalesce(sum(m.refund_fee_cents), 0) as bigint) as refund_fee_cents,
         cast(coalesce(sum(m.refund_fee_tax_cents), 0) as bigint) as refund_fee_tax_cents,
         cast(coalesce(sum(m.placed), 0) as bigint) as placed,
         cast(coalesce(sum(m.paid), 0) as bigint) as paid,
         cast(coalesce(sum(m.abandoned), 0) as bigint) as abandoned"
    };
}

statements! {
    SLOTS = "
        select slot_at, facet_key, units, gross_cents, discount_cents, tax_cents, fee_cents, fee_tax_cents,
               refund_units, refund_gross_cents, refund_tax_cents, refund_fee_cents, refund_fee_tax_cents,
               placed, paid, abandoned
        from tickets_metrics
        where event_id = $1
          and facet = $2
          and slot_at >= $3
          and slot_at < $4
        order by slot_at, facet_key";
    FACETS = concat!("
        select m.facet, m.facet_key, ", sums!(), "
        from tickets_metrics m
        where m.event_id = $1
          and m.facet in ('discount', 'source', 'tier')
          and m.slot_at >= $2
          and m.slot_at < $3
        group by m.facet, m.facet_key
        order by m.facet, m.facet_key");
    SPAN = "
        select min(slot_at) as earliest, max(slot_at) as latest
        from tickets_metrics
        where event_id = $1
          and facet = 'all'";
    TIER_NAMES = "
        select id, name
        from tickets_tiers
        where event_id = $1
        order by sort, id";
    CODES = "
        select id, code as name
        from tickets_discounts
        where event_id = $1
        order by code, id";
    OF_ORGANIZER = concat!("
        select e.id, e.currency, ", sums!(), "
        from tickets_events e
        join tickets_metrics m on m.event_id = e.id and m.facet = 'all' and m.slot_at >= $2
        where e.organizer_id = $1
        group by e.id, e.currency
        order by e.id");
}

/// Numbers of a stretch of time. Amounts are in cents.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct Numbers {
    /// Tickets that were sold.
    pub units: i64,
    /// What buyers paid.
    pub gross_cents: i64,
    pub discount_cents: i64,
    /// The organizer's taxes.
    pub tax_cents: i64,
    /// The service fee, whoever bore it.
    pub fee_cents: i64,
    pub fee_tax_cents: i64,
    /// Tickets that died with a refund.
    pub refund_units: i64,
    /// What went back to buyers.
    pub refund_gross_cents: i64,
    pub refund_tax_cents: i64,
    pub refund_fee_cents: i64,
    pub refund_fee_tax_cents: i64,
    /// Orders that were placed.
    pub placed: i64,
    /// Of those, how many are paid.
    pub paid: i64,
    /// And how many were given up.
    pub abandoned: i64,
}

impl Numbers {
    /// What the organizer earned, without taxes and fees, before refunds.
    pub const fn net_cents(&self) -> i64 {
        self.gross_cents - self.tax_cents - self.fee_cents - self.fee_tax_cents
    }

    /// What of that went back.
    pub const fn refund_net_cents(&self) -> i64 {
        self.refund_gross_cents
            - self.refund_tax_cents
            - self.refund_fee_cents
            - self.refund_fee_tax_cents
    }

    /// Paid orders of those that ended, in millionths; `None` while none has ended.
    pub const fn conversion_ppm(&self) -> Option<i64> {
        let ended = self.paid + self.abandoned;
        if ended <= 0 {
            return None;
        }
        Some(self.paid * 1_000_000 / ended)
    }
}

impl AddAssign for Numbers {
    fn add_assign(&mut self, more: Self) {
        self.units += more.units;
        self.gross_cents += more.gross_cents;
        self.discount_cents += more.discount_cents;
        self.tax_cents += more.tax_cents;
        self.fee_cents += more.fee_cents;
        self.fee_tax_cents += more.fee_tax_cents;
        self.refund_units += more.refund_units;
        self.refund_gross_cents += more.refund_gross_cents;
        self.refund_tax_cents += more.refund_tax_cents;
        self.refund_fee_cents += more.refund_fee_cents;
        self.refund_fee_tax_cents += more.refund_fee_tax_cents;
        self.placed += more.placed;
        self.paid += more.paid;
        self.abandoned += more.abandoned;
    }
}

impl SubAssign for Numbers {
    fn sub_assign(&mut self, less: Self) {
        self.units -= less.units;
        self.gross_cents -= less.gross_cents;
        self.discount_cents -= less.discount_cents;
        self.tax_cents -= less.tax_cents;
        self.fee_cents -= less.fee_cents;
        self.fee_tax_cents -= less.fee_tax_cents;
        self.refund_units -= less.refund_units;
        self.refund_gross_cents -= less.refund_gross_cents;
        self.refund_tax_cents -= less.refund_tax_cents;
        self.refund_fee_cents -= less.refund_fee_cents;
        self.refund_fee_tax_cents -= less.refund_fee_tax_cents;
        self.placed -= less.placed;
        self.paid -= less.paid;
        self.abandoned -= less.abandoned;
    }
}

/// The numbers of one slot and key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SlotRow {
    pub slot_at: Time,
    /// A tier, a code, a source; empty for all.
    pub key: String,
    pub numbers: Numbers,
}

/// The sum of one facet's key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FacetRow {
    pub facet: Facet,
    pub key: String,
    pub numbers: Numbers,
}

/// The sum of one event.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EventRow {
    pub event_id: EventId,
    pub currency: Currency,
    pub numbers: Numbers,
}

fn numbers(row: &Row) -> Result<Numbers, StoreError> {
    Ok(Numbers {
        units: row.int("units")?,
        gross_cents: row.int("gross_cents")?,
        discount_cents: row.int("discount_cents")?,
        tax_cents: row.int("tax_cents")?,
        fee_cents: row.int("fee_cents")?,
        fee_tax_cents: row.int("fee_tax_cents")?,
        refund_units: row.int("refund_units")?,
        refund_gross_cents: row.int("refund_gross_cents")?,
        refund_tax_cents: row.int("refund_tax_cents")?,
        refund_fee_cents: row.int("refund_fee_cents")?,
        refund_fee_tax_cents: row.int("refund_fee_tax_cents")?,
        placed: row.int("placed")?,
        paid: row.int("paid")?,
        abandoned: row.int("abandoned")?,
    })
}

/// The slots of a facet from `from` until before `to`, in their order.
pub async fn slots(
    s: &mut Session,
    event: &EventId,
    facet: Facet,
    (from, to): (Time, Time),
) -> Result<Vec<SlotRow>, StoreError> {
    let row = |row: &Row| {
        Ok(SlotRow {
            slot_at: row.time("slot_at")?,
            key: row.text("facet_key")?,
            numbers: numbers(row)?,
        })
    };
    let args = args![event.as_str(), facet.code(), from, to];
    s.rows(&SLOTS, args).await?.iter().map(row).collect()
}

/// The sums of each tier, code and source from `from` until before `to`.
pub async fn facets(
    s: &mut Session,
    event: &EventId,
    (from, to): (Time, Time),
) -> Result<Vec<FacetRow>, StoreError> {
    let row = |row: &Row| {
        Ok(FacetRow {
            facet: row.word("facet", Facet::parse)?,
            key: row.text("facet_key")?,
            numbers: numbers(row)?,
        })
    };
    let args = args![event.as_str(), from, to];
    s.rows(&FACETS, args).await?.iter().map(row).collect()
}

/// The first and the last slot of which there are numbers; `None` if there are none.
pub async fn span(s: &mut Session, event: &EventId) -> Result<Option<(Time, Time)>, StoreError> {
    let row = s.one(&SPAN, args![event.as_str()]).await?;
    Ok(row.opt_time("earliest")?.zip(row.opt_time("latest")?))
}

/// Ids and names of all tiers that an event ever had, in the organizer's order.
pub async fn tier_names(
    s: &mut Session,
    event: &EventId,
) -> Result<Vec<(String, String)>, StoreError> {
    let rows = s.rows(&TIER_NAMES, args![event.as_str()]).await?;
    rows.iter()
        .map(|r| Ok((r.text("id")?, r.text("name")?)))
        .collect()
}

/// Ids and texts of an event's discount codes.
pub async fn code_names(
    s: &mut Session,
    event: &EventId,
) -> Result<Vec<(String, String)>, StoreError> {
    let rows = s.rows(&CODES, args![event.as_str()]).await?;
    rows.iter()
        .map(|r| Ok((r.text("id")?, r.text("name")?)))
        .collect()
}

/// The sums since a time of each of an organizer's events that has any.
pub async fn of_organizer(
    s: &mut Session,
    organizer: &OrganizerId,
    since: Time,
) -> Result<Vec<EventRow>, StoreError> {
    let row = |row: &Row| {
        Ok(EventRow {
            event_id: row.parsed("id", EventId::parse)?,
            currency: row.parsed("currency", Currency::parse)?,
            numbers: numbers(row)?,
        })
    };
    let args = args![organizer.as_str(), since];
    s.rows(&OF_ORGANIZER, args).await?.iter().map(row).collect()
}
