//! A Checkout Session: one visit to Stripe's payment page.

use serde::Deserialize;

use super::{Expandable, LineTax, List, Metadata, PaymentIntent};
use crate::hidden::Hidden;
use crate::lenient::or_default;
use crate::open_enum::open_enum;

open_enum! {
    /// Whether the page can still be paid on.
    SessionStatus {
        Open = "open",
        Complete = "complete",
        Expired = "expired",
    }
}

open_enum! {
    /// Whether the money is there; `complete` and `unpaid` together mean "on its way".
    PaymentStatus {
        Paid = "paid",
        Unpaid = "unpaid",
        NoPaymentRequired = "no_payment_required",
    }
}

/// A Checkout Session.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Session {
    /// `cs_…`
    pub id: String,
    /// Where to send the buyer; null when the session is not open.
    pub url: Option<String>,
    /// For the embedded page; it can pay, so it is hidden from logs.
    pub client_secret: Option<Hidden>,
    pub status: Option<SessionStatus>,
    pub payment_status: PaymentStatus,
    /// Cents before discounts and taxes of Stripe's.
    pub amount_subtotal: Option<i64>,
    /// Cents that the buyer pays.
    pub amount_total: Option<i64>,
    pub currency: Option<String>,
    pub total_details: Option<TotalDetails>,
    /// Null until the buyer submits.
    pub payment_intent: Option<Expandable<PaymentIntent>>,
    pub customer_details: Option<CustomerDetails>,
    /// Seconds since 1970.
    pub created: i64,
    /// Seconds since 1970.
    pub expires_at: i64,
    /// The seller's own id of the order.
    pub client_reference_id: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Metadata,
    pub automatic_tax: Option<AutomaticTax>,
    pub consent: Option<Consent>,
    pub livemode: bool,
    /// Only where it was expanded.
    pub line_items: Option<List<LineItem>>,
}

impl Session {
    /// Whether the order may be fulfilled: the visit is complete and nothing is left to pay.
    pub fn is_settled(&self) -> bool {
        let paid = matches!(
            self.payment_status,
            PaymentStatus::Paid | PaymentStatus::NoPaymentRequired
        );
        paid && self.status == Some(SessionStatus::Complete)
    }
}

/// What was added to or taken from the subtotal, in cents.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TotalDetails {
    pub amount_discount: i64,
    pub amount_shipping: Option<i64>,
    pub amount_tax: i64,
}

/// What the buyer told Stripe's page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CustomerDetails {
    pub email: Option<String>,
    pub name: Option<String>,
    pub phone: Option<String>,
    /// As sent: its fields differ by country.
    pub address: Option<serde_json::Value>,
}

/// Whether Stripe computed tax, and how that went.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AutomaticTax {
    pub enabled: bool,
    /// `complete`, `failed` or `requires_location_inputs`.
    pub status: Option<String>,
    /// Who owes the tax.
    pub liability: Option<SessionTaxLiability>,
}

/// Who owes the tax that Stripe computed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SessionTaxLiability {
    /// `self` or `account`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `acct_…` when it is an account.
    pub account: Option<String>,
}

/// What the buyer agreed to on the page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Consent {
    /// `accepted` or null.
    pub terms_of_service: Option<String>,
    /// `opt_in`, `opt_out` or null.
    pub promotions: Option<String>,
}

/// One line of the page, in cents.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LineItem {
    pub id: String,
    pub description: Option<String>,
    pub quantity: Option<i64>,
    pub currency: String,
    pub amount_subtotal: i64,
    pub amount_discount: i64,
    pub amount_tax: i64,
    pub amount_total: i64,
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Metadata,
    /// Only where they were expanded.
    #[serde(default)]
    pub taxes: Vec<LineTax>,
}
