//! An organizer's events: their list, one of them, and the forms by which it is made and changed.

use super::parts::{Badge, Empty, Input, Pager, Stat, Tabs, grouped};
use super::shell::Frame;
use crate::pages::views::parts::Cover;
use askama::Template;

/// The list.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/events.html")]
pub struct EventsPage {
    /// The frame.
    pub frame: Frame,
    /// The shelves: coming, drafts, over, put away.
    pub tabs: Tabs,
    /// Where the search goes (GET).
    pub action: String,
    /// The shelf as the address says it.
    pub shelf: &'static str,
    /// What was searched for.
    pub q: String,
    /// Where an event is made.
    pub new_url: String,
    /// The events.
    pub rows: Vec<EventRow>,
    /// What stands there instead, if there are none.
    pub empty: Option<Empty>,
    /// On to more.
    pub pager: Pager,
}

impl EventsPage {
    /// Whether the head offers a new event: not where the empty shelf does already.
    fn offers_new(&self) -> bool {
        self.empty.as_ref().is_none_or(|empty| empty.step.is_none())
    }
}

/// One event of a list.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// Its title.
    pub title: String,
    /// The address of its overview.
    pub url: String,
    /// When it is, in one short line.
    pub when: String,
    /// Where it is.
    pub place: String,
    /// How it stands.
    pub badge: Badge,
    /// What was sold of what there is.
    pub sales: Sales,
}

/// What was sold of what there is.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct Sales {
    /// Tickets sold.
    pub sold: i64,
    /// Tickets in all; `None` while there are none.
    pub capacity: Option<i64>,
}

impl Sales {
    /// In words: `48 of 120 sold`.
    pub fn words(&self) -> String {
        match (self.capacity, self.sold) {
            (None, 0) => "None sold yet".to_owned(),
            _ => format!("{} sold", self.count()),
        }
    }

    /// In numbers: `48 of 120`, `1,204 of 12,400`.
    pub fn count(&self) -> String {
        match self.capacity {
            Some(capacity) => format!("{} of {}", grouped(self.sold), grouped(capacity)),
            None => grouped(self.sold),
        }
    }

    /// The first of them alone: `1,204`.
    pub fn first(&self) -> String {
        grouped(self.sold)
    }

    /// The second of them alone: `12,400`.
    pub fn most(&self) -> String {
        grouped(self.capacity.unwrap_or_default())
    }

    /// What a bar shows: sold, of how many; `None` where there is nothing to show.
    pub fn bar(&self) -> Option<(i64, i64)> {
        self.capacity
            .filter(|capacity| *capacity > 0)
            .map(|capacity| (self.sold.min(capacity), capacity))
    }
}

/// One event: how it stands and what is next.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/event.html")]
pub struct EventOverviewPage {
    /// The frame.
    pub frame: Frame,
    /// The pages about this event.
    pub tabs: Tabs,
    /// Its title.
    pub title: String,
    /// How it stands.
    pub badge: Badge,
    /// When and where it is, in one line.
    pub line: String,
    /// The numbers that matter.
    pub stats: Vec<Stat>,
    /// What is missing before it can be published; `None` once it is, or was called off.
    pub checklist: Option<Checklist>,
    /// The whole address of its page, once it is published.
    pub public_url: Option<String>,
    /// The line that shows its button on another site's page, once it is published.
    pub widget_line: Option<String>,
    /// Where its organizer sees it as a buyer would.
    pub preview_url: String,
    /// Its tiers.
    pub tiers: Vec<TierLine>,
    /// Where tickets are made.
    pub tickets_url: String,
    /// The steps that can be taken now.
    pub steps: Vec<EventStep>,
}

/// What is missing before an event can be published.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// What is missing, with where it is put right; nothing is missing if this is empty.
    pub missing: Vec<Todo>,
    /// Where publishing is sent (POST).
    pub publish_url: String,
}

/// Something that is missing.
#[derive(Clone, Debug)]
pub struct Todo {
    /// What to do, in a sentence.
    pub sentence: String,
    /// Where, in a word or two.
    pub word: &'static str,
    /// Its address.
    pub href: String,
}

/// A tier in a few words.
#[derive(Clone, Debug)]
pub struct TierLine {
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// What buyers see.
    pub price: String,
    /// What was sold of it.
    pub sales: Sales,
    /// How its sale stands.
    pub badge: Badge,
}

