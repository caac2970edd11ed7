//! GET `/tickets/organizer/payouts`, one payout, and `/tickets/organizer/disputes`.

use super::words::{day, home_zone};
use crate::api::payouts::cursor_of;
use crate::extract::{PathId, Search};
use crate::pages::handlers::html;
use crate::pages::handlers::portal::Portal;
use crate::pages::views::portal::desk::money::{
    AskedRow, DisputeRow, DisputesPage, PayoutPage, PayoutRow, PayoutsPage, ShareRow, Statement,
};
use crate::pages::views::portal::desk::order::MoneyLine;
use crate::pages::views::portal::parts::{Badge, Empty, Input, Pager, Stat, Tone, spoken};
use crate::pages::views::portal::shell::Section;
use crate::problem::Problem;
use crate::state::WebState;
use crate::when::moment;
use app::disputes::{self, Page};
use app::payouts::{self, OrderShare, PayoutDetail};
use app::records::{Dispute, Event, Payout, PayoutStatus};
use axum::extract::State;
use axum::response::Response;
use model::dispute::DisputeStatus;
use model::ids::{DisputeId, PayoutId};
use model::money::Money;
use model::time::{Time, Zone};
use serde::Deserialize;

/// How many payouts or disputes stand on a page.
const PAGE: i64 = 30;
/// How many events have their sheets on the page.
const STATEMENTS: usize = 50;

/// Where to continue.
#[derive(Debug, Default, Deserialize)]
pub struct CursorSearch {
    #[serde(default)]
    cursor: String,
}

/// The payouts.
pub async fn payouts_page(
    State(state): State<WebState>,
    portal: Portal,
    Search(search): Search<CursorSearch>,
) -> Result<Response, Problem> {
    let after = match search.cursor.as_str() {
        "" => None,
        text => Some(crate::api::payouts::place_of(text)?),
    };
    let first = after.is_none();
    let page = payouts::own_payouts(&state.house, &portal.cx, after, PAGE).await?;
    let (found, next) = page.map_or((Vec::new(), None), |page| (page.payouts, page.next));
    let events = app::events::of_organizer(&state.house, &portal.cx).await?;
    let zone = home_zone();
    html(&PayoutsPage {
        frame: portal.frame(&state, Section::Payouts),
        rule: rule(state.house.settings.payout_delay_s),
        stats: if first {
            stats(&found, &zone)
        } else {
            Vec::new()
        },
        payouts: found.iter().map(|p| row(&state, p, &zone)).collect(),
        empty: Empty::new(
            "No payouts yet",
            "When your first event is over, what it has earned goes to your bank. Each payout stands here and explains itself order by order.",
        ),
        pager: Pager {
            first: (!first).then(|| state.urls.desk_payouts("").to_string()),
            next: next.map(|(at, id)| state.urls.desk_payouts(&cursor_of(at, &id)).to_string()),
        },
        statements: events
            .unwrap_or_default()
            .iter()
            .take(STATEMENTS)
            .map(|event| statement(&state, event))
            .collect(),
        tax: (
            state.urls.desk_tax_report().to_string(),
            period(portal.cx.now, &zone),
        ),
        disputes: state.urls.desk_disputes("").to_string(),
    })
}

/// When money leaves for the bank, in a sentence.
fn rule(delay_s: Option<i64>) -> String {
    let after = match delay_s.map(|s| s / 86_400) {
        None => return "Stripe collects what buyers pay, less the service fee, and sends it to your bank.".to_owned(),
        Some(0) => "when the event is over".to_owned(),
        Some(1) => "a day after the event is over".to_owned(),
        Some(days) => format!("{days} days after the event is over"),
    };
    format!("What buyers pay, less the service fee, waits at Stripe and goes to your bank {after}.")
}

/// What is on its way, and what came last: of the payouts on the first page, which is where news is.
fn stats(found: &[Payout], zone: &Zone) -> Vec<Stat> {
    let moving = |p: &&Payout| matches!(p.status, PayoutStatus::Pending | PayoutStatus::InTransit);
    let on_way: Vec<&Payout> = found.iter().filter(moving).collect();
    let mut stats = Vec::new();
    if let Some(one) = on_way.first() {
        let cents = on_way
            .iter()
            .map(|p| p.amount_cents)
            .fold(0, i64::saturating_add);
        let amount = Money::new(cents, one.currency).to_string();
        let last = on_way.iter().map(|p| p.arrival_at).max();
        let note = last.map_or_else(String::new, |at| {
            format!("all of it by {} if the bank is quick", day(at, zone))
        });
        stats.push(Stat::new("On its way to your bank", amount).note(note));
    }
    if let Some(last) = found.iter().find(|p| p.status == PayoutStatus::Paid) {
        let amount = Money::new(last.amount_cents, last.currency).to_string();
        let note = format!("on {}", day(last.arrival_at, zone));
        stats.push(Stat::new("Arrived last", amount).note(note));
    }
    stats
}

