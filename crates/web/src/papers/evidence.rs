//! What a bank is shown when a buyer disputes a payment: facts, with their times, and no pleading.

use super::receipt::Receipt;
use crate::money_text::with_code;
use crate::refund_rule::refund_rule;
use crate::when::moment;
use app::ports::{EvidenceLine, EvidencePaper};
use askama::Template;
use model::money::{BadCurrency, Currency, Money};
use model::time::Zone;

/// A fact: its name and what it is.
pub type Fact = (&'static str, String);

/// The evidence, printed.
#[derive(Clone, Debug, Template)]
#[template(path = "papers/evidence.html")]
pub struct EvidenceSheet {
    /// The colour of the mark; the platform's own.
    pub brand: super::ticket::Brand,
    /// What the bank asks about.
    pub dispute: Vec<Fact>,
    /// The sale.
    pub receipt: Receipt,
    /// The buyer's name and address.
    pub buyer: Vec<Fact>,
    /// The refund rule that was shown, and the terms that were accepted.
    pub rules: Vec<Fact>,
    /// Whether somebody came in, in a sentence.
    pub admitted: String,
    /// The tickets.
    pub tickets: Vec<TicketLine>,
    /// What happened, each with its time: mails, scans, refunds.
    pub records: Vec<(&'static str, Vec<(String, String)>)>,
}

/// A ticket.
#[derive(Clone, Debug)]
pub struct TicketLine {
    /// Serial, tier, holder.
    pub what: String,
    /// How it stands, and who let it in when.
    pub stands: String,
}

impl EvidenceSheet {
    /// The evidence for reading.
    pub fn of(paper: &EvidencePaper) -> Result<Self, BadCurrency> {
        let order = &paper.receipt.order;
        let zone = &order.zone;
        let currency = Currency::parse(&order.currency)?;
        let dispute = &paper.dispute;
        let mut asked = vec![
            ("Dispute", dispute.stripe_id.clone()),
            ("Payment", dispute.payment_id.clone()),
            ("Reason given", dispute.reason.replace('_', " ")),
            (
                "Amount disputed",
                with_code(Money::new(dispute.amount_cents, currency)),
            ),
            ("Opened", moment(dispute.opened_at, zone)),
        ];
        asked.extend(dispute.due_at.map(|at| ("Answer due", moment(at, zone))));
        Ok(Self {
            brand: super::ticket::Brand::default(),
            dispute: asked,
            buyer: vec![
                ("Name", order.buyer_name.clone()),
                ("E-mail", order.buyer_email.clone()),
            ],
            rules: rules(paper),
            admitted: admitted(paper),
            tickets: tickets(paper),
            records: vec![
                ("Mails to the buyer", lines(&paper.mails, zone)),
                ("At the door", lines(&paper.scans, zone)),
                ("Refunds", lines(&paper.refunds, zone)),
            ],
            receipt: Receipt::of(&paper.receipt, |_| String::new())?,
        })
    }
}

fn rules(paper: &EvidencePaper) -> Vec<Fact> {
    let zone = &paper.receipt.order.zone;
    if paper.terms_version.is_empty() {
        return vec![(
            "Terms",
            "Shown before paying; their version was not recorded for this order.".to_owned(),
        )];
    }
    vec![
        (
            "Refund rule shown",
            refund_rule(paper.refunds_until_shown, zone),
        ),
        (
            "Terms accepted",
            format!("Version {}, with the order", paper.terms_version),
        ),
    ]
}

fn admitted(paper: &EvidencePaper) -> String {
    let all = paper.tickets.len();
    match paper
        .tickets
        .iter()
        .filter(|t| t.admitted.is_some())
        .count()
    {
        0 => "Nobody has come in with a ticket of this order.".to_owned(),
        n if n == all => format!("Somebody came in with each of the {all} tickets of this order."),
        n => format!("Somebody came in with {n} of the {all} tickets of this order."),
    }
}

fn tickets(paper: &EvidencePaper) -> Vec<TicketLine> {
    let zone = &paper.receipt.order.zone;
    let line = |t: &app::ports::EvidenceTicket| TicketLine {
        what: format!("{} {}, {}", t.serial, t.tier_name, t.holder_name),
        stands: match &t.admitted {
            Some((at, device)) => format!("Admitted {} by {device}", moment(*at, zone)),
            None => format!("Not used; {}", t.status),
        },
    };
    paper.tickets.iter().map(line).collect()
}

fn lines(lines: &[EvidenceLine], zone: &Zone) -> Vec<(String, String)> {
    lines
        .iter()
        .map(|line| (moment(line.at, zone), line.what.clone()))
        .collect()
}
