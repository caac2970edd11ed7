//! GET `/tickets/organizer/orders/{id}`: one order, with what happened to it and what can be done.

use super::money::reason_words;
use super::words::{lines, short, zone_of};
use crate::extract::{PathId, Search};
use crate::pages::handlers::faces::sum_of_paper;
use crate::pages::handlers::portal::{Done, Portal};
use crate::pages::handlers::{html, see};
use crate::pages::views::portal::desk::order::{
    DeskOrderPage, MomentLine, MoneyLine, OpenRequest, TicketLine,
};
use crate::pages::views::portal::desk::orders::status_badge;
use crate::pages::views::portal::parts::{Badge, Input, Tone};
use crate::pages::views::portal::shell::Section;
use crate::problem::Problem;
use crate::state::WebState;
use crate::when::{When, moment};
use app::checkout::GIVEN;
use app::desk::{History, Moment, Sort, timeline};
use app::orders::{OrderView, plain_paper_of};
use app::records::Ticket;
use app::refund_requests::{RefundRequest, RequestStatus};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::dispute::DisputeStatus;
use model::ids::OrderId;
use model::money::Money;
use model::order::OrderStatus;
use model::ticket::TicketStatus;
use model::time::{Time, Zone};

/// The page.
pub async fn desk_order_page(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    portal: Portal,
    Search(search): Search<Done>,
) -> Result<Response, Problem> {
    show(&state, &portal, &id, said(&search.done), Wrong::default()).await
}

/// What was done, by the code in the address.
fn said(code: &str) -> Option<&'static str> {
    Some(match code {
        "given" => "The tickets are given away and on their way by mail.",
        "refunded" => "The refund is decided. The money leaves in a moment; the buyer gets a mail.",
        "taken-back" => "The tickets are taken back, and their places are free again.",
        "resent" => "The tickets are on their way by mail once more.",
        "corrected" => "The address is corrected, and the tickets are on their way to it.",
        "named" => "The ticket has its new name. Its code stays the same.",
        "noted" => "The note is kept.",
        "declined" => "The request is declined, and your answer is on its way by mail.",
        _ => return None,
    })
}

/// What was typed and is not right.
#[derive(Debug, Default)]
pub(super) struct Wrong {
    /// The note, and what is wrong with it.
    pub note: Option<(String, String)>,
    /// The address, and what is wrong with it.
    pub email: Option<(String, String)>,
    /// The answer to the request, and what is wrong with it.
    pub answer: Option<(String, String)>,
    /// A ticket's name, and what is wrong with it.
    pub name: Option<(model::ids::TicketId, String, String)>,
    /// What is wrong with the whole step.
    pub step: Option<String>,
}

impl Wrong {
    fn any(&self) -> bool {
        self.note.is_some()
            || self.email.is_some()
            || self.answer.is_some()
            || self.name.is_some()
            || self.step.is_some()
    }
}

/// Fills a field with what was typed and what is wrong with it.
fn typed(input: Input, wrong: Option<(String, String)>) -> Input {
    match wrong {
        Some((typed, why)) => input.value(typed).error(Some(why)),
        None => input,
    }
}

/// The page again after a step that was refused.
pub(super) async fn refused(
    state: &WebState,
    portal: &Portal,
    id: &OrderId,
    wrong: Wrong,
) -> Result<Response, Problem> {
    show(state, portal, id, None, wrong).await
}

async fn show(
    state: &WebState,
    portal: &Portal,
    id: &OrderId,
    done: Option<&str>,
    mut wrong: Wrong,
) -> Result<Response, Problem> {
    let history = timeline(&state.house, &portal.cx, id).await?;
    let (view, now) = (&history.view, portal.cx.now);
    let zone = zone_of(&view.event);
    let status = if wrong.any() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let (refund, no_refund) = refundable(state, &history);
    let frame = portal.frame(state, Section::Orders).done(done);
    let given = view.order.source == GIVEN;
    let answer = wrong.answer.take();
    let name = wrong.name.take();
    let mut response = html(&DeskOrderPage {
        frame: frame.wrong(wrong.step.as_deref()),
        code: view.order.code.clone(),
        badge: status_badge(view.order.status, given),
        buyer: view.order.buyer_name.clone(),
        email: view.order.buyer_email.clone(),
        event: view.event.title.clone(),
        event_href: state.urls.desk_orders(Some(&view.event.id)).to_string(),
        event_when: event_when(view, &zone),
        bought: bought(view, &zone),
        dispute: dispute(state, &history, &zone),
        request: open_request(state, &history, &zone, answer),
        tickets: view
            .tickets
            .iter()
            .map(|t| ticket(state, view, t, &zone, name.as_ref()))
            .collect(),
        money: money(state, view)?,
        payment: payment(view),
        moments: history
            .moments
            .iter()
            .rev()
            .map(|m| told(m, now, &zone))
            .collect(),
        refund,
        no_refund,
        resend: living(view).then(|| state.urls.desk_order_part(id, "resend").to_string()),
        correct: correct(state, view, wrong.email.take()),
        note: note(state, id, wrong.note.take()),
        receipt: (view.order.paid_cents > 0)
            .then(|| state.urls.desk_order_part(id, "receipt.pdf").to_string()),
    })?;
    *response.status_mut() = status;
    Ok(response)
}

