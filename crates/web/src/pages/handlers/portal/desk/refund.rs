//! GET and POST `/tickets/organizer/orders/{id}/refund`: chosen, shown to the cent, confirmed.
//!
//! The form is sent twice: once to see exactly what would happen, once to do it. What is done is what was
//! shown: if the figures have moved meanwhile, they are shown anew.

use super::order::{about, done};
use super::words::{fault_of, tickets as count};
use crate::extract::{Form, PathId, Search};
use crate::money_text::price;
use crate::pages::handlers::csrf::check_portal;
use crate::pages::handlers::html;
use crate::pages::handlers::portal::Portal;
use crate::pages::views::portal::desk::order::MoneyLine;
use crate::pages::views::portal::desk::refund::{Choice, RefundPage, RefundPreviewPage};
use crate::pages::views::portal::parts::Input;
use crate::pages::views::portal::shell::Section;
use crate::problem::Problem;
use crate::state::WebState;
use app::error::Invalid;
use app::orders::{OrderView, show_for};
use app::records::Ticket;
use app::refund_requests::{self, DecideError, RequestStatus};
use app::refunds::{RefundAsked, RefundError, RefundOrder, RefundView, ask};
use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use model::ids::{OrderId, RefundRequestId};
use model::money::Money;
use model::refund::{Part, RefundRefusal};
use model::ticket::TicketStatus;
use serde::Deserialize;

/// The request that is answered, if one is.
#[derive(Debug, Default, Deserialize)]
pub struct RequestSearch {
    #[serde(default)]
    request: String,
}

/// What was chosen, as the form has it.
#[derive(Clone, Debug, Default)]
struct Chosen {
    what: String,
    tickets: Vec<String>,
    amount: String,
    reason: String,
    note: String,
    keep: bool,
    request: String,
}

impl Chosen {
    fn of(form: &Form) -> Self {
        let all = |name: &str| {
            let values = form.0.iter().filter(|(n, _)| n == name);
            values.map(|(_, v)| v.clone()).collect()
        };
        Self {
            what: form.get("what").to_owned(),
            tickets: all("ticket"),
            amount: form.get("amount").trim().to_owned(),
            reason: form.get("reason").to_owned(),
            note: form.get("note").to_owned(),
            keep: form.get("keep") == "yes",
            request: form.get("request").to_owned(),
        }
    }

    fn hidden(&self, expect: i64) -> Vec<(String, String)> {
        let mut pairs = vec![
            ("what", self.what.clone()),
            ("amount", self.amount.clone()),
            ("reason", self.reason.clone()),
            ("note", self.note.clone()),
            (
                "keep",
                if self.keep {
                    "yes".to_owned()
                } else {
                    String::new()
                },
            ),
            ("request", self.request.clone()),
            ("expect", expect.to_string()),
        ];
        pairs.extend(self.tickets.iter().map(|id| ("ticket", id.clone())));
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        pairs
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    /// What the use case is asked, or what is wrong with it.
    fn wish(&self, preview: bool) -> Result<RefundOrder, Invalid> {
        let mut invalid = Invalid::default();
        let mut wish = RefundOrder {
            reason: self.reason.clone(),
            note: self.note.clone(),
            keep_tickets: self.keep,
            preview,
            ..RefundOrder::default()
        };
        match self.what.as_str() {
            "tickets" if self.tickets.is_empty() => {
                invalid.note("tickets", "Choose at least one ticket.");
            }
            "tickets" => wish.tickets = Some(self.tickets.clone()),
            "amount" => match cents(&self.amount) {
                Some(cents) if cents > 0 => wish.amount_cents = Some(cents),
                _ => invalid.note("amount_cents", "Write an amount such as 25 or 25.50."),
            },
            _ => {}
        }
        if invalid.is_fine() {
            Ok(wish)
        } else {
            Err(invalid)
        }
    }
}

/// Cents of an amount as people write it: `25`, `25.5`, `$1,025.50`. Whole digits only, never through a
/// fraction of a machine.
fn cents(typed: &str) -> Option<i64> {
    let plain: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '$' | ','))
        .collect();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > 2 || plain.is_empty() {
        return None;
    }
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    let fraction: i64 = format!("{fraction:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(fraction)
}

/// The choice.
pub async fn refund_page(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    portal: Portal,
    Search(search): Search<RequestSearch>,
) -> Result<Response, Problem> {
    let view = show_for(&state.house, &portal.cx, &id).await?;
    let mut chosen = Chosen {
        what: "all".to_owned(),
        ..Chosen::default()
    };
    if let Ok(request) = RefundRequestId::parse(&search.request) {
        let request = refund_requests::show_for(&state.house, &portal.cx, &request).await?;
        let open = request.filter(|r| r.order_id == id && r.status == RequestStatus::Open);
        if let Some(request) = open {
            chosen.request = request.id.to_string();
            chosen.reason = format!("You asked for it: {}", about(&view, &request));
            if !request.tickets.is_empty() {
                "tickets".clone_into(&mut chosen.what);
                chosen.tickets = request.tickets.iter().map(ToString::to_string).collect();
            }
        }
    }
    choice(&state, &portal, &view, &chosen, None, None)
}

