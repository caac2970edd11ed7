//! The fields of a discount code as a form shows and sends them.

use super::form::{Typed, Values, clock, filled, number};
use super::own::OwnEvent;
use crate::extract::Form;
use crate::money_text;
use crate::pages::views::portal::events::{FieldRow, FormPage, Section};
use crate::pages::views::portal::parts::Input;
use crate::state::WebState;
use app::discounts::DiscountFields;
use app::error::Invalid;
use app::records::Discount;
use model::discount::DiscountKind;
use model::money::Currency;
use model::time::{Time, Zone};

const KINDS: [(&str, &str); 2] = [
    ("percent", "Per cent off the tickets"),
    ("fixed", "An amount off the order"),
];

/// The name of the tick of a tier.
fn tick_of(tier: &str) -> String {
    format!("for-{tier}")
}

/// A code as it is kept.
pub(super) struct Kept<'a>(pub &'a Discount, pub &'a Zone, pub Currency);

impl Values for Kept<'_> {
    fn value(&self, name: &str) -> String {
        let (terms, zone) = (&self.0.terms, self.1);
        let clock = |time: Option<Time>| time.map_or_else(String::new, |t| t.to_local(zone));
        let yes = |on: bool| if on { "yes".to_owned() } else { String::new() };
        match name {
            "code" => self.0.code.clone(),
            "type" => terms.kind.code().to_owned(),
            "value" => match terms.kind {
                DiscountKind::Percent => terms.value.to_string(),
                DiscountKind::Fixed => money_text::plain(terms.value, self.2),
            },
            "max_uses" => terms
                .uses
                .capacity
                .map_or_else(String::new, |c| c.to_string()),
            "min_qty" => terms.min_qty.to_string(),
            "starts_at" => clock(terms.starts_at),
            "ends_at" => clock(terms.ends_at),
            "unlocks_hidden" => yes(terms.unlocks_hidden),
            "reuse_after_refund" => yes(self.0.reuse_after_refund),
            other => yes(terms.tiers.iter().any(|t| other == tick_of(t.as_str()))),
        }
    }

    fn fault(&self, _: &str) -> Option<String> {
        None
    }
}

/// What a page about a code shows.
pub(super) struct Shown<'a> {
    values: Box<dyn Values + Send + Sync + 'a>,
    discount: Option<&'a Discount>,
    alert: Option<String>,
}

impl<'a> Shown<'a> {
    /// What was typed.
    pub(super) fn typed(form: &'a Form, invalid: &'a Invalid, alert: Option<String>) -> Self {
        Self {
            values: Box::new(Typed(form, invalid)),
            discount: None,
            alert,
        }
    }

    /// What is kept.
    pub(super) fn kept(kept: &'a Kept<'a>) -> Self {
        Self {
            values: Box::new(Kept(kept.0, kept.1, kept.2)),
            discount: Some(kept.0),
            alert: None,
        }
    }

    /// The same about a code that exists.
    pub(super) fn of(mut self, discount: &'a Discount) -> Self {
        self.discount = Some(discount);
        self
    }
}

/// What a form says about a code.
pub(super) fn read(form: &Form, own: &OwnEvent) -> (DiscountFields, Invalid) {
    let mut invalid = Invalid::default();
    let is_fixed = form.get("type") == DiscountKind::Fixed.code();
    let typed = form.get("value").trim();
    let value = match (typed, is_fixed) {
        // A code may do nothing but open hidden tickets.
        ("", _) => Some(0),
        (typed, true) => money_text::read(typed, own.event().currency),
        (typed, false) => typed.trim_end_matches('%').trim_end().parse().ok(),
    };
    if value.is_none() {
        let how = if is_fixed {
            "Write an amount like 5 or 7.50."
        } else {
            "Write whole per cent, like 10."
        };
        invalid.note("value", how);
    }
    let tiers = own.listing.tiers.iter().map(|t| t.id.to_string());
    let tiers = tiers.filter(|id| form.get(&tick_of(id)) == "yes");
    let fields = DiscountFields {
        code: Some(form.get("code").to_owned()),
        kind: Some(form.get("type").to_owned()),
        value,
        max_uses: Some(number(form, "max_uses", &mut invalid)),
        starts_at: Some(clock(form, "starts_at", &own.zone, &mut invalid)),
        ends_at: Some(clock(form, "ends_at", &own.zone, &mut invalid)),
        min_qty: number(form, "min_qty", &mut invalid),
        tier_ids: Some(tiers.collect()),
        unlocks_hidden: Some(form.get("unlocks_hidden") == "yes"),
        reuse_after_refund: Some(form.get("reuse_after_refund") == "yes"),
        status: None,
    };
    (fields, invalid)
}

