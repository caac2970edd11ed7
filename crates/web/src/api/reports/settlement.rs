//! The treasurer's sheet of an event: every order on a row, and a last row that adds them up.

use super::book::{Book, clock, column};
use super::{Format, file};
use crate::api::iso;
use crate::api::words::{EventIdText, OrderIdText, OrderStatusWord, TaxWord};
use crate::extract::{Context, PathId, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::reports::{self, Returned, Settlement, SettlementRow, SettlementSums};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::Response;
use futures::stream::try_unfold;
use model::ids::EventId;
use model::tax::TaxComponent;
use model::time::Zone;
use serde::{Deserialize, Serialize};
use sheets::{Cell, Column, SheetError};
use utoipa::ToSchema;

/// Which kind of file.
#[derive(Debug, Deserialize)]
pub struct FormatSearch {
    #[serde(default)]
    format: Format,
}

/// What went back, in cents.
#[derive(Debug, Serialize, ToSchema)]
#[expect(
    clippy::struct_field_names,
    reason = "the API names amounts by their unit"
)]
pub struct ReturnedOut {
    /// Tickets without taxes.
    net_cents: i64,
    /// Ticket taxes.
    tax_cents: i64,
    /// Service fee.
    fee_cents: i64,
    /// Taxes on the service fee.
    fee_tax_cents: i64,
}

impl From<&Returned> for ReturnedOut {
    fn from(r: &Returned) -> Self {
        Self {
            net_cents: r.net_cents,
            tax_cents: r.tax_cents,
            fee_cents: r.fee_cents,
            fee_tax_cents: r.fee_tax_cents,
        }
    }
}

/// A tax and its amount.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxSumOut {
    /// The tax.
    #[schema(value_type = TaxWord)]
    name: &'static str,
    /// Its amount in cents.
    amount_cents: i64,
}

/// The money of one order, or of all, in cents.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettlementSumsOut {
    /// How many tickets were sold.
    tickets: i64,
    /// List prices.
    list_cents: i64,
    /// What codes took off.
    discount_cents: i64,
    /// The organizer's price without taxes.
    net_cents: i64,
    /// The organizer's taxes, each by itself.
    taxes: Vec<TaxSumOut>,
    /// The service fee, whoever bore it.
    fee_cents: i64,
    /// The taxes on it.
    fee_tax_cents: i64,
    /// What buyers paid.
    total_cents: i64,
    /// What was refunded.
    refunded: ReturnedOut,
    /// What banks took back by disputes.
    disputed: ReturnedOut,
    /// What went back to buyers in all.
    back_cents: i64,
    /// What the organizer gets, with the taxes that the organizer owes.
    payable_cents: i64,
}

impl From<&SettlementSums> for SettlementSumsOut {
    fn from(s: &SettlementSums) -> Self {
        let tax = |(tax, cents): (&TaxComponent, &i64)| TaxSumOut {
            name: tax.code(),
            amount_cents: *cents,
        };
        Self {
            tickets: s.tickets,
            list_cents: s.list_cents,
            discount_cents: s.discount_cents,
            net_cents: s.net_cents,
            taxes: s.taxes.iter().map(tax).collect(),
            fee_cents: s.fee_cents,
            fee_tax_cents: s.fee_tax_cents,
            total_cents: s.total_cents,
            refunded: (&s.refunded).into(),
            disputed: (&s.disputed).into(),
            back_cents: s.back_cents,
            payable_cents: s.payable_cents,
        }
    }
}

/// One order.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettlementOrderOut {
    /// The order.
    #[schema(value_type = OrderIdText)]
    id: String,
    /// Its code for people.
    code: String,
    /// Who bought.
    buyer_name: String,
    /// Where it is in its life.
    #[schema(value_type = OrderStatusWord)]
    status: &'static str,
    /// When it was paid.
    #[schema(format = DateTime)]
    placed_at: String,
    /// Whether the buyer paid the service fee; else the organizer bore it.
    fee_passed: bool,
    /// Its money.
    #[serde(flatten)]
    sums: SettlementSumsOut,
}

impl SettlementOrderOut {
    fn of(row: &SettlementRow, zone: &Zone) -> Self {
        Self {
            id: row.id.to_string(),
            code: row.code.clone(),
            buyer_name: row.buyer_name.clone(),
            status: row.status.code(),
            placed_at: iso(row.placed_at, zone),
            fee_passed: row.fee_passed,
            sums: (&row.sums).into(),
        }
    }
}

/// The treasurer's sheet. It is sent while it is read, so the sums come last.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettlementOut {
    /// The event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// Its title.
    title: String,
    /// ISO currency code of all amounts.
    currency: String,
    /// Every order that was paid or cost nothing, oldest first.
    orders: Vec<SettlementOrderOut>,
    /// Their sums.
    sums: SettlementSumsOut,
}

