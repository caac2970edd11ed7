//! What a paid order gets: tickets, the parts of their prices, the sale in the books, a mail to send.
//!
//! Made before the lane is asked, because it needs keys and randomness; written by the lane, all of
//! it or none, in the transaction that makes the order paid.

use super::holders;
use crate::cx::Cx;
use crate::door::seal;
use crate::error::Fault;
use crate::house::House;
use crate::jobs::kind;
use crate::lanes::command::{Fulfilment, GiveBack};
use model::ids::{EmailId, EventId, JobId, OrderId, OrganizerId, PostingId, RefundId, TicketId};
use model::ledger::{self, Account, Posting};
use model::money::Currency;
use model::pricing::{FeeMode, PricedOrder, PricedUnit};
use model::serial;
use model::time::Time;
use store::emails::NewEmail;
use store::jobs::NewJob;
use store::lanes::write::{NewItem, NewOrder, NewPart, NewPayment, NewRefund, NewTicket};
use store::ledger::Line;
use store::metrics::{Added, Facet, Tally, slot_of};

/// An order that is being paid.
pub(super) struct Sold<'a> {
    pub order: &'a NewOrder,
    pub items: &'a [NewItem],
    pub priced: &'a PricedOrder,
}

/// Everything that the order gets once it is paid.
pub(super) fn make(house: &House, cx: &mut Cx, sold: &Sold<'_>) -> Result<Fulfilment, Fault> {
    let mut made = Fulfilment::default();
    let (mut units, fee_mode) = (sold.priced.units.iter(), sold.priced.mode);
    // By id, tickets stand in the order of their numbers and of the price's units.
    let mut ids = cx
        .mint_in_order(sold.priced.units.len(), TicketId::mint)
        .into_iter();
    for item in sold.items {
        let of_line = units.by_ref();
        let of_line = of_line.take(usize::try_from(item.qty).unwrap_or_default());
        for (at, unit) in of_line.enumerate() {
            let Some(id) = ids.next() else { break };
            let number = made.tickets.len() + 1;
            let holder = holders::name_of(&item.holders_json, at, &sold.order.buyer_name);
            let mut ticket = new_ticket(house, cx.now, id, (sold.order, item), number);
            ticket.holder_name = holder;
            made.parts.extend(parts_of(&ticket.id, unit));
            count(&mut made.sales, cx.now, (sold.order, item), unit, fee_mode);
            made.tickets.push(ticket);
        }
    }
    let expected: i64 = sold.items.iter().map(|i| i.qty).sum();
    if usize::try_from(expected) != Ok(made.tickets.len()) || units.next().is_some() {
        return Err(Fault::Inconsistent(format!(
            "order {} has other units than tickets",
            sold.order.id
        )));
    }
    let sale = ledger::sale(sold.priced).map_err(|e| Fault::Inconsistent(e.to_string()))?;
    made.postings = posting_lines(cx, sold.order, "sale", &sale)?;
    let (email, job) = mail(cx, "order_confirmation", sold.order);
    made.emails.push(email);
    made.jobs.push(job);
    Ok(made)
}

fn new_ticket(
    house: &House,
    now: Time,
    id: TicketId,
    (order, item): (&NewOrder, &NewItem),
    number: usize,
) -> NewTicket {
    let token = house.keyring.ticket_token(&id, 1);
    let serial = serial::ticket_serial(&order.code, number);
    NewTicket {
        door_id: seal::door_id(&order.event_id, &token),
        door_serial: seal::serial_id(&order.event_id, &serial),
        order_id: order.id.clone(),
        order_item_id: item.id.clone(),
        event_id: order.event_id.clone(),
        tier_id: item.tier_id.clone(),
        serial,
        qr_hash: house.keyring.ticket_hash(&token),
        holder_name: order.buyer_name.clone(),
        created_at: now.micros(),
        id: id.into(),
    }
}

/// A ticket in the numbers, in the slot in which it is sold.
fn count(
    sales: &mut Tally,
    now: Time,
    (order, item): (&NewOrder, &NewItem),
    unit: &PricedUnit,
    mode: FeeMode,
) {
    let added = Added {
        units: 1,
        gross_cents: unit.total_cents(mode),
        discount_cents: unit.discount_cents,
        tax_cents: unit.tax_cents(),
        fee_cents: unit.fee_cents,
        fee_tax_cents: unit.fee_tax_cents(),
        ..Added::default()
    };
    let (event, slot) = (order.event_id.as_str(), slot_of(now));
    let discount = order.discount_id.as_deref().unwrap_or_default();
    sales.add(event, Facet::Tier, slot, &item.tier_id, added);
    sales.add_order(event, slot, discount, &order.source, added);
}

