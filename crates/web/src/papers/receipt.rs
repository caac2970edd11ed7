//! A receipt and a credit note as people read them: on the page and on paper, from the same facts.
//!
//! Two suppliers stand on one receipt, so it has two parts, each with its own name, numbers and taxes:
//! the tickets by the organizer (the platform sells them as its agent) and the service fee by the
//! platform. What the law wants from $100 and from $500 on (Input Tax Credit Information (GST/HST)
//! Regulations, SOR/91-45; credit notes by SOR/91-44, s. 3; both read 2026-11) stands on every one.

use super::logo::PrintLogo;
use super::ticket::Brand;
use crate::money_text::{price, with_code};
use crate::when::{When, moment};
use crate::words::{self, card, percent, t, t1, t2, tax_name};
use app::ports::{CreditNotePaper, MoneyParts, PartyPaper, ReceiptPaper};
use askama::Template;
use model::ids::CreditNoteId;
use model::money::{BadCurrency, Currency, Money};

/// A supplier.
#[derive(Clone, Debug)]
pub struct Party {
    /// The legal name.
    pub name: String,
    /// The address; may be empty.
    pub address: String,
    /// Tax numbers, each with its name.
    pub numbers: Vec<(String, String)>,
}

impl From<&PartyPaper> for Party {
    fn from(party: &PartyPaper) -> Self {
        let number = |(tax, number): &(&'static str, String)| {
            (t1("bill-number-of", "tax", tax_name(tax)), number.clone())
        };
        Self {
            name: party.name.clone(),
            address: party.address.clone(),
            numbers: party.numbers.iter().map(number).collect(),
        }
    }
}

/// A line: what, a word about it, and how much.
#[derive(Clone, Debug)]
pub struct Row {
    /// What it is.
    pub label: String,
    /// A word about it; may be empty.
    pub note: String,
    /// How much, in words.
    pub amount: String,
}

/// What one supplier is paid, or gives back.
#[derive(Clone, Debug)]
pub struct Group {
    /// What is supplied: `Tickets`.
    pub title: String,
    /// Who supplies it, in words: `Sold by`.
    pub by: String,
    /// The supplier.
    pub party: Party,
    /// In whose name it is sold; empty for the platform's own.
    pub agent: String,
    /// The lines.
    pub rows: Vec<Row>,
    /// What they come to, in words.
    pub total: String,
}

/// A credit note, as its receipt lists it.
#[derive(Clone, Debug)]
pub struct Credit {
    /// The note.
    pub id: CreditNoteId,
    /// Its number.
    pub number: String,
    /// When it was issued, in words.
    pub date: String,
    /// How much, in words; with a minus where it lowers the price.
    pub amount: String,
    /// What it says, in a few words.
    pub what: String,
    /// Whether it takes another one back.
    pub reversal: bool,
    /// The address of its PDF; empty on paper.
    pub url: String,
}

/// What a receipt and a credit note have in common.
#[derive(Clone, Debug)]
pub struct Sale {
    /// The order's number for people.
    pub order: String,
    /// When it was paid, in words.
    pub paid: String,
    /// Who bought.
    pub buyer: String,
    /// The event.
    pub title: String,
    /// The day or the days.
    pub days: String,
    /// The hours.
    pub hours: String,
    /// The place and its address.
    pub place: String,
    /// The name that buyers know the platform by.
    pub platform_name: String,
    /// The organizer's address for questions.
    pub contact: String,
}

/// A receipt.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// What was sold.
    pub sale: Sale,
    /// Who supplied what.
    pub groups: Vec<Group>,
    /// What was paid, in words.
    pub total: String,
    /// The terms of payment, in a sentence.
    pub terms: String,
    /// What needs saying, in sentences: an absorbed fee, a price without tax.
    pub remarks: Vec<String>,
    /// The credit notes.
    pub credits: Vec<Credit>,
    /// What went back, in words; empty if nothing did.
    pub refunded: String,
    /// What remains paid after that, in words.
    pub remains: String,
}

/// The words for amounts of a currency.
#[derive(Copy, Clone)]
struct Words(Currency);

impl Words {
    fn of(paper: &ReceiptPaper) -> Result<Self, BadCurrency> {
        Currency::parse(&paper.order.currency).map(Self)
    }

    fn plain(self, cents: i64) -> String {
        words::money(Money::new(cents, self.0))
    }

    fn whole(self, cents: i64) -> String {
        if cents == 0 {
            t("free")
        } else {
            with_code(Money::new(cents, self.0))
        }
    }

