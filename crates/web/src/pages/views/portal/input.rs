//! A field of a form: its label, its control, what helps, and what is wrong with it.
//!
//! One struct makes all of them, so that a label is never missing, an error is always tied to its
//! control, and the first wrong field gets the focus.

use askama::Template;
use std::fmt::Write as _;

/// What kind of control it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Control {
    /// One line, with the type that tells a phone which keys to show.
    Line(&'static str),
    /// Several lines.
    Area {
        /// How many are shown at first.
        rows: u8,
    },
    /// One of several: value and words.
    Choice(Vec<(String, String)>),
    /// Yes or no; the label stands beside it.
    Tick,
    /// A colour.
    Color,
}

/// A field of a form.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/parts/input.html")]
pub struct Input {
    name: String,
    label: String,
    control: Control,
    value: String,
    hint: String,
    error: Option<String>,
    required: bool,
    focus: bool,
    most: Option<usize>,
    autocomplete: &'static str,
    inputmode: &'static str,
    unit: &'static str,
    placeholder: String,
    ltr: bool,
    unmarked: bool,
}

impl Input {
    fn new(name: &str, label: &str, control: Control) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            control,
            value: String::new(),
            hint: String::new(),
            error: None,
            required: false,
            focus: false,
            most: None,
            autocomplete: "off",
            inputmode: "",
            unit: "",
            placeholder: String::new(),
            ltr: false,
            unmarked: false,
        }
    }

    /// A line of text.
    pub fn text(name: &str, label: &str) -> Self {
        Self::new(name, label, Control::Line("text"))
    }

    /// An e-mail address.
    pub fn email(name: &str, label: &str) -> Self {
        let mut input = Self::new(name, label, Control::Line("email"));
        input.ltr = true;
        input.most(254)
    }

    /// A whole number, or digits of any other meaning.
    pub fn digits(name: &str, label: &str) -> Self {
        let mut input = Self::new(name, label, Control::Line("text"));
        input.inputmode = "numeric";
        input.ltr = true;
        input
    }

    /// An amount of money as people write it: `25` or `25.50`. Its currency stands before it.
    pub fn money(name: &str, label: &str, currency: &'static str) -> Self {
        let mut input = Self::new(name, label, Control::Line("text"));
        input.inputmode = "decimal";
        input.unit = currency;
        input.ltr = true;
        input
    }

    /// A day.
    pub fn date(name: &str, label: &str) -> Self {
        Self::new(name, label, Control::Line("date"))
    }

    /// A day and a time on the clock of some place.
    pub fn date_time(name: &str, label: &str) -> Self {
        Self::new(name, label, Control::Line("datetime-local"))
    }

    /// Several lines of text.
    pub fn area(name: &str, label: &str, rows: u8) -> Self {
        Self::new(name, label, Control::Area { rows })
    }

    /// One of several: value and words.
    pub fn choice(name: &str, label: &str, options: &[(&str, &str)]) -> Self {
        let options = options
            .iter()
            .map(|(value, words)| ((*value).to_owned(), (*words).to_owned()))
            .collect();
        Self::new(name, label, Control::Choice(options))
    }

    /// Yes or no. It is sent as `yes`, or not at all.
    pub fn tick(name: &str, label: &str, on: bool) -> Self {
        let input = Self::new(name, label, Control::Tick);
        if on { input.value("yes") } else { input }
    }

    /// A colour.
    pub fn color(name: &str, label: &str) -> Self {
        Self::new(name, label, Control::Color)
    }

    /// What it holds.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// What helps to fill it in, in a sentence.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What is wrong with it and what to do, in a sentence.
    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// It cannot be left out.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The most characters.
    #[must_use]
    pub const fn most(mut self, characters: usize) -> Self {
        self.most = Some(characters);
        self
    }

    /// What a browser may fill in by itself (the words of HTML's `autocomplete`).
    #[must_use]
    pub const fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = token;
        self
    }

    /// An example, for what has a form of its own. It is no label, and it goes away while one types.
    #[must_use]
    pub fn placeholder(mut self, example: &str) -> Self {
        example.clone_into(&mut self.placeholder);
        self
    }

    /// It may be left out, and does not say so itself, because the words above its group do.
    #[must_use]
    pub const fn unmarked(mut self) -> Self {
        self.unmarked = true;
        self
    }

    /// It gets the focus when the page is shown: at most one on a page.
    #[must_use]
    pub const fn focus(mut self) -> Self {
        self.focus = true;
        self
    }

    /// Whether it holds something.
    pub const fn is_set(&self) -> bool {
        !self.value.is_empty()
    }

    /// Whether something is wrong with it.
    pub const fn is_wrong(&self) -> bool {
        self.error.is_some()
    }

    /// The field's id in the page; brackets and dots of the API's paths cannot stand in one.
    fn id(&self) -> String {
        self.name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect()
    }

    /// What all controls have in common. None of it was typed by anybody, so that nothing needs escaping.
    fn attributes(&self) -> String {
        let mut out = format!(" autocomplete=\"{}\"", self.autocomplete);
        if self.required {
            out.push_str(" required");
        }
        if let Some(most) = self.most {
            let _ = write!(out, " maxlength=\"{most}\"");
        }
        let described = self.described();
        if !described.is_empty() {
            let _ = write!(out, " aria-describedby=\"{described}\"");
        }
        if self.error.is_some() {
            out.push_str(" aria-invalid=\"true\"");
        }
        if self.focus {
            out.push_str(" autofocus");
        }
        out
    }

    fn described(&self) -> String {
        let id = self.id();
        let mut by = Vec::new();
        if !self.hint.is_empty() {
            by.push(format!("{id}-hint"));
        }
        if self.error.is_some() {
            by.push(format!("{id}-error"));
        }
        by.join(" ")
    }
}
