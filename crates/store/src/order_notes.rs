//! What organizers write down about orders. Notes are added and read, never changed.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::{args, statement::statements};
use model::ids::{NoteId, OrderId};
use model::time::Time;

statements! {
    INSERT = "
        insert into tickets_order_notes (id, order_id, author, text, created_at)
        values ($1, $2, $3, $4, $5)";
    OF_ORDER = "
        select id, order_id, author, text, created_at
        from tickets_order_notes
        where order_id = $1
        order by created_at, id";
}

/// A note.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Note {
    pub id: NoteId,
    pub order_id: OrderId,
    /// Who wrote it, as the audit trail names them.
    pub author: String,
    pub text: String,
    pub created_at: Time,
}

fn note(row: &Row) -> Result<Note, StoreError> {
    Ok(Note {
        id: row.parsed("id", NoteId::parse)?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        author: row.text("author")?,
        text: row.text("text")?,
        created_at: row.time("created_at")?,
    })
}

/// Writes a note down.
pub async fn insert(tx: &mut WriteTx, n: &Note) -> Result<(), StoreError> {
    let args = args![
        n.id.as_str(),
        n.order_id.as_str(),
        &n.author,
        &n.text,
        n.created_at,
    ];
    tx.run_one(&INSERT, args).await
}

/// The notes about an order, oldest first.
pub async fn of_order(s: &mut Session, order: &OrderId) -> Result<Vec<Note>, StoreError> {
    s.rows(&OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(note)
        .collect()
}