    fn row(self, label: impl Into<String>, note: impl Into<String>, cents: i64) -> Row {
        Row {
            label: label.into(),
            note: note.into(),
            amount: self.plain(cents),
        }
    }
}

impl Receipt {
    /// A receipt for reading; `url` gives the address of a credit note's PDF.
    pub fn of(
        paper: &ReceiptPaper,
        url: impl Fn(&CreditNoteId) -> String,
    ) -> Result<Self, BadCurrency> {
        let words = Words::of(paper)?;
        let order = &paper.order;
        let mut groups = vec![tickets_group(paper, words)];
        if !paper.fee.is_empty() {
            groups.push(fee_group(paper, words, 1));
        }
        let credits = paper.credits.iter().map(|note| Credit {
            id: note.id.clone(),
            number: note.number.clone(),
            date: moment(note.issued_at, &order.zone),
            amount: words.plain(if note.reversal {
                note.amount_cents
            } else {
                -note.amount_cents
            }),
            what: t(if note.reversal {
                "bill-takes-back"
            } else {
                "bill-lowers"
            }),
            reversal: note.reversal,
            url: url(&note.id),
        });
        Ok(Self {
            groups,
            total: words.whole(order.total_cents),
            terms: terms(paper),
            remarks: remarks(paper),
            credits: credits.collect(),
            refunded: if order.refunded_cents > 0 {
                words.plain(-order.refunded_cents)
            } else {
                String::new()
            },
            remains: with_code(Money::new(
                order.total_cents - order.refunded_cents,
                words.0,
            )),
            sale: sale(paper),
        })
    }
}

fn sale(paper: &ReceiptPaper) -> Sale {
    let order = &paper.order;
    let when = When {
        start: order.start_at,
        end: order.end_at,
        zone: order.zone.clone(),
    };
    let place = [&order.venue, &order.address, &order.city, &order.province];
    let place: Vec<&str> = place.into_iter().map(String::as_str).collect();
    Sale {
        order: order.code.clone(),
        paid: moment(order.placed_at, &order.zone),
        buyer: order.buyer_name.clone(),
        title: order.event_title.clone(),
        days: when.days(),
        hours: when.hours(),
        place: place
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        platform_name: paper.platform_name.clone(),
        contact: order.organizer_email.clone(),
    }
}

fn tickets_group(paper: &ReceiptPaper, words: Words) -> Group {
    let order = &paper.order;
    let mut rows: Vec<Row> = order
        .lines
        .iter()
        .map(|line| {
            let each = line.amount_cents / line.qty.max(1);
            // A free ticket has no face value to speak of.
            let note = match each {
                0 => String::new(),
                _ => t1("bill-face-each", "price", price(Money::new(each, words.0))),
            };
            words.row(
                format!("{} × {}", line.qty, line.name),
                note,
                line.amount_cents,
            )
        })
        .collect();
    if order.discount_cents > 0 {
        let code = order.discount_code.as_str();
        rows.push(words.row(t("bill-discount"), code, -order.discount_cents));
    }
    rows.extend(tax_rows(&paper.tickets, words, order.tax_included, 1));
    Group {
        title: t("bill-tickets"),
        by: t("bill-sold-by"),
        party: Party::from(&paper.seller),
        agent: t1("bill-agent", "platform", &paper.platform_name),
        rows,
        total: words.plain(paper.tickets.total_cents()),
    }
}

fn fee_group(paper: &ReceiptPaper, words: Words, sign: i64) -> Group {
    let mut rows = vec![words.row(t("bill-fee"), "", sign * paper.fee.net_cents)];
    rows.extend(tax_rows(&paper.fee, words, false, sign));
    Group {
        title: t("bill-fee"),
        by: t("bill-charged-by"),
        party: Party::from(&paper.platform),
        agent: String::new(),
        rows,
        total: words.plain(sign * paper.fee.total_cents()),
    }
}

fn tax_rows(parts: &MoneyParts, words: Words, included: bool, sign: i64) -> Vec<Row> {
    let row = |tax: &model::pricing::TaxLine| {
        words.row(
            format!("{} {}", tax_name(tax.component.code()), percent(&tax.ppm)),
            if included {
                t("bill-tax-included")
            } else {
                String::new()
            },
            sign * tax.cents,
        )
    };
    parts.taxes.iter().map(row).collect()
}

/// The terms of payment: what is paid is paid, at once.
fn terms(paper: &ReceiptPaper) -> String {
    let order = &paper.order;
    let at = moment(order.placed_at, &order.zone);
    match (order.total_cents, paper.card.as_str()) {
        (0, _) => t1("bill-nothing-to-pay", "at", at),
        (_, "") => t1("bill-paid-card", "at", at),
        (_, kept) => t2("bill-paid-with", "card", card(kept), "at", at),
    }
}

