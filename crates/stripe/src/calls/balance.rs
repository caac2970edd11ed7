//! What an account has at Stripe now: its own, or a connected one's ([`Client::on_behalf_of`]).

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::objects::Balance;
use crate::transport::Nothing;

/// The call on balances.
#[derive(Debug, Clone, Copy)]
pub struct Balances<'a>(&'a Client);

impl Client {
    /// The balance.
    pub fn balance(&self) -> Balances<'_> {
        Balances(self)
    }
}

impl Balances<'_> {
    /// What is available and what is still pending.
    pub async fn retrieve(&self) -> Result<Balance, Error> {
        let endpoint = Endpoint::get("/v1/balance");
        self.0.get(endpoint, None, &Nothing {}).await
    }
}
