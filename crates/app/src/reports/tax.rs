//! Taxes of a period: what was charged and what was given back, by tax and rate.
//!
//! A day belongs to the organizer's own clock. A sale counts on the day on which it was booked and a
//! refund on the day on which it was decided, as in the books: the taxes of this report are the sums of
//! the books' tax accounts.

use super::ReportError;
use crate::access;
use crate::cx::{Actor, Cx};
use crate::error::{Fault, Invalid};
use crate::house::House;
use model::money::{Currency, Ppm};
use model::refund::Part;
use model::tax::TaxComponent;
use model::time::{Day, Time, Zone};
use std::collections::BTreeMap;
use store::tax_report::{TaxSum, TaxSums};

/// The zone of whoever has had no event yet, and of the platform itself.
const HOME_ZONE: &str = "America/Vancouver";
/// The longest period of a report, in days.
const MOST_DAYS: i32 = 3_700;

/// The days of a report, both included.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Period {
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub to: Day,
    /// The zone on whose clock the days begin and end.
    pub zone: Zone,
}

impl Period {
    fn read(from: &str, to: &str, zone: Zone) -> Result<Self, ReportError> {
        let mut invalid = Invalid::default();
        let from = invalid.check("from", Day::parse(from));
        let to = invalid.check("to", Day::parse(to));
        if let (Some(from), Some(to)) = (from, to) {
            if to < from {
                invalid.note("to", "Choose a last day that is not before the first.");
            } else if to.days_since(from) > MOST_DAYS {
                invalid.note("to", "Choose a period of at most ten years.");
            } else {
                return Ok(Self { from, to, zone });
            }
        }
        Err(ReportError::Invalid(invalid))
    }

    /// The moments between which it lies: from the first to just before the second.
    fn bounds(&self) -> Result<(Time, Time), Fault> {
        let broken = |e: model::time::BadDay| Fault::Inconsistent(e.to_string());
        let from = self.from.begins(&self.zone).map_err(broken)?;
        let after = self.to.next().map_err(broken)?;
        Ok((from, after.begins(&self.zone).map_err(broken)?))
    }
}

/// One tax at one rate in one currency. Amounts are in cents.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TaxReportLine {
    /// The currency.
    pub currency: Currency,
    /// The tax.
    pub component: TaxComponent,
    /// Its rate.
    pub rate: Ppm,
    /// How many tickets it was charged on.
    pub tickets: i64,
    /// What it was charged on, without tax.
    pub base_cents: i64,
    /// What was charged.
    pub tax_cents: i64,
    /// What of the base was given back, less what came back of it.
    pub returned_base_cents: i64,
    /// What of the tax was given back, less what came back of it.
    pub returned_tax_cents: i64,
}

impl TaxReportLine {
    /// What remains charged on, in cents.
    pub const fn net_base_cents(&self) -> i64 {
        self.base_cents - self.returned_base_cents
    }

    /// What remains owed, in cents.
    pub const fn net_tax_cents(&self) -> i64 {
        self.tax_cents - self.returned_tax_cents
    }
}

/// The taxes of a period.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TaxReport {
    /// The days.
    pub period: Period,
    /// Whose taxes they are, by the legal name.
    pub supplier: String,
    /// The taxes, by currency, tax and rate.
    pub lines: Vec<TaxReportLine>,
}

/// The taxes that the actor's organizer charged on tickets.
pub async fn taxes(house: &House, cx: &Cx, from: &str, to: &str) -> Result<TaxReport, ReportError> {
    let organizer = access::own_organizer(house, cx)
        .await?
        .ok_or(ReportError::NotAnOrganizer)?;
    let mut read = house.read().await?;
    let zone = store::tax_report::latest_zone(&mut read, &organizer.id).await?;
    let period = Period::read(from, to, zone_of(zone.as_deref())?)?;
    let (begins, ends) = period.bounds()?;
    let sums = store::tax_report::of_organizer(&mut read, &organizer.id, begins, ends).await?;
    Ok(TaxReport {
        period,
        supplier: if organizer.legal_name.is_empty() {
            organizer.name
        } else {
            organizer.legal_name
        },
        lines: lines(&sums)?,
    })
}

/// The taxes that the platform charged on its service fees, for admins.
pub async fn platform_taxes(
    house: &House,
    cx: &Cx,
    from: &str,
    to: &str,
) -> Result<TaxReport, ReportError> {
    if !matches!(cx.actor, Actor::Admin(_)) {
        return Err(ReportError::NotAnAdmin);
    }
    let period = Period::read(from, to, zone_of(None)?)?;
    let (begins, ends) = period.bounds()?;
    let mut read = house.read().await?;
    let sums = store::tax_report::of_platform(&mut read, begins, ends).await?;
    Ok(TaxReport {
        period,
        supplier: house.settings.platform.name.clone(),
        lines: lines(&sums)?,
    })
}

fn zone_of(name: Option<&str>) -> Result<Zone, Fault> {
    Zone::parse(name.unwrap_or(HOME_ZONE)).map_err(|e| Fault::Inconsistent(e.to_string()))
}

type Key = (String, TaxComponent, Ppm);

fn key(sum: &TaxSum) -> Result<Key, Fault> {
    let broken = |e: &dyn std::fmt::Display| Fault::Inconsistent(format!("{}: {e}", sum.part));
    let component = match Part::parse(&sum.part).map_err(|e| broken(&e))? {
        Part::Tax(component) | Part::FeeTax(component) => component,
        Part::Net | Part::Fee => return Err(broken(&"no tax")),
    };
    let rate = u32::try_from(sum.rate_ppm).map_err(|e| broken(&e))?;
    Ok((sum.currency.as_str().to_owned(), component, Ppm(rate)))
}

fn lines(sums: &TaxSums) -> Result<Vec<TaxReportLine>, Fault> {
    let mut found: BTreeMap<Key, TaxReportLine> = BTreeMap::new();
    let all = [
        (&sums.charged, 0),
        (&sums.returned, 1),
        (&sums.came_back, -1),
    ];
    for (rows, returned) in all {
        for row in rows {
            let key = key(row)?;
            let line = found.entry(key.clone()).or_insert(TaxReportLine {
                currency: row.currency,
                component: key.1,
                rate: key.2,
                tickets: 0,
                base_cents: 0,
                tax_cents: 0,
                returned_base_cents: 0,
                returned_tax_cents: 0,
            });
            if returned == 0 {
                line.tickets += row.tickets;
                line.base_cents += row.base_cents;
                line.tax_cents += row.tax_cents;
            } else {
                line.returned_base_cents += returned * row.base_cents;
                line.returned_tax_cents += returned * row.tax_cents;
            }
        }
    }
    Ok(found.into_values().collect())
}
