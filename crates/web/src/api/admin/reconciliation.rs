use crate::api::words::{DifferenceWord, OrderIdText};
use crate::problem::Problem;
use crate::state::WebState;
use app::reconciliation::{self, Standing};
use app::records::{Comparison, KeptDifference};
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

/// A comparison of our books with Stripe's.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparisonOut {
    /// Nothing older was looked at.
    #[schema(format = DateTime)]
    since: String,
    /// When it was finished.
    #[schema(format = DateTime)]
    finished_at: String,
    /// Orders that were held against Stripe's movements.
    orders: i64,
    /// Movements of Stripe's since then.
    movements: i64,
    /// Orders that were left for the next time, because they were changing.
    still_moving: i64,
    /// Differences that it found.
    differences: i64,
}

impl From<Comparison> for ComparisonOut {
    fn from(comparison: Comparison) -> Self {
        Self {
            since: comparison.since.to_iso(),
            finished_at: comparison.finished_at.to_iso(),
            orders: comparison.orders,
            movements: comparison.movements,
            still_moving: comparison.still_moving,
            differences: comparison.differences,
        }
    }
}

/// Two things that should agree and do not.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceOut {
    /// What it is about; the same from one comparison to the next.
    subject: String,
    /// Of which sort it is.
    #[schema(value_type = DifferenceWord)]
    kind: &'static str,
    /// What is wrong, in a sentence.
    sentence: String,
    /// The order, where it belongs to one.
    #[schema(value_type = Option<OrderIdText>, required = true)]
    order_id: Option<String>,
    /// What we say, in cents.
    #[schema(required = true)]
    ours_cents: Option<i64>,
    /// What Stripe says, in cents.
    #[schema(required = true)]
    stripe_cents: Option<i64>,
    /// When it was first found.
    #[schema(format = DateTime)]
    first_seen_at: String,
    /// When it was last found.
    #[schema(format = DateTime)]
    last_seen_at: String,
}

impl From<KeptDifference> for DifferenceOut {
    fn from(kept: KeptDifference) -> Self {
        let difference = kept.difference;
        Self {
            subject: difference.subject,
            kind: difference.kind.code(),
            sentence: difference.sentence,
            order_id: kept.order_id.map(String::from),
            ours_cents: difference.ours_cents,
            stripe_cents: difference.stripe_cents,
            first_seen_at: kept.first_seen_at.to_iso(),
            last_seen_at: kept.last_seen_at.to_iso(),
        }
    }
}

/// How our books and Stripe's stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReconciliationOut {
    /// The latest comparison; null before the first one.
    #[schema(required = true)]
    latest: Option<ComparisonOut>,
    /// Open differences, the oldest first, at most 500.
    differences: Vec<DifferenceOut>,
}

impl From<Standing> for ReconciliationOut {
    fn from(standing: Standing) -> Self {
        Self {
            latest: standing.latest.map(ComparisonOut::from),
            differences: standing.open.into_iter().map(DifferenceOut::from).collect(),
        }
    }
}

/// Shows where our books and Stripe's differ.
#[utoipa::path(get, path = "/api/tickets/admin/reconciliation", tag = "admin",
    responses((status = 200, description = "The latest comparison and all open differences.", body = ReconciliationOut)))]
pub async fn show_reconciliation(
    State(state): State<WebState>,
) -> Result<Json<ReconciliationOut>, Problem> {
    Ok(Json(reconciliation::standing(&state.house).await?.into()))
}