fn parts_of(ticket: &str, unit: &PricedUnit) -> Vec<NewPart> {
    let part = |part: String, rate_ppm: i64, amount_cents: i64| NewPart {
        ticket_id: ticket.to_owned(),
        part,
        rate_ppm,
        amount_cents,
    };
    let mut parts = vec![
        part("net".to_owned(), 0, unit.net_cents),
        part("fee".to_owned(), 0, unit.fee_cents),
    ];
    parts.extend(unit.taxes.iter().map(|t| {
        part(
            format!("tax:{}", t.rate.component.code()),
            i64::from(t.rate.ppm.0),
            t.cents,
        )
    }));
    parts.extend(unit.fee_taxes.iter().map(|t| {
        part(
            format!("fee_tax:{}", t.rate.component.code()),
            i64::from(t.rate.ppm.0),
            t.cents,
        )
    }));
    // A tax whose share of this ticket rounds to nothing stays, because reports ask what it was charged on.
    parts.retain(|p| {
        p.amount_cents != 0
            || p.part == "net"
            || (p.part.starts_with("tax:") && unit.net_cents != 0)
            || (p.part.starts_with("fee_tax:") && unit.fee_cents != 0)
    });
    parts
}

/// A posting as rows of the books.
pub(crate) fn posting_lines(
    cx: &mut Cx,
    order: &NewOrder,
    kind: &str,
    posting: &Posting,
) -> Result<Vec<Line>, Fault> {
    let broken =
        |e: &dyn std::fmt::Display| Fault::Inconsistent(format!("order {}: {e}", order.id));
    let posting_id = cx.mint(PostingId::mint);
    let order_id = OrderId::parse(&order.id).map_err(|e| broken(&e))?;
    let event_id = EventId::parse(&order.event_id).map_err(|e| broken(&e))?;
    let organizer_id = OrganizerId::parse(&order.organizer_id).map_err(|e| broken(&e))?;
    let currency = Currency::parse(&order.currency).map_err(|e| broken(&e))?;
    let line = |(at, (account, cents)): (usize, &(Account, i64))| Line {
        posting_id: posting_id.clone(),
        line: i64::try_from(at).unwrap_or(i64::MAX),
        order_id: order_id.clone(),
        event_id: event_id.clone(),
        organizer_id: organizer_id.clone(),
        kind: kind.to_owned(),
        account: *account,
        amount_cents: *cents,
        currency,
        at: cx.now,
    };
    Ok(posting.lines().iter().enumerate().map(line).collect())
}

/// A mail that we owe the buyer, and the job that sends it.
pub(crate) fn mail(cx: &mut Cx, kind_of_mail: &str, order: &NewOrder) -> (NewEmail, NewJob) {
    let id = cx.mint(EmailId::mint);
    let email = NewEmail {
        id: id.clone(),
        kind: kind_of_mail.to_owned(),
        order_id: OrderId::parse(&order.id).ok(),
        dedupe: format!("{kind_of_mail}:{}", order.id),
        to_email: order.buyer_email.clone(),
        to_name: order.buyer_name.clone(),
    };
    (email, job(cx, kind::SEND_EMAIL, id.as_str()))
}

/// A job to be run at once.
pub(crate) fn job(cx: &mut Cx, kind: &str, subject: &str) -> NewJob {
    NewJob {
        id: cx.mint(JobId::mint),
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        dedupe: None,
        run_at: cx.now,
        max_attempts: kind::max_attempts(kind),
    }
}

/// What happens if the payment cannot be taken: received, owed to the buyer, and sent back in full,
/// with what the organizer and we ourselves got of it.
pub(super) fn give_back(
    cx: &mut Cx,
    order: &NewOrder,
    payment: &NewPayment,
) -> Result<GiveBack, Fault> {
    let refund_id = cx.mint(RefundId::mint);
    let received = Posting::new([
        (Account::BuyerClearing, payment.amount_cents),
        (Account::BuyerRefundsDue, -payment.amount_cents),
    ]);
    let received = received.map_err(|e| Fault::Inconsistent(e.to_string()))?;
    Ok(GiveBack {
        postings: posting_lines(cx, order, "payment_not_taken", &received)?,
        jobs: vec![job(cx, kind::MAKE_REFUND, refund_id.as_str())],
        refund: NewRefund {
            id: refund_id.into(),
            order_id: order.id.clone(),
            payment_id: payment.id.clone(),
            amount_cents: payment.amount_cents,
            fee_cents: payment.application_fee_cents,
            currency: payment.currency.clone(),
            reason: String::new(),
            requested_by: cx.actor.label(),
            created_at: cx.now.micros(),
        },
    })
}
