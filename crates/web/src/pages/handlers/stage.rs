//! How an order stands, as its page shows it.

use super::csrf;
use super::faces::{address, occasion, seller, sum_of_paper, zone};
use super::manage::manage;
use super::wallet;
use crate::pages::views::order::{
    Closed, CreditLink, GivenBack, Paid, Pending, Processing, Receipt, RefundedOrder, Stage,
};
use crate::pages::views::ticket::{Rename, TicketCard, TicketMark, WalletLinks};
use crate::problem::Problem;
use crate::state::WebState;
use crate::when::{clock, moment};
use crate::words::{self, t1, t2};
use app::orders::{OrderView, plain_paper_of, sold_on};
use app::records::{PaymentOutcome, Ticket};
use app::{Cx, Fault, catalogue};
use model::event::EventStatus;
use model::money::Money;
use model::order::{CancelReason, GiveBackReason, OrderStatus, Places};
use model::ticket::TicketStatus;
use model::tier::{SaleState, Visibility};
use model::time::{Time, Zone};

/// Whether places are held for an order and its time has not run out.
pub(super) fn waits(view: &OrderView, now: Time) -> bool {
    view.order.places == Places::Held && view.order.hold_expires_at.is_none_or(|until| until > now)
}

/// The stage of an order; `declined` is what Stripe says of the last attempt to pay.
pub(super) async fn stage(
    state: &WebState,
    cx: &Cx,
    view: &OrderView,
    declined: Option<String>,
) -> Result<Stage, Problem> {
    Ok(match view.order.status {
        OrderStatus::Pending if waits(view, cx.now) => {
            Stage::Pending(pending(state, cx.now, view, declined)?)
        }
        OrderStatus::Pending => Stage::Expired(closed(state, cx, view, true).await?),
        OrderStatus::Paid | OrderStatus::PartiallyRefunded => {
            Stage::Paid(paid(state, cx, view).await?)
        }
        OrderStatus::Refunded => Stage::Refunded(refunded(state, view)?),
        OrderStatus::Canceled => match given_back(view) {
            Some((amount, reason)) => {
                Stage::GivenBack(back(state, cx, view, amount, reason).await?)
            }
            None if view.order.cancel_reason == Some(CancelReason::Expired) => {
                Stage::Expired(closed(state, cx, view, true).await?)
            }
            None => Stage::Canceled(closed(state, cx, view, false).await?),
        },
    })
}

/// The word of a stage without making its page.
pub(super) fn code(view: &OrderView, now: Time) -> &'static str {
    match view.order.status {
        OrderStatus::Pending if waits(view, now) => "pending",
        OrderStatus::Pending => "expired",
        OrderStatus::Paid | OrderStatus::PartiallyRefunded => "paid",
        OrderStatus::Refunded => "refunded",
        OrderStatus::Canceled if given_back(view).is_some() => "given-back",
        OrderStatus::Canceled if view.order.cancel_reason == Some(CancelReason::Expired) => {
            "expired"
        }
        OrderStatus::Canceled => "canceled",
    }
}

/// Money has been taken, and we have not heard what came of it.
pub(super) fn processing(state: &WebState, view: &OrderView) -> Result<Stage, Fault> {
    Ok(Stage::Processing(Processing {
        occasion: occasion(state, &view.event)?,
        email: view.order.buyer_email.clone(),
        status_url: state.urls.order_status(&view.order.id).to_string(),
    }))
}

fn given_back(view: &OrderView) -> Option<(i64, GiveBackReason)> {
    let last = view
        .payments
        .iter()
        .rev()
        .find(|p| p.outcome == PaymentOutcome::GivenBack)?;
    Some((
        last.amount_cents,
        last.give_back_reason.unwrap_or(GiveBackReason::SoldOut),
    ))
}

