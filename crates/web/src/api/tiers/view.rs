//! A tier as the API shows it.

use crate::api::iso_maybe;
use crate::api::words::{ItemClassWord, SaleStateWord, TaxWord, TierIdText, VisibilityWord};
use app::events::TierView;
use app::records::Event;
use model::tier::SaleState;
use model::time::Zone;
use serde::Serialize;
use utoipa::ToSchema;

/// A kind of ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct TierOut {
    /// The tier.
    #[schema(value_type = TierIdText)]
    id: String,
    /// Its name.
    name: String,
    /// A sentence about it.
    description: String,
    /// Its list price, in cents.
    price_cents: i64,
    /// The first price that buyers see, with every mandatory fee, in cents.
    display_price_cents: i64,
    /// Its currency.
    currency: String,
    /// What kind of thing it is, for tax.
    #[schema(value_type = ItemClassWord)]
    item_class: &'static str,
    /// Exactly the taxes that it carries, where the organizer has chosen; null is what its class says.
    #[schema(value_type = Option<Vec<TaxWord>>, required = true)]
    taxes: Option<Vec<&'static str>>,
    /// How many can still be taken.
    remaining: i64,
    /// Whether it can be bought now.
    on_sale: bool,
    /// Whether it can be bought, and why not.
    #[schema(value_type = SaleStateWord)]
    state: &'static str,
    /// The most in one order.
    max_per_order: i64,
    /// When its sale begins.
    #[schema(format = DateTime, required = true)]
    sales_start_at: Option<String>,
    /// When its sale ends.
    #[schema(format = DateTime, required = true)]
    sales_end_at: Option<String>,
    /// Who sees it.
    #[schema(value_type = VisibilityWord)]
    visibility: &'static str,
    /// Its place among the event's tiers, smallest first.
    sort: i64,
    /// Rises with each change; only for its organizer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    revision: Option<i64>,
    /// How many there are; only for its organizer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    capacity: Option<i64>,
    /// How many are in carts, for a limited time; only for its organizer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    held: Option<i64>,
    /// How many are paid for; only for its organizer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    sold: Option<i64>,
}

impl TierOut {
    /// A tier of an event; `own` shows what only its organizer sees.
    pub fn of(view: &TierView, event: &Event, zone: &Zone, own: bool) -> Self {
        let tier = &view.tier;
        Self {
            id: tier.id.to_string(),
            name: tier.name.clone(),
            description: tier.description.clone(),
            price_cents: tier.price_cents,
            display_price_cents: view.display_cents,
            currency: tier.currency.as_str().to_owned(),
            item_class: tier.item_class.code(),
            taxes: tier.tax_choice.as_ref().map(|choice| {
                let names = choice.components().iter();
                names.map(|c| c.name_in(event.province)).collect()
            }),
            remaining: tier.stock.left().min(event.stock.left()),
            on_sale: matches!(view.state, SaleState::OnSale { .. }),
            state: view.state.code(),
            max_per_order: tier.max_per_order,
            sales_start_at: iso_maybe(tier.sales_start_at, zone),
            sales_end_at: iso_maybe(tier.sales_end_at, zone),
            visibility: tier.visibility.code(),
            sort: tier.sort,
            revision: own.then_some(tier.revision),
            capacity: tier.stock.capacity.filter(|_| own),
            held: own.then_some(tier.stock.held),
            sold: own.then_some(tier.stock.sold),
        }
    }
}
