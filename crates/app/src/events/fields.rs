//! The fields of an event as they come in, and how each is checked.

use crate::cx::{Actor, Cx};
use crate::error::Invalid;
use model::dispute::DisputePolicy;
use model::money::{Currency, Ppm};
use model::pricing::{FeeMode, FeeRule};
use model::tax::Province;
use model::tax_engine::TaxEngine;
use model::text::{self, fold};
use model::time::{Time, Zone};
use store::events::Event;

/// What may be said about an event; absent means "as it is" (or the default of a new one).
#[derive(Clone, Debug, Default)]
pub struct EventFields {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub venue: Option<String>,
    pub address: Option<String>,
    pub city: Option<String>,
    pub province: Option<String>,
    pub start_at: Option<String>,
    pub end_at: Option<String>,
    pub timezone: Option<String>,
    /// `Some(None)` takes the limit away.
    pub capacity: Option<Option<i64>>,
    pub cover_url: Option<String>,
    /// `Some(None)` takes the date away.
    pub allow_refunds_until: Option<Option<String>>,
    pub currency: Option<String>,
    pub fee_mode: Option<String>,
    pub fee_percent_ppm: Option<i64>,
    pub fee_fixed_cents: Option<i64>,
    pub fee_min_cents: Option<i64>,
    pub fee_cap_cents: Option<Option<i64>>,
    pub tax_engine: Option<String>,
    pub tax_inclusive: Option<bool>,
    /// `freeze` or `keep`: what a dispute does to tickets while it is open.
    pub dispute_policy: Option<String>,
    /// Whether checkout asks for a name on each ticket.
    pub ask_names: Option<bool>,
    pub door_opens_at: Option<Option<String>>,
    pub door_closes_at: Option<Option<String>>,
    /// Whether a used ticket lets its holder in again.
    pub door_reentry: Option<bool>,
    /// `draft`, `published` or `archived`; only when changing.
    pub status: Option<String>,
    /// The revision that the change started from; a change of another one is refused.
    pub revision: Option<i64>,
}

/// What is told about who bears the service fee.
pub(crate) const FEE_MODES: &str =
    "Write “pass” (the buyer pays) or “absorb” (the organizer does).";

/// Who may set the platform's service fee. An organizer chooses who bears it, and nothing else of it.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum FeeSetter {
    /// Whoever runs the platform.
    Platform,
    /// An organizer.
    Organizer,
}

impl FeeSetter {
    /// What the context's actor may.
    pub fn of(cx: &Cx) -> Self {
        match cx.actor {
            Actor::Admin(_) | Actor::System => Self::Platform,
            Actor::Public | Actor::Buyer(_) | Actor::User(_) | Actor::Scanner { .. } => {
                Self::Organizer
            }
        }
    }
}

const PLATFORMS_FEE: &str =
    "The platform sets its service fee; with fee_mode you choose who bears it.";

/// The most that counters and prices are allowed to be: far from any overflow when multiplied.
pub const MOST: i64 = 10_000_000;

impl EventFields {
    /// Applies what was said to an event; notes what is wrong.
    pub fn apply(&self, event: &mut Event, fee_by: FeeSetter, invalid: &mut Invalid) {
        self.apply_words(event, invalid);
        self.apply_times(event, invalid);
        self.apply_money(event, invalid);
        let before = event.fee.clone();
        self.apply_fee(&mut event.fee, invalid);
        let changed = FeeRule {
            mode: before.mode,
            ..event.fee.clone()
        } != before;
        // Saying the same again is no change: forms send back what they were shown.
        if changed && fee_by == FeeSetter::Organizer {
            invalid.note("fee", PLATFORMS_FEE);
        }
        if let Some(ask) = self.ask_names {
            event.ask_names = ask;
        }
        if let Some(reentry) = self.door_reentry {
            event.door_reentry = reentry;
        }
        event.city_folded = fold(&event.city);
        event.search_folded = fold(
            &[&event.title, &event.summary, &event.venue, &event.city]
                .map(String::as_str)
                .join(" "),
        );
    }

