//! The fields of a tier as a form shows and sends them.

use super::form::{Typed, Values, clock, filled, number};
use super::own::OwnEvent;
use crate::extract::Form;
use crate::money_text;
use crate::pages::views::portal::events::{FieldRow, FormPage, PricePreview, PriceWords, Section};
use crate::pages::views::portal::parts::Input;
use crate::state::WebState;
use app::error::Invalid;
use app::events;
use app::records::Tier;
use app::tiers::TierFields;
use model::money::{Currency, Money};
use model::tax::{ItemClass, TaxChoice, TaxComponent};
use model::time::{Time, Zone};

const CLASSES: [(&str, &str); 4] = [
    ("admission", "Admission"),
    ("goods", "A thing to take home"),
    ("donation", "A donation"),
    ("exempt", "Free of tax by law"),
];

/// A tier as it is kept.
pub(super) struct Kept<'a>(pub &'a Tier, pub &'a Zone);

impl Values for Kept<'_> {
    fn value(&self, name: &str) -> String {
        let (tier, zone) = (self.0, self.1);
        let clock = |time: Option<Time>| time.map_or_else(String::new, |t| t.to_local(zone));
        match name {
            "name" => tier.name.clone(),
            "description" => tier.description.clone(),
            "price" => money_text::plain(tier.price_cents, tier.currency),
            "item_class" => tier.item_class.code().to_owned(),
            "taxes" => tier
                .tax_choice
                .as_ref()
                .map_or_else(String::new, TaxChoice::code),
            "capacity" => tier.stock.capacity.unwrap_or_default().to_string(),
            "max_per_order" => tier.max_per_order.to_string(),
            "sales_start_at" => clock(tier.sales_start_at),
            "sales_end_at" => clock(tier.sales_end_at),
            "visibility" => tier.visibility.code().to_owned(),
            _ => String::new(),
        }
    }

    fn fault(&self, _: &str) -> Option<String> {
        None
    }
}

/// What a page about a tier shows.
pub(super) struct Shown<'a> {
    values: Box<dyn Values + Send + Sync + 'a>,
    tier: Option<&'a Tier>,
    alert: Option<String>,
}

impl<'a> Shown<'a> {
    /// What was typed.
    pub(super) fn typed(form: &'a Form, invalid: &'a Invalid, alert: Option<String>) -> Self {
        Self {
            values: Box::new(Typed(form, invalid)),
            tier: None,
            alert,
        }
    }

    /// What is kept.
    pub(super) fn kept(kept: &'a Kept<'a>) -> Self {
        Self {
            values: Box::new(Kept(kept.0, kept.1)),
            tier: Some(kept.0),
            alert: None,
        }
    }

    /// The same about a tier that exists.
    pub(super) fn of(mut self, tier: &'a Tier) -> Self {
        self.tier = Some(tier);
        self
    }

    /// What decides the price, if a price stands there.
    pub(super) fn price_fields(&self, own: &OwnEvent) -> Option<TierFields> {
        let currency = own.event().currency;
        let cents = money_text::read(&self.values.value("price"), currency)?;
        Some(TierFields {
            price_cents: Some(cents),
            item_class: Some(self.values.value("item_class")).filter(|c| !c.is_empty()),
            taxes: Some(taxes(&self.values.value("taxes"))),
            ..TierFields::default()
        })
    }
}

/// Nothing is what the class says; `none` is no tax.
fn taxes(text: &str) -> Option<Vec<String>> {
    match text {
        "" => None,
        "none" => Some(Vec::new()),
        names => Some(names.split(',').map(str::to_owned).collect()),
    }
}

/// What is said of a price above the highest that there is.
pub(super) fn too_dear(currency: Currency) -> String {
    let most = money_text::price(Money::new(events::MOST, currency));
    format!("A ticket costs at most {most}.")
}

/// What a form says about a tier.
pub(super) fn read(form: &Form, zone: &Zone, currency: Currency) -> (TierFields, Invalid) {
    let mut invalid = Invalid::default();
    let text = |name: &str| Some(form.get(name).to_owned());
    let price = money_text::read(form.get("price"), currency);
    match price {
        None => invalid.note("price", "Write a price like 25 or 25.50; 0 is free."),
        Some(cents) if cents > events::MOST => invalid.note("price", too_dear(currency)),
        Some(_) => {}
    }
    let capacity = number(form, "capacity", &mut invalid);
    if form.get("capacity").trim().is_empty() {
        invalid.note("capacity", "Say how many there are.");
    }
    let fields = TierFields {
        name: text("name"),
        description: text("description"),
        price_cents: price,
        item_class: text("item_class").filter(|c| !c.is_empty()),
        taxes: Some(taxes(form.get("taxes"))),
        capacity,
        max_per_order: number(form, "max_per_order", &mut invalid),
        sales_start_at: Some(clock(form, "sales_start_at", zone, &mut invalid)),
        sales_end_at: Some(clock(form, "sales_end_at", zone, &mut invalid)),
        visibility: text("visibility").filter(|v| !v.is_empty()),
        revision: form.get("revision").parse().ok(),
        ..TierFields::default()
    };
    (fields, invalid)
}

