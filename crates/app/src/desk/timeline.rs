//! What happened to an order, moment by moment: held, paid, mailed, scanned, refunded, noted, and by whom.
//!
//! Everything is read from the rows that already tell it; nothing is written down for the timeline's sake.

use super::notes::own_order;
use crate::cx::{Actor, Cx};
use crate::house::House;
use crate::orders::{OrderView, ShowError};
use model::ids::{AccountId, OrderId};
use model::money::Money;
use model::order::CancelReason;
use model::refund::{RefundOrigin, RefundStatus};
use model::time::Time;
use std::collections::BTreeMap;
use store::audit::Entry;
use store::disputes::Dispute;
use store::emails::{Email, EmailStatus};
use store::order_notes::Note;
use store::payments::PaymentOutcome;
use store::refund_requests::{RefundRequest, RequestStatus};
use store::refunds::Refund;
use store::scans::Scan;

/// The most lines of the audit trail that are read of one order.
const MOST_AUDITED: i64 = 200;

/// What sort of thing happened, for a sign beside it.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Sort {
    /// The order was begun, held or let go.
    Order,
    /// Money came in.
    Paid,
    /// A mail went, or did not.
    Mail,
    /// Somebody stood at the door.
    Scan,
    /// Money goes back.
    Refund,
    /// A bank wants money.
    Dispute,
    /// Somebody wrote something down.
    Note,
    /// Somebody changed something.
    Change,
}