/// A step that can be taken with an event.
#[derive(Clone, Debug)]
pub struct EventStep {
    /// What it is called.
    pub title: &'static str,
    /// What it does, in a sentence.
    pub words: &'static str,
    /// What its button says.
    pub button: &'static str,
    /// Where it leads.
    pub href: String,
    /// What is sent with it (POST); `None` is a link to a page of its own.
    pub status: Option<&'static str>,
    /// Whether it cannot be undone.
    pub grave: bool,
}

/// A group of fields with a heading.
#[derive(Clone, Debug)]
pub struct Section {
    /// The heading.
    pub title: &'static str,
    /// A sentence below it; may be empty.
    pub words: &'static str,
    /// The fields, in rows of one or two.
    pub rows: Vec<FieldRow>,
}

/// Fields that stand side by side where there is room.
#[derive(Clone, Debug)]
pub struct FieldRow(pub Vec<Input>);

impl From<Input> for FieldRow {
    fn from(input: Input) -> Self {
        Self(vec![input])
    }
}

impl<const N: usize> From<[Input; N]> for FieldRow {
    fn from(inputs: [Input; N]) -> Self {
        Self(inputs.into())
    }
}

/// A page that is one form: a new event, a tier, a code, a copy.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/form.html")]
pub struct FormPage {
    /// The frame.
    pub frame: Frame,
    /// The pages about the event that this belongs to, if there is one.
    pub tabs: Option<Tabs>,
    /// The way back: its words and its address.
    pub back: (String, String),
    /// The heading.
    pub title: String,
    /// A sentence below it; may be empty.
    pub lead: String,
    /// What is wrong with the whole, in a sentence.
    pub alert: Option<String>,
    /// Where the form goes (POST).
    pub action: String,
    /// Further fields that go with it, unseen.
    pub hidden: Vec<(&'static str, String)>,
    /// The fields.
    pub sections: Vec<Section>,
    /// What the button says.
    pub button: &'static str,
    /// What a buyer pays for what is typed, and where that is asked for.
    pub price: Option<PricePreview>,
    /// A step beside the form that takes the thing away: its words, its address.
    pub removal: Option<(&'static str, String)>,
}

impl FormPage {
    fn wrong(&self) -> bool {
        self.alert.is_some() || wrong(&self.sections)
    }
}

fn wrong(sections: &[Section]) -> bool {
    let mut inputs = sections.iter().flat_map(|s| &s.rows).flat_map(|r| &r.0);
    inputs.any(Input::is_wrong)
}

/// What a buyer pays for a tier that is being typed.
#[derive(Clone, Debug)]
pub struct PricePreview {
    /// Where it is asked for (GET).
    pub url: String,
    /// What is known now.
    pub words: PriceWords,
}

/// What a buyer sees and pays, in words.
#[derive(Clone, Debug, Default)]
pub struct PriceWords {
    /// `Buyers see $26.46, incl. $1.46 fee, plus tax`.
    pub headline: String,
    /// `They pay $26.53 with GST $0.07`.
    pub note: String,
}

/// The editor.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/editor.html")]
pub struct EditorPage {
    /// The frame.
    pub frame: Frame,
    /// The pages about this event.
    pub tabs: Tabs,
    /// The event's title, as it was saved last.
    pub title: String,
    /// What is wrong with the whole, in a sentence.
    pub alert: Option<String>,
    /// Where the form goes (POST).
    pub action: String,
    /// The revision that the change starts from.
    pub revision: i64,
    /// Whether what is typed is saved by itself: drafts only, because what is public changes when its organizer says so.
    pub autosave: bool,
    /// The fields before the description.
    pub first: Section,
    /// The description.
    pub description: Input,
    /// Where the description is turned into what buyers see (POST).
    pub words_url: String,
    /// The description as buyers see it: safe HTML.
    pub words: String,
    /// The fields after it.
    pub sections: Vec<Section>,
    /// The picture.
    pub cover: CoverBox,
}

impl EditorPage {
    fn wrong(&self) -> bool {
        let first = std::slice::from_ref(&self.first);
        self.alert.is_some()
            || self.description.is_wrong()
            || wrong(first)
            || wrong(&self.sections)
            || self.cover.error.is_some()
    }
}

/// The picture and the form that changes it.
#[derive(Clone, Debug)]
pub struct CoverBox {
    /// The picture, if there is one.
    pub cover: Option<Cover>,
    /// Where a new one is sent (POST, multipart).
    pub action: String,
    /// Where it is taken away (POST).
    pub remove_url: String,
    /// Why the last one was not taken.
    pub error: Option<String>,
}