/// The page.
pub(super) fn page(state: &WebState, own: &OwnEvent, shown: &Shown<'_>) -> FormPage {
    let values = &*shown.values;
    let discount = shown.discount;
    FormPage {
        frame: own.frame(state),
        tabs: Some(own.tabs(state, "discounts")),
        back: ("Discount codes".to_owned(), own.part(state, "discounts")),
        title: discount.map_or_else(|| "Make a code".to_owned(), |d| d.code.clone()),
        lead: discount.map_or_else(String::new, |d| {
            format!(
                "{} used, {} in carts. Orders that used it keep their price.",
                d.terms.uses.sold, d.terms.uses.held
            )
        }),
        alert: shown.alert.clone(),
        action: match discount {
            Some(discount) => own.part(state, &format!("discounts/{}", discount.id)),
            None => own.part(state, "discounts"),
        },
        hidden: Vec::new(),
        sections: vec![gives(values), limits(values), scope(values, own)],
        button: if discount.is_some() {
            "Save"
        } else {
            "Make the code"
        },
        price: None,
        removal: None,
    }
}

fn gives(values: &dyn Values) -> Section {
    Section {
        title: "The code",
        words: "",
        rows: vec![
            filled(values, "code", |n| Input::text(n, "What buyers type"))
                .hint("Capital letters and accents make no difference.")
                .most(40)
                .required()
                .into(),
            FieldRow::from([
                filled(values, "type", |n| Input::choice(n, "What it takes off", &KINDS)).required(),
                filled(values, "value", |n| Input::text(n, "How much"))
                    .hint("10 for 10 per cent, or 7.50 for an amount. Empty if it only opens hidden tickets."),
            ]),
        ],
    }
}

fn limits(values: &dyn Values) -> Section {
    Section {
        title: "How often and when",
        words: "",
        rows: vec![
            FieldRow::from([
                filled(values, "max_uses", |n| {
                    Input::digits(n, "Orders that can use it")
                })
                .hint("If empty: without limit."),
                filled(values, "min_qty", |n| {
                    Input::digits(n, "Fewest tickets in the order")
                })
                .required(),
            ]),
            FieldRow::from([
                filled(values, "starts_at", |n| Input::date_time(n, "Works from"))
                    .hint("If empty: at once."),
                filled(values, "ends_at", |n| Input::date_time(n, "Until"))
                    .hint("If empty: as long as tickets are sold."),
            ]),
            tick(
                values,
                "reuse_after_refund",
                "An order that is refunded whole gives its use back",
            ),
        ],
    }
}

fn tick(values: &dyn Values, name: &str, label: &str) -> FieldRow {
    Input::tick(name, label, values.value(name) == "yes")
        .error(values.fault(name))
        .into()
}

fn scope(values: &dyn Values, own: &OwnEvent) -> Section {
    let mut rows: Vec<FieldRow> = own
        .listing
        .tiers
        .iter()
        .map(|tier| tick(values, &tick_of(tier.id.as_str()), &tier.name))
        .collect();
    rows.push(tick(
        values,
        "unlocks_hidden",
        "It also opens hidden tickets that it is for",
    ));
    Section {
        title: "Which tickets it is for",
        words: "Tick none for all of them.",
        rows,
    }
}
