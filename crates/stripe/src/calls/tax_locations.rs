//! Tax locations: venues, where Stripe Tax taxes a ticket (since 2026-09-30.endive).

use serde::Serialize;

use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::key::IdempotencyKey;
use crate::objects::TaxLocation;
use crate::open_enum::open_enum;

open_enum! {
    /// What a location is for; Stripe knows one thing only.
    TaxLocationType { Performance = "performance" }
}

/// `POST /v1/tax/locations`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CreateTaxLocation {
    #[serde(rename = "type")]
    pub kind: TaxLocationType,
    pub address: TaxAddress,
    pub description: Option<String>,
}

/// A venue's address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaxAddress {
    /// Two capital letters.
    pub country: String,
    /// The province's two letters.
    pub state: Option<String>,
    pub city: Option<String>,
    pub line1: Option<String>,
    pub postal_code: Option<String>,
}

/// The calls on tax locations.
#[derive(Debug, Clone, Copy)]
pub struct TaxLocations<'a>(&'a Client);

impl Client {
    /// Tax locations.
    pub fn tax_locations(&self) -> TaxLocations<'_> {
        TaxLocations(self)
    }
}

impl TaxLocations<'_> {
    /// Makes a venue known.
    pub async fn create(
        &self,
        request: &CreateTaxLocation,
        key: &IdempotencyKey,
    ) -> Result<TaxLocation, Error> {
        let endpoint = Endpoint::post("/v1/tax/locations");
        self.0.post(endpoint, None, request, key).await
    }
}
