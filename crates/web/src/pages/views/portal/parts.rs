//! The parts that organizers' pages are made of. Each is a struct with its own look; a template shows
//! one by `{{ part|safe }}`.
//!
//! Tables need no struct: a `<table class="table">` becomes cards on a narrow screen, and each `<td>`
//! says by `data-label` what its column is called.

pub use super::icon::Icon;
pub use super::input::Input;
pub use super::shell::Tone;

use askama::Template;

/// A state in a word: `Published`, `Refunded`.
#[derive(Clone, Debug, Template)]
#[template(
    source = "<span class=\"badge badge--{{ tone.word() }}\">{{ words }}</span>",
    ext = "html"
)]
pub struct Badge {
    /// How it speaks.
    pub tone: Tone,
    /// Its words.
    pub words: String,
}

impl Badge {
    /// A badge.
    pub fn new(tone: Tone, words: impl Into<String>) -> Self {
        Self {
            tone,
            words: words.into(),
        }
    }
}

/// One number that matters, with what it is and what it is compared with.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/parts/stat.html")]
pub struct Stat {
    /// What it is: `Sold`.
    pub label: String,
    /// The number, as people read it: `$1,240.00`.
    pub value: String,
    /// What it is compared with, or how it came about; may be empty.
    pub note: String,
    /// Where it is told in detail; empty for nowhere.
    pub href: String,
}

impl Stat {
    /// A number with its name.
    pub fn new(label: &str, value: impl Into<String>) -> Self {
        Self {
            label: label.to_owned(),
            value: value.into(),
            note: String::new(),
            href: String::new(),
        }
    }

    /// The same with a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// The same with a way to the detail.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }
}

/// What stands where there is nothing yet: what will be here, and the step that leads to it.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/parts/empty.html")]
pub struct Empty {
    /// The heading: `No orders yet`.
    pub title: String,
    /// What will be here and when.
    pub words: String,
    /// The next step: its words and its address.
    pub step: Option<(String, String)>,
}

impl Empty {
    /// An empty place.
    pub fn new(title: &str, words: &str) -> Self {
        Self {
            title: title.to_owned(),
            words: words.to_owned(),
            step: None,
        }
    }

    /// The same with its next step.
    #[must_use]
    pub fn step(mut self, words: &str, href: impl Into<String>) -> Self {
        self.step = Some((words.to_owned(), href.into()));
        self
    }
}

/// One of several views of the same thing.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its word.
    pub word: String,
    /// Its address.
    pub href: String,
    /// Whether it is shown now.
    pub here: bool,
    /// How many things are in it, if that helps.
    pub count: Option<i64>,
}

/// Views of the same thing, side by side.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/parts/tabs.html")]
pub struct Tabs {
    /// What they are views of, for those who hear the page: `Winter Mela`.
    pub label: String,
    /// The tabs.
    pub tabs: Vec<Tab>,
}

impl Tabs {
    /// Tabs, by word, address and whether each is shown now.
    pub fn new(label: &str, tabs: Vec<(&str, String, bool)>) -> Self {
        let tabs = tabs.into_iter().map(|(word, href, here)| Tab {
            word: word.to_owned(),
            href,
            here,
            count: None,
        });
        Self {
            label: label.to_owned(),
            tabs: tabs.collect(),
        }
    }
}

/// The way through a long list: only ever forward and back to its beginning, because a cursor knows no
/// page numbers.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "portal/parts/pager.html")]
pub struct Pager {
    /// Back to the beginning; `None` at the beginning.
    pub first: Option<String>,
    /// On to what follows; `None` at the end.
    pub next: Option<String>,
}

/// A step that is confirmed before it is done: what will happen, a button that says so, and a way out.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/parts/confirm.html")]
pub struct Confirm {
    /// The question: `End this session?`.
    pub title: String,
    /// What will happen, in a sentence or two.
    pub words: String,
    /// Where it is sent.
    pub action: String,
    /// The token of the form.
    pub csrf: String,
    /// Further fields that go with it, unseen.
    pub hidden: Vec<(String, String)>,
    /// What the button says: the deed, never `OK`.
    pub button: String,
    /// Whether it cannot be undone.
    pub grave: bool,
    /// The way out.
    pub back: String,
}

/// One step on the way to something, done or not.
#[derive(Clone, Debug)]
pub struct Step {
    /// What is done in it.
    pub title: String,
    /// Why, or how far it is.
    pub words: String,
    /// Whether it is done.
    pub done: bool,
    /// What the link says and where it leads; `None` while it cannot be done yet.
    pub link: Option<(String, String)>,
}

/// A way of several steps, with the next one held out.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/parts/steps.html")]
pub struct Steps {
    /// The steps, in their order.
    pub steps: Vec<Step>,
}

impl Steps {
    /// How many steps are done.
    pub fn done(&self) -> usize {
        self.steps.iter().filter(|step| step.done).count()
    }

    /// Whether a step is the first that is not done and can be.
    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "templates lend what they pass"
    )]
    fn is_next(&self, at: &usize) -> bool {
        let open = |step: &Step| !step.done && step.link.is_some();
        self.steps.iter().position(open) == Some(*at)
    }
}

/// A word of Stripe's as people read it: `needs_response` is `Needs response`.
pub fn spoken(code: &str) -> String {
    let words = code.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A count with its thousands apart, as prices have them: `12,345`.
pub fn grouped(count: i64) -> String {
    let digits = count.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if count < 0 {
        out.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
