//! Money, as Stripe offers it: accounts, payment pages, payments. Its words for what goes back stand in
//! `money_back`.

use super::money_back::{DisputeFacts, ListedEvent, MoneyBack, RefundFacts, RefundTrail};
use super::pay_out::PayOut;
use async_trait::async_trait;
use model::ids::{DisbursementId, OrderId, OrganizerId};
use model::money::Ppm;
use model::organizer::OrganizerStatus;
use model::time::Time;
use serde::Serialize;

/// Why Stripe did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum PaymentsError {
    /// Too many of our calls are waiting for their turn (Stripe allows 25 a second).
    #[error("too many calls are waiting for Stripe")]
    Busy {
        /// Seconds after which to try again.
        retry_after_s: i64,
    },
    /// Stripe cannot be reached or failed; whether the call took effect may be unknown.
    #[error("Stripe is not available: {0}")]
    Unavailable(String),
    /// Stripe understood and said no; asking the same again gives the same answer.
    #[error("Stripe refused: {message}")]
    Refused {
        /// Stripe's code, such as `charge_already_refunded`.
        code: String,
        /// Stripe's words, for the log.
        message: String,
    },
    /// There is no such object.
    #[error("Stripe does not know this object")]
    NotFound,
}

/// An organizer's account at Stripe.
#[derive(Clone, Debug)]
pub struct AccountFacts {
    /// `acct_…`.
    pub id: String,
    /// What it means for selling.
    pub status: OrganizerStatus,
    /// The account as Stripe gave it, as JSON.
    pub raw_json: String,
}

/// What a line is, as Stripe Tax is told.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum LineClass {
    /// The right to come in.
    Admission,
    /// A thing to take home.
    Goods,
    /// Nothing that Stripe is to tax: a donation, an exempt thing, our own fee and the taxes on it.
    Untaxed,
}

/// A line of the payment page.
#[derive(Clone, Debug)]
pub struct CheckoutLine {
    /// What the buyer reads.
    pub name: String,
    /// Cents for one.
    pub unit_cents: i64,
    /// How many.
    pub qty: i64,
    /// What it is; looked at with Stripe Tax only.
    pub class: LineClass,
    /// Which of the order's lines of tickets it is; `None` for fees and taxes.
    pub tickets: Option<usize>,
}

/// How Stripe is to compute the taxes of a payment page.
#[derive(Clone, Debug)]
pub struct StripeTax {
    /// The account that owes them: its registrations decide.
    pub liable: String,
    /// Whether the tickets' prices contain them.
    pub included: bool,
    /// The venue, as Stripe knows it: `taxloc_…`.
    pub location_id: String,
}

/// Where an event takes place, as Stripe Tax asks for it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct VenueAddress {
    /// The street; may be empty.
    pub line1: String,
    /// The city.
    pub city: String,
    /// The province's code.
    pub province: &'static str,
}

/// One tax on one line of a payment page, as Stripe computed it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LineTax {
    /// Which of the order's lines of tickets; `None` if it is on another line.
    pub tickets: Option<usize>,
    /// Its name in small letters, such as `gst`.
    pub name: String,
    /// Its rate; `None` if it is no plain percentage.
    pub ppm: Option<Ppm>,
    /// Its amount in cents.
    pub cents: i64,
}

/// What Stripe Tax has added to a payment page.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SessionTax {
    /// All taxes together, in cents; those inside the prices too.
    pub cents: i64,
    /// The account that owes them; `None` is our own.
    pub liable: Option<String>,
}

/// A payment page to be opened.
#[derive(Clone, Debug)]
pub struct CheckoutRequest {
    /// The order that is paid.
    pub order_id: OrderId,
    /// Which attempt to open a page for this order it is; part of the idempotency key.
    pub attempt: i64,
    /// The event, for Stripe's metadata.
    pub event_id: String,
    /// The account that the money goes to.
    pub destination: String,
    /// Lines that add up to `total_cents`.
    pub lines: Vec<CheckoutLine>,
    /// What the buyer pays, in cents, before what Stripe Tax adds.
    pub total_cents: i64,
    /// How Stripe is to compute the taxes; `None` is not at all.
    pub tax: Option<StripeTax>,
    /// What of it is ours, in cents.
    pub application_fee_cents: i64,
    /// ISO currency code, upper case.
    pub currency: String,
    /// The buyer's address.
    pub email: String,
    /// The buyer's language: `en` or `fr`.
    pub locale: String,
    /// What the statement and Stripe's dashboard say it is.
    pub description: String,
    /// Where the buyer returns after paying; `{CHECKOUT_SESSION_ID}` is filled in by Stripe.
    pub success_url: String,
    /// Where the buyer returns without paying.
    pub cancel_url: String,
    /// When the page closes by itself.
    pub expires_at: Time,
}

/// Where a payment page is in its life.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum SessionState {
    /// It can be paid.
    Open,
    /// It was paid.
    Paid,
    /// It was completed with a method whose money is still on its way.
    Processing,
    /// It can no longer be paid.
    Expired,
}

/// A payment that came in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PaymentFacts {
    /// `pi_…`.
    pub intent_id: String,
    /// `ch_…`.
    pub charge_id: Option<String>,
    /// `tr_…`, for destination charges.
    pub transfer_id: Option<String>,
    /// `fee_…`.
    pub application_fee_id: Option<String>,
    /// Cents that were received.
    pub amount_cents: i64,
    /// Cents of it that are ours.
    pub application_fee_cents: i64,
    /// ISO currency code, upper case.
    pub currency: String,
    /// Whether it is real money.
    pub livemode: bool,
    /// How it was paid, as a receipt says it: `Visa ending in 4242`; empty if that is not known.
    pub card: String,
}