    fn apply_words(&self, event: &mut Event, invalid: &mut Invalid) {
        let mut line = |field: &str, given: &Option<String>, max: usize, into: &mut String| {
            if let Some(text) = given
                .as_deref()
                .and_then(|t| invalid.check(field, text::optional_line(t, max)))
            {
                *into = text;
            }
        };
        line("summary", &self.summary, 300, &mut event.summary);
        line("venue", &self.venue, 160, &mut event.venue);
        line("address", &self.address, 240, &mut event.address);
        line("city", &self.city, 80, &mut event.city);
        line("cover_url", &self.cover_url, 500, &mut event.cover_url);
        if let Some(title) = self
            .title
            .as_deref()
            .and_then(|t| invalid.check("title", text::line(t, 160)))
        {
            event.title = title;
        }
        if let Some(text) = self
            .description
            .as_deref()
            .and_then(|t| invalid.check("description", text::paragraphs(t, 20_000)))
        {
            event.description = text;
        }
        if !(event.cover_url.is_empty()
            || event.cover_url.starts_with("https://")
            || event.cover_url.starts_with('/'))
        {
            invalid.note("cover_url", "A cover's address begins with https://.");
        }
        if let Some(province) = self
            .province
            .as_deref()
            .and_then(|p| invalid.check("province", Province::parse(p)))
        {
            event.province = province;
        }
    }

    fn apply_times(&self, event: &mut Event, invalid: &mut Invalid) {
        if let Some(zone) = self
            .timezone
            .as_deref()
            .and_then(|z| invalid.check("timezone", Zone::parse(z)))
        {
            zone.name().clone_into(&mut event.timezone);
        }
        let mut time = |field: &str, given: &Option<String>, into: &mut Time| {
            if let Some(time) = given
                .as_deref()
                .and_then(|t| invalid.check(field, Time::parse_iso(t)))
            {
                *into = time;
            }
        };
        time("start_at", &self.start_at, &mut event.start_at);
        time("end_at", &self.end_at, &mut event.end_at);
        optional_time(
            "allow_refunds_until",
            self.allow_refunds_until.as_ref(),
            &mut event.allow_refunds_until,
            invalid,
        );
        optional_time(
            "door_opens_at",
            self.door_opens_at.as_ref(),
            &mut event.door_opens_at,
            invalid,
        );
        optional_time(
            "door_closes_at",
            self.door_closes_at.as_ref(),
            &mut event.door_closes_at,
            invalid,
        );
        if event.end_at <= event.start_at {
            invalid.note("end_at", "The end must lie after the start.");
        }
    }

    fn apply_money(&self, event: &mut Event, invalid: &mut Invalid) {
        if let Some(currency) = self
            .currency
            .as_deref()
            .and_then(|c| invalid.check("currency", Currency::parse(c)))
        {
            event.currency = currency;
        }
        match self.capacity {
            Some(Some(most)) if !(0..=MOST).contains(&most) => {
                invalid.note("capacity", format!("Write a number from 0 to {MOST}."));
            }
            Some(capacity) => event.stock.capacity = capacity,
            None => {}
        }
        match self.tax_engine.as_deref().map(TaxEngine::parse) {
            Some(Some(engine)) => event.tax_engine = engine,
            Some(None) => invalid.note(
                "tax_engine",
                "Write “table” (we compute the taxes), “stripe” (Stripe Tax does) or “none”.",
            ),
            None => {}
        }
        match self.dispute_policy.as_deref().map(DisputePolicy::parse) {
            Some(Some(policy)) => event.dispute_policy = policy,
            Some(None) => invalid.note(
                "dispute_policy",
                "Write “freeze” (disputed tickets admit nobody) or “keep”.",
            ),
            None => {}
        }
        event.tax_inclusive = self.tax_inclusive.unwrap_or(event.tax_inclusive);
    }

    fn apply_fee(&self, fee: &mut FeeRule, invalid: &mut Invalid) {
        match self.fee_mode.as_deref().map(FeeMode::parse) {
            Some(Some(mode)) => fee.mode = mode,
            Some(None) => invalid.note("fee_mode", FEE_MODES),
            None => {}
        }
        if let Some(ppm) = self.fee_percent_ppm {
            match u32::try_from(ppm).ok().filter(|p| *p <= 500_000) {
                Some(ppm) => fee.percent = Ppm(ppm),
                None => invalid.note(
                    "fee_percent_ppm",
                    "Write parts per million from 0 to 500000 (50%).",
                ),
            }
        }
        let mut cents = |field: &str, given: Option<i64>, into: &mut i64| match given {
            Some(value) if (0..=MOST).contains(&value) => *into = value,
            Some(_) => invalid.note(field, format!("Write cents from 0 to {MOST}.")),
            None => {}
        };
        cents(
            "fee_fixed_cents",
            self.fee_fixed_cents,
            &mut fee.fixed_cents,
        );
        cents("fee_min_cents", self.fee_min_cents, &mut fee.min_cents);
        match self.fee_cap_cents {
            Some(Some(cap)) if !(0..=MOST).contains(&cap) => {
                invalid.note("fee_cap_cents", format!("Write cents from 0 to {MOST}."));
            }
            Some(cap) => fee.cap_cents = cap,
            None => {}
        }
        if let Err(error) = fee.check() {
            invalid.note("fee", error);
        }
    }
}

fn optional_time(
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