/// Both steps of the form.
pub async fn refund_step(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    mut portal: Portal,
    form: Form,
) -> Result<Response, Problem> {
    check_portal(&state, &portal.cx, form.get("csrf"))?;
    let view = show_for(&state.house, &portal.cx, &id).await?;
    let chosen = Chosen::of(&form);
    let wish = match chosen.wish(true) {
        Ok(wish) => wish,
        Err(invalid) => return choice(&state, &portal, &view, &chosen, Some(&invalid), None),
    };
    let seen = match asked(&state, &mut portal, &id, &chosen, wish.clone()).await? {
        Ok(seen) => seen,
        Err(refused) => return wrong(&state, &portal, &view, &chosen, refused),
    };
    let confirmed = form.get("step") == "make";
    let same = form.get("expect").parse() == Ok(seen.amount_cents);
    if !(confirmed && same) {
        return preview(&state, &portal, &view, &chosen, &seen, confirmed);
    }
    let wish = RefundOrder {
        preview: false,
        ..wish
    };
    match asked(&state, &mut portal, &id, &chosen, wish).await? {
        Ok(made) if made.amount_cents == 0 => done(&state, &id, "taken-back"),
        Ok(_) => done(&state, &id, "refunded"),
        Err(refused) => wrong(&state, &portal, &view, &chosen, refused),
    }
}

/// Asks for the refund, as the answer to a request if it is one.
async fn asked(
    state: &WebState,
    portal: &mut Portal,
    id: &OrderId,
    chosen: &Chosen,
    wish: RefundOrder,
) -> Result<Result<RefundView, RefundError>, Problem> {
    let asked = match RefundRequestId::parse(&chosen.request) {
        Ok(request) => {
            let cx = &mut portal.cx;
            match refund_requests::approve(&state.house, cx, &request, wish.clone()).await {
                // Somebody has answered it meanwhile: then this is a refund like any other.
                Err(DecideError::Decided | DecideError::NotFound) => {
                    ask(&state.house, cx, id, &wish).await
                }
                Err(DecideError::Refund(error)) => Err(error),
                Err(DecideError::Invalid(invalid)) => Err(RefundError::Invalid(invalid)),
                Err(DecideError::Fault(fault)) => return Err(fault.into()),
                Ok(asked) => Ok(asked),
            }
        }
        Err(_) => ask(&state.house, &mut portal.cx, id, &wish).await,
    };
    match asked {
        Ok(RefundAsked::Preview(view) | RefundAsked::Taken(view)) => Ok(Ok(view)),
        Err(RefundError::Fault(fault)) => Err(fault.into()),
        Err(RefundError::NotFound) => Err(Problem::not_found()),
        Err(refused) => Ok(Err(refused)),
    }
}

/// The choice again, with why it was refused.
fn wrong(
    state: &WebState,
    portal: &Portal,
    view: &OrderView,
    chosen: &Chosen,
    refused: RefundError,
) -> Result<Response, Problem> {
    match refused {
        RefundError::Invalid(invalid) => choice(state, portal, view, chosen, Some(&invalid), None),
        RefundError::Closed => {
            let words = "This event’s refunds have ended. Set a later day for them in the event’s settings first, or ask us for an exception.";
            choice(state, portal, view, chosen, None, Some(words))
        }
        RefundError::Refused(RefundRefusal::Amount { most_cents }) => {
            let most = price(Money::new(most_cents, view.order.currency));
            let mut invalid = Invalid::default();
            invalid.note(
                "amount_cents",
                format!("At most {most} of this order can still go back."),
            );
            choice(state, portal, view, chosen, Some(&invalid), None)
        }
        other => choice(state, portal, view, chosen, None, Some(&other.to_string())),
    }
}

fn living(ticket: &Ticket) -> bool {
    matches!(ticket.status, TicketStatus::Valid | TicketStatus::Used)
}

