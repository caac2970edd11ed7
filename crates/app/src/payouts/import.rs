//! Payouts as Stripe tells them: by webhook, and by looking.
//!
//! A payout is kept when we first hear of it and follows Stripe from then on. What it is made of is read
//! once Stripe has worked that out; its lines then find their orders, and those that find none are asked
//! again with each round.

use super::by_hand;
use crate::cx::{Actor, Cx};
use crate::error::Fault;
use crate::house::House;
use crate::ports::{MovementFacts, PaymentsError, PayoutFacts, PayoutState};
use futures::stream::{self, StreamExt};
use model::ids::{OrganizerId, PayoutId};
use model::money::Currency;
use store::organizers::Organizer;
use store::payouts::{NewLine, Payout, PayoutStatus};

/// How far back each organizer's payouts are listed, in seconds: a paid one may still fail for some days.
const LOOK_BACK_S: i64 = 14 * 86_400;
const IN_ONE_GO: i64 = 200;
const AT_ONCE: usize = 6;
/// How long we try to work out what is in a payout that was made by hand, in seconds.
const BY_HAND_S: i64 = 2 * 86_400;

/// Reads one payout of an account; `false` if the account is nobody's.
pub async fn import(
    house: &House,
    cx: &mut Cx,
    account: &str,
    stripe_payout: &str,
) -> Result<bool, Fault> {
    let organizer =
        store::organizers::by_stripe_account(&mut *house.read().await?, account).await?;
    let Some(organizer) = organizer else {
        return Ok(false);
    };
    let facts = house.payments.payout(account, stripe_payout).await?;
    keep(house, cx, &organizer.id, account, facts).await?;
    Ok(true)
}

/// Looks at the payouts of every organizer, and finishes those whose lines are not all here; says how many
/// payouts were looked at. One account that cannot be read does not hold up the others.
pub async fn look_at_payouts(house: &House, cx: &mut Cx) -> Result<u64, Fault> {
    let mut looked = 0;
    let mut after = String::new();
    loop {
        let page =
            store::organizers::with_account(&mut *house.read().await?, &after, IN_ONE_GO).await?;
        let Some(last) = page.last() else {
            break;
        };
        last.id.as_str().clone_into(&mut after);
        let rounds: Vec<Result<u64, Fault>> = stream::iter(page)
            .map(|organizer| patiently(house, organizer))
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        for round in rounds {
            looked += round?;
        }
    }
    let open = store::payouts::not_itemized(&mut *house.read().await?, IN_ONE_GO).await?;
    for payout in open {
        let facts = house
            .payments
            .payout(&payout.stripe_account, &payout.stripe_payout_id);
        let facts = match facts.await {
            Ok(facts) => facts,
            Err(error) if !is_everywhere(&error) => continue,
            Err(error) => return Err(error.into()),
        };
        keep(
            house,
            cx,
            &payout.organizer_id,
            &payout.stripe_account,
            facts,
        )
        .await?;
        looked += 1;
    }
    trace(house, None).await?;
    Ok(looked)
}

/// Looks at one organizer's payouts; an account that cannot be read is noted and left.
async fn patiently(house: &House, organizer: Organizer) -> Result<u64, Fault> {
    let mut cx = house.cx(Actor::System);
    match look_at(house, &mut cx, &organizer).await {
        Err(Fault::Payments(error)) if !is_everywhere(&error) => {
            tracing::warn!(target: "tickets::payouts", organizer = %organizer.id, %error, "an organizer's payouts cannot be read");
            Ok(0)
        }
        other => other,
    }
}

/// Whether asking about the next organizer would fail as well.
fn is_everywhere(error: &PaymentsError) -> bool {
    matches!(error, PaymentsError::Busy { .. })
}

async fn look_at(house: &House, cx: &mut Cx, organizer: &Organizer) -> Result<u64, Fault> {
    let Some(account) = organizer.stripe_account_id.as_deref() else {
        return Ok(0);
    };
    let since = cx.now.plus_seconds(-LOOK_BACK_S);
    let (mut looked, mut after) = (0, None);
    loop {
        let page = house
            .payments
            .payouts(account, since, after.as_deref())
            .await?;
        for facts in page.items {
            keep(house, cx, &organizer.id, account, facts).await?;
            looked += 1;
        }
        after = page.next;
        if after.is_none() {
            return Ok(looked);
        }
    }
}