fn badge(status: PayoutStatus) -> Badge {
    match status {
        PayoutStatus::Pending => Badge::new(Tone::Plain, "Being sent"),
        PayoutStatus::InTransit => Badge::new(Tone::Glow, "On its way"),
        PayoutStatus::Paid => Badge::new(Tone::Good, "Arrived"),
        PayoutStatus::Failed => Badge::new(Tone::Bad, "Came back"),
        PayoutStatus::Canceled => Badge::new(Tone::Plain, "Canceled"),
    }
}

fn row(state: &WebState, payout: &Payout, zone: &Zone) -> PayoutRow {
    let why = payout.failure_code.as_deref().unwrap_or_default();
    PayoutRow {
        href: state.urls.desk_payout(&payout.id).to_string(),
        amount: Money::new(payout.amount_cents, payout.currency).to_string(),
        badge: badge(payout.status),
        sent: day(payout.created_at, zone),
        arrives: match payout.status {
            PayoutStatus::Failed => spoken(why),
            PayoutStatus::Canceled => String::new(),
            _ => day(payout.arrival_at, zone),
        },
    }
}

fn statement(state: &WebState, event: &Event) -> Statement {
    let zone = super::words::zone_of(event);
    Statement {
        title: event.title.clone(),
        when: day(event.start_at, &zone),
        xlsx: state.urls.desk_statement(&event.id, "xlsx").to_string(),
        csv: state.urls.desk_statement(&event.id, "csv").to_string(),
    }
}

/// The days of the tax report: from the beginning of this year until today, to be changed.
fn period(now: Time, zone: &Zone) -> Vec<Input> {
    let today = now.in_zone(zone);
    let (from, to) = today.map_or_else(Default::default, |at| {
        (
            at.strftime("%Y-01-01").to_string(),
            at.strftime("%Y-%m-%d").to_string(),
        )
    });
    vec![
        Input::date("from", "From").value(from).required(),
        Input::date("to", "To").value(to).required(),
    ]
}

/// One payout.
pub async fn payout_page(
    State(state): State<WebState>,
    PathId(id): PathId<PayoutId>,
    portal: Portal,
) -> Result<Response, Problem> {
    let detail = payouts::show_payout(&state.house, &portal.cx, &id).await?;
    let detail = detail.ok_or_else(Problem::not_found)?;
    let zone = home_zone();
    let payout = &detail.payout;
    let amount = Money::new(payout.amount_cents, payout.currency).to_string();
    let mut facts = vec![
        ("Sent".to_owned(), day(payout.created_at, &zone)),
        ("At your bank".to_owned(), day(payout.arrival_at, &zone)),
        (
            "Payout at Stripe".to_owned(),
            payout.stripe_payout_id.clone(),
        ),
    ];
    if let Some(why) = &payout.failure_code {
        facts.push(("Why it came back".to_owned(), spoken(why)));
    }
    html(&PayoutPage {
        frame: portal.frame(&state, Section::Payouts),
        badge: badge(payout.status),
        back: state.urls.desk_payouts("").to_string(),
        facts,
        unknown: if payout.itemized {
            String::new()
        } else if detail.disbursed.is_some() {
            "Stripe has not confirmed it yet; this is what we asked it to send.".to_owned()
        } else if payout.automatic {
            "Stripe has not told yet which orders are in it. That takes an hour or so.".to_owned()
        } else {
            "This payout was sent by hand, and Stripe does not say which orders are in such a one."
                .to_owned()
        },
        orders: detail
            .orders
            .iter()
            .map(|share| share_row(&state, share, payout))
            .collect(),
        asked: asked_for(&state, &detail),
        sum: sum(&detail),
        amount,
    })
}

fn share_row(state: &WebState, share: &OrderShare, payout: &Payout) -> ShareRow {
    let money = |cents: i64| Money::new(cents, payout.currency).to_string();
    let or_nothing = |cents: i64| {
        if cents == 0 {
            String::new()
        } else {
            money(-cents)
        }
    };
    ShareRow {
        href: state.urls.desk_order(&share.order.id).to_string(),
        code: share.order.code.clone(),
        event: share.order.event_title.clone(),
        paid: money(share.paid_cents),
        fees: or_nothing(share.fees_cents),
        refunded: or_nothing(share.refunded_cents),
        net: money(share.net_cents),
    }
}

/// What we asked Stripe to send, order by order; nothing where Stripe itself says what was in it.
fn asked_for(state: &WebState, detail: &PayoutDetail) -> Vec<AskedRow> {
    let currency = detail.payout.currency;
    let parts = detail.disbursed.iter().flat_map(|d| &d.orders);
    parts
        .filter(|_| detail.orders.is_empty())
        .map(|part| AskedRow {
            href: state.urls.desk_order(&part.order_id).to_string(),
            code: part.code.clone(),
            buyer: part.buyer_name.clone(),
            amount: Money::new(part.amount_cents, currency).to_string(),
        })
        .collect()
}

