//! Who computes an event's taxes.

use crate::order::words;
use serde::{Deserialize, Serialize};

/// Who computes an event's taxes.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxEngine {
    /// We do, by the table of Canadian rates (`tax::table`).
    Table,
    /// Nobody: the event charges no tax.
    None,
    /// Stripe Tax.
    Stripe,
}

words!(TaxEngine { Table = "table", None = "none", Stripe = "stripe" });
