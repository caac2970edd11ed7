//! What may be said about a tier.

use crate::api::nullable;
use crate::api::words::{ItemClassWord, TaxWord, VisibilityWord};
use app::tiers::TierFields;
use serde::Deserialize;
use utoipa::ToSchema;

/// The fields of a tier. When changing, what is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(
    clippy::option_option,
    reason = "absent, null and a value are three things here"
)]
pub struct TierInput {
    /// The name; needed for a new tier.
    #[schema(max_length = 80, min_length = 1)]
    name: Option<String>,
    /// A sentence about it.
    #[schema(max_length = 300)]
    description: Option<String>,
    /// The list price of one ticket, in cents; needed for a new tier, 0 is free.
    #[schema(minimum = 0, maximum = 10_000_000)]
    price_cents: Option<i64>,
    /// The event's currency; another one is refused.
    currency: Option<String>,
    /// What kind of thing it is, for tax.
    #[schema(value_type = Option<ItemClassWord>)]
    item_class: Option<String>,
    /// Exactly the taxes that it carries, where an advisor knows better than the table; an empty list is
    /// none, null is what its class says. The rates stay the table's.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Vec<TaxWord>>, max_items = 4)]
    taxes: Option<Option<Vec<String>>>,
    /// How many there are; needed for a new tier.
    #[schema(minimum = 0, maximum = 10_000_000)]
    capacity: Option<i64>,
    /// The most in one order.
    #[schema(minimum = 1, maximum = 100)]
    max_per_order: Option<i64>,
    /// When its sale begins; null is at once.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    sales_start_at: Option<Option<String>>,
    /// When its sale ends; null is when the event ends.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    sales_end_at: Option<Option<String>>,
    /// Who sees it.
    #[schema(value_type = Option<VisibilityWord>)]
    visibility: Option<String>,
    /// Its place among the event's tiers, smallest first.
    #[schema(minimum = -1_000_000, maximum = 1_000_000)]
    sort: Option<i64>,
    /// The `revision` that your change started from: if somebody was faster, it is refused as `stale`.
    #[schema(minimum = 1)]
    revision: Option<i64>,
}

impl From<TierInput> for TierFields {
    fn from(input: TierInput) -> Self {
        Self {
            name: input.name,
            description: input.description,
            price_cents: input.price_cents,
            currency: input.currency,
            item_class: input.item_class,
            taxes: input.taxes,
            capacity: input.capacity,
            max_per_order: input.max_per_order,
            sales_start_at: input.sales_start_at,
            sales_end_at: input.sales_end_at,
            visibility: input.visibility,
            sort: input.sort,
            revision: input.revision,
        }
    }
}
