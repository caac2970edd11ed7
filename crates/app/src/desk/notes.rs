//! Notes about an order, for those who sell and never for those who buy.

use crate::access;
use crate::cx::{Actor, Cx};
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use crate::orders::{OrderView, ShowError, show_for};
use model::ids::{NoteId, OrderId};
use model::text;
use store::order_notes::{self, Note};

/// Why a note was not written.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// There is no such order, or it is somebody else's.
    #[error("This order does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(NoteError: store::StoreError);

/// An order of the acting organizer, or any for an admin; a buyer's own is not theirs to work on.
pub(super) async fn own_order(
    house: &House,
    cx: &Cx,
    id: &OrderId,
) -> Result<Option<OrderView>, Fault> {
    if matches!(cx.actor, Actor::Buyer(_)) {
        return Ok(None);
    }
    match show_for(house, cx, id).await {
        Ok(view) => Ok(Some(view)),
        Err(ShowError::NotFound) => Ok(None),
        Err(ShowError::Fault(fault)) => Err(fault),
    }
}

/// Writes a note down.
pub async fn add_note(
    house: &House,
    cx: &mut Cx,
    id: &OrderId,
    words: &str,
) -> Result<Note, NoteError> {
    own_order(house, cx, id).await?.ok_or(NoteError::NotFound)?;
    let mut invalid = Invalid::default();
    let words = invalid.check("text", text::paragraphs(words, 4_000));
    if words.as_deref().is_some_and(str::is_empty) {
        invalid.note("text", "Write the note first.");
    }
    let Some(words) = words.filter(|_| invalid.is_fine()) else {
        return Err(NoteError::Invalid(invalid));
    };
    let note = Note {
        id: cx.mint(NoteId::mint),
        order_id: id.clone(),
        author: cx.actor.label(),
        text: words,
        created_at: cx.now,
    };
    let line = access::audit_line(cx, "order.noted", "order", id.as_str());
    let mut tx = house.write().await?;
    order_notes::insert(&mut tx, &note).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(note)
}
