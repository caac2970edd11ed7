//! GET `/api/tickets/events/{id}/metrics`: an event's numbers over time; its organizer, admins.

use crate::api::iso;
use crate::api::words::EventIdText;
use crate::extract::{Context, PathId, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::metrics::{EventMetrics, KeyRow, MetricsAsk, Numbers, event_metrics};
use axum::Json;
use axum::extract::State;
use model::ids::EventId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// From when to when, in what steps, by what.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct MetricsSearch {
    from: String,
    to: String,
    bucket: String,
    by: String,
}

/// How long a step is.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BucketWord {
    /// From full hour to full hour.
    Hour,
    /// From midnight to midnight in the event's zone.
    Day,
    /// From Monday to Monday.
    Week,
}

/// By what numbers are divided.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ByWord {
    /// By kind of ticket.
    Tier,
    /// By discount code.
    Discount,
    /// By where the buyer came from.
    Source,
}

/// What went back. Amounts are in cents.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundedOut {
    /// Tickets that died with a refund.
    units: i64,
    /// What went back to buyers.
    gross_cents: i64,
    /// What of it the organizer had earned.
    net_cents: i64,
    /// What of it were the organizer's taxes.
    tax_cents: i64,
    /// What of it was the service fee.
    fee_cents: i64,
    /// What of it were taxes on the service fee.
    fee_tax_cents: i64,
}

/// Numbers of a stretch of time. A sale counts when it is paid, a refund when it is taken. Amounts are in
/// cents.
#[derive(Debug, Serialize, ToSchema)]
pub struct NumbersOut {
    /// Tickets that were sold.
    units: i64,
    /// What buyers paid.
    gross_cents: i64,
    /// What the organizer earned: without taxes and fees, before refunds.
    net_cents: i64,
    /// What codes took off.
    discount_cents: i64,
    /// The organizer's taxes.
    tax_cents: i64,
    /// The service fee, whoever bore it.
    fee_cents: i64,
    /// Taxes on the service fee.
    fee_tax_cents: i64,
    /// What went back.
    refunded: RefundedOut,
}

impl From<&Numbers> for NumbersOut {
    fn from(n: &Numbers) -> Self {
        Self {
            units: n.units,
            gross_cents: n.gross_cents,
            net_cents: n.net_cents(),
            discount_cents: n.discount_cents,
            tax_cents: n.tax_cents,
            fee_cents: n.fee_cents,
            fee_tax_cents: n.fee_tax_cents,
            refunded: RefundedOut {
                units: n.refund_units,
                gross_cents: n.refund_gross_cents,
                net_cents: n.refund_net_cents(),
                tax_cents: n.refund_tax_cents,
                fee_cents: n.refund_fee_cents,
                fee_tax_cents: n.refund_fee_tax_cents,
            },
        }
    }
}

/// What became of the orders that were placed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConversionOut {
    /// How many were placed.
    placed: i64,
    /// How many of those are paid.
    paid: i64,
    /// How many were given up.
    abandoned: i64,
    /// Paid ones of those that ended, in millionths; null while none has.
    conversion_ppm: Option<i64>,
}

impl From<&Numbers> for ConversionOut {
    fn from(n: &Numbers) -> Self {
        Self {
            placed: n.placed,
            paid: n.paid,
            abandoned: n.abandoned,
            conversion_ppm: n.conversion_ppm(),
        }
    }
}

/// A share of a step.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartOut {
    /// The tier's id, the code's id, the source; empty for sales without a code.
    key: String,
    /// Its numbers.
    #[serde(flatten)]
    numbers: NumbersOut,
}

/// One step.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepOut {
    /// When it begins.
    #[schema(format = DateTime)]
    begin: String,
    /// When it ends.
    #[schema(format = DateTime)]
    end: String,
    /// Its numbers.
    #[serde(flatten)]
    numbers: NumbersOut,
    /// What became of the orders that were placed in it.
    orders: ConversionOut,
    /// Its shares, if they were asked for; those of nothing are left out.
    parts: Vec<PartOut>,
}