/// A payment page, as it stands at Stripe now.
#[derive(Clone, Debug)]
pub struct CheckoutSession {
    /// `cs_…`.
    pub id: String,
    /// Where it is in its life.
    pub state: SessionState,
    /// Where the buyer pays; `None` once it cannot be paid.
    pub url: Option<String>,
    /// The order that it is for, as our own metadata says.
    pub order_id: Option<String>,
    /// What it asks the buyer for, in cents.
    pub total_cents: i64,
    /// What of it Stripe Tax computed; `None` where Stripe was not asked to.
    pub tax: Option<SessionTax>,
    /// ISO currency code, upper case.
    pub currency: String,
    /// When it closes by itself.
    pub expires_at: Time,
    /// The payment, once there is one.
    pub payment: Option<PaymentFacts>,
    /// Why the last attempt failed, in Stripe's words for buyers.
    pub last_error: Option<String>,
}

/// A webhook whose signature was right.
#[derive(Clone, Debug)]
pub struct SignedEvent {
    /// `evt_…`.
    pub id: String,
    /// Such as `checkout.session.completed`.
    pub kind: String,
    /// The id of the object that it is about.
    pub object_id: String,
    /// The connected account that it belongs to, if any.
    pub account: Option<String>,
    /// Whether it is about real money.
    pub livemode: bool,
}

/// Stripe.
#[async_trait]
pub trait Payments: super::Books + Send + Sync {
    /// Makes an account for an organizer; the same organizer gets the same account.
    async fn create_account(
        &self,
        organizer: &OrganizerId,
        email: &str,
    ) -> Result<AccountFacts, PaymentsError>;
    /// Reads an account.
    async fn account(&self, account_id: &str) -> Result<AccountFacts, PaymentsError>;
    /// Makes a link to Stripe's onboarding: single use, short-lived, never stored.
    async fn onboarding_link(
        &self,
        account_id: &str,
        return_url: &str,
        refresh_url: &str,
        nonce: &str,
    ) -> Result<String, PaymentsError>;
    /// Opens a payment page; the same order and attempt get the same page.
    async fn open_checkout(
        &self,
        request: &CheckoutRequest,
    ) -> Result<CheckoutSession, PaymentsError>;
    /// Reads a payment page with its payment.
    async fn checkout(&self, session_id: &str) -> Result<CheckoutSession, PaymentsError>;
    /// The taxes that Stripe computed, line by line.
    async fn checkout_taxes(&self, session_id: &str) -> Result<Vec<LineTax>, PaymentsError>;
    /// Makes a venue known to Stripe Tax: `taxloc_…`; the same address under the same key is one venue.
    async fn tax_location(
        &self,
        address: &VenueAddress,
        key: &str,
    ) -> Result<String, PaymentsError>;
    /// Closes a payment page; one that is no longer open stays as it is and is returned so.
    async fn close_checkout(&self, session_id: &str) -> Result<CheckoutSession, PaymentsError>;
    /// The payment page that a payment came through, if it came through one.
    async fn checkout_of_payment(&self, intent_id: &str) -> Result<Option<String>, PaymentsError>;
    /// Sends money back to the buyer, from our balance.
    async fn refund(&self, step: &MoneyBack, intent_id: &str)
    -> Result<RefundFacts, PaymentsError>;
    /// Reads a refund.
    async fn refund_state(&self, refund_id: &str) -> Result<RefundFacts, PaymentsError>;
    /// The refunds of a charge, by their ids.
    async fn refunds_of_charge(&self, charge_id: &str) -> Result<Vec<String>, PaymentsError>;
    /// What was done in Stripe's dashboard together with a refund that we did not make.
    async fn refund_trail(
        &self,
        refund: &RefundFacts,
        transfer_id: Option<&str>,
        fee_id: Option<&str>,
    ) -> Result<RefundTrail, PaymentsError>;
    /// Takes transferred money back from the organizer.
    async fn reverse_transfer(
        &self,
        step: &MoneyBack,
        transfer_id: &str,
    ) -> Result<String, PaymentsError>;
    /// Gives our fee back to the organizer.
    async fn refund_fee(&self, step: &MoneyBack, fee_id: &str) -> Result<String, PaymentsError>;
    /// Gives the organizer's part back to the organizer's account, after a refund that failed.
    async fn return_transfer(
        &self,
        step: &MoneyBack,
        account_id: &str,
        currency: &str,
        group: &str,
    ) -> Result<String, PaymentsError>;
    /// Sends money from an organizer's balance to their bank; Stripe's id of the payout, `po_…`.
    async fn pay_out(&self, account: &str, order: &PayOut) -> Result<String, PaymentsError>;
    /// The payout that an earlier try of ours made since a time, if it made one.
    async fn find_payout(
        &self,
        account: &str,
        ours: &DisbursementId,
        since: Time,
    ) -> Result<Option<String>, PaymentsError>;
    /// Reads a dispute.
    async fn dispute(&self, dispute_id: &str) -> Result<DisputeFacts, PaymentsError>;
    /// What happened on our account since a time, oldest first, of the kinds that we act on.
    async fn events_since(
        &self,
        kinds: &[&str],
        since: Time,
    ) -> Result<Vec<ListedEvent>, PaymentsError>;
    /// Checks a webhook's signature and reads its envelope.
    fn verify_webhook(
        &self,
        payload: &[u8],
        signature: &str,
        now: Time,
    ) -> Result<SignedEvent, String>;
    /// Whether Stripe answers: used by health, cheap, and never thrown away on an error.
    async fn ping(&self) -> Result<(), PaymentsError>;
}
