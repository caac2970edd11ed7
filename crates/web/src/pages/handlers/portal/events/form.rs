//! The fields of an event as a form shows and sends them.
//!
//! A form holds what people write: wall clocks of the place, and nothing where nothing is meant. What is
//! right stays the use case's to say; here only the two spellings meet.

use crate::extract::Form;
use crate::pages::views::portal::events::{FieldRow, Section};
use crate::pages::views::portal::parts::Input;
use app::error::Invalid;
use app::events::EventFields;
use app::records::Event;
use model::time::{Time, Zone};

/// The zones of Canada, with the words of people who live in them.
const ZONES: [(&str, &str); 9] = [
    ("America/Vancouver", "Pacific (Vancouver)"),
    ("America/Whitehorse", "Yukon (Whitehorse)"),
    ("America/Edmonton", "Mountain (Edmonton)"),
    (
        "America/Dawson_Creek",
        "Mountain, no summer time (Dawson Creek)",
    ),
    ("America/Regina", "Central, no summer time (Regina)"),
    ("America/Winnipeg", "Central (Winnipeg)"),
    ("America/Toronto", "Eastern (Toronto, Montréal)"),
    ("America/Halifax", "Atlantic (Halifax)"),
    ("America/St_Johns", "Newfoundland (St. John’s)"),
];

/// The provinces and territories by code and name, those of the west first: most of our events are there.
const PROVINCES: [(&str, &str); 13] = [
    ("BC", "British Columbia"),
    ("AB", "Alberta"),
    ("SK", "Saskatchewan"),
    ("MB", "Manitoba"),
    ("ON", "Ontario"),
    ("QC", "Québec"),
    ("NB", "New Brunswick"),
    ("NS", "Nova Scotia"),
    ("PE", "Prince Edward Island"),
    ("NL", "Newfoundland and Labrador"),
    ("YT", "Yukon"),
    ("NT", "Northwest Territories"),
    ("NU", "Nunavut"),
];

/// Where a form's values and their faults come from.
pub(super) trait Values {
    /// The value of a field, as the form shows it.
    fn value(&self, name: &str) -> String;
    /// What is wrong with it.
    fn fault(&self, name: &str) -> Option<String>;
}

/// Values as they are kept, with nothing wrong.
pub(super) struct Kept<'a>(pub &'a Event, pub &'a Zone);

impl Values for Kept<'_> {
    fn value(&self, name: &str) -> String {
        let (event, zone) = (self.0, self.1);
        let clock = |time: Option<Time>| time.map_or_else(String::new, |t| t.to_local(zone));
        match name {
            "title" => event.title.clone(),
            "summary" => event.summary.clone(),
            "description" => event.description.clone(),
            "venue" => event.venue.clone(),
            "address" => event.address.clone(),
            "city" => event.city.clone(),
            "province" => event.province.code().to_owned(),
            "timezone" => event.timezone.clone(),
            "start_at" => clock(Some(event.start_at)),
            "end_at" => clock(Some(event.end_at)),
            "capacity" => event
                .stock
                .capacity
                .map_or_else(String::new, |c| c.to_string()),
            "allow_refunds_until" => clock(event.allow_refunds_until),
            "door_opens_at" => clock(event.door_opens_at),
            "door_closes_at" => clock(event.door_closes_at),
            "fee_mode" => event.fee.mode.code().to_owned(),
            "tax_engine" => event.tax_engine.code().to_owned(),
            "tax_inclusive" if event.tax_inclusive => "yes".to_owned(),
            _ => String::new(),
        }
    }

    fn fault(&self, _: &str) -> Option<String> {
        None
    }
}

/// Values as they were typed, with what is wrong with them.
pub(super) struct Typed<'a>(pub &'a Form, pub &'a Invalid);

impl Values for Typed<'_> {
    fn value(&self, name: &str) -> String {
        self.0.get(name).to_owned()
    }

    fn fault(&self, name: &str) -> Option<String> {
        let faults = &self.1.0;
        let fault = faults.iter().find(|fault| fault.field == name);
        fault.map(|fault| fault.message.clone())
    }
}

/// Dresses a field with its value and its fault.
pub(super) fn filled(values: &dyn Values, name: &str, make: impl FnOnce(&str) -> Input) -> Input {
    make(name)
        .value(values.value(name))
        .error(values.fault(name))
}

/// A time that a form sends by the clock of a zone, as the API takes it; nothing if it is empty.
pub(super) fn clock(form: &Form, name: &str, zone: &Zone, invalid: &mut Invalid) -> Option<String> {
    let text = form.get(name).trim();
    if text.is_empty() {
        return None;
    }
    if let Ok(time) = Time::parse_local(text, zone) {
        Some(time.to_iso())
    } else {
        invalid.note(name, "Choose a day and a time.");
        None
    }
}

/// A whole number that a form sends; nothing if it is empty.
pub(super) fn number(form: &Form, name: &str, invalid: &mut Invalid) -> Option<i64> {
    let text: String = form
        .get(name)
        .chars()
        .filter(|c| !matches!(c, ' ' | ',' | '\u{a0}'))
        .collect();
    if text.is_empty() {
        return None;
    }
    let number = text.parse().ok();
    if number.is_none() {
        invalid.note(name, "Write a whole number.");
    }
    number
}

