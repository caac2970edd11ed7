//! Giving money back: previewed, decided, listed.

use crate::api::words::{
    CreditNoteIdText, CreditNoteWord, ItemIdText, OrderIdText, RefundIdText, RefundOriginWord,
    RefundStatusWord, TicketIdText,
};
use crate::extract::{Context, MaybeBody, PathId};
use crate::problem::Problem;
use crate::state::WebState;
use app::orders;
use app::records::CreditNote;
use app::refunds::{self, BreakdownLine, RefundAsked, RefundOrder, RefundView};
use axum::Json;
use axum::extract::State;
use http::StatusCode;
use model::ids::OrderId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Tickets of a line.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RefundItemIn {
    /// The line.
    #[schema(value_type = ItemIdText)]
    id: String,
    /// How many of its tickets: unused ones first, the last ones first.
    #[schema(minimum = 1, maximum = 1000)]
    qty: i64,
}

/// What is to go back: `tickets`, `items` or `amount_cents`, or all that is left if none is given.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundIn {
    /// Single tickets, each whole.
    #[schema(value_type = Option<Vec<TicketIdText>>, min_items = 1)]
    tickets: Option<Vec<String>>,
    /// Lines of the order.
    #[schema(min_items = 1)]
    items: Option<Vec<RefundItemIn>>,
    /// An amount in cents; the tickets stay valid unless nothing of their price is left.
    #[schema(minimum = 1)]
    amount_cents: Option<i64>,
    /// Why, in a few words that the buyer may read.
    #[schema(max_length = 200)]
    reason: Option<String>,
    /// More, for yourselves.
    #[schema(max_length = 2000)]
    note: Option<String>,
    /// Only say what would go back.
    preview: Option<bool>,
    /// Leave the tickets valid.
    keep_tickets: Option<bool>,
    /// Put the places back on sale; so unless it says false.
    restock: Option<bool>,
    /// Give the service fee back as well; only admins may.
    return_fee: Option<bool>,
    /// Refund though the event's deadline has passed; only admins may, and with a reason.
    #[serde(rename = "override")]
    override_deadline: Option<bool>,
}

impl From<RefundIn> for RefundOrder {
    fn from(input: RefundIn) -> Self {
        let items = input.items.map(|items| {
            let pairs = items.into_iter().map(|i| (i.id, i.qty));
            pairs.collect()
        });
        Self {
            tickets: input.tickets,
            items,
            amount_cents: input.amount_cents,
            reason: input.reason.unwrap_or_default(),
            note: input.note.unwrap_or_default(),
            preview: input.preview.unwrap_or(false),
            keep_tickets: input.keep_tickets.unwrap_or(false),
            keep_places: !input.restock.unwrap_or(true),
            return_fee: input.return_fee.unwrap_or(false),
            override_deadline: input.override_deadline.unwrap_or(false),
        }
    }
}

/// So much of one part of the price.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundPartOut {
    /// `net`, `tax:GST`, `fee`, `fee_tax:GST`, …
    part: String,
    /// The tax's rate in parts per million; 0 where it is no tax.
    rate_ppm: i64,
    /// What goes back of it, in cents.
    amount_cents: i64,
    /// Whether the buyer gets it; an absorbed fee goes back to the organizer.
    to_buyer: bool,
}

impl From<&BreakdownLine> for RefundPartOut {
    fn from(line: &BreakdownLine) -> Self {
        Self {
            part: line.part.code(),
            rate_ppm: line.rate_ppm,
            amount_cents: line.amount_cents,
            to_buyer: line.to_buyer,
        }
    }
}

/// A credit note.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditNoteOut {
    /// Its id.
    #[schema(value_type = CreditNoteIdText)]
    id: String,
    /// Its number in the organizer's series.
    number: i64,
    /// Whether it lowers the price or takes an earlier one back.
    #[schema(value_type = CreditNoteWord)]
    kind: &'static str,
    /// In cents.
    amount_cents: i64,
    /// When it was issued.
    #[schema(format = DateTime)]
    issued_at: String,
}

