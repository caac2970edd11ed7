//! Who comes to an event: a page for programs, all of it as a file.

use super::{id, word};
use crate::api::iso_maybe;
use crate::api::reports::{Book, Format, Rows, clock, column, file, sending};
use crate::api::words::{EventIdText, OrderIdText, TicketIdText, TicketStatusWord, TierIdText};
use crate::extract::{Context, PathId, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::desk::{GuestSearch, Guests, list_guests, stream};
use app::records::Guest;
use app::{Cx, Fault};
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use model::ids::{EventId, TierId};
use model::ticket::TicketStatus;
use model::time::Zone;
use serde::{Deserialize, Serialize};
use sheets::{Cell, Column, SheetError};
use utoipa::{IntoParams, ToSchema};

/// How many guests stand on a page if nobody says.
const PAGE: i64 = 100;

/// What is looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GuestsSearch {
    /// The beginning of a guest's name (first or last), or a whole ticket serial or order code.
    #[param(max_length = 200)]
    pub(crate) q: Option<String>,
    /// With tickets of one tier.
    #[param(value_type = Option<TierIdText>)]
    pub(crate) tier: Option<String>,
    /// In one state; otherwise all who may come in or have.
    #[param(value_type = Option<TicketStatusWord>)]
    pub(crate) status: Option<String>,
    /// Where the page before ended: its `next_cursor`.
    #[param(max_length = 600)]
    pub(crate) cursor: Option<String>,
    /// How many at most, 1 to 500; 100 if absent.
    #[param(minimum = 1, maximum = 500)]
    pub(crate) limit: Option<i64>,
    /// The kind of file; JSON if it is left out. A sheet has everybody who may come in or has.
    #[serde(default)]
    #[param(value_type = Option<Format>)]
    pub(crate) format: Format,
}

impl GuestsSearch {
    /// What the use case is asked.
    pub(crate) fn read(self) -> Result<GuestSearch, Problem> {
        Ok(GuestSearch {
            tier: id("tier", self.tier.as_deref(), TierId::parse)?,
            status: word("status", self.status.as_deref(), TicketStatus::parse)?,
            q: self.q.unwrap_or_default(),
            cursor: self.cursor.unwrap_or_default(),
            limit: self.limit.unwrap_or(PAGE),
        })
    }
}

/// A guest: one ticket with whom it is for.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestOut {
    /// The ticket.
    #[schema(value_type = TicketIdText)]
    ticket_id: String,
    /// Its serial.
    serial: String,
    /// Whose it is.
    holder_name: String,
    /// Where it is in its life.
    #[schema(value_type = TicketStatusWord)]
    status: &'static str,
    /// The tier.
    #[schema(value_type = TierIdText)]
    tier_id: String,
    /// The tier's name when it was bought.
    tier_name: String,
    /// The order.
    #[schema(value_type = OrderIdText)]
    order_id: String,
    /// The order's code.
    order_code: String,
    /// Who bought.
    buyer_name: String,
    /// The buyer's address.
    buyer_email: String,
    /// Whether it was given away.
    given: bool,
    /// When somebody came in with it.
    #[schema(format = DateTime, required = true)]
    used_at: Option<String>,
    /// By which device.
    #[schema(required = true)]
    used_by: Option<String>,
}

impl GuestOut {
    fn of(guest: Guest, zone: &Zone) -> Self {
        Self {
            ticket_id: guest.ticket_id.into(),
            serial: guest.serial,
            holder_name: guest.holder_name,
            status: guest.status.code(),
            tier_id: guest.tier_id.into(),
            tier_name: guest.tier_name,
            order_id: guest.order_id.into(),
            order_code: guest.order_code,
            buyer_name: guest.buyer_name,
            buyer_email: guest.buyer_email,
            given: guest.source == app::checkout::GIVEN,
            used_at: iso_maybe(guest.used_at, zone),
            used_by: guest.used_by,
        }
    }
}

/// A page of guests.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestsOut {
    /// The guests, by their last names.
    guests: Vec<GuestOut>,
    /// How many tickets can admit or have admitted somebody.
    issued: i64,
    /// How many of them have.
    came: i64,
    /// What to send as `cursor` for the next page; null on the last one.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// Lists who comes to an event, or sends all of them as a sheet.
#[utoipa::path(get, path = "/api/tickets/events/{id}/guests", tag = "events",
    params(("id" = EventIdText, Path, description = "The event."), GuestsSearch),
    responses((status = 200, description = "The guests.",
        content((GuestsOut = "application/json"), (Vec<u8> = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))))]
pub async fn event_guests(
    State(state): State<WebState>,
    PathId(event): PathId<EventId>,
    Context(cx): Context,
    Search(asked): Search<GuestsSearch>,
) -> Result<Response, Problem> {
    if asked.format != Format::Json {
        return guest_sheet(&state, &cx, &event, asked.format).await;
    }
    let page = list_guests(&state.house, &cx, &event, &asked.read()?).await?;
    let zone = crate::api::zone_of(&page.event).unwrap_or_else(Zone::utc);
    let guests = page.guests.into_iter().map(|g| GuestOut::of(g, &zone));
    Ok(Json(GuestsOut {
        guests: guests.collect(),
        issued: page.issued,
        came: page.came,
        next_cursor: page.next,
    })
    .into_response())
}

/// All guests of an event as a sheet, sent while it is read.
pub(crate) async fn guest_sheet(
    state: &WebState,
    cx: &Cx,
    event: &EventId,
    format: Format,
) -> Result<Response, Problem> {
    let guests = stream(&state.house, cx, event).await?;
    let name = format!("guests-{}", guests.event.slug);
    let body = sending(guests, format == Format::Xlsx, "Guests", &columns())?;
    Ok(file(body, format, &name))
}

fn columns() -> Vec<Column> {
    vec![
        column("Guest", 28),
        column("Ticket", 18),
        column("Serial", 16),
        column("Status", 10),
        column("Checked in", 17),
        column("Checked in by", 18),
        column("Order", 12),
        column("Buyer", 28),
        column("Buyer’s e-mail", 30),
        column("Given away", 10),
    ]
}

impl Rows for Guests {
    type Row = Guest;

    async fn next(&mut self) -> Result<Option<Vec<Guest>>, Fault> {
        Self::next(self).await
    }

    fn write(&self, book: &mut Book, guest: &Guest) -> Result<(), SheetError> {
        let given = guest.source == app::checkout::GIVEN;
        book.row(&[
            Cell::text(guest.holder_name.as_str()),
            Cell::text(guest.tier_name.as_str()),
            Cell::text(guest.serial.as_str()),
            Cell::text(guest.status.code()),
            guest
                .used_at
                .map_or(Cell::Empty, |at| clock(at, &self.zone)),
            Cell::text(guest.used_by.as_deref().unwrap_or_default()),
            Cell::text(guest.order_code.as_str()),
            Cell::text(guest.buyer_name.as_str()),
            Cell::text(guest.buyer_email.as_str()),
            Cell::text(if given { "yes" } else { "" }),
        ])
    }
}
