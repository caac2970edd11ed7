//! Credit notes: the papers that say that a price was lowered after the sale, numbered without gaps.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{CreditNoteId, OrderId, OrganizerId, RefundId};
use model::time::Time;

words! {
    /// What a credit note says.
    CreditNoteKind {
        /// The price was lowered.
        Credit = "credit",
        /// It was not after all: the money did not arrive, or a dispute was won.
        Reversal = "reversal",
    }
}

macro_rules! columns {
    () => {
        "id, organizer_id, number, kind, refund_id, order_id, amount_cents, issued_at"
    };
}

statements! {
    INSERT = concat!("
        insert into tickets_credit_notes (", columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8)");
    BY_ID = concat!("select ", columns!(), "
        from tickets_credit_notes
        where id = $1");
    OF_ORDER = concat!("select ", columns!(), "
        from tickets_credit_notes
        where order_id = $1
        order by number");
    OF_REFUND = concat!("select ", columns!(), "
        from tickets_credit_notes
        where refund_id = $1
        order by number");
}

/// A credit note.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CreditNote {
    pub id: CreditNoteId,
    pub organizer_id: OrganizerId,
    /// Its number in the organizer's own series, from 1, without gaps.
    pub number: i64,
    pub kind: CreditNoteKind,
    pub refund_id: RefundId,
    pub order_id: OrderId,
    /// What the buyer gets (or does not get after all), in cents.
    pub amount_cents: i64,
    pub issued_at: Time,
}

fn note(row: &Row) -> Result<CreditNote, StoreError> {
    Ok(CreditNote {
        id: row.parsed("id", CreditNoteId::parse)?,
        organizer_id: row.parsed("organizer_id", OrganizerId::parse)?,
        number: row.int("number")?,
        kind: row.word("kind", CreditNoteKind::parse)?,
        refund_id: row.parsed("refund_id", RefundId::parse)?,
        order_id: row.parsed("order_id", OrderId::parse)?,
        amount_cents: row.int("amount_cents")?,
        issued_at: row.time("issued_at")?,
    })
}

/// Writes a credit note whose number was taken in the same transaction.
pub async fn insert(tx: &mut WriteTx, n: &CreditNote) -> Result<(), StoreError> {
    let args = args![
        n.id.as_str(),
        n.organizer_id.as_str(),
        n.number,
        n.kind.code(),
        n.refund_id.as_str(),
        n.order_id.as_str(),
        n.amount_cents,
        n.issued_at,
    ];
    tx.run_one(&INSERT, args).await
}

/// The credit note of an id.
pub async fn by_id(s: &mut Session, id: &CreditNoteId) -> Result<Option<CreditNote>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(note)
        .transpose()
}

/// The credit notes of an order, by number.
pub async fn of_order(s: &mut Session, order: &OrderId) -> Result<Vec<CreditNote>, StoreError> {
    s.rows(&OF_ORDER, args![order.as_str()])
        .await?
        .iter()
        .map(note)
        .collect()
}

/// The credit notes of a refund: one, and perhaps the one that takes it back.
pub async fn of_refund(s: &mut Session, refund: &RefundId) -> Result<Vec<CreditNote>, StoreError> {
    s.rows(&OF_REFUND, args![refund.as_str()])
        .await?
        .iter()
        .map(note)
        .collect()
}
