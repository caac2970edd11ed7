//! A buyer asks for a refund, of everything or of some tickets.

use super::MAIL_KIND;
use crate::access;
use crate::checkout::job;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use crate::jobs::kind;
use crate::orders::{OrderView, ShowError, show_for};
use model::ids::{EmailId, OrderId, RefundRequestId, TicketId};
use model::order::OrderStatus;
use model::text;
use model::ticket::TicketStatus;
use store::emails::NewEmail;
use store::jobs::NewJob;
use store::organizers::Organizer;
use store::refund_requests::{self, Decision, RefundRequest, RequestStatus};

/// What a buyer asks for, as it came in.
#[derive(Clone, Debug, Default)]
pub struct AskRefund {
    /// The tickets, by id; none is all of them.
    pub tickets: Vec<String>,
    /// Why, for the organizer to read.
    pub message: String,
}

/// Why nothing was asked.
#[derive(Debug, thiserror::Error)]
pub enum AskRefundError {
    /// There is no such order, or it is somebody else's.
    #[error("This order does not exist, or you need its link to see it.")]
    NotFound,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nothing was sold.
    #[error("This order was not paid, so there is nothing to refund.")]
    NotSold,
    /// The organizer gives no refunds on request, or the deadline has passed.
    #[error("The organizer gives no refunds on request any more, as it said when you bought.")]
    Closed,
    /// There is one already.
    #[error("You have asked already, and the organizer has not answered yet.")]
    Open,
    /// No ticket is left that could be given back.
    #[error("None of these tickets is valid any more.")]
    NothingLeft,
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(AskRefundError: store::StoreError);

impl From<ShowError> for AskRefundError {
    fn from(error: ShowError) -> Self {
        match error {
            ShowError::NotFound => Self::NotFound,
            ShowError::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl AskRefundError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::NotSold => "not-sold",
            Self::Closed => "refunds-closed",
            Self::Open => "request-open",
            Self::NothingLeft => "nothing-left",
            Self::Fault(fault) => fault.code(),
        }
    }
}

/// The tickets and the message, read.
fn read(view: &OrderView, input: &AskRefund) -> Result<(Vec<TicketId>, String), AskRefundError> {
    let mut invalid = Invalid::default();
    let message = invalid.check("message", text::paragraphs(&input.message, 2_000));
    let mut tickets = Vec::new();
    for (at, text) in input.tickets.iter().enumerate() {
        let field = format!("tickets[{at}]");
        if let Some(ticket) = invalid.check(&field, TicketId::parse(text)) {
            if view.tickets.iter().any(|t| t.id == ticket) {
                tickets.push(ticket);
            } else {
                invalid.note(field, "This ticket is not one of the order's.");
            }
        }
    }
    tickets.sort();
    tickets.dedup();
    match message {
        Some(message) if invalid.is_fine() => Ok((tickets, message)),
        _ => Err(AskRefundError::Invalid(invalid)),
    }
}

/// Asks the organizer of an order for a refund; the buyer.
pub async fn ask(
    house: &House,
    cx: &mut Cx,
    id: &OrderId,
    input: &AskRefund,
) -> Result<RefundRequest, AskRefundError> {
    let view = show_for(house, cx, id).await?;
    let (tickets, message) = read(&view, input)?;
    if matches!(
        view.order.status,
        OrderStatus::Pending | OrderStatus::Canceled
    ) {
        return Err(AskRefundError::NotSold);
    }
    // What was promised at the sale holds, even if the organizer has shortened it since.
    let promised = [
        view.event.allow_refunds_until,
        view.order.refunds_until_shown,
    ];
    let until = promised.into_iter().flatten().max();
    if until.is_none_or(|until| cx.now > until) {
        return Err(AskRefundError::Closed);
    }
    let living = |t: &store::tickets::Ticket| {
        matches!(t.status, TicketStatus::Valid | TicketStatus::Used)
            && (tickets.is_empty() || tickets.contains(&t.id))
    };
    if !view.tickets.iter().any(living) {
        return Err(AskRefundError::NothingLeft);
    }
    let request = RefundRequest {
        id: cx.mint(RefundRequestId::mint),
        order_id: view.order.id.clone(),
        event_id: view.order.event_id.clone(),
        organizer_id: view.order.organizer_id.clone(),
        tickets,
        message,
        status: RequestStatus::Open,
        answer: String::new(),
        refund_id: None,
        decided_by: None,
        decided_at: None,
        created_at: cx.now,
        updated_at: cx.now,
    };
    let line = access::audit_line(cx, "refund.requested", "order", id.as_str());
    let mails: Vec<NewEmail> = told(cx, &request, &view.organizer).into_iter().collect();
    let send: Vec<NewJob> = mails
        .iter()
        .map(|mail| job(cx, kind::SEND_EMAIL, mail.id.as_str()))
        .collect();
    let mut tx = house.write().await?;
    if !refund_requests::insert(&mut tx, &request).await? {
        return Err(AskRefundError::Open);
    }
    store::emails::insert(&mut tx, &mails, cx.now).await?;
    store::jobs::enqueue(&mut tx, &send, cx.now).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    house.bell.notify_one();
    metrics::counter!("tickets_refund_requests").increment(1);
    Ok(request)
}

/// The mail that tells the organizer, if they have an address for questions.
fn told(cx: &mut Cx, request: &RefundRequest, organizer: &Organizer) -> Option<NewEmail> {
    let address = organizer.support_email.trim();
    (!address.is_empty()).then(|| NewEmail {
        id: cx.mint(EmailId::mint),
        kind: MAIL_KIND.to_owned(),
        order_id: Some(request.order_id.clone()),
        dedupe: format!("{MAIL_KIND}:{}", request.id),
        to_email: address.to_owned(),
        to_name: organizer.name.clone(),
    })
}

/// Takes an open request back; false if there is none. The buyer.
pub async fn withdraw(house: &House, cx: &mut Cx, id: &OrderId) -> Result<bool, AskRefundError> {
    show_for(house, cx, id).await?;
    let of_order = refund_requests::of_order(&mut *house.read().await?, id).await?;
    let Some(open) = of_order.iter().find(|r| r.status == RequestStatus::Open) else {
        return Ok(false);
    };
    let decision = Decision {
        status: RequestStatus::Withdrawn,
        answer: "",
        refund_id: None,
        decided_by: &cx.actor.label(),
    };
    let line = access::audit_line(cx, "refund.request-withdrawn", "order", id.as_str());
    let mut tx = house.write().await?;
    let done = refund_requests::decide(&mut tx, &open.id, &decision, cx.now).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    Ok(done)
}
