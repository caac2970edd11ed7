//! The admins' pages: what is switched on, what is stuck, and whether the books agree.

use super::parts::{Badge, Empty, Pager, Stat};
use super::shell::Frame;
use askama::Template;

/// How everything stands, at a glance.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/admin/overview.html")]
pub struct OverviewPage {
    /// The frame.
    pub frame: Frame,
    /// The numbers that matter.
    pub stats: Vec<Stat>,
}

/// A switch.
#[derive(Clone, Debug)]
pub struct FlagRow {
    /// Its name in the API and in the database.
    pub code: &'static str,
    /// What it switches, in a sentence.
    pub words: &'static str,
    /// How it stands.
    pub badge: Badge,
    /// What the button does: `true` switches it off, `false` gives it back; `None` if the environment
    /// keeps it off.
    pub off: Option<bool>,
}

/// The switches.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/admin/flags.html")]
pub struct FlagsPage {
    /// The frame.
    pub frame: Frame,
    /// Where a switch is sent.
    pub action: String,
    /// The switches.
    pub flags: Vec<FlagRow>,
}

/// Work that failed for good.
#[derive(Clone, Debug)]
pub struct DeadRow {
    /// What was to be done.
    pub kind: String,
    /// About what.
    pub subject: String,
    /// Why it failed.
    pub why: String,
    /// How often it was tried, and when the last time was.
    pub tried: String,
    /// Where it is revived.
    pub revive: String,
}

/// Work that is not tried again by itself.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/admin/dead_letters.html")]
pub struct DeadLettersPage {
    /// The frame.
    pub frame: Frame,
    /// The work.
    pub jobs: Vec<DeadRow>,
    /// What is said if there is none.
    pub none: Empty,
}

/// Something that our books and Stripe's say differently.
#[derive(Clone, Debug)]
pub struct DifferenceRow {
    /// What is wrong, in a sentence.
    pub sentence: String,
    /// What we say.
    pub ours: String,
    /// What Stripe says.
    pub theirs: String,
    /// Since when.
    pub since: String,
}

/// Our books against Stripe's.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/admin/books.html")]
pub struct BooksPage {
    /// The frame.
    pub frame: Frame,
    /// When they were compared last, and over what; `None` before the first time.
    pub latest: Option<String>,
    /// What differs.
    pub differences: Vec<DifferenceRow>,
    /// What is said if nothing does.
    pub none: Empty,
}

/// A dispute.
#[derive(Clone, Debug)]
pub struct DisputeRow {
    /// Its name at Stripe.
    pub name: String,
    /// The order's id, by which the API gives the rest.
    pub order: String,
    /// How much it is about.
    pub amount: String,
    /// Why, as the bank says.
    pub reason: String,
    /// How it stands.
    pub badge: Badge,
    /// When it was opened.
    pub opened: String,
    /// Until when evidence can be sent; may be empty.
    pub due: String,
}

/// Everybody's disputes.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/admin/disputes.html")]
pub struct DisputesPage {
    /// The frame.
    pub frame: Frame,
    /// The disputes, the newest first.
    pub disputes: Vec<DisputeRow>,
    /// What is said if there is none.
    pub none: Empty,
    /// The way through them.
    pub pager: Pager,
}
