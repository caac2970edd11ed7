//! What Stripe answers, cut down to the fields that a ticket seller acts on.
//!
//! Amounts are integers in the currency's smallest unit (cents), times are seconds since 1970,
//! both as Stripe sends them. Unknown fields are ignored and unknown values kept (`Other`). Read
//! against API version 2026-10-28.endive.

mod account;
mod account_link;
mod application_fee;
mod balance;
mod balance_transaction;
mod charge;
mod dispute;
mod expandable;
mod list;
mod payment_intent;
mod payout;
mod refund;
mod session;
mod tax;
mod transfer;

pub use account::{Account, AccountCapabilities, CapabilityStatus, Requirement, Requirements};
pub use account_link::AccountLink;
pub use application_fee::{ApplicationFee, FeeRefund};
pub use balance::{Balance, Funds};
pub use balance_transaction::{BalanceTransaction, FeeDetail, MovementSource, Reference};
pub use charge::{Card, Charge, Outcome, PaymentMethodDetails, TransferData};
pub use dispute::{Dispute, DisputeStatus, EvidenceDetails};
pub use expandable::{Expandable, Identified};
pub use list::List;
pub use payment_intent::{PaymentError, PaymentIntent, PaymentIntentStatus};
pub use payout::{Payout, PayoutStatus};
pub use refund::{CardDestination, DestinationDetails, Refund, RefundStatus};
pub use session::{
    AutomaticTax, Consent, CustomerDetails, LineItem, PaymentStatus, Session, SessionStatus,
    SessionTaxLiability, TotalDetails,
};
pub use tax::{LineTax, TaxLocation, TaxRate};
pub use transfer::{Transfer, TransferReversal};

/// The free texts that the seller attached to an object.
pub type Metadata = std::collections::BTreeMap<String, String>;

macro_rules! identified {
    ($($object:ty),+ $(,)?) => {
        $(impl Identified for $object {
            fn id(&self) -> &str {
                &self.id
            }
        })+
    };
}

identified!(
    Account,
    ApplicationFee,
    BalanceTransaction,
    Charge,
    Dispute,
    FeeRefund,
    LineItem,
    MovementSource,
    PaymentIntent,
    Payout,
    Reference,
    Refund,
    Session,
    Transfer,
    TransferReversal,
);
