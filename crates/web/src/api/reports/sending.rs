//! A sheet that is sent while it is read: the answer begins at once, and no more of it is in memory than a page
//! of rows.

use super::book::Book;
use app::Fault;
use axum::body::{Body, Bytes};
use futures::stream::try_unfold;
use sheets::{Column, SheetError};

/// What a sheet is filled from.
pub(crate) trait Rows: Send + 'static {
    /// One of them; it may become several rows of the sheet.
    type Row: Send + Sync;

    /// The next of them; `None` after the last.
    fn next(&mut self) -> impl Future<Output = Result<Option<Vec<Self::Row>>, Fault>> + Send;

    /// Writes one into the sheet.
    fn write(&self, book: &mut Book, row: &Self::Row) -> Result<(), SheetError>;
}

/// What ends an answer in its middle, so that the reader sees that it is not whole.
type Broken = Box<dyn std::error::Error + Send + Sync>;

/// The body of a sheet: a workbook, or CSV. `title` names it inside of a workbook, and in the log if it breaks off.
pub(crate) fn sending(
    rows: impl Rows,
    xlsx: bool,
    title: &'static str,
    columns: &[Column],
) -> Result<Body, Fault> {
    let book = Book::new(xlsx, title, columns).map_err(|e| Fault::Workshop {
        what: "the file",
        why: e.to_string(),
    })?;
    let pieces = try_unfold(Some((rows, book)), move |state| async move {
        match state {
            Some((rows, book)) => piece(rows, book, title).await.map(Some),
            None => Ok::<_, Broken>(None),
        }
    });
    Ok(Body::from_stream(pieces))
}

/// The next bytes, and how to go on after them.
async fn piece<R: Rows>(
    mut rows: R,
    mut book: Book,
    title: &str,
) -> Result<(Bytes, Option<(R, Book)>), Broken> {
    loop {
        let next = rows.next().await.inspect_err(|fault| {
            tracing::error!(target: "tickets::web", %fault, title, "a file broke off");
        });
        let Some(found) = next? else {
            return Ok((Bytes::from(book.finish()?), None));
        };
        for row in &found {
            rows.write(&mut book, row)?;
        }
        let bytes = book.take();
        if !bytes.is_empty() {
            return Ok((Bytes::from(bytes), Some((rows, book))));
        }
    }
}
