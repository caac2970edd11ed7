//! A webhook's payload, or an entry of the event list: what happened to which object.
//!
//! The object inside is a snapshot of the moment the event was made, so it may be stale when it
//! arrives, and events arrive twice and out of order. It is kept as JSON and used to learn *which*
//! object to fetch; the state that is acted on comes from the API.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::objects::Identified;
use crate::open_enum::open_enum;

open_enum! {
    /// The kinds of event that a ticket seller listens for; all others are `Other`.
    EventType {
        CheckoutSessionCompleted = "checkout.session.completed",
        CheckoutSessionAsyncPaymentSucceeded = "checkout.session.async_payment_succeeded",
        CheckoutSessionAsyncPaymentFailed = "checkout.session.async_payment_failed",
        CheckoutSessionExpired = "checkout.session.expired",
        PaymentIntentSucceeded = "payment_intent.succeeded",
        PaymentIntentPaymentFailed = "payment_intent.payment_failed",
        ChargeRefunded = "charge.refunded",
        RefundCreated = "refund.created",
        RefundUpdated = "refund.updated",
        RefundFailed = "refund.failed",
        ChargeDisputeCreated = "charge.dispute.created",
        ChargeDisputeUpdated = "charge.dispute.updated",
        ChargeDisputeClosed = "charge.dispute.closed",
        ChargeDisputeFundsWithdrawn = "charge.dispute.funds_withdrawn",
        ChargeDisputeFundsReinstated = "charge.dispute.funds_reinstated",
        RadarEarlyFraudWarningCreated = "radar.early_fraud_warning.created",
        TransferCreated = "transfer.created",
        TransferReversed = "transfer.reversed",
        ApplicationFeeCreated = "application_fee.created",
        ApplicationFeeRefunded = "application_fee.refunded",
        PayoutCreated = "payout.created",
        PayoutUpdated = "payout.updated",
        PayoutPaid = "payout.paid",
        PayoutFailed = "payout.failed",
        PayoutCanceled = "payout.canceled",
        PayoutReconciliationCompleted = "payout.reconciliation_completed",
        AccountUpdated = "account.updated",
        AccountApplicationDeauthorized = "account.application.deauthorized",
        CapabilityUpdated = "capability.updated",
    }
}

/// Why a payload is not an event that we can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// Not JSON, or without an id, a type or an object.
    #[error("The payload is not a Stripe event.")]
    NotAnEvent,
    /// A thin event (`v2.core.event`): its object has to be fetched, and we subscribe to none.
    #[error("The payload is a thin event, which this endpoint does not take.")]
    Thin,
}

/// A snapshot event.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Event {
    /// `evt_…`; the same for every delivery of this event.
    pub id: String,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// When it happened, in seconds since 1970.
    pub created: i64,
    /// Whether it is about real money; a live endpoint for Connect also receives test events.
    pub livemode: bool,
    /// The connected account it happened on; absent for the platform's own events.
    pub account: Option<String>,
    /// The version that the snapshot was written in.
    pub api_version: Option<String>,
    /// The snapshot.
    pub data: EventData,
}

/// What an event carries.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct EventData {
    /// The object as it was when the event was made.
    pub object: Value,
    /// What an `…updated` event changed, as it was before.
    pub previous_attributes: Option<Value>,
}

impl Event {
    /// Reads a payload, whose signature has been verified before.
    pub fn parse(payload: &[u8]) -> Result<Self, EventError> {
        let value: Value = serde_json::from_slice(payload).map_err(|_| EventError::NotAnEvent)?;
        match value["object"].as_str() {
            Some("event") => serde_json::from_value(value).map_err(|_| EventError::NotAnEvent),
            Some("v2.core.event") => Err(EventError::Thin),
            _ => Err(EventError::NotAnEvent),
        }
    }

    /// The id of the object; `balance.available` and a few others have none.
    pub fn object_id(&self) -> Option<&str> {
        self.text("id")
    }

    /// The kind of the object, such as `checkout.session`.
    pub fn object_type(&self) -> Option<&str> {
        self.text("object")
    }

    /// What the seller called it (`client_reference_id` of a session).
    pub fn client_reference_id(&self) -> Option<&str> {
        self.text("client_reference_id")
    }

    /// The payment behind the object: the object itself, or the one it names.
    pub fn payment_intent_id(&self) -> Option<&str> {
        if self.object_type() == Some("payment_intent") {
            return self.object_id();
        }
        let named = &self.data.object["payment_intent"];
        named.as_str().or_else(|| named["id"].as_str())
    }

    /// One entry of the object's metadata.
    pub fn metadata(&self, name: &str) -> Option<&str> {
        self.data.object["metadata"][name].as_str()
    }

    /// The snapshot as one of our objects, such as `Session`.
    pub fn object_as<T: DeserializeOwned>(&self) -> Result<T, EventError> {
        T::deserialize(&self.data.object).map_err(|_| EventError::NotAnEvent)
    }

    fn text(&self, field: &str) -> Option<&str> {
        self.data.object[field].as_str()
    }
}

impl Identified for Event {
    fn id(&self) -> &str {
        &self.id
    }
}
