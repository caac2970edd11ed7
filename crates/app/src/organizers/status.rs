//! Where an organizer stands with Stripe: read from Stripe, kept with us.

use crate::access;
use crate::cx::Cx;
use crate::error::Fault;
use crate::house::House;
use model::organizer::OrganizerStatus;
use store::organizers::Organizer;

/// The actor's own organizer; asks Stripe first while the onboarding is under way.
pub async fn me(house: &House, cx: &Cx) -> Result<Option<Organizer>, Fault> {
    let Some(organizer) = access::own_organizer(house, cx).await? else {
        return Ok(None);
    };
    let settled = matches!(
        organizer.status,
        OrganizerStatus::Active | OrganizerStatus::Disconnected
    );
    let Some(account) = organizer.stripe_account_id.clone().filter(|_| !settled) else {
        return Ok(Some(organizer));
    };
    match refresh_account(house, cx, &account).await {
        Ok(_) => access::own_organizer(house, cx).await,
        // Stripe is away: what we know is still worth showing.
        Err(Fault::Payments(error)) => {
            tracing::warn!(target: "tickets::organizers", %error, "an account could not be read");
            Ok(Some(organizer))
        }
        Err(fault) => Err(fault),
    }
}

/// Reads an account from Stripe and keeps what it says; `false` if it is nobody's.
pub async fn refresh_account(house: &House, cx: &Cx, account_id: &str) -> Result<bool, Fault> {
    let organizer =
        store::organizers::by_stripe_account(&mut *house.read().await?, account_id).await?;
    let Some(organizer) = organizer else {
        return Ok(false);
    };
    let facts = house.payments.account(account_id).await?;
    let mut tx = house.write().await?;
    store::organizers::set_stripe_status(
        &mut tx,
        &organizer.id,
        facts.status,
        &facts.raw_json,
        cx.now,
    )
    .await?;
    tx.commit().await?;
    if facts.status != organizer.status {
        tracing::info!(target: "tickets::organizers", organizer = %organizer.id, status = facts.status.code(), "an organizer's status changed");
    }
    Ok(true)
}

/// Asks about every onboarding that is under way, in case a webhook was lost; says how many.
pub async fn refresh_onboarding(house: &House, cx: &Cx) -> Result<u64, Fault> {
    let due =
        store::organizers::in_onboarding(&mut *house.read().await?, cx.now.plus_seconds(-60), 20)
            .await?;
    let mut asked = 0;
    for organizer in due {
        if let Some(account) = &organizer.stripe_account_id {
            refresh_account(house, cx, account).await?;
            asked += 1;
        }
    }
    Ok(asked)
}
