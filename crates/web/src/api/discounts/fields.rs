//! What may be said about a discount code.

use crate::api::nullable;
use crate::api::words::{DiscountKindWord, DiscountStatusWord, TierIdText};
use app::discounts::DiscountFields;
use serde::Deserialize;
use utoipa::ToSchema;

/// The fields of a discount code. When changing, what is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[expect(
    clippy::option_option,
    reason = "absent, null and a value are three things here"
)]
pub struct DiscountInput {
    /// What buyers type; needed for a new code. Capital letters and Latin accents make no difference.
    #[schema(max_length = 40, min_length = 1)]
    code: Option<String>,
    /// Whether `value` is a share or an amount; needed for a new code, unless it only unlocks.
    #[serde(rename = "type")]
    #[schema(value_type = Option<DiscountKindWord>)]
    kind: Option<String>,
    /// Whole per cent off the tickets that it is for (1 to 100), or cents off the order; needed for a new
    /// code, unless it only unlocks: then it is 0.
    #[schema(minimum = 0, maximum = 10_000_000)]
    value: Option<i64>,
    /// How many orders can use it; null is without limit.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 10_000_000)]
    max_uses: Option<Option<i64>>,
    /// From when it holds; null is at once.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    starts_at: Option<Option<String>>,
    /// When it no longer holds; null is as long as tickets are sold.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Option<Option<String>>,
    /// The fewest tickets in an order of those that it is for.
    #[schema(minimum = 1, maximum = 100)]
    min_qty: Option<i64>,
    /// The tiers that it is for; none means all of the event.
    #[schema(value_type = Option<Vec<TierIdText>>)]
    tier_ids: Option<Vec<String>>,
    /// Whether hidden tiers that it is for can be seen and bought with it, and only with such a code.
    unlocks_hidden: Option<bool>,
    /// Whether the use of an order that was refunded whole can be used again; true if absent.
    reuse_after_refund: Option<bool>,
    /// Whether it can be used.
    #[schema(value_type = Option<DiscountStatusWord>)]
    status: Option<String>,
}

impl From<DiscountInput> for DiscountFields {
    fn from(input: DiscountInput) -> Self {
        Self {
            code: input.code,
            kind: input.kind,
            value: input.value,
            max_uses: input.max_uses,
            starts_at: input.starts_at,
            ends_at: input.ends_at,
            min_qty: input.min_qty,
            tier_ids: input.tier_ids,
            unlocks_hidden: input.unlocks_hidden,
            reuse_after_refund: input.reuse_after_refund,
            status: input.status,
        }
    }
}
