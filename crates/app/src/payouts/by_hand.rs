//! What a payout that was made by hand is made of: Stripe does not say, so it is worked out.
//!
//! Whoever pays out by hand usually sends all that is available. Then the payout is made of every movement
//! that was available at that moment and in no payout yet, and those add up to it exactly. If they do not,
//! somebody chose an amount, and nothing is claimed: a guess in the books is worse than a gap.

use super::import::{finish, line};
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::ports::MovementFacts;
use model::time::Time;
use store::payouts::{NewLine, Payout};

/// How long before the payout before a movement may have been made and still not have been available then,
/// in seconds.
const SETTLES_WITHIN_S: i64 = 30 * 86_400;

/// Works out the lines of a payout, and keeps them if they add up to it.
pub(super) async fn itemize(house: &House, cx: &Cx, payout: &Payout) -> Result<(), Fault> {
    let itemized =
        store::payouts::itemized_of(&mut *house.read().await?, &payout.organizer_id).await?;
    let since = itemized.first().map_or(Time::from_micros(0), |(_, at)| {
        at.plus_seconds(-SETTLES_WITHIN_S)
    });
    let mut lines: Vec<NewLine> = Vec::new();
    let mut after = None;
    loop {
        let page = house
            .payments
            .movements_of(&payout.stripe_account, since, after.as_deref())
            .await?;
        let ids: Vec<&str> = page.items.iter().map(|m| m.id.as_str()).collect();
        let known = store::payouts::known_lines(&mut *house.read().await?, &ids).await?;
        let inside = page.items.iter().filter(|m| {
            !known.contains(&m.id) && was_there(m, payout) && !is_told(m, payout, &itemized)
        });
        lines.extend(inside.map(line));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let sum: i64 = lines.iter().map(|l| l.net_cents).sum();
    if lines.is_empty() || sum != payout.amount_cents {
        return Ok(());
    }
    finish(house, cx, payout, &lines).await
}

/// Whether a movement was made and available when the payout was.
fn was_there(movement: &MovementFacts, payout: &Payout) -> bool {
    movement.at <= payout.created_at && movement.available_at <= payout.created_at
}

/// Whether a movement is the payout itself, or another one whose lines are all known and cancel it out.
fn is_told(movement: &MovementFacts, payout: &Payout, itemized: &[(String, Time)]) -> bool {
    let other = || itemized.iter().any(|(id, _)| *id == movement.source);
    movement.kind == "payout" && (movement.source == payout.stripe_payout_id || other())
}