fn choice(
    state: &WebState,
    portal: &Portal,
    view: &OrderView,
    chosen: &Chosen,
    invalid: Option<&Invalid>,
    words: Option<&str>,
) -> Result<Response, Problem> {
    let order = &view.order;
    let fault = |field: &str| fault_of(invalid, field);
    let tier = |t: &Ticket| {
        let item = view.items.iter().find(|i| i.id == t.order_item_id);
        item.map_or("", |i| i.tier_name.as_str())
    };
    let tickets = view.tickets.iter().filter(|t| living(t)).map(|t| Choice {
        id: t.id.to_string(),
        serial: t.serial.clone(),
        words: format!("{}, {}", tier(t), t.holder_name),
        on: chosen.tickets.iter().any(|id| id == t.id.as_str()),
    });
    let left = Money::new(order.paid_cents - order.refunded_cents, order.currency);
    let back = state.urls.desk_order(&order.id).to_string();
    let mut response = html(&RefundPage {
        frame: portal.frame(state, Section::Orders).wrong(words),
        code: order.code.clone(),
        buyer: order.buyer_name.clone(),
        back,
        action: state.urls.desk_order_part(&order.id, "refund").to_string(),
        request: chosen.request.clone(),
        what: chosen.what.clone(),
        all: if order.total_cents == 0 {
            "All tickets that are left.".to_owned()
        } else {
            format!("All that may still go back of {left}, and all tickets that are left.")
        },
        tickets: tickets.collect(),
        tickets_wrong: fault("tickets"),
        amount: (order.total_cents > 0).then(|| {
            Input::money("amount", "Amount", "$")
                .value(chosen.amount.as_str())
                .required()
                .error(fault("amount_cents"))
        }),
        words: vec![
            Input::text("reason", "Reason")
                .value(chosen.reason.as_str())
                .hint("A few words that the buyer reads.")
                .most(200)
                .error(fault("reason")),
            Input::area("note", "Note", 2)
                .value(chosen.note.as_str())
                .hint("Only for you.")
                .most(2_000)
                .error(fault("note")),
        ],
        keep: Input::tick("keep", "Leave the tickets valid all the same", chosen.keep),
    })?;
    if invalid.is_some() || words.is_some() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

fn part_words(part: Part, to_buyer: bool) -> String {
    let name = match part {
        Part::Net => "Tickets".to_owned(),
        Part::Tax(tax) => format!("{} on the tickets", tax.code()),
        Part::Fee => "Service fee".to_owned(),
        Part::FeeTax(tax) => format!("{} on the fee", tax.code()),
    };
    if to_buyer {
        name
    } else {
        format!("{name} (back to you)")
    }
}

fn preview(
    state: &WebState,
    portal: &Portal,
    view: &OrderView,
    chosen: &Chosen,
    seen: &RefundView,
    changed: bool,
) -> Result<Response, Problem> {
    let order = &view.order;
    let money = |cents| Money::new(cents, order.currency);
    let mut lines: Vec<MoneyLine> = seen
        .breakdown
        .iter()
        .filter(|line| line.amount_cents != 0)
        .map(|line| {
            MoneyLine::new(
                part_words(line.part, line.to_buyer),
                money(line.amount_cents),
            )
        })
        .collect();
    let amount = money(seen.amount_cents);
    lines.push(MoneyLine::sum("The buyer gets", amount));
    let free = order.total_cents == 0;
    let dead = i64::try_from(seen.tickets.len()).unwrap_or(i64::MAX);
    html(&RefundPreviewPage {
        frame: portal.frame(state, Section::Orders),
        code: order.code.clone(),
        buyer: order.buyer_name.clone(),
        amount: amount.to_string(),
        free,
        lines,
        follows: follows(view, chosen, seen, free, dead),
        changed,
        action: state.urls.desk_order_part(&order.id, "refund").to_string(),
        hidden: chosen.hidden(seen.amount_cents),
        button: if free {
            format!("Take {} back", count(dead))
        } else {
            format!("Give {amount} back")
        },
        back: state.urls.desk_order_part(&order.id, "refund").to_string(),
    })
}

/// What follows from a refund, sentence by sentence.
fn follows(
    view: &OrderView,
    chosen: &Chosen,
    seen: &RefundView,
    free: bool,
    dead: i64,
) -> Vec<String> {
    let mut follows = Vec::new();
    let named = view.tickets.iter().filter(|t| seen.tickets.contains(&t.id));
    let serials: Vec<&str> = named.map(|t| t.serial.as_str()).collect();
    match (dead, chosen.keep) {
        (_, true) => follows.push("All tickets stay valid.".to_owned()),
        (0, false) => follows.push("No ticket ends: something of each price is left.".to_owned()),
        (1, false) => follows.push(format!(
            "{} admits nobody any more, and its place is on sale again.",
            serials.join(", ")
        )),
        (_, false) => follows.push(format!(
            "{dead} tickets admit nobody any more ({}), and their places are on sale again.",
            serials.join(", ")
        )),
    }
    if free {
        follows.push("The buyer gets a mail.".to_owned());
    } else {
        let currency = view.order.currency;
        follows.push(
            "The money goes to the card that it came from, usually within 5 to 10 days.".to_owned(),
        );
        follows.push("It comes out of your balance at Stripe.".to_owned());
        let kept = view.order.application_fee_cents > 0 && seen.fee_cents == 0;
        if kept {
            follows.push("Our service fee is not given back.".to_owned());
        } else if seen.fee_cents > 0 {
            let ours = Money::new(seen.fee_cents, currency);
            follows.push(format!("{ours} of our service fee comes back as well."));
        }
        follows.push("A credit note is written, and mailed to the buyer.".to_owned());
    }
    follows.push("It cannot be undone.".to_owned());
    follows
}

#[cfg(test)]
mod tests {
    use super::cents;

    #[test]
    fn amounts_are_read_as_people_write_them_and_nothing_else_is_one() {
        for (typed, read) in [
            ("25", Some(2_500)),
            ("25.5", Some(2_550)),
            ("$ 1,025.50", Some(102_550)),
            (".05", Some(5)),
            ("", None),
            ("25.505", None),
            ("-3", None),
            ("ten", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(cents(typed), read, "{typed}");
        }
    }
}
