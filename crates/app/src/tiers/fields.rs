//! The fields of a tier as they come in, and how each is checked.

use crate::error::Invalid;
use crate::events::MOST;
use model::money::Currency;
use model::tax::ItemClass;
use model::text;
use model::tier::Visibility;
use model::time::Time;
use store::tiers::Tier;

/// What may be said about a tier; absent means "as it is" (or the default of a new one).
#[derive(Clone, Debug, Default)]
pub struct TierFields {
    pub name: Option<String>,
    pub description: Option<String>,
    pub price_cents: Option<i64>,
    pub currency: Option<String>,
    pub item_class: Option<String>,
    pub capacity: Option<i64>,
    pub max_per_order: Option<i64>,
    /// `Some(None)` takes the date away.
    pub sales_start_at: Option<Option<String>>,
    /// `Some(None)` takes the date away.
    pub sales_end_at: Option<Option<String>>,
    pub visibility: Option<String>,
    pub sort: Option<i64>,
}

impl TierFields {
    /// Applies what was said to a tier of an event in `currency`; notes what is wrong.
    pub fn apply(&self, tier: &mut Tier, currency: Currency, invalid: &mut Invalid) {
        self.apply_words(tier, currency, invalid);
        self.apply_numbers(tier, invalid);
        window(
            "sales_start_at",
            self.sales_start_at.as_ref(),
            &mut tier.sales_start_at,
            invalid,
        );
        window(
            "sales_end_at",
            self.sales_end_at.as_ref(),
            &mut tier.sales_end_at,
            invalid,
        );
        if let (Some(start), Some(end)) = (tier.sales_start_at, tier.sales_end_at)
            && end <= start
        {
            invalid.note("sales_end_at", "The end of sale must lie after its start.");
        }
    }

    fn apply_words(&self, tier: &mut Tier, currency: Currency, invalid: &mut Invalid) {
        if let Some(name) = self
            .name
            .as_deref()
            .and_then(|n| invalid.check("name", text::line(n, 80)))
        {
            tier.name = name;
        }
        if let Some(description) = self
            .description
            .as_deref()
            .and_then(|d| invalid.check("description", text::optional_line(d, 300)))
        {
            tier.description = description;
        }
        if let Some(given) = self
            .currency
            .as_deref()
            .and_then(|c| invalid.check("currency", Currency::parse(c)))
            && given != currency
        {
            let ours = currency.as_str();
            invalid.note(
                "currency",
                format!("All tickets of this event are sold in {ours}."),
            );
        }
        match self.item_class.as_deref().map(ItemClass::parse) {
            Some(Some(class)) => tier.item_class = class,
            Some(None) => invalid.note(
                "item_class",
                "Write “admission”, “goods”, “donation” or “exempt”.",
            ),
            None => {}
        }
        match self.visibility.as_deref().map(Visibility::parse) {
            Some(Some(visibility)) => tier.visibility = visibility,
            Some(None) => invalid.note("visibility", "Write “public” or “hidden”."),
            None => {}
        }
    }

    fn apply_numbers(&self, tier: &mut Tier, invalid: &mut Invalid) {
        let mut number = |field: &str,
                          given: Option<i64>,
                          range: std::ops::RangeInclusive<i64>,
                          into: &mut i64| match given {
            Some(value) if range.contains(&value) => *into = value,
            Some(_) => invalid.note(
                field,
                format!("Write a number from {} to {}.", range.start(), range.end()),
            ),
            None => {}
        };
        number(
            "price_cents",
            self.price_cents,
            0..=MOST,
            &mut tier.price_cents,
        );
        number(
            "max_per_order",
            self.max_per_order,
            1..=100,
            &mut tier.max_per_order,
        );
        number("sort", self.sort, -1_000_000..=1_000_000, &mut tier.sort);
        let mut capacity = tier.stock.capacity.unwrap_or_default();
        number("capacity", self.capacity, 0..=MOST, &mut capacity);
        tier.stock.capacity = Some(capacity);
    }
}

fn window(
    field: &str,
    given: Option<&Option<String>>,
    into: &mut Option<Time>,
    invalid: &mut Invalid,
) {
    match given {
        Some(Some(text)) => *into = invalid.check(field, Time::parse_iso(text)).or(*into),
        Some(None) => *into = None,
        None => {}
    }
}
