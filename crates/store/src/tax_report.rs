//! Taxes of a period, by tax and rate: what they were charged on and what was charged, and the same of
//! what was given back.
//!
//! The times are those of the books: a sale counts when its posting was written, a refund when it was
//! decided, and once more, the other way round, when it failed. So the sums here are the sums of the
//! books' tax accounts for the same period, which tests hold them to. The parts of tickets' prices say
//! what the books do not: rates, and what a tax was charged on.

use crate::db::{Row, Session};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::OrganizerId;
use model::money::Currency;
use model::time::Time;

/// The moments of an organizer's books in the period.
macro_rules! moments {
    () => {
        "select l.order_id, l.at
           from tickets_ledger l
           where l.organizer_id = $1
             and l.at >= $2
             and l.at < $3
           group by l.order_id, l.at"
    };
}

/// The same of everybody's: by organizer all the same, since that is how the books are indexed, and a
/// `cross join` because SQLite then looks at organizers first.
macro_rules! all_moments {
    () => {
        "select l.order_id, l.at
           from tickets_organizers g
           cross join tickets_ledger l
           where l.organizer_id = g.id
             and l.at >= $1
             and l.at < $2
           group by l.order_id, l.at"
    };
}

/// What was charged: the tickets of the orders whose sale was booked in the period.
macro_rules! charged {
    ($moments:expr, $tax:literal, $base:literal) => {
        concat!(
            "
        select o.currency, p.part, p.rate_ppm,
               count(*) as tickets,
               cast(sum(b.amount_cents) as bigint) as base_cents,
               cast(sum(p.amount_cents) as bigint) as tax_cents
        from (",
            $moments,
            ") due
        join tickets_orders o on o.id = due.order_id and o.placed_at = due.at
        join tickets_tickets t on t.order_id = o.id
        join tickets_ticket_parts p on p.ticket_id = t.id and p.part like '",
            $tax,
            ":%'
        join tickets_ticket_parts b on b.ticket_id = t.id and b.part = '",
            $base,
            "'
        group by o.currency, p.part, p.rate_ppm
        order by o.currency, p.part, p.rate_ppm"
        )
    };
}

/// What was given back (or came back again): the parts of the refunds that this happened to in the period.
macro_rules! returned {
    ($moments:expr, $when:literal, $tax:literal, $base:literal) => {
        concat!(
            "
        select f.currency, p.part, p.rate_ppm,
               count(distinct p.ticket_id) as tickets,
               cast(sum(case when r.part = '",
            $base,
            "' then r.amount_cents else 0 end) as bigint) as base_cents,
               cast(sum(case when r.part = p.part then r.amount_cents else 0 end) as bigint) as tax_cents
        from (",
            $moments,
            ") due
        join tickets_refunds f on f.order_id = due.order_id and f.",
            $when,
            " = due.at
        join tickets_refund_parts r on r.refund_id = f.id
        join tickets_ticket_parts p on p.ticket_id = r.ticket_id and p.part like '",
            $tax,
            ":%'
        where r.part = p.part or r.part = '",
            $base,
            "'
        group by f.currency, p.part, p.rate_ppm
        order by f.currency, p.part, p.rate_ppm"
        )
    };
}

statements! {
    CHARGED = charged!(moments!(), "tax", "net");
    RETURNED = returned!(moments!(), "created_at", "tax", "net");
    CAME_BACK = returned!(moments!(), "failed_at", "tax", "net");
    FEE_CHARGED = charged!(all_moments!(), "fee_tax", "fee");
    FEE_RETURNED = returned!(all_moments!(), "created_at", "fee_tax", "fee");
    FEE_CAME_BACK = returned!(all_moments!(), "failed_at", "fee_tax", "fee");
    BOOKED = "
        select account, currency, cast(sum(amount_cents) as bigint) as cents
        from tickets_ledger
        where organizer_id = $1
          and at >= $2
          and at < $3
          and account like 'tax!_payable!_organizer!_%' escape '!'
        group by account, currency
        order by account, currency";
    LATEST_ZONE = "
        select timezone
        from tickets_events
        where organizer_id = $1
        order by created_at desc, id desc
        limit 1";
}

/// One tax at one rate: cents that it was charged on, and cents of tax.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TaxSum {
    pub currency: Currency,
    /// The part of tickets' prices: `tax:GST`, `fee_tax:GST`.
    pub part: String,
    /// Parts per million.
    pub rate_ppm: i64,
    /// How many tickets.
    pub tickets: i64,
    pub base_cents: i64,
    pub tax_cents: i64,
}

/// What happened to taxes in a period.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TaxSums {
    pub charged: Vec<TaxSum>,
    pub returned: Vec<TaxSum>,
    /// What was returned and came back again, since the refund failed or a dispute was won.
    pub came_back: Vec<TaxSum>,
}

fn sum(row: &Row) -> Result<TaxSum, StoreError> {
    Ok(TaxSum {
        currency: row.parsed("currency", Currency::parse)?,
        part: row.text("part")?,
        rate_ppm: row.int("rate_ppm")?,
        tickets: row.int("tickets")?,
        base_cents: row.int("base_cents")?,
        tax_cents: row.int("tax_cents")?,
    })
}

fn sums(rows: &[Row]) -> Result<Vec<TaxSum>, StoreError> {
    rows.iter().map(sum).collect()
}

/// An organizer's own taxes, booked from `from` to just before `until`.
pub async fn of_organizer(
    s: &mut Session,
    organizer: &OrganizerId,
    from: Time,
    until: Time,
) -> Result<TaxSums, StoreError> {
    let args = args![organizer.as_str(), from, until];
    Ok(TaxSums {
        charged: sums(&s.rows(&CHARGED, args).await?)?,
        returned: sums(&s.rows(&RETURNED, args).await?)?,
        came_back: sums(&s.rows(&CAME_BACK, args).await?)?,
    })
}

/// The platform's taxes on its fees, of all organizers, booked from `from` to just before `until`.
pub async fn of_platform(s: &mut Session, from: Time, until: Time) -> Result<TaxSums, StoreError> {
    let args = args![from, until];
    Ok(TaxSums {
        charged: sums(&s.rows(&FEE_CHARGED, args).await?)?,
        returned: sums(&s.rows(&FEE_RETURNED, args).await?)?,
        came_back: sums(&s.rows(&FEE_CAME_BACK, args).await?)?,
    })
}

/// What the books say that an organizer owes of each tax for the period: account, currency, cents (a
/// credit is negative).
pub async fn booked(
    s: &mut Session,
    organizer: &OrganizerId,
    from: Time,
    until: Time,
) -> Result<Vec<(String, Currency, i64)>, StoreError> {
    let line = |row: &Row| {
        Ok((
            row.text("account")?,
            row.parsed("currency", Currency::parse)?,
            row.int("cents")?,
        ))
    };
    s.rows(&BOOKED, args![organizer.as_str(), from, until])
        .await?
        .iter()
        .map(line)
        .collect()
}

/// The time zone of an organizer's latest event, if there is one.
pub async fn latest_zone(
    s: &mut Session,
    organizer: &OrganizerId,
) -> Result<Option<String>, StoreError> {
    s.maybe(&LATEST_ZONE, args![organizer.as_str()])
        .await?
        .map(|row| row.text("timezone"))
        .transpose()
}
