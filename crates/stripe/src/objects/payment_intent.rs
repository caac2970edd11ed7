//! One payment with all its attempts. Checkout makes it and owns it; it is only read here.

use serde::Deserialize;

use super::{Account, Charge, Expandable, Metadata, TransferData};
use crate::lenient::or_default;
use crate::open_enum::open_enum;

open_enum! {
    /// Where a payment stands.
    PaymentIntentStatus {
        RequiresPaymentMethod = "requires_payment_method",
        RequiresConfirmation = "requires_confirmation",
        RequiresAction = "requires_action",
        Processing = "processing",
        RequiresCapture = "requires_capture",
        Succeeded = "succeeded",
        Canceled = "canceled",
    }
}

/// A payment.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PaymentIntent {
    /// `pi_…`
    pub id: String,
    /// Cents asked for.
    pub amount: i64,
    /// Cents received.
    #[serde(default, deserialize_with = "or_default")]
    pub amount_received: i64,
    pub currency: String,
    /// Cents asked for as the platform's fee.
    pub application_fee_amount: Option<i64>,
    /// Seconds since 1970.
    pub created: i64,
    pub livemode: bool,
    pub status: PaymentIntentStatus,
    /// The last charge that was tried; expand it for fee and transfer.
    pub latest_charge: Option<Expandable<Charge>>,
    pub last_payment_error: Option<PaymentError>,
    pub transfer_data: Option<TransferData>,
    pub transfer_group: Option<String>,
    pub on_behalf_of: Option<Expandable<Account>>,
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Metadata,
}

/// Why the last attempt was refused.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PaymentError {
    pub code: Option<String>,
    pub decline_code: Option<String>,
    pub message: Option<String>,
}
