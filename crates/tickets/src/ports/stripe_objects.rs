//! Stripe's objects, said in the words of `app`.

use app::ports::{
    AccountFacts, CheckoutSession, DisputeFacts, PaymentFacts, PaymentsError, RefundFacts,
    RefundState, SessionState, SessionTax,
};
use model::dispute::DisputeStatus;
use model::ids::RefundId;
use model::organizer::OrganizerStatus;
use model::time::Time;
use stripe::ErrorKind;
use stripe::objects::{
    Account, AutomaticTax, Dispute, DisputeStatus as Stand, PaymentIntent, Refund, RefundStatus,
    Session, SessionStatus, TotalDetails,
};

/// What an error of the client means for us.
pub(super) fn failed(error: &stripe::Error) -> PaymentsError {
    match &error.kind {
        ErrorKind::Throttled { retry_after } => PaymentsError::Busy {
            retry_after_s: i64::try_from(retry_after.as_secs()).unwrap_or(60).max(1),
        },
        ErrorKind::RateLimited { retry_after, .. } => {
            let wait = retry_after.map_or(5, |d| i64::try_from(d.as_secs()).unwrap_or(60));
            PaymentsError::Busy {
                retry_after_s: wait.max(1),
            }
        }
        ErrorKind::NotFound { .. } => PaymentsError::NotFound,
        ErrorKind::InvalidRequest { code, message, .. } => PaymentsError::Refused {
            code: code.clone().unwrap_or_else(|| "invalid_request".to_owned()),
            message: message.clone(),
        },
        ErrorKind::Card { code, message, .. } => PaymentsError::Refused {
            code: code.clone().unwrap_or_else(|| "card_error".to_owned()),
            message: message.clone(),
        },
        ErrorKind::Idempotency { message } => PaymentsError::Refused {
            code: "idempotency_error".to_owned(),
            message: message.clone(),
        },
        ErrorKind::Authentication { .. }
        | ErrorKind::Permission { .. }
        | ErrorKind::Conflict { .. }
        | ErrorKind::Api { .. }
        | ErrorKind::Network { .. }
        | ErrorKind::Decode { .. } => PaymentsError::Unavailable(error.to_string()),
    }
}

fn odd(what: &str) -> PaymentsError {
    PaymentsError::Unavailable(format!("Stripe's answer lacks {what}"))
}

/// An account's readiness: `not_started → in_progress → pending → active`, or `restricted` (STRIPE.md 2.1).
pub(super) fn account(account: &Account) -> AccountFacts {
    let closed = account
        .requirements
        .disabled_reason
        .as_deref()
        .is_some_and(|r| r.starts_with("rejected"));
    let overdue = !account.requirements.past_due.is_empty();
    let status = if closed || (overdue && account.details_submitted) {
        OrganizerStatus::Restricted
    } else if account.can_receive_transfers() {
        OrganizerStatus::Active
    } else if !account.details_submitted {
        OrganizerStatus::InProgress
    } else if account.requirements.disabled_reason.is_some()
        && account.requirements.pending_verification.is_empty()
    {
        OrganizerStatus::Restricted
    } else {
        OrganizerStatus::Pending
    };
    AccountFacts {
        id: account.id.clone(),
        status,
        raw_json: account.raw.to_string(),
    }
}

/// A payment page with its payment.
pub(super) fn session(session: Session) -> Result<CheckoutSession, PaymentsError> {
    let settled = session.is_settled();
    let state = match session.status {
        Some(SessionStatus::Open) => SessionState::Open,
        Some(SessionStatus::Expired) => SessionState::Expired,
        Some(SessionStatus::Complete) if settled => SessionState::Paid,
        // Completed and unpaid, or a status that we do not know yet: money may be on its way.
        _ => SessionState::Processing,
    };
    let intent = session.payment_intent.as_ref().and_then(|e| e.object());
    let payment = match (state, intent) {
        (SessionState::Paid, Some(intent)) => Some(payment(intent)?),
        (SessionState::Paid, None) => return Err(odd("the payment of a paid page")),
        _ => None,
    };
    Ok(CheckoutSession {
        state,
        url: session.url,
        order_id: session
            .metadata
            .get("order_id")
            .cloned()
            .or(session.client_reference_id),
        total_cents: session.amount_total.ok_or_else(|| odd("a page's amount"))?,
        currency: session.currency.unwrap_or_default().to_ascii_uppercase(),
        tax: session_tax(
            session.automatic_tax.as_ref(),
            session.total_details.as_ref(),
        ),
        expires_at: Time::from_seconds(session.expires_at),
        last_error: intent
            .and_then(|i| i.last_payment_error.as_ref())
            .and_then(|e| e.message.clone()),
        id: session.id,
        payment,
    })
}

