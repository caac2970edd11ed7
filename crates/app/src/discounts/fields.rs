//! The fields of a discount code as they come in, and how each is checked.

use crate::error::Invalid;
use crate::events::MOST;
use model::discount::{Discount as Terms, DiscountKind, DiscountStatus, clean_code, fold_code};
use model::ids::TierId;
use model::time::Time;
use store::discounts::Discount;
use store::tiers::Tier;

/// What may be said about a code; absent means "as it is" (or the default of a new one).
#[derive(Clone, Debug, Default)]
pub struct DiscountFields {
    pub code: Option<String>,
    /// `percent` or `fixed`.
    pub kind: Option<String>,
    /// Whole per cent (0 to 100), or cents.
    pub value: Option<i64>,
    /// `Some(None)` takes the limit away.
    pub max_uses: Option<Option<i64>>,
    /// `Some(None)` takes the date away.
    pub starts_at: Option<Option<String>>,
    /// `Some(None)` takes the date away.
    pub ends_at: Option<Option<String>>,
    pub min_qty: Option<i64>,
    /// None means all tiers of the event.
    pub tier_ids: Option<Vec<String>>,
    pub unlocks_hidden: Option<bool>,
    pub reuse_after_refund: Option<bool>,
    /// `active` or `disabled`.
    pub status: Option<String>,
}

impl DiscountFields {
    /// Applies what was said to a code of an event with these tiers; notes what is wrong.
    pub fn apply(&self, discount: &mut Discount, tiers: &[Tier], invalid: &mut Invalid) {
        if let Some(code) = self
            .code
            .as_deref()
            .and_then(|c| invalid.check("code", clean_code(c)))
        {
            discount.code_folded = fold_code(&code);
            discount.code = code;
        }
        if let Some(reuse) = self.reuse_after_refund {
            discount.reuse_after_refund = reuse;
        }
        let terms = &mut discount.terms;
        self.apply_gift(terms, invalid);
        self.apply_window(terms, invalid);
        self.apply_conditions(terms, tiers, invalid);
        check_whole(terms, invalid);
    }

    fn apply_gift(&self, terms: &mut Terms, invalid: &mut Invalid) {
        match self.kind.as_deref().map(DiscountKind::parse) {
            Some(Some(kind)) => terms.kind = kind,
            Some(None) => invalid.note("type", "Write “percent” or “fixed”."),
            None => {}
        }
        if let Some(value) = self.value {
            terms.value = value;
        }
        if let Some(unlocks) = self.unlocks_hidden {
            terms.unlocks_hidden = unlocks;
        }
        match self.status.as_deref().map(DiscountStatus::parse) {
            Some(Some(status)) => terms.status = status,
            Some(None) => invalid.note("status", "Write “active” or “disabled”."),
            None => {}
        }
    }

    fn apply_window(&self, terms: &mut Terms, invalid: &mut Invalid) {
        let mut date =
            |field: &str, given: &Option<Option<String>>, into: &mut Option<Time>| match given {
                Some(Some(text)) => *into = invalid.check(field, Time::parse_iso(text)).or(*into),
                Some(None) => *into = None,
                None => {}
            };
        date("starts_at", &self.starts_at, &mut terms.starts_at);
        date("ends_at", &self.ends_at, &mut terms.ends_at);
    }

    fn apply_conditions(&self, terms: &mut Terms, tiers: &[Tier], invalid: &mut Invalid) {
        match self.max_uses {
            Some(Some(most)) if !(1..=MOST).contains(&most) => {
                invalid.note("max_uses", format!("Write a number from 1 to {MOST}."));
            }
            Some(most) => terms.uses.capacity = most,
            None => {}
        }
        match self.min_qty {
            Some(least) if !(1..=100).contains(&least) => {
                invalid.note("min_qty", "Write a number from 1 to 100.");
            }
            Some(least) => terms.min_qty = least,
            None => {}
        }
        let Some(given) = &self.tier_ids else {
            return;
        };
        let mut chosen: Vec<TierId> = Vec::with_capacity(given.len());
        for (at, text) in given.iter().enumerate() {
            let own = tiers.iter().find(|t| t.id.as_str() == text);
            match own {
                Some(tier) if chosen.contains(&tier.id) => {}
                Some(tier) => chosen.push(tier.id.clone()),
                None => invalid.note(
                    format!("tier_ids[{at}]"),
                    "This kind of ticket does not exist.",
                ),
            }
        }
        chosen.sort_unstable();
        terms.tiers = chosen;
    }
}

/// What can only be judged when everything that was said is in place.
fn check_whole(terms: &Terms, invalid: &mut Invalid) {
    let least = i64::from(!terms.unlocks_hidden);
    let most = match terms.kind {
        DiscountKind::Percent => 100,
        DiscountKind::Fixed => MOST,
    };
    if !(least..=most).contains(&terms.value) {
        let what = match terms.kind {
            DiscountKind::Percent => "whole per cent",
            DiscountKind::Fixed => "cents",
        };
        invalid.note("value", format!("Write {what} from {least} to {most}."));
    }
    if let (Some(start), Some(end)) = (terms.starts_at, terms.ends_at)
        && end <= start
    {
        invalid.note("ends_at", "The end must lie after the start.");
    }
}