impl Sort {
    /// The word for it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Paid => "paid",
            Self::Mail => "mail",
            Self::Scan => "scan",
            Self::Refund => "refund",
            Self::Dispute => "dispute",
            Self::Note => "note",
            Self::Change => "change",
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Moment {
    /// When.
    pub at: Time,
    /// What sort of thing.
    pub sort: Sort,
    /// What, in a few words.
    pub what: String,
    /// More about it, as it was written; may be empty.
    pub more: String,
    /// Who did it; empty if nobody did.
    pub by: String,
    /// Whether it went wrong.
    pub bad: bool,
}

fn moment(at: Time, sort: Sort, what: impl Into<String>) -> Moment {
    Moment {
        at,
        sort,
        what: what.into(),
        more: String::new(),
        by: String::new(),
        bad: false,
    }
}

/// What else is read of an order for its page.
#[derive(Clone, Debug)]
pub struct History {
    /// The order with everything around it.
    pub view: OrderView,
    /// What happened, oldest first.
    pub moments: Vec<Moment>,
    /// The requests for refunds, oldest first.
    pub requests: Vec<RefundRequest>,
    /// The mails, oldest first.
    pub mails: Vec<Email>,
    /// The disputes, oldest first.
    pub disputes: Vec<Dispute>,
}

/// An order with what happened to it, for its organizer or an admin; a stranger is told that it does not
/// exist.
pub async fn timeline(house: &House, cx: &Cx, id: &OrderId) -> Result<History, ShowError> {
    let view = own_order(house, cx, id).await?.ok_or(ShowError::NotFound)?;
    let mut read = house.read().await?;
    let mails = store::emails::of_order(&mut read, id).await?;
    let scans = store::scans::of_order(&mut read, id).await?;
    let disputes = store::disputes::of_order(&mut read, id).await?;
    let notes = store::order_notes::of_order(&mut read, id).await?;
    let requests = store::refund_requests::of_order(&mut read, id).await?;
    let audit = store::audit::of_target(&mut read, "order", id.as_str(), MOST_AUDITED).await?;
    let labels = notes
        .iter()
        .map(|n| n.author.as_str())
        .chain(audit.iter().map(|e| e.line.actor_id.as_str()))
        .chain(view.refunds.iter().map(|r| r.requested_by.as_str()))
        .chain(requests.iter().filter_map(|r| r.decided_by.as_deref()));
    let accounts: Vec<AccountId> = labels.filter_map(account_of).collect();
    let accounts = store::accounts::by_ids(&mut read, &accounts).await?;
    drop(read);
    let people = People {
        own: cx.actor.clone(),
        names: accounts
            .into_iter()
            .map(|a| (a.id, if a.name.is_empty() { a.email } else { a.name }))
            .collect(),
    };
    let mut moments = begun(&view);
    moments.extend(paid(&view));
    moments.extend(mails.iter().map(mailed));
    moments.extend(scans.iter().map(|s| scanned(&view, s)));
    moments.extend(view.refunds.iter().flat_map(|r| refunded(r, &people)));
    moments.extend(disputes.iter().flat_map(disputed));
    moments.extend(requests.iter().flat_map(|r| requested(r, &people)));
    moments.extend(notes.iter().map(|n| noted(n, &people)));
    moments.extend(audit.iter().filter_map(|e| changed(e, &people)));
    moments.sort_by_key(|m| m.at);
    Ok(History {
        view,
        moments,
        requests,
        mails,
        disputes,
    })
}

/// Who somebody is to whoever reads.
struct People {
    own: Actor,
    names: BTreeMap<AccountId, String>,
}

fn account_of(label: &str) -> Option<AccountId> {
    let (_, id) = label.split_once(':')?;
    AccountId::parse(id).ok()
}

impl People {
    fn name(&self, label: &str) -> String {
        let own = self.own.label();
        if label == own {
            return "you".to_owned();
        }
        match (
            label.split_once(':').map(|(kind, _)| kind),
            account_of(label),
        ) {
            (_, Some(account)) => self
                .names
                .get(&account)
                .cloned()
                .unwrap_or_else(|| "somebody who has left".to_owned()),
            (Some("buyer"), _) => "the buyer".to_owned(),
            (Some("scanner"), _) => "the door".to_owned(),
            _ => String::new(),
        }
    }
}

fn begun(view: &OrderView) -> Vec<Moment> {
    let order = &view.order;
    let given = order.source == crate::checkout::GIVEN;
    let mut moments = Vec::new();
    if !given {
        let from = match order.source.as_str() {
            "widget" => "Begun on another site, by the button there",
            "api" => "Begun by a program",
            _ => "Begun on the event’s page",
        };
        moments.push(moment(order.created_at, Sort::Order, from));
    }
    if let Some(at) = order.canceled_at {
        let what = match order.cancel_reason {
            Some(CancelReason::Expired) => "The time to pay ran out; the places are on sale again",
            Some(_) => "Let go; the places are on sale again",
            None => "Canceled",
        };
        moments.push(moment(at, Sort::Order, what));
    }
    moments
}

fn paid(view: &OrderView) -> Vec<Moment> {
    let order = &view.order;
    let given = order.source == crate::checkout::GIVEN;
    let mut moments = Vec::new();
    if order.total_cents == 0
        && let Some(at) = order.placed_at
    {
        let what = if given {
            "Given away"
        } else {
            "Complete: it cost nothing"
        };
        moments.push(moment(at, Sort::Paid, what));
    }
    for payment in &view.payments {
        let amount = Money::new(payment.amount_cents, payment.currency);
        let (what, bad) = match payment.outcome {
            PaymentOutcome::Fulfilled if payment.late => (
                format!("{amount} paid, after the hold had lapsed; there was room still"),
                false,
            ),
            PaymentOutcome::Fulfilled => (format!("{amount} paid"), false),
            PaymentOutcome::GivenBack => (
                format!("{amount} paid too late; it goes straight back"),
                true,
            ),
        };
        moments.push(Moment {
            more: payment.card.clone(),
            bad,
            ..moment(payment.received_at, Sort::Paid, what)
        });
    }
    moments
}

/// What a mail is, by its kind.
pub fn mail_name(kind: &str) -> &'static str {
    match kind {
        "order_confirmation" => "The tickets",
        "money_back" => "The apology for a payment that came too late",
        "refunded" => "The news of the refund",
        "refund_failed" => "The news that the refund came back",
        "refund_asked" => "The news of the refund request, to you",
        "refund_declined" => "The answer to the refund request",
        "event_canceled" => "The news that the event is called off",
        "event_changed" => "The news that the event has changed",
        "reminder" => "The reminder",
        _ => "A mail",
    }
}

fn mailed(mail: &Email) -> Moment {
    let what = mail_name(&mail.kind);
    let (at, what, bad) = match (mail.status, mail.sent_at) {
        (EmailStatus::Sent, Some(at)) => (at, format!("{what}: mailed"), false),
        (EmailStatus::Failed, _) => (mail.created_at, format!("{what}: not delivered"), true),
        _ => (
            mail.created_at,
            format!("{what}: about to be mailed"),
            false,
        ),
    };
    let more = match (&mail.error, bad) {
        (Some(error), true) => format!("{}: {error}", mail.to_email),
        _ => mail.to_email.clone(),
    };
    Moment {
        more,
        bad,
        ..moment(at, Sort::Mail, what)
    }
}

fn scanned(view: &OrderView, scan: &Scan) -> Moment {
    let ticket = scan.ticket_id.as_ref();
    let serial = view
        .tickets
        .iter()
        .find(|t| Some(&t.id) == ticket)
        .map_or("A ticket", |t| t.serial.as_str());
    let undo = scan.kind == "undo";
    let what = match scan.result.as_str() {
        "valid" if scan.kind == "admit" => format!("{serial} was let in by hand"),
        "valid" => format!("{serial} came in"),
        "undone" => format!("The admission of {serial} was undone"),
        "already_used" => format!("{serial} was shown again and not let in"),
        _ if undo => format!("An admission of {serial} was not undone"),
        other => format!("{serial} was not let in: {}", other.replace('_', " ")),
    };
    Moment {
        by: scan.device.clone(),
        bad: !matches!(scan.result.as_str(), "valid" | "undone"),
        ..moment(scan.scanned_at, Sort::Scan, what)
    }
}

