//! Asking for a refund: an organizer within the event's own deadline, an admin beyond it with a reason.

use super::locked::{Locked, lock_order};
use super::take::{Wish, take};
use super::view::{RefundView, preview, rates_of, views};
use crate::access;
use crate::checkout::job;
use crate::cx::{Actor, Cx};
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use crate::jobs::kind;
use model::ids::{ItemId, OrderId, TicketId};
use model::order::OrderStatus;
use model::refund::{Ask, FeePolicy, RefundOrigin, RefundPlan, RefundRefusal, RefundStatus, plan};
use model::text;
use store::WriteTx;

/// What is asked for, as it came in.
#[derive(Clone, Debug, Default)]
pub struct RefundOrder {
    /// Single tickets.
    pub tickets: Option<Vec<String>>,
    /// Lines of the order, with how many tickets of each.
    pub items: Option<Vec<(String, i64)>>,
    /// An amount in cents.
    pub amount_cents: Option<i64>,
    /// Why, in a few words; the buyer reads it.
    pub reason: String,
    /// More, for ourselves.
    pub note: String,
    /// Only say what would go back.
    pub preview: bool,
    /// Leave the tickets valid.
    pub keep_tickets: bool,
    /// Do not put the places back on sale.
    pub keep_places: bool,
    /// Give our fee back as well (admins).
    pub return_fee: bool,
    /// Refund though the deadline has passed (admins, with a reason).
    pub override_deadline: bool,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum RefundAsked {
    /// What would go back.
    Preview(RefundView),
    /// It is decided and on its way.
    Taken(RefundView),
}

/// Why nothing goes back.
#[derive(Debug, thiserror::Error)]
pub enum RefundError {
    /// There is no such order, or it is somebody else's.
    #[error("This order does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nothing was sold.
    #[error("This order was not paid, so there is nothing to refund.")]
    NotSold,
    /// The organizer's own deadline has passed.
    #[error("This event's refunds ended. Ask us to make an exception.")]
    Closed,
    /// The buyer's bank has taken the money back already.
    #[error("The buyer disputes this payment with their bank; a refund now would pay them twice.")]
    Disputed,
    /// As the plan says.
    #[error("{0}")]
    Refused(RefundRefusal),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(RefundError: store::StoreError);

impl RefundError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::NotSold => "not-sold",
            Self::Closed => "refunds-closed",
            Self::Disputed => "disputed",
            Self::Refused(refusal) => refusal.code(),
            Self::Fault(fault) => fault.code(),
        }
    }
}

/// What was asked for, read.
struct Read {
    ask: Ask,
    fee: FeePolicy,
    reason: String,
    note: String,
}

/// Plans a refund and, unless it is a preview, takes it and has it made.
pub async fn ask(
    house: &House,
    cx: &mut Cx,
    id: &OrderId,
    input: &RefundOrder,
) -> Result<RefundAsked, RefundError> {
    let read = read(input, &cx.actor)?;
    allowed(house, cx, id).await?;
    let mut tx = house.write().await?;
    let locked = lock_order(&mut tx, id)
        .await?
        .ok_or(RefundError::NotFound)?;
    open(&mut tx, cx, &locked, input).await?;
    let plan = plan(&locked.refundable, &read.ask, read.fee).map_err(RefundError::Refused)?;
    if input.preview {
        let parts = store::tickets::parts_of_order(&mut tx, id).await?;
        let mut view = preview(&plan, &rates_of(&parts)?);
        if input.keep_tickets {
            view.tickets.clear();
        }
        return Ok(RefundAsked::Preview(view));
    }
    let view = taken(&mut tx, cx, &locked, &plan, read, input).await?;
    tx.commit().await.map_err(Fault::from)?;
    house.bell.notify_one();
    metrics::counter!("tickets_refunds_asked").increment(1);
    Ok(RefundAsked::Taken(view))
}

async fn taken(
    tx: &mut WriteTx,
    cx: &mut Cx,
    locked: &Locked,
    plan: &RefundPlan,
    read: Read,
    input: &RefundOrder,
) -> Result<RefundView, Fault> {
    let wish = Wish {
        restock: !input.keep_places,
        keep_tickets: input.keep_tickets,
        ..Wish::new(RefundOrigin::Asked, &read.reason, &read.note)
    };
    let refund = take(tx, cx, locked, plan, wish).await?;
    if refund.status == RefundStatus::Planned {
        let job = job(cx, kind::MAKE_REFUND, refund.id.as_str());
        store::jobs::enqueue(tx, &[job], cx.now).await?;
    }
    let mut line = access::audit_line(cx, "order.refunded", "order", locked.order.id.as_str());
    line.meta_json = serde_json::json!({
        "refund": refund.id.as_str(), "amount_cents": refund.amount_cents, "reason": refund.reason,
        "override": input.override_deadline, "return_fee": input.return_fee,
    })
    .to_string();
    store::audit::write(tx, &[line], cx.now).await?;
    let views = views(tx, &locked.order.id).await?;
    let own = views
        .into_iter()
        .find(|v| v.refund.as_ref().is_some_and(|r| r.id == refund.id));
    own.ok_or_else(|| Fault::Inconsistent(format!("refund {} is gone", refund.id)))
}

