//! Those who agreed to an organizer's news, as a file that is sent while it is read.

use super::organizers::nobody;
use super::reports::{Book, Format, Rows, clock, column, file, sending};
use crate::extract::Context;
use crate::problem::Problem;
use crate::state::WebState;
use app::Fault;
use app::buyers::{Audience, Listener, audience};
use axum::extract::State;
use axum::response::Response;
use model::time::Zone;
use sheets::{Cell, SheetError};

/// Everybody who agreed to the organizer's news and has not left, by e-mail address, as CSV.
///
/// Whoever writes to them says in each mail how to leave, and reads this list anew before each: those who
/// left are not in it any more.
#[utoipa::path(get, path = "/api/tickets/organizers/me/audience.csv", tag = "organizers",
    responses((status = 200, description = "The file.", content((Vec<u8> = "text/csv")))))]
pub async fn audience_csv(
    State(state): State<WebState>,
    Context(cx): Context,
) -> Result<Response, Problem> {
    let source = audience(&state.house, &cx).await?.ok_or_else(nobody)?;
    let columns = [
        column("E-mail", 30),
        column("Agreed", 17),
        column("Order id", 32),
    ];
    // An organizer's events may lie in several zones; the platform's own is the province's.
    let zone = Zone::parse("America/Vancouver").map_err(|e| Fault::Workshop {
        what: "the file",
        why: e.to_string(),
    })?;
    let rows = Listeners { source, zone };
    let body = sending(rows, false, "news", &columns)?;
    Ok(file(body, Format::Csv, "news"))
}

struct Listeners {
    source: Audience,
    zone: Zone,
}

impl Rows for Listeners {
    type Row = Listener;

    async fn next(&mut self) -> Result<Option<Vec<Listener>>, Fault> {
        self.source.next().await
    }

    fn write(&self, book: &mut Book, listener: &Listener) -> Result<(), SheetError> {
        book.row(&[
            Cell::text(listener.email_folded.as_str()),
            clock(listener.given_at, &self.zone),
            Cell::text(listener.order_id.as_str()),
        ])
    }
}
