//! Payouts: what went to the organizer's bank, and which orders it is made of.

use crate::api::organizers::nobody;
use crate::api::words::{
    EventIdText, OrderIdText, OrganizerIdText, PaymentIdText, PayoutIdText, PayoutStatusWord,
    RefundIdText,
};
use crate::extract::{Context, PathId, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::payouts::{self, Disbursed, OrderShare, PayoutDetail};
use app::records::{DisbursementOrder, Payout, PayoutLine};
use axum::Json;
use axum::extract::State;
use data_encoding::BASE64URL_NOPAD;
use model::ids::PayoutId;
use model::time::Time;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PayoutsSearch {
    /// Where the page before ended: its `next_cursor`.
    #[param(max_length = 200)]
    cursor: Option<String>,
    /// How many at most, 1 to 100; 20 if absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<i64>,
}

/// Money on its way to an organizer's bank.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayoutOut {
    /// The payout.
    #[schema(value_type = PayoutIdText)]
    id: String,
    /// Whose it is.
    #[schema(value_type = OrganizerIdText)]
    organizer_id: String,
    /// Stripe's id of it.
    stripe_payout_id: String,
    /// Cents that go to the bank.
    amount_cents: i64,
    /// ISO currency code.
    currency: &'static str,
    /// Where it is in its life; `paid` may still become `failed` within days.
    #[schema(value_type = PayoutStatusWord)]
    status: &'static str,
    /// Whether a schedule made it. Of a payout that was made by hand Stripe does not say what is in it; if all
    /// that was available was sent, it is worked out.
    automatic: bool,
    /// Whether its orders are known; for an automatic payout that takes Stripe an hour or so.
    itemized: bool,
    /// Why the bank sent it back.
    #[schema(required = true)]
    failure_code: Option<String>,
    /// When the bank is expected to have it.
    #[schema(format = DateTime)]
    arrival_at: String,
    /// When it was made.
    #[schema(format = DateTime)]
    created_at: String,
}

impl From<Payout> for PayoutOut {
    fn from(payout: Payout) -> Self {
        Self {
            id: payout.id.into(),
            organizer_id: payout.organizer_id.into(),
            stripe_payout_id: payout.stripe_payout_id,
            amount_cents: payout.amount_cents,
            currency: payout.currency.as_str(),
            status: payout.status.code(),
            automatic: payout.automatic,
            itemized: payout.itemized,
            failure_code: payout.failure_code,
            arrival_at: payout.arrival_at.to_iso(),
            created_at: payout.created_at.to_iso(),
        }
    }
}

/// A page of payouts.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayoutsPageOut {
    /// The payouts, the latest first.
    payouts: Vec<PayoutOut>,
    /// What to send as `cursor` for the next page; null on the last one.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// A movement that a payout is made of.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayoutLineOut {
    /// Stripe's id of the movement.
    id: String,
    /// Stripe's word for it, such as `payment` or `payment_refund`.
    kind: String,
    /// Stripe's id of what caused it.
    source: String,
    /// Cents that moved, signed.
    amount_cents: i64,
    /// Cents of it that were kept as our fee.
    fee_cents: i64,
    /// Cents that arrived, signed: the amount less the fee.
    net_cents: i64,
    /// The payment that it belongs to.
    #[schema(value_type = Option<PaymentIdText>, required = true)]
    payment_id: Option<String>,
    /// The refund that it belongs to.
    #[schema(value_type = Option<RefundIdText>, required = true)]
    refund_id: Option<String>,
    /// When it happened.
    #[schema(format = DateTime)]
    at: String,
}

impl From<PayoutLine> for PayoutLineOut {
    fn from(line: PayoutLine) -> Self {
        Self {
            id: line.id,
            kind: line.kind,
            source: line.source,
            amount_cents: line.amount_cents,
            fee_cents: line.fee_cents,
            net_cents: line.net_cents,
            payment_id: line.payment_id.map(String::from),
            refund_id: line.refund_id.map(String::from),
            at: line.at.to_iso(),
        }
    }
}

/// What one order brought to a payout, in cents.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayoutOrderOut {
    /// The order.
    #[schema(value_type = OrderIdText)]
    order_id: String,
    /// The order's code, as its buyer knows it.
    code: String,
    /// The buyer.
    buyer_name: String,
    /// The event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// The event's title.
    event_title: String,
    /// What the buyer paid.
    paid_cents: i64,
    /// Our fees on it with their taxes, less what came back of them.
    fees_cents: i64,
    /// What went back to the buyer.
    refunded_cents: i64,
    /// What remains: paid less fees less refunded.
    net_cents: i64,
    /// The movements.
    lines: Vec<PayoutLineOut>,
}

impl From<OrderShare> for PayoutOrderOut {
    fn from(share: OrderShare) -> Self {
        Self {
            order_id: share.order.id.into(),
            code: share.order.code,
            buyer_name: share.order.buyer_name,
            event_id: share.order.event_id,
            event_title: share.order.event_title,
            paid_cents: share.paid_cents,
            fees_cents: share.fees_cents,
            refunded_cents: share.refunded_cents,
            net_cents: share.net_cents,
            lines: share.lines.into_iter().map(PayoutLineOut::from).collect(),
        }
    }
}

/// What a payout of ours paid of one order.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisbursedOrderOut {
    /// The order.
    #[schema(value_type = OrderIdText)]
    order_id: String,
    /// The order's code, as its buyer knows it.
    code: String,
    /// The buyer.
    buyer_name: String,
    /// Cents; negative where more went back to the buyer than came since the last payout.
    amount_cents: i64,
}