fn refunded(refund: &Refund, people: &People) -> Vec<Moment> {
    let amount = Money::new(refund.amount_cents, refund.currency);
    let begun = match refund.origin {
        RefundOrigin::Asked if refund.amount_cents == 0 => "Taken back".to_owned(),
        RefundOrigin::Asked => format!("{amount} refunded"),
        RefundOrigin::Cancellation => {
            format!("{amount} refunded, because the event was called off")
        }
        RefundOrigin::GiveBack => format!("{amount} sent back"),
        RefundOrigin::Stripe => format!("{amount} refunded in Stripe’s dashboard"),
        RefundOrigin::Dispute => format!("{amount} taken back by the buyer’s bank"),
    };
    // A bank gives no reason but a code, and the dispute itself says it in words; what the bank has taken
    // is no refund of ours that would be done.
    let by_bank = refund.origin == RefundOrigin::Dispute;
    let said = [refund.reason.as_str(), refund.note.as_str()];
    let said = said.into_iter().filter(|t| !t.is_empty() && !by_bank);
    let mut moments = vec![Moment {
        more: said.collect::<Vec<_>>().join("\n"),
        by: people.name(&refund.requested_by),
        ..moment(refund.created_at, Sort::Refund, begun)
    }];
    match refund.status {
        RefundStatus::Succeeded if by_bank => {}
        RefundStatus::Failed => moments.push(Moment {
            more: refund.error.clone().unwrap_or_default(),
            bad: true,
            ..moment(
                refund.updated_at,
                Sort::Refund,
                format!("The refund of {amount} came back"),
            )
        }),
        RefundStatus::Succeeded if refund.amount_cents > 0 => {
            if let Some(at) = refund.settled_at {
                moments.push(moment(
                    at,
                    Sort::Refund,
                    format!("The refund of {amount} is done"),
                ));
            }
        }
        _ => {}
    }
    moments
}

fn disputed(dispute: &Dispute) -> Vec<Moment> {
    let amount = Money::new(dispute.amount_cents, dispute.currency);
    let mut moments = vec![Moment {
        more: dispute.reason.replace('_', " "),
        bad: true,
        ..moment(
            dispute.opened_at,
            Sort::Dispute,
            format!("The buyer disputes {amount} with their bank"),
        )
    }];
    if let Some(at) = dispute.closed_at {
        let what = format!("The dispute ended: {}", dispute.status.code());
        moments.push(moment(at, Sort::Dispute, what));
    }
    moments
}

fn requested(request: &RefundRequest, people: &People) -> Vec<Moment> {
    let mut moments = vec![Moment {
        more: request.message.clone(),
        by: "the buyer".to_owned(),
        ..moment(request.created_at, Sort::Refund, "A refund was asked for")
    }];
    if let Some(at) = request.decided_at {
        let what = match request.status {
            RequestStatus::Approved => "The request was granted",
            RequestStatus::Declined => "The request was declined",
            RequestStatus::Withdrawn | RequestStatus::Open => "The request was taken back",
        };
        moments.push(Moment {
            more: request.answer.clone(),
            by: people.name(request.decided_by.as_deref().unwrap_or_default()),
            ..moment(at, Sort::Refund, what)
        });
    }
    moments
}

fn noted(note: &Note, people: &People) -> Moment {
    Moment {
        more: note.text.clone(),
        by: people.name(&note.author),
        ..moment(note.created_at, Sort::Note, "Note")
    }
}

/// What stands in the audit trail and in no other row.
fn changed(entry: &Entry, people: &People) -> Option<Moment> {
    let what = match entry.line.action.as_str() {
        "order.email-corrected" => "The buyer’s address was corrected",
        "ticket.renamed" => "A ticket was given another name",
        "order.resent" => "The tickets were asked for once more",
        "mail.retried" => "A mail was sent once more",
        _ => return None,
    };
    let meta: serde_json::Value = serde_json::from_str(&entry.line.meta_json).unwrap_or_default();
    let more = match (meta["from"].as_str(), meta["to"].as_str()) {
        (Some(from), Some(to)) => format!("{from} → {to}"),
        _ => String::new(),
    };
    Some(Moment {
        more,
        by: people.name(&entry.line.actor_id),
        ..moment(entry.created_at, Sort::Change, what)
    })
}