fn correct(state: &WebState, view: &OrderView, wrong: Option<(String, String)>) -> (String, Input) {
    let input = Input::email("buyer_email", "E-mail address")
        .value(view.order.buyer_email.as_str())
        .required();
    let address = state.urls.desk_order_part(&view.order.id, "email");
    (address.to_string(), typed(input, wrong))
}

fn note(state: &WebState, id: &OrderId, wrong: Option<(String, String)>) -> (String, Input) {
    let input = Input::area("text", "Note", 3)
        .hint("Only you see it.")
        .most(4_000)
        .required();
    let address = state.urls.desk_order_part(id, "notes");
    (address.to_string(), typed(input, wrong))
}

fn told(moment: &Moment, now: Time, zone: &Zone) -> MomentLine {
    MomentLine {
        when: short(moment.at, now, zone),
        iso: moment.at.to_iso_in(zone),
        sort: moment.sort.code(),
        what: moment.what.clone(),
        more: match moment.sort {
            Sort::Dispute if !moment.more.is_empty() => {
                vec![reason_words(&moment.more.replace(' ', "_"))]
            }
            _ => lines(&moment.more),
        },
        by: moment.by.clone(),
        bad: moment.bad,
    }
}

fn living(view: &OrderView) -> bool {
    let lives = |t: &Ticket| matches!(t.status, TicketStatus::Valid | TicketStatus::Used);
    view.tickets.iter().any(lives)
}

