//! An organizer answers a request: money back, or a sentence why not.

use super::list::show_for;
use crate::access;
use crate::checkout::job;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use crate::jobs::kind;
use crate::refunds::{self, RefundAsked, RefundError, RefundOrder, RefundView};
use model::ids::{EmailId, RefundRequestId};
use model::text;
use store::emails::NewEmail;
use store::refund_requests::{self, Decision, RefundRequest, RequestStatus};

/// Why a request was not answered.
#[derive(Debug, thiserror::Error)]
pub enum DecideError {
    /// There is no such request, or it is somebody else's.
    #[error("This request does not exist.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// It was answered before.
    #[error("This request has been answered already.")]
    Decided,
    /// The refund is not possible.
    #[error(transparent)]
    Refund(#[from] RefundError),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(DecideError: store::StoreError);

impl DecideError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Decided => "request-decided",
            Self::Refund(error) => error.code(),
            Self::Fault(fault) => fault.code(),
        }
    }
}

async fn open(house: &House, cx: &Cx, id: &RefundRequestId) -> Result<RefundRequest, DecideError> {
    let request = show_for(house, cx, id)
        .await?
        .ok_or(DecideError::NotFound)?;
    if request.status == RequestStatus::Open {
        Ok(request)
    } else {
        Err(DecideError::Decided)
    }
}

/// Says no, with a sentence that is mailed to the buyer.
pub async fn decline(
    house: &House,
    cx: &mut Cx,
    id: &RefundRequestId,
    answer: &str,
) -> Result<RefundRequest, DecideError> {
    let request = open(house, cx, id).await?;
    let mut invalid = Invalid::default();
    let answer = invalid.check("answer", text::paragraphs(answer, 1_000));
    if answer.as_deref().is_some_and(str::is_empty) {
        invalid.note("answer", "Write a sentence for the buyer: why not?");
    }
    let Some(answer) = answer.filter(|_| invalid.is_fine()) else {
        return Err(DecideError::Invalid(invalid));
    };
    let order = store::orders::by_id(&mut *house.read().await?, &request.order_id).await?;
    let order = order
        .ok_or_else(|| Fault::Inconsistent(format!("request {} is of no order", request.id)))?;
    let email = NewEmail {
        id: cx.mint(EmailId::mint),
        kind: "refund_declined".to_owned(),
        order_id: Some(order.id.clone()),
        dedupe: format!("refund_declined:{}", request.id),
        to_email: order.buyer_email.clone(),
        to_name: order.buyer_name.clone(),
    };
    let send = job(cx, kind::SEND_EMAIL, email.id.as_str());
    let line = access::audit_line(cx, "refund.declined", "order", order.id.as_str());
    let by = cx.actor.label();
    let decision = Decision {
        status: RequestStatus::Declined,
        answer: &answer,
        refund_id: None,
        decided_by: &by,
    };
    let mut tx = house.write().await?;
    if !refund_requests::decide(&mut tx, id, &decision, cx.now).await? {
        return Err(DecideError::Decided);
    }
    store::emails::insert(&mut tx, &[email], cx.now).await?;
    store::jobs::enqueue(&mut tx, &[send], cx.now).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    house.bell.notify_one();
    shown(house, cx, id).await
}

/// Gives the money back that was asked for, or what `input` says instead; only previewed if it says so.
///
/// The refund and the answer are two transactions: the refund is what matters, and a request whose
/// refund was made stays open at worst, where its order shows that nothing is left to give.
pub async fn approve(
    house: &House,
    cx: &mut Cx,
    id: &RefundRequestId,
    input: RefundOrder,
) -> Result<RefundAsked, DecideError> {
    let request = open(house, cx, id).await?;
    let chosen = input.tickets.is_some() || input.items.is_some() || input.amount_cents.is_some();
    let tickets = request.tickets.iter().map(ToString::to_string);
    let input = RefundOrder {
        tickets: if chosen || request.tickets.is_empty() {
            input.tickets
        } else {
            Some(tickets.collect())
        },
        ..input
    };
    let asked = refunds::ask(house, cx, &request.order_id, &input).await?;
    if let RefundAsked::Taken(view) = &asked {
        approved(house, cx, id, view).await?;
    }
    Ok(asked)
}

/// Marks a request as answered by a refund.
async fn approved(
    house: &House,
    cx: &Cx,
    id: &RefundRequestId,
    view: &RefundView,
) -> Result<(), Fault> {
    let by = cx.actor.label();
    let decision = Decision {
        status: RequestStatus::Approved,
        answer: "",
        refund_id: view.refund.as_ref().map(|r| &r.id),
        decided_by: &by,
    };
    let mut tx = house.write().await?;
    refund_requests::decide(&mut tx, id, &decision, cx.now).await?;
    Ok(tx.commit().await?)
}

async fn shown(house: &House, cx: &Cx, id: &RefundRequestId) -> Result<RefundRequest, DecideError> {
    show_for(house, cx, id).await?.ok_or(DecideError::NotFound)
}
