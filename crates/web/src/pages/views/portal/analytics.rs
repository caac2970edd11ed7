//! What an event has sold: numbers that matter, over time, and where they come from.

pub mod chart;

use super::parts::{Empty, Stat, Tabs};
use super::shell::Frame;
use askama::Template;
use chart::{Chart, Place};

/// An event's numbers.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/analytics.html")]
pub struct AnalyticsPage {
    /// The frame.
    pub frame: Frame,
    /// The event's title.
    pub title: String,
    /// The pages about the event.
    pub tabs: Tabs,
    /// Whether the sale is under way, so that the page keeps itself up to date.
    pub live: bool,
    /// When the numbers were read: `7:42 p.m. PST`.
    pub read_at: String,
    /// What is asked for.
    pub period: Period,
    /// The numbers that matter.
    pub stats: Vec<Stat>,
    /// What stands there while nothing was sold; with it there is no chart.
    pub empty: Option<Empty>,
    /// The sale over time.
    pub chart: Chart,
    /// The same in words.
    pub rows: Vec<Row>,
    /// Whether steps of nothing were left out of the table.
    pub gaps: bool,
    /// By tier, by code, by source.
    pub facets: Vec<Facet>,
    /// Links that tell where buyers come from.
    pub linker: Linker,
    /// Files to take away: their words and addresses.
    pub files: Vec<(String, String)>,
}

/// What is asked for, as its form shows it.
#[derive(Clone, Debug, Default)]
pub struct Period {
    /// Where the form goes (GET).
    pub action: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// How long the steps are; empty for what fits.
    pub bucket: String,
    /// What the chart counts: `tickets` or `sales`.
    pub show: &'static str,
    /// Whether any of it was chosen, so that there is a way back to all.
    pub chosen: bool,
}

impl Period {
    fn buckets(&self) -> [(&'static str, &'static str, bool); 4] {
        [
            (
                "",
                "What fits",
                "hour day week".split(' ').all(|b| b != self.bucket),
            ),
            ("hour", "Hours", self.bucket == "hour"),
            ("day", "Days", self.bucket == "day"),
            ("week", "Weeks", self.bucket == "week"),
        ]
    }
}

/// One step in words.
#[derive(Clone, Debug)]
pub struct Row {
    /// When: `Fri, Nov 27`.
    pub when: String,
    /// Tickets.
    pub units: i64,
    /// What buyers paid.
    pub gross: String,
    /// What the organizer earned.
    pub net: String,
    /// The organizer's taxes.
    pub tax: String,
    /// The service fee with its taxes.
    pub fees: String,
    /// What went back to buyers.
    pub back: String,
}

/// A division of what was sold.
#[derive(Clone, Debug)]
pub struct Facet {
    /// By what: `By kind of ticket`.
    pub title: &'static str,
    /// What stands there while there is nothing to divide by.
    pub hint: String,
    /// Its shares.
    pub shares: Vec<Share>,
}

/// A share of what was sold.
#[derive(Clone, Debug)]
pub struct Share {
    /// What people call it.
    pub label: String,
    /// How much: `12 tickets`.
    pub value: String,
    /// What it earned, and how it stands.
    pub note: String,
    /// How long its bar is beside the longest.
    pub width: Place,
}

/// The form that makes a link with a source, and the link that it made.
#[derive(Clone, Debug, Default)]
pub struct Linker {
    /// Where the form goes (GET).
    pub action: String,
    /// What was typed.
    pub typed: String,
    /// The name that it is counted by, and the whole link.
    pub made: Option<(String, String)>,
    /// What is wrong with what was typed.
    pub error: Option<String>,
}
