//! What Stripe Tax says: the taxes on a line, at which rate, and venues.

use serde::Deserialize;

/// One tax on a line, in cents.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LineTax {
    pub amount: i64,
    pub rate: TaxRate,
    /// `standard_rated`, `not_collecting`, `product_exempt` and others, or null.
    pub taxability_reason: Option<String>,
    /// What it was computed on, in cents.
    pub taxable_amount: Option<i64>,
}

/// A rate, as far as a line's tax needs it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TaxRate {
    /// `txr_…`
    pub id: String,
    /// What people read: `GST`.
    pub display_name: String,
    pub inclusive: bool,
    /// Out of 100, kept as it was written: a rate is no float here.
    pub percentage: serde_json::Number,
    /// `gst`, `hst`, `pst`, `qst`, `rst`, `amusement_tax` and others, or null.
    pub tax_type: Option<String>,
    pub country: Option<String>,
    pub state: Option<String>,
}

/// A venue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TaxLocation {
    /// `taxloc_…`
    pub id: String,
    pub livemode: bool,
}
