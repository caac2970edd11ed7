//! Payments, read only: Checkout owns them.

use super::Expand;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::objects::PaymentIntent;

/// The calls on payments.
#[derive(Debug, Clone, Copy)]
pub struct PaymentIntents<'a>(&'a Client);

impl Client {
    /// Payments.
    pub fn payment_intents(&self) -> PaymentIntents<'_> {
        PaymentIntents(self)
    }
}

impl PaymentIntents<'_> {
    /// The payment as it is now, with its latest charge expanded.
    pub async fn retrieve(&self, id: &str) -> Result<PaymentIntent, Error> {
        let endpoint = Endpoint::get("/v1/payment_intents/{id}");
        let expand = Expand::latest_charge();
        self.0.get(endpoint, Some(id), &expand).await
    }
}