fn pending(
    state: &WebState,
    now: Time,
    view: &OrderView,
    declined: Option<String>,
) -> Result<Pending, Fault> {
    let (order, urls, settings) = (&view.order, &state.urls, &state.house.settings);
    let until = order.hold_expires_at.unwrap_or(now);
    let longest = order.created_at.plus_seconds(settings.hold_most_s);
    Ok(Pending {
        occasion: occasion(state, &view.event)?,
        sum: sum_of_paper(
            &plain_paper_of(&state.house, view)?,
            view.event.province,
            order.currency,
        ),
        seconds_left: until.seconds_since(now).max(0),
        until: clock(until, &zone(&view.event)?),
        declined,
        pay_url: urls.order_pay(&order.id).to_string(),
        extend_url: (until < longest).then(|| urls.order_extend(&order.id).to_string()),
        cancel_url: urls.order_cancel(&order.id).to_string(),
        status_url: urls.order_status(&order.id).to_string(),
        csrf: csrf::token(state, order.id.as_str()),
        notice: None,
    })
}

async fn paid(state: &WebState, cx: &Cx, view: &OrderView) -> Result<Paid, Fault> {
    let (order, urls) = (&view.order, &state.urls);
    let tickets = view.tickets.iter().map(|ticket| {
        let link = state
            .house
            .keyring
            .ticket_link(&ticket.id, ticket.qr_generation);
        card(
            state,
            view,
            ticket,
            Some(urls.ticket_secret(&ticket.id, &link).to_string()),
            wallet::of_order(state, cx.now, view, ticket),
        )
    });
    Ok(Paid {
        occasion: occasion(state, &view.event)?,
        address: address(&view.event),
        email: order.buyer_email.clone(),
        tickets: tickets.collect::<Result<_, _>>()?,
        pdf_url: urls.order_pdf(&order.id).to_string(),
        calendar_url: urls.order_calendar(&order.id).to_string(),
        passes_url: wallet::all_of_order(state, cx.now, view),
        receipt: receipt(state, view)?,
        refunded: (order.refunded_cents > 0)
            .then(|| Money::new(order.refunded_cents, order.currency)),
        canceled: view.event.status == EventStatus::Canceled,
        manage: manage(state, cx, view).await?,
        notice: None,
    })
}

/// The form that changes a ticket's name, while it can be changed.
fn rename(state: &WebState, view: &OrderView, ticket: &Ticket) -> Option<Rename> {
    (ticket.status == TicketStatus::Valid).then(|| Rename {
        action: state
            .urls
            .order_rename(&view.order.id, &ticket.id)
            .to_string(),
        csrf: csrf::token(state, view.order.id.as_str()),
    })
}

/// One ticket of an order; its code only while it opens the door.
pub(super) fn card(
    state: &WebState,
    view: &OrderView,
    ticket: &Ticket,
    url: Option<String>,
    wallet: WalletLinks,
) -> Result<TicketCard, Fault> {
    let mark = mark(ticket, &zone(&view.event)?);
    let qr_svg = if mark == TicketMark::Valid {
        let token = state
            .house
            .keyring
            .ticket_token(&ticket.id, ticket.qr_generation);
        state
            .house
            .papers
            .qr_svg(&token)
            .map_err(|why| Fault::Workshop {
                what: "the QR code",
                why: why.to_string(),
            })?
    } else {
        String::new()
    };
    let tier = view
        .items
        .iter()
        .find(|item| item.id == ticket.order_item_id)
        .map_or_else(String::new, |item| item.tier_name.clone());
    Ok(TicketCard {
        serial: ticket.serial.clone(),
        tier,
        holder: ticket.holder_name.clone(),
        qr_svg,
        rename: url.as_ref().and_then(|_| rename(state, view, ticket)),
        url,
        mark,
        wallet,
    })
}

