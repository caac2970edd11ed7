//! The calls, one file per family: what is sent, and which object comes back.
//!
//! Requests are public and serialisable, so that a test can print what would be sent. Absent
//! fields are not sent. Every write takes the caller's idempotency key.

mod account_links;
mod accounts;
mod application_fee_refunds;
mod application_fees;
mod balance;
mod balance_transactions;
mod charges;
mod checkout_params;
mod checkout_sessions;
mod disputes;
mod events;
mod paging;
mod payment_intents;
mod payouts;
mod refunds;
mod tax_locations;
mod transfer_reversals;
mod transfers;

pub use account_links::{AccountLinkType, AccountLinks, CreateAccountLink};
pub use accounts::{
    Accounts, BusinessProfile, BusinessType, Capabilities, Controller, CreateAccount, Dashboard,
    DashboardType, Fees, FeesPayer, Losses, LossesPayer, PayoutInterval, PayoutSchedule,
    PayoutSettings, Requested, RequirementCollector, Settings,
};
pub use application_fee_refunds::{ApplicationFeeRefunds, CreateFeeRefund};
pub use application_fees::ApplicationFees;
pub use balance::Balances;
pub use balance_transactions::{BalanceTransactions, ListBalanceTransactions};
pub use charges::Charges;
pub use checkout_params::{
    AdaptivePricing, AutomaticTaxParams, BillingAddressCollection, ConsentCollection,
    CreateSession, CustomerCreation, InvoiceCreation, LineItemParams, Mode, PaymentIntentData,
    PriceData, ProductData, SubmitType, TaxBehavior, TaxDetails, TaxLiability,
    TermsOfServiceConsent, TransferDataParams, UiMode,
};
pub use checkout_sessions::{CheckoutSessions, Expand, ListLineItems, ListSessions};
pub use disputes::{Disputes, Evidence, ListDisputes, UpdateDispute};
pub use events::{Events, ListEvents};
pub use payment_intents::PaymentIntents;
pub use payouts::{CreatePayout, ListPayouts, Payouts};
pub use refunds::{CreateRefund, ListRefunds, RefundReason, Refunds};
pub use tax_locations::{CreateTaxLocation, TaxAddress, TaxLocationType, TaxLocations};
pub use transfer_reversals::{CreateTransferReversal, TransferReversals};
pub use transfers::{CreateTransfer, ListTransfers, Transfers};

use serde::Serialize;

/// Which page of a list: at most `limit` (1 to 100, Stripe's default is 10) after an object.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Page {
    /// How many objects at most.
    pub limit: Option<u8>,
    /// The last object of the page before.
    pub starting_after: Option<String>,
}

/// Bounds of a time, in seconds since 1970, both included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Range {
    pub gte: Option<i64>,
    pub lte: Option<i64>,
}