/// Where the refund is chosen, or why there is none.
fn refundable(state: &WebState, history: &History) -> (Option<(String, &'static str)>, String) {
    let view = &history.view;
    let open =
        |s: DisputeStatus| matches!(s, DisputeStatus::NeedsResponse | DisputeStatus::UnderReview);
    let left = view.order.paid_cents > view.order.refunded_cents || living(view);
    match view.order.status {
        OrderStatus::Pending | OrderStatus::Canceled => return (None, String::new()),
        OrderStatus::Refunded => return (None, "Everything has gone back.".to_owned()),
        OrderStatus::Paid | OrderStatus::PartiallyRefunded => {}
    }
    if history.disputes.iter().any(|d| open(d.status)) {
        let why = "The buyer’s bank has this money. A refund now would pay them twice.";
        return (None, why.to_owned());
    }
    let words = if view.order.total_cents == 0 {
        "Take tickets back"
    } else {
        "Refund"
    };
    let address = state.urls.desk_order_part(&view.order.id, "refund");
    (left.then(|| (address.to_string(), words)), String::new())
}

fn event_when(view: &OrderView, zone: &Zone) -> String {
    let when = When {
        start: view.event.start_at,
        end: view.event.end_at,
        zone: zone.clone(),
    };
    when.line()
}

fn bought(view: &OrderView, zone: &Zone) -> String {
    let order = &view.order;
    let at = moment(order.placed_at.unwrap_or(order.created_at), zone);
    match (order.placed_at, order.source.as_str()) {
        (Some(_), GIVEN) => format!("Given away on {at}"),
        (Some(_), _) => format!("Bought on {at}"),
        (None, _) => format!("Begun on {at}"),
    }
}

fn dispute(state: &WebState, history: &History, zone: &Zone) -> Option<(String, String)> {
    let wants = |s: DisputeStatus| {
        matches!(
            s,
            DisputeStatus::Inquiry | DisputeStatus::NeedsResponse | DisputeStatus::UnderReview
        )
    };
    let dispute = history.disputes.iter().find(|d| wants(d.status))?;
    let amount = Money::new(dispute.amount_cents, dispute.currency);
    let words = match (dispute.status, dispute.due_at) {
        (DisputeStatus::UnderReview, _) => {
            format!("The buyer disputes {amount}. The bank looks at the evidence.")
        }
        (_, Some(due)) => format!(
            "The buyer disputes {amount} with their bank. Answer in Stripe until {}.",
            moment(due, zone)
        ),
        (_, None) => format!("The buyer disputes {amount} with their bank. Answer in Stripe."),
    };
    Some((words, state.urls.desk_evidence(&dispute.id).to_string()))
}

/// What a request is about: everything, or the tickets by their serials.
pub(super) fn about(view: &OrderView, request: &RefundRequest) -> String {
    if request.tickets.is_empty() {
        return "everything".to_owned();
    }
    let named = view
        .tickets
        .iter()
        .filter(|t| request.tickets.contains(&t.id));
    named
        .map(|t| t.serial.clone())
        .collect::<Vec<_>>()
        .join(", ")
}

fn open_request(
    state: &WebState,
    history: &History,
    zone: &Zone,
    wrong: Option<(String, String)>,
) -> Option<OpenRequest> {
    let is_open = |r: &&RefundRequest| r.status == RequestStatus::Open;
    let request = history.requests.iter().find(is_open)?;
    let view = &history.view;
    Some(OpenRequest {
        about: about(view, request),
        message: lines(&request.message),
        when: moment(request.created_at, zone),
        approve: state
            .urls
            .desk_refund_for(&view.order.id, &request.id)
            .to_string(),
        decline: state.urls.desk_decline(&request.id).to_string(),
        answer: typed(
            Input::area("answer", "Why not?", 3)
                .hint("This sentence is mailed to the buyer.")
                .most(1_000)
                .required(),
            wrong,
        ),
    })
}

fn ticket(
    state: &WebState,
    view: &OrderView,
    ticket: &Ticket,
    zone: &Zone,
    wrong: Option<&(model::ids::TicketId, String, String)>,
) -> TicketLine {
    let item = view.items.iter().find(|i| i.id == ticket.order_item_id);
    let badge = match ticket.status {
        TicketStatus::Valid => Badge::new(Tone::Good, "Valid"),
        TicketStatus::Used => Badge::new(Tone::Glow, "Came in"),
        TicketStatus::Refunded => Badge::new(Tone::Plain, "Refunded"),
        TicketStatus::Canceled => Badge::new(Tone::Plain, "Not valid"),
    };
    let rename = (ticket.status == TicketStatus::Valid).then(|| {
        let wrong = wrong.filter(|(id, _, _)| *id == ticket.id);
        let wrong = wrong.map(|(_, typed, why)| (typed.clone(), why.clone()));
        let name = format!("holder_name-{}", ticket.serial);
        let input = Input::text(&name, "Name on the ticket")
            .value(ticket.holder_name.as_str())
            .most(120)
            .required();
        let address = state.urls.desk_ticket_name(&view.order.id, &ticket.id);
        (typed(input, wrong), address.to_string())
    });
    let by = ticket.used_by.as_deref().unwrap_or("the door");
    TicketLine {
        serial: ticket.serial.clone(),
        tier: item.map_or_else(String::new, |i| i.tier_name.clone()),
        holder: ticket.holder_name.clone(),
        badge,
        used: ticket
            .used_at
            .map_or_else(String::new, |at| format!("{} at {by}", moment(at, zone))),
        rename,
    }
}

fn money(state: &WebState, view: &OrderView) -> Result<Vec<MoneyLine>, Problem> {
    let order = &view.order;
    let paper = plain_paper_of(&state.house, view)?;
    let sum = sum_of_paper(&paper, view.event.province, order.currency);
    let mut lines: Vec<MoneyLine> = sum
        .lines
        .iter()
        .map(|l| MoneyLine::new(format!("{} × {}", l.qty, l.name), l.amount))
        .collect();
    if let Some(off) = sum.discount {
        lines.push(MoneyLine::new(format!("Code {}", sum.code), off));
    }
    if !sum.fees.is_zero() {
        lines.push(MoneyLine::new("Service fee, paid by the buyer", sum.fees));
    }
    for tax in &sum.taxes {
        lines.push(MoneyLine::new(tax.words(), tax.amount));
    }
    lines.push(MoneyLine::sum(
        "Total",
        crate::money_text::with_code(sum.total),
    ));
    if order.refunded_cents > 0 {
        let back = Money::new(-order.refunded_cents, order.currency);
        lines.push(MoneyLine::new("Given back", back));
        let rest = Money::new(order.paid_cents - order.refunded_cents, order.currency);
        lines.push(MoneyLine::sum("Remains", rest));
    }
    Ok(lines)
}

fn payment(view: &OrderView) -> Vec<(String, String)> {
    let Some(payment) = view.taken() else {
        return Vec::new();
    };
    let mut facts = Vec::new();
    if !payment.card.is_empty() {
        facts.push(("Paid with".to_owned(), payment.card.clone()));
    }
    facts.push((
        "Kept as our service fee, with its taxes".to_owned(),
        Money::new(payment.application_fee_cents, payment.currency).to_string(),
    ));
    facts.push((
        "Payment at Stripe".to_owned(),
        payment.stripe_payment_intent.clone(),
    ));
    facts
}

/// Back to the order, saying what was done.
pub(super) fn done(state: &WebState, id: &OrderId, code: &str) -> Result<Response, Problem> {
    see(state.urls.desk_order_done(id, code))
}
