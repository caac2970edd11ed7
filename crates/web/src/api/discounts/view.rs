//! A discount code as the API shows it.

use crate::api::words::{
    DiscountIdText, DiscountKindWord, DiscountStatusWord, EventIdText, TierIdText,
};
use crate::api::{iso, iso_maybe};
use app::records::Discount;
use model::time::Zone;
use serde::Serialize;
use utoipa::ToSchema;

/// A discount code, for its organizer.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiscountOut {
    /// The code's id.
    #[schema(value_type = DiscountIdText)]
    id: String,
    /// Its event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// What buyers type.
    code: String,
    /// Whether `value` is a share or an amount.
    #[serde(rename = "type")]
    #[schema(value_type = DiscountKindWord)]
    kind: &'static str,
    /// Whole per cent off the tickets that it is for, or cents off the order.
    value: i64,
    /// How many orders can use it; null is without limit.
    #[schema(required = true)]
    max_uses: Option<i64>,
    /// Uses of pending orders.
    held_count: i64,
    /// Uses of paid orders.
    used_count: i64,
    /// How many more orders can use it; null is without limit.
    #[schema(required = true)]
    remaining: Option<i64>,
    /// From when it holds.
    #[schema(format = DateTime, required = true)]
    starts_at: Option<String>,
    /// When it no longer holds.
    #[schema(format = DateTime, required = true)]
    ends_at: Option<String>,
    /// The fewest tickets in an order of those that it is for.
    min_qty: i64,
    /// The tiers that it is for; none means all of the event.
    #[schema(value_type = Vec<TierIdText>)]
    tier_ids: Vec<String>,
    /// Whether hidden tiers that it is for can be seen and bought with it.
    unlocks_hidden: bool,
    /// Whether the use of an order that was refunded whole can be used again.
    reuse_after_refund: bool,
    /// Whether it can be used.
    #[schema(value_type = DiscountStatusWord)]
    status: &'static str,
    /// When it was made.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it was last changed.
    #[schema(format = DateTime)]
    updated_at: String,
}

impl DiscountOut {
    /// A code, with times in the zone of its event.
    pub fn of(discount: &Discount, zone: &Zone) -> Self {
        let terms = &discount.terms;
        Self {
            id: discount.id.to_string(),
            event_id: discount.event_id.to_string(),
            code: discount.code.clone(),
            kind: terms.kind.code(),
            value: terms.value,
            max_uses: terms.uses.capacity,
            held_count: terms.uses.held,
            used_count: terms.uses.sold,
            remaining: terms.uses.capacity.map(|_| terms.uses.left()),
            starts_at: iso_maybe(terms.starts_at, zone),
            ends_at: iso_maybe(terms.ends_at, zone),
            min_qty: terms.min_qty,
            tier_ids: terms.tiers.iter().map(ToString::to_string).collect(),
            unlocks_hidden: terms.unlocks_hidden,
            reuse_after_refund: discount.reuse_after_refund,
            status: terms.status.code(),
            created_at: iso(discount.created_at, zone),
            updated_at: iso(discount.updated_at, zone),
        }
    }
}

/// A discount code, for whoever has typed it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeOut {
    /// The code, as its organizer wrote it.
    code: String,
    /// Whether `value` is a share or an amount.
    #[serde(rename = "type")]
    #[schema(value_type = DiscountKindWord)]
    kind: &'static str,
    /// Whole per cent off the tickets that it is for, or cents off the order.
    value: i64,
    /// The fewest tickets in an order of those that it is for.
    min_qty: i64,
    /// The tiers that it is for; none means all of the event.
    #[schema(value_type = Vec<TierIdText>)]
    tier_ids: Vec<String>,
}

impl From<&Discount> for CodeOut {
    fn from(discount: &Discount) -> Self {
        let terms = &discount.terms;
        Self {
            code: discount.code.clone(),
            kind: terms.kind.code(),
            value: terms.value,
            min_qty: terms.min_qty,
            tier_ids: terms.tiers.iter().map(ToString::to_string).collect(),
        }
    }
}
