//! Those who agreed to an organizer's news, as a file that is sent while it is read.

use super::organizers::nobody;
use super::reports::{Book, Format, clock, column, file};
use crate::extract::Context;
use crate::problem::Problem;
use crate::state::WebState;
use app::Fault;
use app::buyers::{Audience, Listener, audience};
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::response::Response;
use futures::stream::try_unfold;
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
    let broken = |why: String| Fault::Workshop {
        what: "the file",
        why,
    };
    let book = Book::new(false, "news", &columns).map_err(|e| broken(e.to_string()))?;
    // An organizer's events may lie in several zones; the platform's own is the province's.
    let zone = Zone::parse("America/Vancouver").map_err(|e| broken(e.to_string()))?;
    let rows = try_unfold(Some((source, book)), move |state| {
        let zone = zone.clone();
        async move {
            match state {
                Some((source, book)) => piece(source, book, &zone).await.map(Some),
                None => Ok::<_, Broken>(None),
            }
        }
    });
    Ok(file(Body::from_stream(rows), Format::Csv, "news"))
}

/// What ends an answer in its middle, so that the reader sees that it is not whole.
type Broken = Box<dyn std::error::Error + Send + Sync>;

/// The next bytes, and how to go on after them.
async fn piece(
    mut source: Audience,
    mut book: Book,
    zone: &Zone,
) -> Result<(Bytes, Option<(Audience, Book)>), Broken> {
    loop {
        let next = source.next().await.inspect_err(|fault| {
            tracing::error!(target: "tickets::web", %fault, "a file broke off");
        });
        let Some(listeners) = next? else {
            return Ok((Bytes::from(book.finish()?), None));
        };
        for listener in &listeners {
            write(&mut book, listener, zone)?;
        }
        let bytes = book.take();
        if !bytes.is_empty() {
            return Ok((Bytes::from(bytes), Some((source, book))));
        }
    }
}

fn write(book: &mut Book, listener: &Listener, zone: &Zone) -> Result<(), SheetError> {
    book.row(&[
        Cell::text(listener.email_folded.as_str()),
        clock(listener.given_at, zone),
        Cell::text(listener.order_id.as_str()),
    ])
}