/// The page.
pub(super) fn page(
    state: &WebState,
    own: &OwnEvent,
    shown: &Shown<'_>,
    words: PriceWords,
) -> FormPage {
    let values = &*shown.values;
    let tier = shown.tier;
    let sold = tier.map_or(0, |t| t.stock.sold + t.stock.held);
    let part = |end: &str| match tier {
        Some(tier) => own.part(state, &format!("tickets/{}{end}", tier.id)),
        None => own.part(state, "tickets"),
    };
    FormPage {
        frame: own.frame(state),
        tabs: Some(own.tabs(state, "tickets")),
        back: ("Tickets".to_owned(), own.part(state, "tickets")),
        title: tier.map_or_else(|| "Add a kind of ticket".to_owned(), |t| t.name.clone()),
        lead: if sold > 0 {
            format!("{sold} are sold or in carts. What was bought keeps its price.")
        } else {
            String::new()
        },
        alert: shown.alert.clone(),
        action: part(""),
        hidden: tier.map_or_else(Vec::new, |t| vec![("revision", t.revision.to_string())]),
        sections: vec![
            what(values, own),
            sale(values),
            fine_print(values, own, tier),
        ],
        button: if tier.is_some() { "Save" } else { "Add" },
        price: Some(PricePreview {
            url: own.part(state, "price"),
            words,
        }),
        removal: tier
            .filter(|_| sold == 0)
            .map(|_| ("Delete these tickets", part("/delete"))),
    }
}

fn what(values: &dyn Values, own: &OwnEvent) -> Section {
    let currency = own.event().currency;
    let (sign, label) = if currency == Currency::CAD {
        ("$", "Price".to_owned())
    } else {
        ("", format!("Price in {currency}"))
    };
    let price = filled(values, "price", |n| Input::money(n, &label, sign))
        .hint("0 is free.")
        .error(
            values
                .fault("price")
                .or_else(|| values.fault("price_cents")),
        );
    Section {
        title: "The ticket",
        words: "",
        rows: vec![
            filled(values, "name", |n| Input::text(n, "Name"))
                .hint("For example “General admission” or “Student”.")
                .most(80)
                .required()
                .into(),
            filled(values, "description", |n| {
                Input::text(n, "A sentence about it")
            })
            .most(300)
            .into(),
            FieldRow::from([
                price.required(),
                filled(values, "capacity", |n| {
                    Input::digits(n, "How many there are")
                })
                .required(),
            ]),
        ],
    }
}

fn sale(values: &dyn Values) -> Section {
    let who = [
        ("public", "Everybody"),
        ("hidden", "Whoever has its link or a code"),
    ];
    Section {
        title: "Its sale",
        words: "",
        rows: vec![
            FieldRow::from([
                filled(values, "sales_start_at", |n| Input::date_time(n, "Begins"))
                    .hint("If empty: at once."),
                filled(values, "sales_end_at", |n| Input::date_time(n, "Ends"))
                    .hint("If empty: when the event ends."),
            ]),
            FieldRow::from([
                filled(values, "max_per_order", |n| {
                    Input::digits(n, "Most in one order")
                })
                .required(),
                filled(values, "visibility", |n| {
                    Input::choice(n, "Who sees it", &who)
                })
                .required(),
            ]),
        ],
    }
}

fn fine_print(values: &dyn Values, own: &OwnEvent, tier: Option<&Tier>) -> Section {
    let choices = tax_choices(own, tier);
    let choices: Vec<(&str, &str)> = choices
        .iter()
        .map(|(v, w)| (v.as_str(), w.as_str()))
        .collect();
    Section {
        title: "For the tax office",
        words: "",
        rows: vec![FieldRow::from([
            filled(values, "item_class", |n| {
                Input::choice(n, "What is sold", &CLASSES)
            })
            .required(),
            filled(values, "taxes", |n| {
                Input::choice(n, "Taxes on it", &choices)
            })
            .hint("Leave it, unless your accountant says otherwise.")
            .required(),
        ])],
    }
}

/// The taxes that can be charged where the event is, alone and together.
fn tax_choices(own: &OwnEvent, tier: Option<&Tier>) -> Vec<(String, String)> {
    let (event, now) = (own.event(), own.portal.cx.now);
    let mut all = vec![
        (String::new(), "As what is sold says".to_owned()),
        ("none".to_owned(), "None".to_owned()),
    ];
    let charged = |component: &TaxComponent| {
        let one = TaxChoice::read(&[component.code()]);
        one.is_ok_and(|c| c.check(event.province, ItemClass::Admission, now).is_ok())
    };
    let mut codes: Vec<Vec<TaxComponent>> = Vec::new();
    for component in TaxComponent::ALL.into_iter().filter(charged) {
        let longer: Vec<_> = codes
            .iter()
            .map(|c| [c.as_slice(), &[component]].concat())
            .collect();
        codes.push(vec![component]);
        codes.extend(longer);
    }
    codes.sort_by_key(Vec::len);
    all.extend(codes.iter().map(|set| {
        let code: Vec<&str> = set.iter().map(|c| c.code()).collect();
        let names: Vec<&str> = set.iter().map(|c| c.name_in(event.province)).collect();
        (code.join(","), names.join(" and "))
    }));
    // A choice of before the event moved to another province is shown all the same.
    let kept = tier
        .and_then(|t| t.tax_choice.as_ref())
        .map(TaxChoice::code);
    if let Some(kept) = kept.filter(|kept| !all.iter().any(|(code, _)| code == kept)) {
        all.push((kept.clone(), kept));
    }
    all
}
