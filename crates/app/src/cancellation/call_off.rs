//! The decision: what it would give back, and the step that cannot be taken back.

use super::progress::{CancellationView, view};
use crate::access;
use crate::catalogue;
use crate::checkout::job;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use crate::jobs::kind;
use model::ids::EventId;
use model::text;
use store::cancellations::Totals;

/// What is asked for, as it came in.
#[derive(Clone, Debug, Default)]
pub struct CallOff {
    /// What buyers are told.
    pub note: String,
    /// Only say what would go back.
    pub preview: bool,
    /// Said in so many words, since it cannot be undone.
    pub confirm: bool,
}

/// What would go back. Amounts are in cents.
pub type Preview = Totals;

/// What came of it.
#[derive(Clone, Debug)]
pub enum CalledOff {
    /// What would go back.
    Preview(Preview),
    /// The event is called off, now or before, and its orders are being refunded.
    Under(CancellationView),
}

/// Why an event was not called off.
#[derive(Debug, thiserror::Error)]
pub enum CallOffError {
    /// There is no such event, or it is somebody else's.
    #[error("This event does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(CallOffError: store::StoreError);

/// Calls an event off, or says what that would give back. Doing it twice is doing it once.
pub async fn call_off(
    house: &House,
    cx: &mut Cx,
    id: &EventId,
    input: &CallOff,
) -> Result<CalledOff, CallOffError> {
    let event = access::own_event(house, cx, id).await?;
    event.ok_or(CallOffError::NotFound)?;
    let mut invalid = Invalid::default();
    let note = invalid.check("note", text::paragraphs(&input.note, 2_000));
    if !input.preview && !input.confirm {
        invalid.note(
            "confirm",
            "Calling an event off cannot be undone: look at the preview, then say “confirm”: true.",
        );
    }
    let Some(note) = note.filter(|_| invalid.is_fine()) else {
        return Err(CallOffError::Invalid(invalid));
    };
    let totals = store::cancellations::totals(&mut *house.read().await?, id).await?;
    if input.preview {
        return Ok(CalledOff::Preview(totals));
    }
    let by = cx.actor.label();
    let mut tx = house.write().await?;
    if store::events::call_off(&mut tx, id, cx.now).await? {
        store::cancellations::insert(&mut tx, id, &by, &note, cx.now).await?;
        let work = job(cx, kind::CANCEL_EVENT, id.as_str());
        store::jobs::enqueue(&mut tx, &[work], cx.now).await?;
        let mut line = access::audit_line(cx, "event.called_off", "event", id.as_str());
        line.meta_json = serde_json::json!({
            "orders": totals.orders, "amount_cents": totals.amount_cents,
        })
        .to_string();
        store::audit::write(&mut tx, &[line], cx.now).await?;
        tx.commit().await?;
        house.bell.notify_one();
        metrics::counter!("tickets_events_called_off").increment(1);
    }
    catalogue::forget(house, id);
    let view = view(&mut *house.read().await?, id).await?;
    let view = view.ok_or_else(|| {
        Fault::Inconsistent(format!("event {id} is canceled without a cancellation"))
    })?;
    Ok(CalledOff::Under(view))
}
