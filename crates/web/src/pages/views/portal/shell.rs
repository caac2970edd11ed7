//! The frame of the organizers' pages: where one is, whose pages they are, and what just happened.
//!
//! A page's template extends `portal/base.html` and fills its blocks: `title`, `back`, `heading`, `lead`,
//! `actions`, `tabs` and `main`. Its struct holds a [`Frame`] in the field `frame`.

use super::icon::Icon;
use crate::pages::views::shell::Shell;
use std::sync::Arc;

/// A part of the portal, as its navigation shows it.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Section {
    /// What is next, and what needs somebody.
    Home,
    /// Events and everything about one.
    Events,
    /// Orders of all events.
    Orders,
    /// Payouts and fees.
    Payouts,
    /// Numbers over all events.
    Numbers,
    /// The organization's settings.
    Settings,
}

impl Section {
    /// Every section, in the order of the navigation.
    pub const ALL: [Self; 6] = [
        Self::Home,
        Self::Events,
        Self::Orders,
        Self::Payouts,
        Self::Numbers,
        Self::Settings,
    ];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Events => "Events",
            Self::Orders => "Orders",
            Self::Payouts => "Payouts",
            Self::Numbers => "Numbers",
            Self::Settings => "Settings",
        }
    }

    /// Its path below the mount; a section whose path is not in the table of routes is not shown.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Home => "/tickets/organizer",
            Self::Events => "/tickets/organizer/events",
            Self::Orders => "/tickets/organizer/orders",
            Self::Payouts => "/tickets/organizer/payouts",
            Self::Numbers => "/tickets/organizer/numbers",
            Self::Settings => "/tickets/organizer/settings",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Home => Icon::Home,
            Self::Events => Icon::Event,
            Self::Orders => Icon::Order,
            Self::Payouts => Icon::Bank,
            Self::Numbers => Icon::Chart,
            Self::Settings => Icon::Gear,
        }
    }
}

/// One entry of the navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Its word.
    pub word: &'static str,
    /// Its address.
    pub href: String,
    /// Its drawing.
    pub icon: Icon,
    /// Whether one is there.
    pub here: bool,
}

/// What just happened, or what is wrong, above a page's content.
#[derive(Clone, Debug)]
pub struct Notice {
    /// What it is about.
    pub tone: Tone,
    /// A sentence.
    pub words: String,
}

/// How a part speaks: by its colour, and always by its words as well.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// It went well.
    Good,
    /// It needs somebody.
    Glow,
    /// It went wrong.
    Bad,
}

impl Tone {
    /// The end of a class: `notice--good`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "good",
            Self::Glow => "glow",
            Self::Bad => "bad",
        }
    }
}

/// What comes next on a way that is not walked to its end: the first steps, or a draft's to its sale.
#[derive(Clone, Debug)]
pub struct Next {
    /// A sentence.
    pub words: String,
    /// What the button says.
    pub button: String,
    /// Where it leads.
    pub href: String,
}

/// The frame of a page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What all pages share.
    pub shell: Arc<Shell>,
    /// The navigation.
    pub nav: Vec<NavItem>,
    /// What the navigation is called: `Organizer`, `Admin`.
    pub realm: &'static str,
    /// Whose pages they are: the organization's name.
    pub organization: String,
    /// Who has signed in, by the address.
    pub email: String,
    /// The token of the forms.
    pub csrf: String,
    /// What just happened.
    pub notice: Option<Notice>,
    /// What comes next.
    pub next: Option<Next>,
}

impl Frame {
    /// The frame of an organizer's page.
    pub fn new(
        shell: &Arc<Shell>,
        section: Section,
        organization: &str,
        email: &str,
        csrf: String,
    ) -> Self {
        let nav = shell.sections.iter().map(|(of, href)| NavItem {
            word: of.word(),
            href: href.clone(),
            icon: of.icon(),
            here: *of == section,
        });
        Self {
            nav: nav.collect(),
            shell: Arc::clone(shell),
            realm: "Organizer",
            organization: organization.to_owned(),
            email: email.to_owned(),
            csrf,
            notice: None,
            next: None,
        }
    }

    /// The frame of a page that comes before there is an organization: no way leads anywhere yet.
    pub fn bare(shell: &Arc<Shell>, email: &str, csrf: String) -> Self {
        Self {
            nav: Vec::new(),
            shell: Arc::clone(shell),
            realm: "Organizer",
            organization: String::new(),
            email: email.to_owned(),
            csrf,
            notice: None,
            next: None,
        }
    }

    /// Where the organizer's events are, for the way back from one of them.
    pub fn events(&self) -> &str {
        self.section(Section::Events)
    }

    /// Where the payouts are, for the way back from what belongs to them.
    pub fn payouts(&self) -> &str {
        self.section(Section::Payouts)
    }

    fn section(&self, section: Section) -> &str {
        let sections = &self.shell.sections;
        let found = sections.iter().find(|(of, _)| *of == section);
        found.map_or(&self.shell.organizer, |(_, href)| href)
    }

    /// The same, saying that something went well; `None` says nothing.
    #[must_use]
    pub fn done(self, words: Option<&str>) -> Self {
        self.noting(Tone::Good, words)
    }

    /// The same, saying that something is wrong; `None` says nothing.
    #[must_use]
    pub fn wrong(self, words: Option<&str>) -> Self {
        self.noting(Tone::Bad, words)
    }

    /// The same, leading on; `None` leads nowhere.
    #[must_use]
    pub fn leading(mut self, next: Option<Next>) -> Self {
        self.next = next;
        self
    }

    fn noting(mut self, tone: Tone, words: Option<&str>) -> Self {
        if let Some(words) = words {
            self.notice = Some(Notice {
                tone,
                words: words.to_owned(),
            });
        }
        self
    }
}