/// The sum of one tier, code or source.
#[derive(Debug, Serialize, ToSchema)]
pub struct SumOut {
    /// The tier's id, the code's id, the source; empty for sales without a code.
    key: String,
    /// What people call it.
    label: String,
    /// Its numbers.
    #[serde(flatten)]
    numbers: NumbersOut,
}

impl From<&KeyRow> for SumOut {
    fn from(row: &KeyRow) -> Self {
        Self {
            key: row.key.clone(),
            label: row.label.clone(),
            numbers: (&row.numbers).into(),
        }
    }
}

/// The numbers of an event.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetricsOut {
    /// The event.
    #[schema(value_type = EventIdText)]
    event_id: String,
    /// ISO currency code of all amounts.
    currency: String,
    /// The zone whose clock the steps follow.
    timezone: String,
    /// When the first step begins.
    #[schema(format = DateTime)]
    from: String,
    /// When the last step ends.
    #[schema(format = DateTime)]
    to: String,
    /// How long the steps are.
    #[schema(value_type = BucketWord)]
    bucket: &'static str,
    /// The sums of all steps.
    totals: NumbersOut,
    /// What became of the orders that were placed in that time.
    orders: ConversionOut,
    /// All places, as things stand now.
    capacity: i64,
    /// Places that can still be bought, as things stand now.
    remaining: i64,
    /// Places that are held for orders under way, as things stand now.
    held: i64,
    /// The steps, empty ones too.
    series: Vec<StepOut>,
    /// The sums by tier.
    tiers: Vec<SumOut>,
    /// The sums by discount code, most sold first.
    discounts: Vec<SumOut>,
    /// The sums by source, most sold first.
    sources: Vec<SumOut>,
}

impl From<&EventMetrics> for MetricsOut {
    fn from(m: &EventMetrics) -> Self {
        let step = |b: &app::metrics::BucketRow| StepOut {
            begin: iso(b.begin, &m.zone),
            end: iso(b.end, &m.zone),
            numbers: (&b.numbers).into(),
            orders: (&b.numbers).into(),
            parts: b
                .parts
                .iter()
                .map(|p| PartOut {
                    key: p.key.clone(),
                    numbers: (&p.numbers).into(),
                })
                .collect(),
        };
        Self {
            event_id: m.event.id.to_string(),
            currency: m.currency.as_str().to_owned(),
            timezone: m.zone.name().to_owned(),
            from: iso(m.asked.from(), &m.zone),
            to: iso(m.asked.to(), &m.zone),
            bucket: m.asked.bucket.code(),
            totals: (&m.totals).into(),
            orders: (&m.totals).into(),
            capacity: m.capacity,
            remaining: m.remaining,
            held: m.held,
            series: m.buckets.iter().map(step).collect(),
            tiers: m.tiers.iter().map(SumOut::from).collect(),
            discounts: m.discounts.iter().map(SumOut::from).collect(),
            sources: m.sources.iter().map(SumOut::from).collect(),
        }
    }
}

/// An event's sales over time on the clock of its own zone, with their sums by tier, code and source.
#[utoipa::path(get, path = "/api/tickets/events/{id}/metrics", tag = "reports",
    params(("id" = EventIdText, Path, description = "The event."),
        ("from" = Option<String>, Query, description = "The first day (`2026-11-01`) or moment; the first sale if it is left out."),
        ("to" = Option<String>, Query, description = "The last day (which is included) or moment; now if it is left out."),
        ("bucket" = Option<BucketWord>, Query, description = "How long the steps are; what fits the time if it is left out."),
        ("by" = Option<ByWord>, Query, description = "By what each step is divided.")),
    responses((status = 200, description = "The numbers.", body = MetricsOut)))]
pub async fn show_event_metrics(
    State(state): State<WebState>,
    PathId(id): PathId<EventId>,
    Search(search): Search<MetricsSearch>,
    Context(cx): Context,
) -> Result<Json<MetricsOut>, Problem> {
    let ask = MetricsAsk {
        from: search.from,
        to: search.to,
        bucket: search.bucket,
        by: search.by,
    };
    let metrics = event_metrics(&state.house, &cx, &id, &ask).await?;
    Ok(Json((&metrics).into()))
}
