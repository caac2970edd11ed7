//! The platform's fees, read only: they come with a charge.

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::objects::ApplicationFee;
use crate::transport::Nothing;

/// The calls on application fees.
#[derive(Debug, Clone, Copy)]
pub struct ApplicationFees<'a>(&'a Client);

impl Client {
    /// The platform's fees.
    pub fn application_fees(&self) -> ApplicationFees<'_> {
        ApplicationFees(self)
    }
}

impl ApplicationFees<'_> {
    /// The fee as it is now.
    pub async fn retrieve(&self, id: &str) -> Result<ApplicationFee, Error> {
        let endpoint = Endpoint::get("/v1/application_fees/{id}");
        self.0.get(endpoint, Some(id), &Nothing {}).await
    }
}