/// Keeps a payout as it is now, and its lines once Stripe has them and we have not.
async fn keep(
    house: &House,
    cx: &mut Cx,
    organizer: &OrganizerId,
    account: &str,
    facts: PayoutFacts,
) -> Result<(), Fault> {
    let itemized = facts.itemized;
    let row = Payout {
        id: cx.mint(PayoutId::mint),
        organizer_id: organizer.clone(),
        stripe_account: account.to_owned(),
        stripe_payout_id: facts.id,
        amount_cents: facts.amount_cents,
        currency: Currency::parse(&facts.currency)
            .map_err(|e| Fault::Inconsistent(e.to_string()))?,
        status: status(facts.state),
        automatic: facts.automatic,
        itemized: false,
        failure_code: facts.failure_code,
        arrival_at: facts.arrival_at,
        created_at: facts.created_at,
        imported_at: cx.now,
        updated_at: cx.now,
    };
    let mut tx = house.write().await?;
    let kept = store::payouts::keep(&mut tx, &row).await?;
    if matches!(row.status, PayoutStatus::Failed | PayoutStatus::Canceled) {
        store::disbursements::came_back(&mut tx, &row.stripe_payout_id, cx.now).await?;
    }
    tx.commit().await?;
    if kept.itemized {
        return Ok(());
    }
    if itemized {
        return read_lines(house, cx, &kept).await;
    }
    let fresh = cx.now.seconds_since(kept.created_at) < BY_HAND_S;
    let alive = !matches!(kept.status, PayoutStatus::Failed | PayoutStatus::Canceled);
    if !kept.automatic && fresh && alive {
        by_hand::itemize(house, cx, &kept).await?;
    }
    Ok(())
}

const fn status(state: PayoutState) -> PayoutStatus {
    match state {
        PayoutState::Pending => PayoutStatus::Pending,
        PayoutState::InTransit => PayoutStatus::InTransit,
        PayoutState::Paid => PayoutStatus::Paid,
        PayoutState::Failed => PayoutStatus::Failed,
        PayoutState::Canceled => PayoutStatus::Canceled,
    }
}

/// Reads what a payout is made of.
async fn read_lines(house: &House, cx: &Cx, payout: &Payout) -> Result<(), Fault> {
    let mut after = None;
    let mut lines = Vec::new();
    loop {
        let page = house
            .payments
            .payout_movements(
                &payout.stripe_account,
                &payout.stripe_payout_id,
                after.as_deref(),
            )
            .await?;
        // Stripe lists the payout itself among its movements.
        let own = |m: &&MovementFacts| m.source != payout.stripe_payout_id;
        lines.extend(page.items.iter().filter(own).map(line));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let sum: i64 = lines.iter().map(|l| l.net_cents).sum();
    if sum != payout.amount_cents {
        tracing::error!(target: "tickets::payouts", payout = %payout.id, sum, amount = payout.amount_cents, "the lines of a payout do not add up to it");
        return Ok(());
    }
    finish(house, cx, payout, &lines).await
}

/// Keeps all lines of a payout, which add up to it, and lets them find their orders.
pub(super) async fn finish(
    house: &House,
    cx: &Cx,
    payout: &Payout,
    lines: &[NewLine],
) -> Result<(), Fault> {
    let mut tx = house.write().await?;
    store::payouts::keep_lines(&mut tx, &payout.id, lines).await?;
    store::payouts::set_itemized(&mut tx, &payout.id, cx.now).await?;
    tx.commit().await?;
    trace(house, Some(payout)).await?;
    metrics::counter!("tickets_payouts_itemized").increment(1);
    Ok(())
}

/// Lets lines find their orders; what a payout teaches about payments is used for its other lines at once.
async fn trace(house: &House, payout: Option<&Payout>) -> Result<(), Fault> {
    let mut tx = house.write().await?;
    store::payouts::trace(&mut tx).await?;
    if let Some(payout) = payout
        && store::payouts::learn_destinations(&mut tx, &payout.id).await? > 0
    {
        store::payouts::trace(&mut tx).await?;
    }
    Ok(tx.commit().await?)
}

pub(super) fn line(movement: &MovementFacts) -> NewLine {
    NewLine {
        id: movement.id.clone(),
        kind: movement.kind.clone(),
        source: movement.source.clone(),
        amount_cents: movement.amount_cents,
        fee_cents: movement.fee_cents,
        net_cents: movement.net_cents,
        destination_payment: movement.leads_to.charge.clone(),
        transfer: movement.leads_to.transfer.clone(),
        reversal: movement.leads_to.reversal.clone(),
        application_fee: movement.leads_to.application_fee.clone(),
        at: movement.at.micros(),
    }
}
