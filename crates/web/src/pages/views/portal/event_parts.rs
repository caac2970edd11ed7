//! What belongs to an event: its tiers, its codes, and the end of it all.

use super::events::Sales;
use super::parts::{Badge, Empty, Input, Pager, Stat, Tabs, grouped};
use super::shell::Frame;
use askama::Template;

/// An event's tiers.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/tiers.html")]
pub struct TiersPage {
    /// The frame.
    pub frame: Frame,
    /// The pages about this event.
    pub tabs: Tabs,
    /// The event's title.
    pub title: String,
    /// Where a tier is made.
    pub new_url: String,
    /// Where the order is changed (POST).
    pub order_url: String,
    /// The tiers, in their order.
    pub rows: Vec<TierRow>,
    /// What stands there instead, if there are none.
    pub empty: Option<Empty>,
}

/// One tier.
#[derive(Clone, Debug)]
pub struct TierRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub url: String,
    /// The price that its organizer set.
    pub price: String,
    /// What buyers see.
    pub seen: String,
    /// What was sold of it.
    pub sales: Sales,
    /// Places in carts.
    pub held: i64,
    /// Places left.
    pub left: i64,
    /// How its sale stands.
    pub badge: Badge,
    /// Whether only those with its link see it.
    pub is_hidden: bool,
}

impl TierRow {
    /// What is left, and what others hold: `952 left, 2 in carts`.
    fn places(&self) -> String {
        let left = format!("{} left", grouped(self.left));
        if self.held == 0 {
            left
        } else {
            format!("{left}, {} in carts", grouped(self.held))
        }
    }
}

/// An event's discount codes.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/discounts.html")]
pub struct DiscountsPage {
    /// The frame.
    pub frame: Frame,
    /// The pages about this event.
    pub tabs: Tabs,
    /// The event's title.
    pub title: String,
    /// Where a code is made.
    pub new_url: String,
    /// The codes, oldest first.
    pub rows: Vec<DiscountRow>,
    /// What stands there instead, if there are none.
    pub empty: Option<Empty>,
    /// On to more.
    pub pager: Pager,
}

/// One code.
#[derive(Clone, Debug)]
pub struct DiscountRow {
    /// The code.
    pub code: String,
    /// Its address.
    pub url: String,
    /// What it gives: `10% off`.
    pub gives: String,
    /// What it is for: `All tickets`.
    pub scope: String,
    /// Its uses: `3 of 50 used`.
    pub uses: String,
    /// How it stands.
    pub badge: Badge,
    /// Where it is switched (POST).
    pub switch_url: String,
    /// Whether it can be used.
    pub active: bool,
}

/// What calling an event off would do.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/call_off.html")]
pub struct CallOffPage {
    /// The frame.
    pub frame: Frame,
    /// Where the overview is.
    pub back: String,
    /// The event's title.
    pub title: String,
    /// What would go back.
    pub stats: Vec<Stat>,
    /// Where the form goes (POST).
    pub action: String,
    /// What buyers are told.
    pub note: Input,
    /// The word that is typed so that nobody does it by a slip.
    pub word: Input,
}

/// How far giving the money back is.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/called_off.html")]
pub struct CalledOffPage {
    /// The frame.
    pub frame: Frame,
    /// Where the overview is.
    pub back: String,
    /// The event's title.
    pub title: String,
    /// Orders of which nothing is left.
    pub done: i64,
    /// Orders that were sold.
    pub total: i64,
    /// Whether it goes on.
    pub running: bool,
    /// What buyers are told; may be empty.
    pub note: String,
    /// The numbers.
    pub stats: Vec<Stat>,
}
