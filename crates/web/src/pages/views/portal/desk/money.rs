//! Payouts, what each is made of, the papers for treasurers, and disputes.

use super::order::MoneyLine;
use crate::pages::views::portal::parts::{Badge, Empty, Input, Pager, Stat};
use crate::pages::views::portal::shell::Frame;
use askama::Template;

/// A payout on the list.
#[derive(Clone, Debug)]
pub struct PayoutRow {
    /// The address of its page.
    pub href: String,
    /// How much.
    pub amount: String,
    /// Where it is.
    pub badge: Badge,
    /// When it was sent.
    pub sent: String,
    /// When it arrives, or why it did not.
    pub arrives: String,
}

/// An event with its treasurer's sheet.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its title.
    pub title: String,
    /// When it is.
    pub when: String,
    /// The sheet as a workbook.
    pub xlsx: String,
    /// The sheet as text.
    pub csv: String,
}

/// Payouts and fees.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/desk/payouts.html")]
pub struct PayoutsPage {
    /// The frame.
    pub frame: Frame,
    /// When money leaves for the bank, in a sentence.
    pub rule: String,
    /// What is on its way and what has arrived.
    pub stats: Vec<Stat>,
    /// The payouts.
    pub payouts: Vec<PayoutRow>,
    /// What stands there if there is none.
    pub empty: Empty,
    /// The way on.
    pub pager: Pager,
    /// The events with their sheets.
    pub statements: Vec<Statement>,
    /// Where the tax report is sent for, and its days.
    pub tax: (String, Vec<Input>),
    /// The disputes.
    pub disputes: String,
}

/// What an order brought.
#[derive(Clone, Debug)]
pub struct ShareRow {
    /// The order's page.
    pub href: String,
    /// Its code.
    pub code: String,
    /// The event's title.
    pub event: String,
    /// What buyers paid.
    pub paid: String,
    /// Our fees.
    pub fees: String,
    /// What went back.
    pub refunded: String,
    /// What remains.
    pub net: String,
}

/// What of an order we asked Stripe to send.
#[derive(Clone, Debug)]
pub struct AskedRow {
    /// The order's page.
    pub href: String,
    /// Its code.
    pub code: String,
    /// Who bought.
    pub buyer: String,
    /// How much.
    pub amount: String,
}

/// One payout.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/desk/payout.html")]
pub struct PayoutPage {
    /// The frame.
    pub frame: Frame,
    /// How much.
    pub amount: String,
    /// Where it is.
    pub badge: Badge,
    /// Back to the list.
    pub back: String,
    /// Names and values.
    pub facts: Vec<(String, String)>,
    /// Why its orders are not known; empty if they are.
    pub unknown: String,
    /// Order by order.
    pub orders: Vec<ShareRow>,
    /// What we asked for, order by order, while Stripe has not told.
    pub asked: Vec<AskedRow>,
    /// How the amount comes about.
    pub sum: Vec<MoneyLine>,
}

/// A dispute.
#[derive(Clone, Debug)]
pub struct DisputeRow {
    /// The order's page.
    pub href: String,
    /// The order's code.
    pub code: String,
    /// Who disputes.
    pub buyer: String,
    /// How much.
    pub amount: String,
    /// Why, in words.
    pub reason: String,
    /// Where it stands.
    pub badge: Badge,
    /// Until when it is to be answered, or when it ended.
    pub due: String,
    /// The evidence.
    pub evidence: String,
}

/// Disputes.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/desk/disputes.html")]
pub struct DisputesPage {
    /// The frame.
    pub frame: Frame,
    /// The disputes.
    pub disputes: Vec<DisputeRow>,
    /// What stands there if there is none.
    pub empty: Empty,
    /// The way on.
    pub pager: Pager,
}
