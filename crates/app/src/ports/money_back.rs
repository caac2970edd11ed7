//! Money that goes back, in Stripe's words: refunds, disputes, and what happened while we did not listen.

use super::SignedEvent;
use model::dispute::DisputeStatus;
use model::ids::RefundId;
use model::time::Time;

/// A step of a refund of ours: so many cents, under the refund's id.
#[derive(Clone, Debug)]
pub struct MoneyBack {
    /// Our refund; part of the idempotency key, and kept in the metadata.
    pub refund: RefundId,
    /// Cents.
    pub cents: i64,
    /// Whether Stripe may have been asked before: then what it made is looked for first.
    pub asked_before: bool,
}

/// Where a refund is in its life.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum RefundState {
    /// Stripe has it and will send the money.
    Pending,
    /// The money is on its way to the buyer.
    Succeeded,
    /// It failed or was canceled; the money is back with us.
    Failed,
}

/// A refund at Stripe.
#[derive(Clone, Debug)]
pub struct RefundFacts {
    /// `re_…`.
    pub id: String,
    /// Where it is in its life.
    pub state: RefundState,
    /// Our own id, if we made it.
    pub ours: Option<RefundId>,
    /// The payment that it refunds, `pi_…`.
    pub intent_id: Option<String>,
    /// The charge that it refunds, `ch_…`.
    pub charge_id: Option<String>,
    /// Cents.
    pub amount_cents: i64,
    /// The reversal that Stripe made with it, `trr_…`.
    pub reversal_id: Option<String>,
}

/// What was done together with a refund that we did not make.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct RefundTrail {
    /// Cents that this refund took back from the organizer.
    pub reversed_cents: i64,
    /// Cents of our fee that all refunds of others than us gave back.
    pub foreign_fee_cents: i64,
}

/// A dispute at Stripe.
#[derive(Clone, Debug)]
pub struct DisputeFacts {
    /// `du_…`.
    pub id: String,
    /// The charge that is disputed, `ch_…`.
    pub charge_id: String,
    /// The payment that it belongs to, `pi_…`.
    pub intent_id: Option<String>,
    /// Cents that are disputed.
    pub amount_cents: i64,
    /// ISO currency code, upper case.
    pub currency: String,
    /// The bank's reason, such as `fraudulent`.
    pub reason: String,
    /// Where it stands.
    pub status: DisputeStatus,
    /// Cents that the bank has taken and not returned.
    pub withdrawn_cents: i64,
    /// Cents that Stripe charges for it.
    pub fee_cents: i64,
    /// Until when evidence can be sent.
    pub due_at: Option<Time>,
    /// When it was opened.
    pub opened_at: Time,
}

/// An event that Stripe lists.
#[derive(Clone, Debug)]
pub struct ListedEvent {
    /// Its envelope.
    pub event: SignedEvent,
    /// When it happened.
    pub created: Time,
    /// The event as JSON.
    pub payload_json: String,
}
