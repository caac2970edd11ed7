//! Stripe's own books, as Stripe offers them for reading: movements of balances, and payouts.

use super::payments::PaymentsError;
use async_trait::async_trait;
use model::time::Time;

/// A page of a list, newest first.
#[derive(Clone, Debug)]
pub struct Listed<T> {
    /// What is on the page.
    pub items: Vec<T>,
    /// What to ask for the next page with; `None` on the last.
    pub next: Option<String>,
}

/// A movement of a balance. Amounts in cents, signed as Stripe signs them.
#[derive(Clone, Debug)]
pub struct MovementFacts {
    /// `txn_…`.
    pub id: String,
    /// Stripe's type, such as `charge`.
    pub kind: String,
    /// The id of what caused it; empty for Stripe's own invoices.
    pub source: String,
    /// Before the fee.
    pub amount_cents: i64,
    /// What was kept of it: by Stripe, or on an organizer's account by us.
    pub fee_cents: i64,
    /// What arrived.
    pub net_cents: i64,
    /// ISO currency code, upper case.
    pub currency: String,
    /// When it was made.
    pub at: Time,
    /// When it can be paid out.
    pub available_at: Time,
    /// What it leads to.
    pub leads_to: LeadsTo,
}

/// The objects that a movement's cause names, by which it is traced to a payment.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct LeadsTo {
    /// `ch_…`; on an organizer's account `py_…`, what a transfer became there.
    pub charge: Option<String>,
    /// `tr_…`.
    pub transfer: Option<String>,
    /// `trr_…`.
    pub reversal: Option<String>,
    /// `fee_…`.
    pub application_fee: Option<String>,
}

/// Where a payout is in its life.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum PayoutState {
    /// Stripe has it and has not sent it.
    Pending,
    /// It is on its way.
    InTransit,
    /// The bank has it.
    Paid,
    /// It came back.
    Failed,
    /// It was called off.
    Canceled,
}

/// A payout from an organizer's balance.
#[derive(Clone, Debug)]
pub struct PayoutFacts {
    /// `po_…`.
    pub id: String,
    /// Cents.
    pub amount_cents: i64,
    /// ISO currency code, upper case.
    pub currency: String,
    /// Where it is in its life.
    pub state: PayoutState,
    /// Whether a schedule made it.
    pub automatic: bool,
    /// Whether Stripe knows by now what it is made of.
    pub itemized: bool,
    /// Why it came back.
    pub failure_code: Option<String>,
    /// When the bank is expected to have it.
    pub arrival_at: Time,
    /// When it was made.
    pub created_at: Time,
}

/// Stripe's own books.
#[async_trait]
pub trait Books: Send + Sync {
    /// A page of the movements of our own balance since a time.
    async fn movements(
        &self,
        since: Time,
        after: Option<&str>,
    ) -> Result<Listed<MovementFacts>, PaymentsError>;
    /// A page of the movements of an organizer's balance since a time.
    async fn movements_of(
        &self,
        account: &str,
        since: Time,
        after: Option<&str>,
    ) -> Result<Listed<MovementFacts>, PaymentsError>;
    /// A page of an organizer's payouts since a time.
    async fn payouts(
        &self,
        account: &str,
        since: Time,
        after: Option<&str>,
    ) -> Result<Listed<PayoutFacts>, PaymentsError>;
    /// A payout as it is now.
    async fn payout(&self, account: &str, payout: &str) -> Result<PayoutFacts, PaymentsError>;
    /// A page of the movements that a payout is made of, its own among them.
    async fn payout_movements(
        &self,
        account: &str,
        payout: &str,
        after: Option<&str>,
    ) -> Result<Listed<MovementFacts>, PaymentsError>;
}
