//! GET `/tickets/admin/disputes`: everybody's, the newest first.

use super::admin::{Here, frame};
use super::clock::told;
use crate::extract::{Context, Search, SignedIn};
use crate::pages::handlers::html;
use crate::pages::views::portal::admin::{DisputeRow, DisputesPage};
use crate::pages::views::portal::parts::{Badge, Empty, Pager, Tone, spoken};
use crate::problem::Problem;
use crate::state::WebState;
use app::disputes::{Page, all};
use app::records::Dispute;
use axum::extract::State;
use axum::response::Response;
use model::ids::DisputeId;
use model::money::Money;
use serde::Deserialize;

/// How many are shown at once.
const AT_ONCE: i64 = 50;

/// The last one of the page before.
#[derive(Debug, Default, Deserialize)]
pub struct AfterSearch {
    #[serde(default)]
    after: String,
}

/// The page.
pub async fn admin_disputes_page(
    State(state): State<WebState>,
    Context(cx): Context,
    SignedIn(signed): SignedIn,
    Search(search): Search<AfterSearch>,
) -> Result<Response, Problem> {
    let after = DisputeId::parse(&search.after).ok();
    let page = Page {
        after: after.clone(),
        limit: AT_ONCE,
    };
    let found = all(&state.house, &page).await?;
    let full = i64::try_from(found.len()).is_ok_and(|count| count == AT_ONCE);
    let next = found
        .last()
        .filter(|_| full)
        .map(|last| state.urls.admin_disputes(last.id.as_str()).to_string());
    html(&DisputesPage {
        frame: frame(&state, &cx, &signed, Here::Disputes),
        disputes: found.iter().map(row).collect(),
        none: Empty::new("No disputes", "No buyer has complained to their bank."),
        pager: Pager {
            first: after.map(|_| state.urls.admin_disputes("").to_string()),
            next,
        },
    })
}

fn row(dispute: &Dispute) -> DisputeRow {
    let tone = if dispute.closed_at.is_some() {
        Tone::Plain
    } else {
        Tone::Glow
    };
    DisputeRow {
        name: dispute.stripe_dispute_id.clone(),
        order: dispute.order_id.to_string(),
        amount: Money::new(dispute.amount_cents, dispute.currency).to_string(),
        reason: spoken(&dispute.reason),
        badge: Badge::new(tone, spoken(dispute.status.code())),
        opened: told(dispute.opened_at),
        due: dispute.due_at.map(told).unwrap_or_default(),
    }
}