/// What a form says about an event; `zone` is the one that it had before.
pub(super) fn read(form: &Form, zone: &Zone) -> (EventFields, Invalid) {
    let mut invalid = Invalid::default();
    let sent = |name: &str| form.0.iter().any(|(n, _)| n == name);
    let text = |name: &str| sent(name).then(|| form.get(name).to_owned());
    let said_zone = Zone::parse(form.get("timezone"));
    let zone = said_zone.as_ref().unwrap_or(zone);
    let needed = |name: &str, invalid: &mut Invalid| {
        if sent(name) && form.get(name).trim().is_empty() {
            invalid.note(name, "This is needed.");
        }
        clock(form, name, zone, invalid)
    };
    let start_at = needed("start_at", &mut invalid);
    let end_at = needed("end_at", &mut invalid);
    let mut maybe = |name: &str| {
        let faults = invalid.0.len();
        let time = clock(form, name, zone, &mut invalid);
        (sent(name) && invalid.0.len() == faults).then_some(time)
    };
    let allow_refunds_until = maybe("allow_refunds_until");
    let door_opens_at = maybe("door_opens_at");
    let door_closes_at = maybe("door_closes_at");
    let faults = invalid.0.len();
    let capacity = number(form, "capacity", &mut invalid);
    let fields = EventFields {
        title: text("title"),
        summary: text("summary"),
        description: text("description"),
        venue: text("venue"),
        address: text("address"),
        city: text("city"),
        province: text("province"),
        timezone: text("timezone"),
        start_at,
        end_at,
        capacity: (sent("capacity") && invalid.0.len() == faults).then_some(capacity),
        allow_refunds_until,
        door_opens_at,
        door_closes_at,
        fee_mode: text("fee_mode"),
        tax_engine: text("tax_engine"),
        // A tick that is not set is not sent; the field beside it always is.
        tax_inclusive: sent("tax_engine").then(|| form.get("tax_inclusive") == "yes"),
        revision: form.get("revision").parse().ok(),
        ..EventFields::default()
    };
    (fields, invalid)
}

/// What and in which words.
pub(super) fn first(values: &dyn Values) -> Section {
    Section {
        title: "What it is",
        words: "",
        rows: vec![
            title(values).into(),
            filled(values, "summary", |n| {
                Input::text(n, "In a sentence or two")
            })
            .hint("Stands below the title, in search results and when somebody shares the page.")
            .most(300)
            .into(),
        ],
    }
}

pub(super) fn title(values: &dyn Values) -> Input {
    filled(values, "title", |n| Input::text(n, "Title"))
        .most(160)
        .required()
}

/// The description.
pub(super) fn description(values: &dyn Values) -> Input {
    filled(values, "description", |n| Input::area(n, "Description", 10))
        .hint("Markdown works: **bold**, *italic*, # heading, - list, [link](https://…).")
        .most(20_000)
}

/// Where it is.
pub(super) fn place(values: &dyn Values) -> Section {
    Section {
        title: "Where",
        words: "",
        rows: vec![
            venue(values).into(),
            filled(values, "address", |n| Input::text(n, "Street"))
                .most(240)
                .into(),
            FieldRow::from([
                city(values),
                filled(values, "province", |n| {
                    Input::choice(n, "Province", &PROVINCES)
                })
                .hint("Decides the taxes.")
                .required(),
            ]),
        ],
    }
}

pub(super) fn venue(values: &dyn Values) -> Input {
    filled(values, "venue", |n| Input::text(n, "Venue"))
        .hint("The name of the hall, park or house.")
        .most(160)
}

pub(super) fn city(values: &dyn Values) -> Input {
    filled(values, "city", |n| Input::text(n, "City")).most(80)
}

/// When it starts and ends.
pub(super) fn times(values: &dyn Values) -> FieldRow {
    FieldRow::from([
        filled(values, "start_at", |n| Input::date_time(n, "Starts")).required(),
        filled(values, "end_at", |n| Input::date_time(n, "Ends")).required(),
    ])
}

/// When it is.
pub(super) fn dates(values: &dyn Values) -> Section {
    let current = values.value("timezone");
    let mut zones: Vec<(&str, &str)> = ZONES.to_vec();
    if !zones.iter().any(|(name, _)| *name == current) {
        zones.push((current.as_str(), current.as_str()));
    }
    let zone = filled(values, "timezone", |n| {
        Input::choice(n, "Clock of the place", &zones)
    });
    Section {
        title: "When",
        words: "All times on this page are by the clock of the place.",
        rows: vec![
            times(values),
            zone.required().into(),
            FieldRow::from([
                filled(values, "door_opens_at", |n| {
                    Input::date_time(n, "Tickets are let in from")
                })
                .hint("If empty: at any time."),
                filled(values, "door_closes_at", |n| Input::date_time(n, "Until"))
                    .hint("If empty: with no end."),
            ]),
        ],
    }
}

/// How it is sold.
pub(super) fn selling(values: &dyn Values) -> Section {
    let fees = [
        ("pass", "The buyer pays it, inside the first price"),
        ("absorb", "We pay it from the ticket’s price"),
    ];
    let engines = [
        ("table", "By the table of Canada’s sales taxes"),
        ("stripe", "Stripe Tax computes them"),
        ("none", "We charge no tax"),
    ];
    Section {
        title: "Selling",
        words: "",
        rows: vec![
            FieldRow::from([
                filled(values, "capacity", |n| Input::digits(n, "Places in all"))
                    .hint("A limit over all kinds of tickets together. If empty: none."),
                filled(values, "allow_refunds_until", |n| {
                    Input::date_time(n, "Refunds on request until")
                })
                .hint("If empty: no refunds on request."),
            ]),
            FieldRow::from([
                filled(values, "fee_mode", |n| {
                    Input::choice(n, "Service fee", &fees)
                })
                .required(),
                filled(values, "tax_engine", |n| {
                    Input::choice(n, "Taxes", &engines)
                })
                .hint("You charge only what you are registered for.")
                .required(),
            ]),
            Input::tick(
                "tax_inclusive",
                "Prices have their taxes inside",
                values.value("tax_inclusive") == "yes",
            )
            .error(values.fault("tax_inclusive"))
            .into(),
        ],
    }
}