/// Whether the actor may refund this order at all: its organizer, or an admin.
async fn allowed(house: &House, cx: &Cx, id: &OrderId) -> Result<(), RefundError> {
    if matches!(cx.actor, Actor::Admin(_) | Actor::System) {
        return Ok(());
    }
    let own = access::own_organizer(house, cx)
        .await?
        .ok_or(RefundError::NotFound)?;
    let order = store::orders::by_id(&mut *house.read().await?, id).await?;
    order
        .filter(|o| o.organizer_id == own.id)
        .map(drop)
        .ok_or(RefundError::NotFound)
}

/// What speaks against any refund of the order now.
async fn open(
    tx: &mut WriteTx,
    cx: &Cx,
    locked: &Locked,
    input: &RefundOrder,
) -> Result<(), RefundError> {
    if matches!(
        locked.order.status,
        OrderStatus::Pending | OrderStatus::Canceled
    ) {
        return Err(RefundError::NotSold);
    }
    let event = store::events::by_id(tx, &locked.order.event_id).await?;
    let deadline = event.and_then(|e| e.allow_refunds_until);
    let admins_word = input.override_deadline && matches!(cx.actor, Actor::Admin(_));
    if deadline.is_some_and(|until| cx.now > until) && !admins_word {
        return Err(RefundError::Closed);
    }
    if store::disputes::any_open(tx, &locked.order.id).await? {
        return Err(RefundError::Disputed);
    }
    Ok(())
}

fn read(input: &RefundOrder, actor: &Actor) -> Result<Read, RefundError> {
    let mut invalid = Invalid::default();
    let chosen = [
        input.tickets.is_some(),
        input.items.is_some(),
        input.amount_cents.is_some(),
    ];
    if chosen.into_iter().filter(|c| *c).count() > 1 {
        invalid.note(
            "tickets",
            "Choose tickets, items or an amount, not several.",
        );
    }
    let ask = what(input, &mut invalid);
    let reason = invalid.check("reason", text::optional_line(&input.reason, 200));
    let note = invalid.check("note", text::paragraphs(&input.note, 2_000));
    let admin = matches!(actor, Actor::Admin(_));
    for (field, given) in [
        ("override", input.override_deadline),
        ("return_fee", input.return_fee),
    ] {
        if given && !admin {
            invalid.note(field, "Only an admin can decide this.");
        }
    }
    if input.override_deadline && reason.as_deref().is_none_or(str::is_empty) {
        invalid.note("reason", "Say why the deadline does not count this time.");
    }
    match (ask, reason, note) {
        (Some(ask), Some(reason), Some(note)) if invalid.is_fine() => Ok(Read {
            ask,
            fee: if input.return_fee {
                FeePolicy::Return
            } else {
                FeePolicy::Keep
            },
            reason,
            note,
        }),
        _ => Err(RefundError::Invalid(invalid)),
    }
}

fn what(input: &RefundOrder, invalid: &mut Invalid) -> Option<Ask> {
    if let Some(tickets) = &input.tickets {
        let ids = tickets.iter().enumerate();
        let ids: Vec<TicketId> = ids
            .filter_map(|(at, id)| invalid.check(&format!("tickets[{at}]"), TicketId::parse(id)))
            .collect();
        if ids.is_empty() {
            invalid.note("tickets", "Choose at least one ticket.");
        }
        return Some(Ask::Tickets(ids));
    }
    if let Some(items) = &input.items {
        let lines = items.iter().enumerate();
        let lines: Vec<(ItemId, i64)> = lines
            .filter_map(|(at, (id, qty))| {
                let id = invalid.check(&format!("items[{at}].id"), ItemId::parse(id))?;
                Some((id, *qty))
            })
            .collect();
        if lines.is_empty() {
            invalid.note("items", "Choose at least one line.");
        }
        return Some(Ask::Items(lines));
    }
    match input.amount_cents {
        Some(cents) if cents < 1 => {
            invalid.note("amount_cents", "Write at least 1 cent.");
            None
        }
        Some(cents) => Some(Ask::Amount(cents)),
        None => Some(Ask::Everything),
    }
}
