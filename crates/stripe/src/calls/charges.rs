//! Charges, read only: the money of a payment, or (as a connected account) of a transfer that arrived.

use super::Expand;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::objects::Charge;

/// The calls on charges.
#[derive(Debug, Clone, Copy)]
pub struct Charges<'a>(&'a Client);

impl Client {
    /// Charges.
    pub fn charges(&self) -> Charges<'_> {
        Charges(self)
    }
}

impl Charges<'_> {
    /// The charge as it is now. `Expand::books` brings its cost and its newest refunds along.
    pub async fn retrieve(&self, id: &str, expand: &Expand) -> Result<Charge, Error> {
        let endpoint = Endpoint::get("/v1/charges/{id}");
        self.0.get(endpoint, Some(id), expand).await
    }
}
