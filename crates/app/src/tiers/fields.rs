//! The fields of a tier as they come in, and how each is checked.

use crate::catalogue::Listing;
use crate::error::Invalid;
use crate::events::MOST;
use model::money::Currency;
use model::tax::{ItemClass, TaxAccount, TaxChoice, TaxComponent, provincial};
use model::tax_engine::TaxEngine;
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
    /// `Some(None)` goes back to what the class says; `Some(Some(vec![]))` is no tax.
    pub taxes: Option<Option<Vec<String>>>,
    pub capacity: Option<i64>,
    pub max_per_order: Option<i64>,
    /// `Some(None)` takes the date away.
    pub sales_start_at: Option<Option<String>>,
    /// `Some(None)` takes the date away.
    pub sales_end_at: Option<Option<String>>,
    pub visibility: Option<String>,
    pub sort: Option<i64>,
    /// The revision that the change started from; a change of another one is refused.
    pub revision: Option<i64>,
}

impl TierFields {
    /// Applies what was said to a tier of an event in `currency`; notes what is wrong.
    ///
    /// What taxes it carries is checked against the event and its organizer by [`Self::apply_taxes`].
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

    /// Applies the choice of taxes: those of the event's province that the organizer is registered for.
    pub fn apply_taxes(
        &self,
        tier: &mut Tier,
        listing: &Listing,
        now: Time,
        invalid: &mut Invalid,
    ) {
        match &self.taxes {
            Some(Some(names)) => match TaxChoice::read(names) {
                Ok(choice) => tier.tax_choice = Some(choice),
                Err(why) => invalid.note("taxes", why),
            },
            Some(None) => tier.tax_choice = None,
            None => {}
        }
        let Some(choice) = &tier.tax_choice else {
            return;
        };
        let event = &listing.event;
        if let Err(why) = choice.check(event.province, tier.item_class, now) {
            invalid.note("taxes", why);
        }
        if event.tax_engine == TaxEngine::Stripe && !choice.components().is_empty() {
            invalid.note(
                "taxes",
                "Stripe Tax decides by itself which taxes a ticket carries; an empty list makes it free of tax.",
            );
        }
        for component in choice.components() {
            let account = match component {
                TaxComponent::Gst | TaxComponent::Hst => Some(TaxAccount::GstHst),
                TaxComponent::Qst => Some(TaxAccount::Qst),
                TaxComponent::Pst => provincial(event.province),
            };
            if account.is_some_and(|a| listing.organizer.tax.of(a).is_none()) {
                let name = component.name_in(event.province);
                invalid.note(
                    "taxes",
                    format!(
                        "To charge {name}, give its registration number in your profile first."
                    ),
                );
            }
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