/// Every order of an event with its money, part by part, and what the organizer gets; the last row adds up.
#[utoipa::path(get, path = "/api/tickets/events/{id}/reports/settlement", tag = "reports",
    params(("id" = EventIdText, Path, description = "The event."),
        ("format" = Option<Format>, Query, description = "The kind of file; JSON if it is left out.")),
    responses((status = 200, description = "The sheet.",
        content((SettlementOut = "application/json"), (Vec<u8> = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn event_settlement(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Search(search): Search<FormatSearch>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    let sheet = reports::settlement(&state.house, &cx, &id).await?;
    let name = format!("settlement-{}", sheet.event.slug);
    let writer = Writer::new(&sheet, search.format).map_err(|e| app::Fault::Workshop {
        what: "the sheet",
        why: e.to_string(),
    })?;
    let rows = try_unfold(Some((sheet, writer)), |state| async move {
        match state {
            Some((sheet, writer)) => piece(sheet, writer).await.map(Some),
            None => Ok::<_, Broken>(None),
        }
    });
    Ok(file(Body::from_stream(rows), search.format, &name))
}

/// What ends an answer in its middle, so that the reader sees that it is not whole.
type Broken = Box<dyn std::error::Error + Send + Sync>;

/// The next bytes, and how to go on after them.
async fn piece(
    mut sheet: Settlement,
    mut writer: Writer,
) -> Result<(Bytes, Option<(Settlement, Writer)>), Broken> {
    loop {
        let next = sheet.next().await.inspect_err(|fault| {
            tracing::error!(target: "tickets::web", %fault, event = %sheet.event.id, "a sheet broke off");
        });
        let Some(rows) = next? else {
            return Ok((Bytes::from(writer.finish(&sheet)?), None));
        };
        for row in &rows {
            writer.row(&sheet, row)?;
        }
        let bytes = writer.take();
        if !bytes.is_empty() {
            return Ok((Bytes::from(bytes), Some((sheet, writer))));
        }
    }
}

/// The sheet, being written.
enum Writer {
    Json { out: Vec<u8>, first: bool },
    Sheet(Book),
}

impl Writer {
    fn new(sheet: &Settlement, format: Format) -> Result<Self, SheetError> {
        if format != Format::Json {
            let book = Book::new(format == Format::Xlsx, "Settlement", &columns(sheet))?;
            return Ok(Self::Sheet(book));
        }
        let head = serde_json::json!({
            "event_id": sheet.event.id.as_str(),
            "title": sheet.event.title,
            "currency": sheet.currency.as_str(),
        });
        let mut out = head.to_string();
        out.pop();
        out.push_str(",\"orders\":[");
        Ok(Self::Json {
            out: out.into_bytes(),
            first: true,
        })
    }

    fn row(&mut self, sheet: &Settlement, row: &SettlementRow) -> Result<(), Broken> {
        match self {
            Self::Json { out, first } => {
                if !std::mem::take(first) {
                    out.push(b',');
                }
                serde_json::to_writer(out, &SettlementOrderOut::of(row, &sheet.zone))?;
            }
            Self::Sheet(book) => {
                let mut cells = vec![
                    Cell::text(row.code.as_str()),
                    clock(row.placed_at, &sheet.zone),
                    Cell::text(row.buyer_name.as_str()),
                    Cell::text(row.status.code()),
                    Cell::text(if row.fee_passed { "buyer" } else { "organizer" }),
                ];
                cells.extend(amounts(sheet, &row.sums));
                book.row(&cells)?;
            }
        }
        Ok(())
    }

    fn take(&mut self) -> Vec<u8> {
        match self {
            Self::Json { out, .. } => std::mem::take(out),
            Self::Sheet(book) => book.take(),
        }
    }

    fn finish(self, sheet: &Settlement) -> Result<Vec<u8>, Broken> {
        match self {
            Self::Json { mut out, .. } => {
                out.extend_from_slice(b"],\"sums\":");
                serde_json::to_writer(&mut out, &SettlementSumsOut::from(&sheet.sums))?;
                out.push(b'}');
                Ok(out)
            }
            Self::Sheet(mut book) => {
                let mut cells = vec![Cell::text("Total")];
                cells.resize(5, Cell::Empty);
                cells.extend(amounts(sheet, &sheet.sums));
                book.sums(&cells)?;
                Ok(book.finish()?)
            }
        }
    }
}

fn columns(sheet: &Settlement) -> Vec<Column> {
    let money = |name: &str| column(name, 13);
    let mut columns = vec![
        column("Order", 12),
        column("Paid", 17),
        column("Buyer", 28),
        column("Status", 18),
        column("Fee borne by", 11),
        column("Tickets", 9),
        money("List price"),
        money("Discount"),
        money("Net price"),
    ];
    columns.extend(sheet.taxes.iter().map(|tax| money(tax.code())));
    columns.extend(
        [
            "Service fee",
            "Tax on the fee",
            "Paid by the buyer",
            "Refunded: tickets",
            "Refunded: taxes",
            "Refunded: fee",
            "Refunded: tax on the fee",
            "Taken back by disputes",
            "Back to the buyer in all",
        ]
        .map(money),
    );
    columns.push(column(
        format!("Organizer gets ({})", sheet.currency.as_str()),
        16,
    ));
    columns
}

fn amounts(sheet: &Settlement, sums: &SettlementSums) -> Vec<Cell<'static>> {
    let decimals = sheet.currency.decimals();
    let money = |minor| Cell::Amount { minor, decimals };
    let mut cells = vec![
        Cell::Whole(sums.tickets),
        money(sums.list_cents),
        money(-sums.discount_cents),
        money(sums.net_cents),
    ];
    let of = |tax: &TaxComponent| sums.taxes.get(tax).copied().unwrap_or_default();
    cells.extend(sheet.taxes.iter().map(|tax| money(of(tax))));
    let refunded = &sums.refunded;
    cells.extend(
        [
            sums.fee_cents,
            sums.fee_tax_cents,
            sums.total_cents,
            -refunded.net_cents,
            -refunded.tax_cents,
            -refunded.fee_cents,
            -refunded.fee_tax_cents,
            -sums.disputed_back_cents,
            -sums.back_cents,
            sums.payable_cents,
        ]
        .map(money),
    );
    cells
}
