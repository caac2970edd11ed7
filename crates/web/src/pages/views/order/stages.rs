//! The hearts of the order's page, one for each stage.

use super::{Manage, Money, Notice, Occasion, Sum, TicketCard};
use askama::Template;

/// Places are held and money is awaited.
#[derive(Clone, Debug, Template)]
#[template(path = "order/pending.html")]
pub struct Pending {
    /// Which event.
    pub occasion: Occasion,
    /// What it costs.
    pub sum: Sum,
    /// Whole seconds until the hold lapses.
    pub seconds_left: i64,
    /// When it lapses, in words: `7:42 p.m.`
    pub until: String,
    /// Why the last attempt failed, in a sentence; `None` if there was none.
    pub declined: Option<String>,
    /// POST: to the payment page.
    pub pay_url: String,
    /// POST: more time; `None` once it cannot be had any more.
    pub extend_url: Option<String>,
    /// POST: give the places back.
    pub cancel_url: String,
    /// JSON: how things stand.
    pub status_url: String,
    /// The token against forged forms.
    pub csrf: String,
    /// What was just done.
    pub notice: Option<Notice>,
}

/// The buyer has paid and we have not heard of it yet.
#[derive(Clone, Debug, Template)]
#[template(path = "order/processing.html")]
pub struct Processing {
    /// Which event.
    pub occasion: Occasion,
    /// Where the tickets will be mailed.
    pub email: String,
    /// JSON: how things stand.
    pub status_url: String,
}

/// The tickets exist.
#[derive(Clone, Debug, Template)]
#[template(path = "order/paid.html")]
pub struct Paid {
    /// Which event.
    pub occasion: Occasion,
    /// Street, city and province of the place.
    pub address: String,
    /// Where the tickets were mailed.
    pub email: String,
    /// The tickets.
    pub tickets: Vec<TicketCard>,
    /// The address of the PDF.
    pub pdf_url: String,
    /// The address of the calendar file.
    pub calendar_url: String,
    /// The address of all tickets as one file for Apple's wallet; `None` where it is not offered.
    pub passes_url: Option<String>,
    /// What was paid.
    pub receipt: Receipt,
    /// What went back of it, in cents.
    pub refunded: Option<Money>,
    /// Whether the event is called off.
    pub canceled: bool,
    /// What can still be done.
    pub manage: Manage,
    /// What was just done.
    pub notice: Option<Notice>,
}

/// What was paid, as Canadian law wants it shown (Input Tax Credit Information Regulations, SOR/91-45, read in November 2026).
#[derive(Clone, Debug, Template)]
#[template(path = "parts/receipt.html")]
pub struct Receipt {
    /// The order's number.
    pub number: String,
    /// When it was paid, in words.
    pub paid_at: String,
    /// What was paid.
    pub sum: Sum,
    /// How: `Visa ending in 4242`; `None` for a free order.
    pub method: Option<String>,
    /// Who bought.
    pub buyer: String,
    /// Who sold, by the legal name.
    pub seller: String,
    /// The address of the whole receipt, with who owes which tax.
    pub url: String,
    /// The credit notes: number, date, amount, address of the PDF.
    pub credits: Vec<CreditLink>,
    /// Tax numbers, each with its name: `GST` and `12345 6789 RT0001`; empty if not registered.
    pub tax_numbers: Vec<(String, String)>,
}

/// A credit note, as the order's page lists it.
#[derive(Clone, Debug)]
pub struct CreditLink {
    /// Its number.
    pub number: String,
    /// When it was issued, in words.
    pub date: String,
    /// What it is about, in cents; negative where it lowers the price.
    pub amount: Money,
    /// The address of its PDF.
    pub url: String,
}

/// Nothing was sold: the hold lapsed, or the buyer left.
#[derive(Clone, Debug, Template)]
#[template(path = "order/closed.html")]
pub struct Closed {
    /// Which event.
    pub occasion: Occasion,
    /// Whether the hold lapsed by itself.
    pub expired: bool,
    /// Whether tickets can still be had.
    pub on_sale: bool,
}

/// All money went back.
#[derive(Clone, Debug, Template)]
#[template(path = "order/refunded.html")]
pub struct RefundedOrder {
    /// Which event.
    pub occasion: Occasion,
    /// Whether it went back because the event does not take place.
    pub called_off: bool,
    /// How much went back, in cents.
    pub amount: Money,
    /// When, in words.
    pub at: String,
    /// What had been paid.
    pub receipt: Receipt,
}

/// Money came too late or did not fit, and went straight back.
#[derive(Clone, Debug, Template)]
#[template(path = "order/given_back.html")]
pub struct GivenBack {
    /// Which event.
    pub occasion: Occasion,
    /// How much goes back, in cents.
    pub amount: Money,
    /// Why, in a sentence.
    pub why: String,
    /// Where we wrote about it.
    pub email: String,
    /// Whether tickets can still be had.
    pub on_sale: bool,
}
