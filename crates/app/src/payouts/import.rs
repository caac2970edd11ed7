//! Payouts as Stripe tells them: by webhook, and by looking.
//!
//! A payout is kept when we first hear of it and follows Stripe from then on. What it is made of is read
//! once Stripe has worked that out; its lines then find their orders, and those that find none are asked
//! again with each round.

use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use crate::ports::{MovementFacts, PaymentsError, PayoutFacts, PayoutState};
use model::ids::{OrganizerId, PayoutId};
use model::money::Currency;
use store::organizers::Organizer;
use store::payouts::{NewLine, Payout, PayoutStatus};

/// How far back each organizer's payouts are listed, in seconds: a paid one may still fail for some days.
const LOOK_BACK_S: i64 = 14 * 86_400;
const IN_ONE_GO: i64 = 200;

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
        for organizer in &page {
            match look_at(house, cx, organizer).await {
                Ok(some) => looked += some,
                Err(Fault::Payments(error)) if !is_everywhere(&error) => {
                    tracing::warn!(target: "tickets::payouts", organizer = %organizer.id, %error, "an organizer's payouts cannot be read");
                }
                Err(fault) => return Err(fault),
            }
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
    tx.commit().await?;
    if itemized && !kept.itemized {
        read_lines(house, cx, &kept).await?;
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

/// Reads what a payout is made of. It counts as itemized only when every page was read and the lines add
/// up to it; until then the next round reads it again.
async fn read_lines(house: &House, cx: &Cx, payout: &Payout) -> Result<(), Fault> {
    let mut after = None;
    let mut sum: i64 = 0;
    loop {
        let account = &payout.stripe_account;
        let page = house
            .payments
            .payout_movements(account, &payout.stripe_payout_id, after.as_deref())
            .await?;
        // Stripe lists the payout itself among its movements.
        let lines: Vec<NewLine> = page
            .items
            .iter()
            .filter(|m| m.source != payout.stripe_payout_id)
            .map(line)
            .collect();
        sum += lines.iter().map(|l| l.net_cents).sum::<i64>();
        let mut tx = house.write().await?;
        store::payouts::keep_lines(&mut tx, &payout.id, &lines).await?;
        tx.commit().await?;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    trace(house, Some(payout)).await?;
    if sum != payout.amount_cents {
        tracing::error!(target: "tickets::payouts", payout = %payout.id, sum, amount = payout.amount_cents, "the lines of a payout do not add up to it");
        return Ok(());
    }
    let mut tx = house.write().await?;
    store::payouts::set_itemized(&mut tx, &payout.id, cx.now).await?;
    tx.commit().await?;
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

fn line(movement: &MovementFacts) -> NewLine {
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