fn remarks(paper: &ReceiptPaper) -> Vec<String> {
    let mut remarks = Vec::new();
    if paper.fee_absorbed {
        remarks.push(t1("bill-absorbed", "platform", &paper.platform_name));
    }
    if paper.order.total_cents > 0
        && paper.seller.numbers.is_empty()
        && paper.tickets.taxes.is_empty()
    {
        remarks.push(t("bill-untaxed"));
    }
    remarks
}

/// A credit note.
#[derive(Clone, Debug)]
pub struct CreditNote {
    /// The sale whose price it lowers.
    pub sale: Sale,
    /// Its number.
    pub number: String,
    /// When it was issued, in words.
    pub issued: String,
    /// The number of the note that it takes back; empty for one that lowers the price.
    pub takes_back: String,
    /// Ticket by ticket: serial and tier, the price and its taxes, the fee and its taxes.
    pub tickets: Vec<CreditRow>,
    /// Who gives what back.
    pub groups: Vec<Group>,
    /// The sum, in words.
    pub total: String,
}

/// One ticket of a credit note.
#[derive(Clone, Debug)]
pub struct CreditRow {
    /// Its serial.
    pub serial: String,
    /// Its tier.
    pub tier: String,
    /// What its price is made of, in words.
    pub of: String,
    /// The sum, in words.
    pub amount: String,
}

impl CreditNote {
    /// A credit note for reading.
    pub fn of(paper: &CreditNotePaper) -> Result<Self, BadCurrency> {
        let words = Words::of(&paper.receipt)?;
        // What lowers a price stands with a minus; what takes that back, without.
        let sign = if paper.note.reversal { 1 } else { -1 };
        let reduced = ReceiptPaper {
            tickets: paper.tickets.clone(),
            fee: paper.fee.clone(),
            ..paper.receipt.clone()
        };
        let mut groups = Vec::new();
        if !paper.tickets.is_empty() {
            groups.push(credited_tickets(&reduced, words, sign));
        }
        if !paper.fee.is_empty() {
            groups.push(fee_group(&reduced, words, sign));
        }
        let tickets = paper.lines.iter().map(|line| CreditRow {
            serial: line.serial.clone(),
            tier: line.tier_name.clone(),
            of: [
                parts_words(&line.ticket, "credit-part-ticket", words),
                parts_words(&line.fee, "credit-part-fee", words),
            ]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
            amount: words.plain(sign * (line.ticket.total_cents() + line.fee.total_cents())),
        });
        Ok(Self {
            number: paper.note.number.clone(),
            issued: moment(paper.note.issued_at, &paper.receipt.order.zone),
            takes_back: paper.takes_back.clone().unwrap_or_default(),
            tickets: tickets.collect(),
            groups,
            total: with_code(Money::new(paper.note.amount_cents, words.0)),
            sale: sale(&paper.receipt),
        })
    }
}

fn credited_tickets(paper: &ReceiptPaper, words: Words, sign: i64) -> Group {
    let mut rows = vec![words.row(t("credit-price"), "", sign * paper.tickets.net_cents)];
    rows.extend(tax_rows(&paper.tickets, words, false, sign));
    Group {
        rows,
        total: words.plain(sign * paper.tickets.total_cents()),
        ..tickets_group(paper, words)
    }
}

/// `ticket $25.00 + GST $1.25`.
fn parts_words(parts: &MoneyParts, key: &str, words: Words) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let mut said = t1(key, "amount", words.plain(parts.net_cents));
    for tax in &parts.taxes {
        said.push_str(" + ");
        said.push_str(&tax_name(tax.component.code()));
        said.push(' ');
        said.push_str(&words.plain(tax.cents));
    }
    said
}

/// The receipt, printed.
#[derive(Clone, Debug, Template)]
#[template(path = "papers/receipt.html")]
pub struct ReceiptSheet {
    /// The organizer's colour.
    pub brand: Brand,
    /// The organizer's logo, if they have one.
    pub logo: Option<PrintLogo>,
    /// The receipt.
    pub receipt: Receipt,
}

/// The credit note, printed.
#[derive(Clone, Debug, Template)]
#[template(path = "papers/credit_note.html")]
pub struct CreditNoteSheet {
    /// The organizer's colour.
    pub brand: Brand,
    /// The organizer's logo, if they have one.
    pub logo: Option<PrintLogo>,
    /// The note.
    pub note: CreditNote,
}