fn mark(ticket: &Ticket, zone: &Zone) -> TicketMark {
    match ticket.status {
        TicketStatus::Valid => TicketMark::Valid,
        TicketStatus::Refunded => TicketMark::Refunded,
        TicketStatus::Canceled => TicketMark::Canceled,
        TicketStatus::Used => {
            let at = ticket.used_at.map(|at| moment(at, zone));
            TicketMark::Used(match (at, &ticket.used_by) {
                (Some(at), Some(by)) => t2("ticket-used-at", "when", at, "by", by),
                (at, by) => at.or_else(|| by.clone()).unwrap_or_default(),
            })
        }
    }
}

fn receipt(state: &WebState, view: &OrderView) -> Result<Receipt, Fault> {
    let order = &view.order;
    let zone = zone(&view.event)?;
    let paid_at = moment(order.placed_at.unwrap_or(order.created_at), &zone);
    let credits = view.credit_notes.iter().map(|note| CreditLink {
        number: note.number.clone(),
        date: moment(note.issued_at, &zone),
        amount: Money::new(
            if note.reversal {
                note.amount_cents
            } else {
                -note.amount_cents
            },
            order.currency,
        ),
        url: state
            .urls
            .order_credit_note(&order.id, &note.id)
            .to_string(),
    });
    Ok(Receipt {
        credits: credits.collect(),
        url: state.urls.order_receipt(&order.id).to_string(),
        number: order.code.clone(),
        paid_at,
        sum: sum_of_paper(
            &plain_paper_of(&state.house, view)?,
            view.event.province,
            order.currency,
        ),
        method: paid_with(view),
        buyer: order.buyer_name.clone(),
        seller: seller(&view.organizer),
        tax_numbers: tax_numbers(view),
    })
}

/// The card that paid, if Stripe has told which.
fn paid_with(view: &OrderView) -> Option<String> {
    let card = words::card(&view.taken()?.card);
    Some(card).filter(|card| !card.is_empty())
}

/// The numbers that held on the day of the sale.
fn tax_numbers(view: &OrderView) -> Vec<(String, String)> {
    let held = view.organizer.tax.on(sold_on(view));
    held.map(|r| {
        let name = t1("receipt-number-of", "tax", words::tax_name(r.tax.name()));
        (name, r.number.clone())
    })
    .collect()
}

fn refunded(state: &WebState, view: &OrderView) -> Result<RefundedOrder, Fault> {
    let at = view
        .refunds
        .last()
        .map_or(view.order.updated_at, |refund| refund.updated_at);
    Ok(RefundedOrder {
        occasion: occasion(state, &view.event)?,
        called_off: view.event.status == EventStatus::Canceled,
        amount: Money::new(view.order.refunded_cents, view.order.currency),
        at: moment(at, &zone(&view.event)?),
        receipt: receipt(state, view)?,
    })
}

async fn closed(
    state: &WebState,
    cx: &Cx,
    view: &OrderView,
    expired: bool,
) -> Result<Closed, Fault> {
    Ok(Closed {
        occasion: occasion(state, &view.event)?,
        expired,
        on_sale: on_sale(state, cx, view).await?,
    })
}

async fn back(
    state: &WebState,
    cx: &Cx,
    view: &OrderView,
    cents: i64,
    reason: GiveBackReason,
) -> Result<GivenBack, Fault> {
    Ok(GivenBack {
        occasion: occasion(state, &view.event)?,
        amount: Money::new(cents, view.order.currency),
        why: words::give_back(reason),
        email: view.order.buyer_email.clone(),
        on_sale: on_sale(state, cx, view).await?,
    })
}

/// Whether anything of the event can still be bought.
async fn on_sale(state: &WebState, cx: &Cx, view: &OrderView) -> Result<bool, Fault> {
    let Some(listing) = catalogue::recent(&state.house, &view.event.id).await? else {
        return Ok(false);
    };
    let mut public = listing
        .tiers
        .iter()
        .filter(|t| t.visibility == Visibility::Public);
    Ok(public.any(|tier| {
        matches!(
            app::checkout::state_of(&listing, tier, cx.now),
            SaleState::OnSale { .. }
        )
    }))
}