/// How a payout's amount comes about: the sums of its orders, and what belongs to none.
fn sum(detail: &PayoutDetail) -> Vec<MoneyLine> {
    let payout = &detail.payout;
    if !payout.itemized {
        return Vec::new();
    }
    let money = |cents: i64| Money::new(cents, payout.currency);
    let of =
        |part: fn(&OrderShare) -> i64| detail.orders.iter().map(part).fold(0, i64::saturating_add);
    let mut lines = vec![MoneyLine::new(
        "Paid by buyers",
        money(of(|s| s.paid_cents)),
    )];
    let (fees, back) = (of(|s| s.fees_cents), of(|s| s.refunded_cents));
    if fees != 0 {
        lines.push(MoneyLine::new(
            "Service fees, with their taxes",
            money(-fees),
        ));
    }
    if back != 0 {
        lines.push(MoneyLine::new("Given back to buyers", money(-back)));
    }
    for line in &detail.other {
        let words = match line.kind.as_str() {
            "payout_failure" => "An earlier payout that came back".to_owned(),
            other => format!("Stripe: {}", other.replace('_', " ")),
        };
        lines.push(MoneyLine::new(words, money(line.net_cents)));
    }
    lines.push(MoneyLine::sum("To your bank", money(payout.amount_cents)));
    lines
}

/// The disputes.
pub async fn disputes_page(
    State(state): State<WebState>,
    portal: Portal,
    Search(search): Search<CursorSearch>,
) -> Result<Response, Problem> {
    let after = match search.cursor.as_str() {
        "" => None,
        text => Some(DisputeId::parse(text).map_err(|error| Problem::field("cursor", error))?),
    };
    let first = after.is_none();
    let page = Page { after, limit: PAGE };
    let found = disputes::of_organizer(&state.house, &portal.cx, &page).await?;
    let full = i64::try_from(found.len()).is_ok_and(|n| n == PAGE);
    let next = found.last().filter(|_| full).map(|d| d.id.to_string());
    let ids: Vec<_> = found.iter().map(|d| d.order_id.clone()).collect();
    let orders = app::orders::of_ids(&state.house, &ids).await?;
    let zone = home_zone();
    html(&DisputesPage {
        frame: portal.frame(&state, Section::Payouts),
        disputes: found
            .iter()
            .map(|dispute| {
                let order = orders.iter().find(|o| o.id == dispute.order_id);
                let order = order.map(|o| (o.code.clone(), o.buyer_name.clone()));
                dispute_row(&state, dispute, order.unwrap_or_default(), &zone)
            })
            .collect(),
        empty: Empty::new(
            "No disputes",
            "If a buyer tells their bank that a payment is not right, it stands here with the day until which you can answer, and with the evidence from our records.",
        ),
        pager: Pager {
            first: (!first).then(|| state.urls.desk_disputes("").to_string()),
            next: next.map(|cursor| state.urls.desk_disputes(&cursor).to_string()),
        },
    })
}

/// A bank's reason in plain words.
pub(super) fn reason_words(reason: &str) -> String {
    match reason {
        "fraudulent" => "The cardholder says that they did not buy this".to_owned(),
        "product_not_received" => {
            "The buyer says that they did not get what they paid for".to_owned()
        }
        "product_unacceptable" => "The buyer says that it was not as described".to_owned(),
        "duplicate" => "The buyer says that they paid twice".to_owned(),
        "credit_not_processed" => "The buyer says that a refund did not come".to_owned(),
        "subscription_canceled" | "general" => "The bank gives no particular reason".to_owned(),
        "unrecognized" => "The cardholder does not recognize the payment".to_owned(),
        other => spoken(other),
    }
}

fn dispute_row(
    state: &WebState,
    dispute: &Dispute,
    (code, buyer): (String, String),
    zone: &Zone,
) -> DisputeRow {
    let (tone, words) = match dispute.status {
        DisputeStatus::Inquiry => (Tone::Glow, "The bank asks"),
        DisputeStatus::NeedsResponse => (Tone::Bad, "Answer it"),
        DisputeStatus::UnderReview => (Tone::Plain, "The bank decides"),
        DisputeStatus::Won => (Tone::Good, "Won"),
        DisputeStatus::Lost => (Tone::Bad, "Lost"),
        DisputeStatus::Closed => (Tone::Plain, "Closed"),
    };
    let waits = matches!(
        dispute.status,
        DisputeStatus::Inquiry | DisputeStatus::NeedsResponse
    );
    DisputeRow {
        href: state.urls.desk_order(&dispute.order_id).to_string(),
        code,
        buyer,
        amount: Money::new(dispute.amount_cents, dispute.currency).to_string(),
        reason: reason_words(&dispute.reason),
        badge: Badge::new(tone, words),
        due: match (waits, dispute.due_at, dispute.closed_at) {
            (true, Some(due), _) => format!("until {}", moment(due, zone)),
            (_, _, Some(closed)) => format!("on {}", day(closed, zone)),
            _ => String::new(),
        },
        evidence: state.urls.desk_evidence(&dispute.id).to_string(),
    }
}