/// A payout that we asked for when an event was over.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisbursedOut {
    /// The event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// Its orders; together they are the payout.
    orders: Vec<DisbursedOrderOut>,
}

impl From<Disbursed> for DisbursedOut {
    fn from(ours: Disbursed) -> Self {
        let order = |part: DisbursementOrder| DisbursedOrderOut {
            order_id: part.order_id.into(),
            code: part.code,
            buyer_name: part.buyer_name,
            amount_cents: part.amount_cents,
        };
        Self {
            event_id: ours.event_id.into(),
            orders: ours.orders.into_iter().map(order).collect(),
        }
    }
}

/// A payout, order by order.
#[derive(Debug, Serialize, ToSchema)]
pub struct PayoutDetailOut {
    /// The payout.
    payout: PayoutOut,
    /// What each order brought.
    orders: Vec<PayoutOrderOut>,
    /// What belongs to no order: a failed payout that is paid again, a transfer by hand.
    other: Vec<PayoutLineOut>,
    /// What we paid when we asked for it: an event's money, order by order; null for a payout of others.
    #[schema(required = true)]
    disbursed: Option<DisbursedOut>,
    /// Cents that are explained: all orders and all other lines together, or what we asked for.
    explained_cents: i64,
    /// Cents of the payout that nothing explains: zero once it is itemized.
    unexplained_cents: i64,
}

impl From<PayoutDetail> for PayoutDetailOut {
    fn from(detail: PayoutDetail) -> Self {
        let orders: i64 = detail.orders.iter().map(|o| o.net_cents).sum();
        let other: i64 = detail.other.iter().map(|l| l.net_cents).sum();
        let asked = detail.disbursed.as_ref();
        let asked = asked.map(|d| d.orders.iter().map(|o| o.amount_cents).sum());
        let explained: i64 = match asked {
            Some(cents) if !detail.payout.itemized => cents,
            _ => orders + other,
        };
        Self {
            explained_cents: explained,
            unexplained_cents: detail.payout.amount_cents - explained,
            disbursed: detail.disbursed.map(DisbursedOut::from),
            payout: detail.payout.into(),
            orders: detail
                .orders
                .into_iter()
                .map(PayoutOrderOut::from)
                .collect(),
            other: detail.other.into_iter().map(PayoutLineOut::from).collect(),
        }
    }
}

/// Lists the caller's own payouts, the latest first.
#[utoipa::path(get, path = "/api/tickets/organizers/me/payouts", tag = "organizers", params(PayoutsSearch),
    responses((status = 200, description = "A page of payouts.", body = PayoutsPageOut)))]
pub async fn my_payouts(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<PayoutsSearch>,
) -> Result<Json<PayoutsPageOut>, Problem> {
    let limit = search.limit.unwrap_or(20);
    if !(1..=100).contains(&limit) {
        return Err(Problem::field("limit", "Write a number from 1 to 100."));
    }
    let after = search
        .cursor
        .filter(|c| !c.is_empty())
        .map(|c| place_of(&c))
        .transpose()?;
    let page = payouts::own_payouts(&state.house, &cx, after, limit)
        .await?
        .ok_or_else(nobody)?;
    Ok(Json(PayoutsPageOut {
        payouts: page.payouts.into_iter().map(PayoutOut::from).collect(),
        next_cursor: page.next.map(|(at, id)| cursor_of(at, &id)),
    }))
}

/// Shows a payout, order by order; its sums add up to it to the cent.
#[utoipa::path(get, path = "/api/tickets/payouts/{id}", tag = "organizers",
    params(("id" = PayoutIdText, Path, description = "The payout.")),
    responses((status = 200, description = "The payout.", body = PayoutDetailOut)))]
pub async fn show_payout(
    State(state): State<WebState>,
    PathId(id): PathId<PayoutId>,
    Context(cx): Context,
) -> Result<Json<PayoutDetailOut>, Problem> {
    match payouts::show_payout(&state.house, &cx, &id).await? {
        Some(detail) => Ok(Json(detail.into())),
        None => Err(Problem::not_found()),
    }
}

/// Where a page ends, as the next one is asked for.
pub(crate) fn cursor_of(at: Time, id: &PayoutId) -> String {
    BASE64URL_NOPAD.encode(format!("{}:{id}", at.micros()).as_bytes())
}

/// Where a page is to begin.
pub(crate) fn place_of(text: &str) -> Result<(Time, PayoutId), Problem> {
    let bad = || {
        Problem::field(
            "cursor",
            "Send the next_cursor of the page before, as it is.",
        )
    };
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| bad())?;
    let plain = String::from_utf8(bytes).map_err(|_| bad())?;
    let (micros, id) = plain.split_once(':').ok_or_else(bad)?;
    let at = micros.parse().map(Time::from_micros).map_err(|_| bad())?;
    Ok((at, PayoutId::parse(id).map_err(|_| bad())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_where_the_page_ended_and_a_made_up_one_is_refused() {
        let at = Time::from_micros(1_790_000_000_000_000);
        let id = PayoutId::mint(Time::from_seconds(9), 7);
        assert_eq!(place_of(&cursor_of(at, &id)).unwrap(), (at, id));
        assert!(place_of("x").is_err());
        assert!(place_of(&BASE64URL_NOPAD.encode(b"1:evt_x")).is_err());
    }
}
