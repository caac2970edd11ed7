//! Samples of payouts and disputes.

use super::super::{BadSample, Desk, LONG, PUNJABI, Sample, event_id, order_id, put};
use super::frame;
use crate::pages::views::portal::desk::money::{
    AskedRow, DisputeRow, DisputesPage, PayoutPage, PayoutRow, PayoutsPage, ShareRow, Statement,
};
use crate::pages::views::portal::desk::order::MoneyLine;
use crate::pages::views::portal::parts::{Badge, Empty, Input, Pager, Stat, Tone};
use crate::pages::views::portal::shell::Section;
use model::ids::PayoutId;
use model::time::Time;

pub(super) fn add(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let page = payouts(desk);
    put(samples, "desk-payouts", &page)?;
    let none = PayoutsPage {
        stats: Vec::new(),
        payouts: Vec::new(),
        statements: Vec::new(),
        pager: Pager::default(),
        ..page
    };
    put(samples, "desk-payouts-empty", &none)?;
    let one = payout(desk);
    put(samples, "desk-payout", &one)?;
    let asked = PayoutPage {
        badge: Badge::new(Tone::Glow, "On its way"),
        unknown: "Stripe has not confirmed it yet; this is what we asked it to send.".to_owned(),
        orders: Vec::new(),
        sum: Vec::new(),
        asked: vec![AskedRow {
            href: desk.urls.desk_order(&order_id()).to_string(),
            code: "K7Q4M-9XMPT".to_owned(),
            buyer: "ਹਰਪ੍ਰੀਤ ਕੌਰ".to_owned(),
            amount: "$1,240.00".to_owned(),
        }],
        ..one
    };
    put(samples, "desk-payout-asked", &asked)?;
    disputes(desk, samples)
}

fn payout_id() -> PayoutId {
    PayoutId::mint(Time::from_seconds(1_795_000_000), 3)
}

fn payouts(desk: &Desk) -> PayoutsPage {
    let row = |amount: &str, badge: Badge, arrives: &str| PayoutRow {
        href: desk.urls.desk_payout(&payout_id()).to_string(),
        amount: amount.to_owned(),
        badge,
        sent: "Nov 24, 2026".to_owned(),
        arrives: arrives.to_owned(),
    };
    let statement = |title: &str| Statement {
        title: title.to_owned(),
        when: "Dec 5, 2026".to_owned(),
        xlsx: desk.urls.desk_statement(&event_id(), "xlsx").to_string(),
        csv: desk.urls.desk_statement(&event_id(), "csv").to_string(),
    };
    let day = |name: &str, label: &str, day: &str| Input::date(name, label).value(day).required();
    PayoutsPage {
        frame: frame(desk, Section::Payouts),
        rule: "What buyers pay, less the service fee, waits at Stripe and goes to your bank 3 days after the event is over.".to_owned(),
        stats: vec![
            Stat::new("On its way to your bank", "$1,240.00")
                .note("all of it by Nov 27, 2026 if the bank is quick"),
            Stat::new("Arrived last", "$982,340.55").note("on Nov 12, 2026"),
        ],
        payouts: vec![
            row("$1,240.00", Badge::new(Tone::Glow, "On its way"), "Nov 27, 2026"),
            row("$982,340.55", Badge::new(Tone::Good, "Arrived"), "Nov 12, 2026"),
            row("$88.10", Badge::new(Tone::Bad, "Came back"), "Account closed"),
        ],
        empty: Empty::new(
            "No payouts yet",
            "When your first event is over, what it has earned goes to your bank. Each payout stands here and explains itself order by order.",
        ),
        pager: Pager {
            first: None,
            next: Some(desk.urls.desk_payouts("abc").to_string()),
        },
        statements: vec![
            statement("Diwali Night at the Massey"),
            statement(LONG),
            statement(PUNJABI),
        ],
        tax: (
            desk.urls.desk_tax_report().to_string(),
            vec![
                day("from", "From", "2026-01-01"),
                day("to", "To", "2026-11-27"),
            ],
        ),
        disputes: desk.urls.desk_disputes("").to_string(),
    }
}

fn payout(desk: &Desk) -> PayoutPage {
    let share = |code: &str, event: &str| ShareRow {
        href: desk.urls.desk_order(&order_id()).to_string(),
        code: code.to_owned(),
        event: event.to_owned(),
        paid: "$27.30".to_owned(),
        fees: "−$3.05".to_owned(),
        refunded: String::new(),
        net: "$24.25".to_owned(),
    };
    let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    PayoutPage {
        frame: frame(desk, Section::Payouts),
        amount: "$1,240.00".to_owned(),
        badge: Badge::new(Tone::Good, "Arrived"),
        back: desk.urls.desk_payouts("").to_string(),
        facts: vec![
            fact("Sent", "Nov 24, 2026"),
            fact("At your bank", "Nov 27, 2026"),
            fact("Payout at Stripe", "po_1QK1abcDEFghiJKL0mnOPqrs"),
        ],
        unknown: String::new(),
        orders: vec![
            share("K7Q4M-9XMPT", "Diwali Night at the Massey"),
            share("0H2ZM-9XMPT", LONG),
        ],
        asked: Vec::new(),
        sum: vec![
            MoneyLine::new("Paid by buyers", "$1,396.10"),
            MoneyLine::new("Service fees, with their taxes", "−$128.80"),
            MoneyLine::new("Given back to buyers", "−$27.30"),
            MoneyLine::sum("To your bank", "$1,240.00"),
        ],
    }
}

fn disputes(desk: &Desk, samples: &mut Vec<Sample>) -> Result<(), BadSample> {
    let row = |buyer: &str, badge: Badge, due: &str| DisputeRow {
        href: desk.urls.desk_order(&order_id()).to_string(),
        code: "K7Q4M-9XMPT".to_owned(),
        buyer: buyer.to_owned(),
        amount: "$54.60".to_owned(),
        reason: "The cardholder says that they did not buy this".to_owned(),
        badge,
        due: due.to_owned(),
        evidence: desk.urls.desk_disputes("").to_string(),
    };
    let waits = Badge::new(Tone::Bad, "Answer it");
    let page = DisputesPage {
        frame: frame(desk, Section::Payouts),
        disputes: vec![
            row(
                "ਹਰਪ੍ਰੀਤ ਕੌਰ",
                waits,
                "until Tue, Dec 8, 2026 at 3:59 p.m. PST",
            ),
            row("Sam Lee", Badge::new(Tone::Good, "Won"), "on Oct 2, 2026"),
        ],
        empty: Empty::new(
            "No disputes",
            "If a buyer tells their bank that a payment is not right, it stands here with the day until which you can answer, and with the evidence from our records.",
        ),
        pager: Pager::default(),
    };
    put(samples, "desk-disputes", &page)?;
    let none = DisputesPage {
        disputes: Vec::new(),
        ..page
    };
    put(samples, "desk-disputes-empty", &none)
}
