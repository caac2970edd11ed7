//! `reconcile`: holds our books against Stripe's, and prints each difference as a sentence.

use crate::Failure;
use crate::args::Reconcile;
use crate::run::{read_config, say};
use app::Actor;
use app::reconciliation::{self, Compared};
use model::time::Time;
use serde_json::{Value, json};

/// Compares, prints, and fails if there are differences.
pub async fn reconcile(args: &Reconcile) -> Result<(), Failure> {
    let since = args.since.as_deref().map(day).transpose()?;
    let tickets = tickets::open(&read_config(&args.common)?).await?;
    let mut cx = tickets.house.cx(Actor::System);
    let compared = reconciliation::compare(&tickets.house, &mut cx, since).await;
    tickets.close().await;
    let compared = compared?;
    if args.json {
        say(&as_json(&compared).to_string());
    } else {
        for (difference, _) in &compared.differences {
            say(&difference.sentence);
        }
        say(&compared.closing_line());
    }
    if compared.differences.is_empty() {
        Ok(())
    } else {
        // Each was printed already.
        Err(Failure(Vec::new()))
    }
}

fn day(text: &str) -> Result<Time, Failure> {
    Time::parse_iso(&format!("{text}T00:00:00Z"))
        .map_err(|_| Failure::one(format!("{text} is not a day such as 2026-11-01")))
}

fn as_json(compared: &Compared) -> Value {
    let differences: Vec<Value> = compared
        .differences
        .iter()
        .map(|(d, order)| {
            json!({
                "subject": d.subject, "kind": d.kind.code(), "sentence": d.sentence,
                "order_id": order.as_ref().map(model::ids::OrderId::as_str),
                "ours_cents": d.ours_cents, "stripe_cents": d.stripe_cents,
            })
        })
        .collect();
    let organizers: Vec<Value> = compared
        .organizers
        .iter()
        .map(|o| json!({ "organizer_id": o.organizer, "ours_cents": o.ours_cents, "stripe_cents": o.stripe_cents }))
        .collect();
    let comparison = &compared.comparison;
    json!({
        "since": comparison.since.to_iso(), "finished_at": comparison.finished_at.to_iso(),
        "orders": comparison.orders, "movements": comparison.movements,
        "still_moving": comparison.still_moving, "fees_booked": compared.read.fees,
        "differences": differences, "organizers": organizers,
    })
}