impl From<&CreditNote> for CreditNoteOut {
    fn from(note: &CreditNote) -> Self {
        Self {
            id: note.id.to_string(),
            number: note.number,
            kind: note.kind.code(),
            amount_cents: note.amount_cents,
            issued_at: note.issued_at.to_iso(),
        }
    }
}

/// A refund, made or only previewed.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundOut {
    /// The refund; null for a preview.
    #[schema(value_type = Option<RefundIdText>, required = true)]
    id: Option<String>,
    /// Whether nothing was done.
    preview: bool,
    /// Where the money is; null for a preview.
    #[schema(value_type = Option<RefundStatusWord>, required = true)]
    status: Option<&'static str>,
    /// Who set it going; null for a preview.
    #[schema(value_type = Option<RefundOriginWord>, required = true)]
    origin: Option<&'static str>,
    /// What the buyer gets, in cents.
    amount_cents: i64,
    /// How much of the service fee, with its taxes, goes back, in cents.
    fee_cents: i64,
    /// What goes back, part by part.
    breakdown: Vec<RefundPartOut>,
    /// The tickets that are not valid any more.
    #[schema(value_type = Vec<TicketIdText>)]
    tickets: Vec<String>,
    /// The reason that was given.
    reason: String,
    /// Why it failed, if it did.
    #[schema(required = true)]
    error: Option<String>,
    /// Its credit notes.
    credit_notes: Vec<CreditNoteOut>,
    /// When it was decided; null for a preview.
    #[schema(format = DateTime, required = true)]
    created_at: Option<String>,
}

impl From<&RefundView> for RefundOut {
    fn from(view: &RefundView) -> Self {
        let refund = view.refund.as_ref();
        Self {
            id: refund.map(|r| r.id.to_string()),
            preview: refund.is_none(),
            status: refund.map(|r| r.status.code()),
            origin: refund.map(|r| r.origin.code()),
            amount_cents: view.amount_cents,
            fee_cents: view.fee_cents,
            breakdown: view.breakdown.iter().map(RefundPartOut::from).collect(),
            tickets: view.tickets.iter().map(ToString::to_string).collect(),
            reason: refund.map_or_else(String::new, |r| r.reason.clone()),
            error: refund.and_then(|r| r.error.clone()),
            credit_notes: view.credit_notes.iter().map(CreditNoteOut::from).collect(),
            created_at: refund.map(|r| r.created_at.to_iso()),
        }
    }
}

/// The refunds of an order.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundsOut {
    /// The refunds, oldest first.
    refunds: Vec<RefundOut>,
}

/// Gives money back, or says exactly what would go back.
#[utoipa::path(post, path = "/api/tickets/orders/{id}/refund", tag = "orders", request_body = RefundIn,
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 200, description = "What would go back.", body = RefundOut),
              (status = 201, description = "It is decided, and the money is about to leave.", body = RefundOut)))]
pub async fn refund_order(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(mut cx): Context,
    MaybeBody(input): MaybeBody<RefundIn>,
) -> Result<(StatusCode, Json<RefundOut>), Problem> {
    Ok(
        match refunds::ask(&state.house, &mut cx, &id, &input.into()).await? {
            RefundAsked::Preview(view) => (StatusCode::OK, Json(RefundOut::from(&view))),
            RefundAsked::Taken(view) => (StatusCode::CREATED, Json(RefundOut::from(&view))),
        },
    )
}

/// Lists an order's refunds, to whoever may see the order.
#[utoipa::path(get, path = "/api/tickets/orders/{id}/refunds", tag = "orders",
    params(("id" = OrderIdText, Path, description = "The order.")),
    responses((status = 200, description = "The refunds.", body = RefundsOut)))]
pub async fn list_refunds(
    State(state): State<WebState>,
    PathId(id): PathId<OrderId>,
    Context(cx): Context,
) -> Result<Json<RefundsOut>, Problem> {
    orders::show_for(&state.house, &cx, &id).await?;
    let views = refunds::of_order(&state.house, &id).await?;
    Ok(Json(RefundsOut {
        refunds: views.iter().map(RefundOut::from).collect(),
    }))
}
