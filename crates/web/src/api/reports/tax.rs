//! The taxes of a period: an organizer's on tickets, and the platform's on its fees.

use super::book::{Book, column};
use super::{Format, file};
use crate::api::words::TaxWord;
use crate::extract::{Context, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::reports::{self, TaxReport, TaxReportLine};
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use sheets::{Cell, Column, SheetError};
use utoipa::ToSchema;

/// Which days, and which kind of file.
#[derive(Debug, Deserialize)]
pub struct TaxSearch {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    format: Format,
}

/// One tax at one rate.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxLineOut {
    /// ISO currency code.
    currency: String,
    /// The tax.
    #[schema(value_type = TaxWord)]
    name: &'static str,
    /// Its rate in parts per million.
    rate_ppm: u32,
    /// How many tickets it was charged on.
    tickets: i64,
    /// What it was charged on, without tax, in cents.
    base_cents: i64,
    /// What was charged, in cents.
    tax_cents: i64,
    /// What of the base was given back, in cents.
    returned_base_cents: i64,
    /// What of the tax was given back, in cents.
    returned_tax_cents: i64,
    /// What remains of the base, in cents.
    net_base_cents: i64,
    /// What remains of the tax, in cents: what is owed for the period.
    net_tax_cents: i64,
}

impl From<&TaxReportLine> for TaxLineOut {
    fn from(line: &TaxReportLine) -> Self {
        Self {
            currency: line.currency.as_str().to_owned(),
            name: line.component.code(),
            rate_ppm: line.rate.0,
            tickets: line.tickets,
            base_cents: line.base_cents,
            tax_cents: line.tax_cents,
            returned_base_cents: line.returned_base_cents,
            returned_tax_cents: line.returned_tax_cents,
            net_base_cents: line.net_base_cents(),
            net_tax_cents: line.net_tax_cents(),
        }
    }
}

/// The taxes of a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxReportOut {
    /// Whose taxes they are, by the legal name.
    supplier: String,
    /// The first day.
    #[schema(format = Date)]
    from: String,
    /// The last day.
    #[schema(format = Date)]
    to: String,
    /// The zone on whose clock the days begin and end.
    timezone: String,
    /// The taxes, by currency, tax and rate.
    taxes: Vec<TaxLineOut>,
}

/// The taxes that the caller charged on tickets, and gave back, from one day to another (both included).
#[utoipa::path(get, path = "/api/tickets/organizers/me/reports/tax", tag = "reports",
    params(("from" = String, Query, description = "The first day: `2026-10-01`."),
        ("to" = String, Query, description = "The last day: `2026-12-31`."),
        ("format" = Option<Format>, Query, description = "The kind of file; JSON if it is left out.")),
    responses((status = 200, description = "The report.",
        content((TaxReportOut = "application/json"), (Vec<u8> = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        (status = 409, description = "There is no organizer yet.")))]
pub async fn my_taxes(
    State(state): State<WebState>,
    Search(search): Search<TaxSearch>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    let report = reports::taxes(&state.house, &cx, &search.from, &search.to).await?;
    answer(&report, search.format, "on-tickets")
}

/// The taxes that the platform charged on its service fees, and gave back; for admins.
#[utoipa::path(get, path = "/api/tickets/admin/reports/tax", tag = "admin",
    params(("from" = String, Query, description = "The first day: `2026-10-01`."),
        ("to" = String, Query, description = "The last day: `2026-12-31`."),
        ("format" = Option<Format>, Query, description = "The kind of file; JSON if it is left out.")),
    responses((status = 200, description = "The report.",
        content((TaxReportOut = "application/json"), (Vec<u8> = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn platform_taxes(
    State(state): State<WebState>,
    Search(search): Search<TaxSearch>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    let report = reports::platform_taxes(&state.house, &cx, &search.from, &search.to).await?;
    answer(&report, search.format, "on-fees")
}

fn answer(report: &TaxReport, format: Format, what: &str) -> Result<Response, Problem> {
    let (from, to) = (report.period.from.to_string(), report.period.to.to_string());
    if format == Format::Json {
        let out = TaxReportOut {
            supplier: report.supplier.clone(),
            timezone: report.period.zone.name().to_owned(),
            taxes: report.lines.iter().map(TaxLineOut::from).collect(),
            from,
            to,
        };
        let mut response = Json(out).into_response();
        crate::security::secret(&mut response);
        return Ok(response);
    }
    let sheet = sheet(report, format).map_err(|e| app::Fault::Workshop {
        what: "the sheet",
        why: e.to_string(),
    })?;
    let name = format!("taxes-{what}-{from}-to-{to}");
    Ok(file(Body::from(sheet), format, &name))
}

fn columns() -> Vec<Column> {
    vec![
        column("Supplier", 34),
        column("From", 12),
        column("To", 12),
        column("Currency", 10),
        column("Tax", 8),
        column("Rate (%)", 10),
        column("Tickets", 10),
        column("Charged on", 14),
        column("Tax charged", 14),
        column("Given back: base", 14),
        column("Given back: tax", 14),
        column("Base after refunds", 14),
        column("Tax owed", 14),
    ]
}

fn sheet(report: &TaxReport, format: Format) -> Result<Vec<u8>, SheetError> {
    let mut book = Book::new(format == Format::Xlsx, "Taxes", &columns())?;
    let (from, to) = (report.period.from.to_string(), report.period.to.to_string());
    for line in &report.lines {
        let money = |minor| Cell::Amount {
            minor,
            decimals: line.currency.decimals(),
        };
        book.row(&[
            Cell::text(report.supplier.as_str()),
            Cell::text(from.as_str()),
            Cell::text(to.as_str()),
            Cell::text(line.currency.as_str()),
            Cell::text(line.component.code()),
            Cell::Percent(line.rate.0),
            Cell::Whole(line.tickets),
            money(line.base_cents),
            money(line.tax_cents),
            money(line.returned_base_cents),
            money(line.returned_tax_cents),
            money(line.net_base_cents()),
            money(line.net_tax_cents()),
        ])?;
    }
    book.finish()
}
