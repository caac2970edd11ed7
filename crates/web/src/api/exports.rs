//! Files of an event's orders and tickets: CSV and XLSX, sent while they are read.

use super::reports::{Book, Format, Rows, clock, column, file, sending};
use crate::api::words::EventIdText;
use crate::extract::{Context, PathId, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::exports::{Export, ExportOrder, ExportRow, ExportTicket, export};
use app::{Cx, Fault};
use axum::extract::State;
use axum::response::Response;
use model::ids::EventId;
use serde::Deserialize;
use sheets::{Cell, Column, SheetError};
use utoipa::ToSchema;

/// What the rows of a file are.
#[derive(Copy, Clone, Debug, Default, Deserialize, Eq, PartialEq, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// A row for each order that was sold.
    #[default]
    Orders,
    /// A row for each of their tickets.
    Tickets,
}

impl What {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Tickets => "tickets",
        }
    }
}

/// Which rows.
#[derive(Debug, Deserialize)]
pub struct WhatSearch {
    #[serde(default)]
    what: What,
}

/// Everything that was sold, as CSV: a row for each order, or for each ticket; oldest first.
#[utoipa::path(get, path = "/api/tickets/events/{id}/export.csv", tag = "reports",
    params(("id" = EventIdText, Path, description = "The event."),
        ("what" = Option<What>, Query, description = "What the rows are; orders if it is left out.")),
    responses((status = 200, description = "The file.", content((Vec<u8> = "text/csv")))))]
pub async fn export_csv(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Search(search): Search<WhatSearch>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    sheet(&state, &cx, &id, search.what, Format::Csv).await
}

/// The same as a workbook.
#[utoipa::path(get, path = "/api/tickets/events/{id}/export.xlsx", tag = "reports",
    params(("id" = EventIdText, Path, description = "The event."),
        ("what" = Option<What>, Query, description = "What the rows are; orders if it is left out.")),
    responses((status = 200, description = "The file.",
        content((Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn export_xlsx(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Search(search): Search<WhatSearch>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    sheet(&state, &cx, &id, search.what, Format::Xlsx).await
}

/// A file as an answer that is read while it is sent.
pub async fn sheet(
    state: &WebState,
    cx: &Cx,
    id: &EventId,
    what: What,
    format: Format,
) -> Result<Response, Problem> {
    let source = export(&state.house, cx, id, what == What::Tickets).await?;
    let name = format!("{}-{}", what.word(), source.event.slug);
    let rows = Sold { what, source };
    let body = sending(rows, format == Format::Xlsx, what.word(), &columns(what))?;
    Ok(file(body, format, &name))
}

fn columns(what: What) -> Vec<Column> {
    let widths: &[(&str, u16)] = match what {
        What::Orders => &[
            ("Order", 12),
            ("Status", 18),
            ("Paid", 17),
            ("Buyer", 28),
            ("E-mail", 30),
            ("Language", 9),
            ("Source", 14),
            ("Code", 14),
            ("Tickets", 9),
            ("Net price", 13),
            ("Fees", 13),
            ("Taxes", 13),
            ("Total", 13),
            ("Discount", 13),
            ("Refunded", 13),
            ("Currency", 9),
            ("Order id", 32),
        ],
        What::Tickets => &[
            ("Ticket", 14),
            ("Order", 12),
            ("Kind", 24),
            ("Holder", 28),
            ("Buyer", 28),
            ("E-mail", 30),
            ("Status", 12),
            ("Paid", 17),
            ("Checked in", 17),
            ("Checked in by", 18),
            ("Net price", 13),
            ("Taxes", 13),
            ("Fee with its tax", 15),
            ("Refunded", 13),
            ("Currency", 9),
            ("Ticket id", 32),
        ],
    };
    widths.iter().map(|(name, w)| column(*name, *w)).collect()
}

struct Sold {
    what: What,
    source: Export,
}

impl Rows for Sold {
    type Row = ExportRow;

    async fn next(&mut self) -> Result<Option<Vec<ExportRow>>, Fault> {
        self.source.next().await
    }

    fn write(&self, book: &mut Book, row: &ExportRow) -> Result<(), SheetError> {
        match self.what {
            What::Orders => book.row(&order_cells(&self.source, &row.order)),
            What::Tickets => row
                .tickets
                .iter()
                .try_for_each(|ticket| book.row(&ticket_cells(&self.source, &row.order, ticket))),
        }
    }
}

fn order_cells<'a>(source: &'a Export, o: &'a ExportOrder) -> Vec<Cell<'a>> {
    let money = |minor| Cell::Amount {
        minor,
        decimals: source.currency.decimals(),
    };
    vec![
        Cell::text(o.code.as_str()),
        Cell::text(o.status.code()),
        clock(o.placed_at.unwrap_or(o.created_at), &source.zone),
        Cell::text(o.buyer_name.as_str()),
        Cell::text(o.buyer_email.as_str()),
        Cell::text(o.locale.as_str()),
        Cell::text(o.source.as_str()),
        Cell::text(o.discount_code.as_str()),
        Cell::Whole(o.tickets),
        money(o.subtotal_cents),
        money(o.fees_cents),
        money(o.tax_cents),
        money(o.total_cents),
        money(o.discount_cents),
        money(o.refunded_cents),
        Cell::text(source.currency.as_str()),
        Cell::text(o.id.as_str()),
    ]
}

fn ticket_cells<'a>(source: &'a Export, o: &'a ExportOrder, t: &'a ExportTicket) -> Vec<Cell<'a>> {
    let money = |minor| Cell::Amount {
        minor,
        decimals: source.currency.decimals(),
    };
    vec![
        Cell::text(t.serial.as_str()),
        Cell::text(o.code.as_str()),
        Cell::text(t.tier_name.as_str()),
        Cell::text(t.holder_name.as_str()),
        Cell::text(o.buyer_name.as_str()),
        Cell::text(o.buyer_email.as_str()),
        Cell::text(t.status.code()),
        clock(o.placed_at.unwrap_or(o.created_at), &source.zone),
        t.used_at.map_or(Cell::Empty, |at| clock(at, &source.zone)),
        Cell::text(t.used_by.as_str()),
        money(t.net_cents),
        money(t.tax_cents),
        money(t.fee_cents),
        money(t.refunded_cents),
        Cell::text(source.currency.as_str()),
        Cell::text(t.id.as_str()),
    ]
}