fn session_tax(asked: Option<&AutomaticTax>, sums: Option<&TotalDetails>) -> Option<SessionTax> {
    let asked = asked.filter(|tax| tax.enabled)?;
    Some(SessionTax {
        cents: sums.map_or(0, |sums| sums.amount_tax),
        liable: asked.liability.as_ref().and_then(|l| l.account.clone()),
    })
}

fn payment(intent: &PaymentIntent) -> Result<PaymentFacts, PaymentsError> {
    let charge = intent
        .latest_charge
        .as_ref()
        .and_then(|e| e.object())
        .ok_or_else(|| odd("a payment's charge"))?;
    Ok(PaymentFacts {
        intent_id: intent.id.clone(),
        charge_id: Some(charge.id.clone()),
        transfer_id: charge.transfer.as_ref().map(|e| e.id().to_owned()),
        application_fee_id: charge.application_fee.as_ref().map(|e| e.id().to_owned()),
        amount_cents: intent.amount_received,
        application_fee_cents: intent.application_fee_amount.unwrap_or_default(),
        currency: intent.currency.to_ascii_uppercase(),
        livemode: intent.livemode,
        card: charge
            .payment_method_details
            .as_ref()
            .and_then(|details| details.card.as_ref())
            .and_then(card)
            .unwrap_or_default(),
    })
}

/// `Visa ending in 4242`: as much of a card as may be shown.
fn card(card: &stripe::objects::Card) -> Option<String> {
    let last4 = card
        .last4
        .as_deref()
        .filter(|digits| digits.len() == 4 && digits.bytes().all(|digit| digit.is_ascii_digit()))?;
    let brand = match card.brand.as_deref().unwrap_or_default() {
        "visa" => "Visa",
        "mastercard" => "Mastercard",
        "amex" => "American Express",
        "discover" => "Discover",
        "diners" => "Diners Club",
        "jcb" => "JCB",
        "unionpay" => "UnionPay",
        "interac" => "Interac",
        _ => "Card",
    };
    Some(format!("{brand} ending in {last4}"))
}

/// A refund's state; one that we do not know yet counts as pending and is read again.
pub(super) fn refund(refund: &Refund) -> RefundFacts {
    let state = match &refund.status {
        Some(RefundStatus::Succeeded) => RefundState::Succeeded,
        Some(RefundStatus::Failed | RefundStatus::Canceled) => RefundState::Failed,
        _ => RefundState::Pending,
    };
    RefundFacts {
        id: refund.id.clone(),
        state,
        ours: refund
            .metadata
            .get("refund_id")
            .and_then(|id| RefundId::parse(id).ok()),
        intent_id: refund.payment_intent.as_ref().map(|e| e.id().to_owned()),
        charge_id: refund.charge.as_ref().map(|e| e.id().to_owned()),
        amount_cents: refund.amount,
        reversal_id: refund.transfer_reversal.as_ref().map(|e| e.id().to_owned()),
    }
}

/// A dispute. What the bank took is what its movements add up to; their fees are what Stripe charges.
pub(super) fn dispute(dispute: &Dispute) -> DisputeFacts {
    let status = match &dispute.status {
        Stand::WarningNeedsResponse | Stand::WarningUnderReview => DisputeStatus::Inquiry,
        Stand::UnderReview | Stand::AppealUnderReview => DisputeStatus::UnderReview,
        Stand::Won => DisputeStatus::Won,
        Stand::Lost => DisputeStatus::Lost,
        Stand::WarningClosed | Stand::Prevented => DisputeStatus::Closed,
        // One that we do not know yet waits for somebody: better looked at than overlooked.
        _ => DisputeStatus::NeedsResponse,
    };
    let moved: i64 = dispute.balance_transactions.iter().map(|t| t.amount).sum();
    let fees: i64 = dispute.balance_transactions.iter().map(|t| t.fee).sum();
    DisputeFacts {
        id: dispute.id.clone(),
        charge_id: dispute.charge.id().to_owned(),
        intent_id: dispute.payment_intent.as_ref().map(|e| e.id().to_owned()),
        amount_cents: dispute.amount,
        currency: dispute.currency.to_ascii_uppercase(),
        reason: dispute.reason.clone(),
        status,
        withdrawn_cents: (-moved).max(0),
        fee_cents: fees.max(0),
        due_at: dispute.evidence_details.due_by.map(Time::from_seconds),
        opened_at: Time::from_seconds(dispute.created),
    }
}
