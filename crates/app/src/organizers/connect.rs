//! Connecting Stripe: an organizer record, an account at Stripe, and a link to its onboarding.

use crate::access;
use crate::cx::{Actor, Cx};
use crate::error::{Fault, Invalid, faults};
use crate::house::House;
use model::email::Email;
use model::ids::{AccountId, OrganizerId, RequestId};
use model::organizer::{ChargeModel, OrganizerStatus};
use model::pricing::FeeMode;
use model::tax::TaxProfile;
use model::text;
use store::accounts::Account;
use store::organizers::Organizer;

/// What an organizer may say about themselves when connecting.
#[derive(Clone, Debug, Default)]
pub struct ConnectOrganizer {
    /// The name that buyers read; the account's name if absent.
    pub name: Option<String>,
    /// The legal name, if it differs.
    pub legal_name: Option<String>,
    /// Where buyers' questions go; the account's address if absent.
    pub support_email: Option<String>,
}

/// Why connecting did not work.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Whoever asks has no account with us.
    #[error("Sign in as an organizer first.")]
    NotAUser,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ConnectError: store::StoreError, crate::ports::PaymentsError);

/// A link to Stripe's onboarding. It is single-use and short-lived: never stored, never logged.
pub struct Connected {
    /// The organizer.
    pub organizer: Organizer,
    /// Where to send the organizer now.
    pub url: String,
}

/// Makes the actor's organization, without Stripe, which comes when they want to be paid. Asking again
/// finds the one that there is.
pub async fn found(
    house: &House,
    cx: &mut Cx,
    input: ConnectOrganizer,
) -> Result<Organizer, ConnectError> {
    let Actor::User(account_id) = cx.actor.clone() else {
        return Err(ConnectError::NotAUser);
    };
    let account = store::accounts::by_id(&mut *house.read().await?, &account_id)
        .await?
        .ok_or(ConnectError::NotAUser)?;
    ensure_organizer(house, cx, &account, input).await
}

/// Makes what is missing (organizer, Stripe account) and a fresh onboarding link. Asking again is safe.
pub async fn connect(
    house: &House,
    cx: &mut Cx,
    input: ConnectOrganizer,
) -> Result<Connected, ConnectError> {
    let Actor::User(account_id) = cx.actor.clone() else {
        return Err(ConnectError::NotAUser);
    };
    let account = store::accounts::by_id(&mut *house.read().await?, &account_id)
        .await?
        .ok_or(ConnectError::NotAUser)?;
    let organizer = ensure_organizer(house, cx, &account, input).await?;
    let organizer = ensure_stripe_account(house, cx, organizer, &account).await?;
    let stripe_account = organizer.stripe_account_id.clone().unwrap_or_default();
    let back = format!(
        "{}{}/tickets/organizer/connect",
        house.settings.public_url, house.settings.mount
    );
    let nonce = cx.mint(RequestId::mint);
    let url = house
        .payments
        .onboarding_link(
            &stripe_account,
            &format!("{back}?done=1"),
            &format!("{back}?again=1"),
            nonce.as_str(),
        )
        .await?;
    Ok(Connected { organizer, url })
}

async fn ensure_organizer(
    house: &House,
    cx: &mut Cx,
    account: &Account,
    input: ConnectOrganizer,
) -> Result<Organizer, ConnectError> {
    if let Some(organizer) =
        store::organizers::by_user(&mut *house.read().await?, &account.id).await?
    {
        return Ok(organizer);
    }
    let organizer = new_organizer(cx, account, &input)?;
    let line = access::audit_line(cx, "organizer.created", "organizer", organizer.id.as_str());
    let mut tx = house.write().await?;
    match store::organizers::insert(&mut tx, &organizer).await {
        Ok(()) => {
            store::audit::write(&mut tx, &[line], cx.now).await?;
            tx.commit().await?;
            Ok(organizer)
        }
        // Two requests at once: the other one made it.
        Err(error) if error.is_conflict_on("user_id") => {
            drop(tx);
            let theirs = store::organizers::by_user(&mut *house.read().await?, &account.id).await?;
            theirs.ok_or_else(|| Fault::Inconsistent("an organizer vanished".to_owned()).into())
        }
        Err(error) => Err(error.into()),
    }
}

fn new_organizer(
    cx: &mut Cx,
    account: &Account,
    input: &ConnectOrganizer,
) -> Result<Organizer, ConnectError> {
    let mut invalid = Invalid::default();
    let name = invalid.check(
        "name",
        text::line(input.name.as_deref().unwrap_or(&account.name), 120),
    );
    let legal_name = invalid.check(
        "legal_name",
        text::optional_line(input.legal_name.as_deref().unwrap_or(""), 200),
    );
    let email = invalid.check(
        "support_email",
        Email::parse(input.support_email.as_deref().unwrap_or(&account.email)),
    );
    let (Some(name), Some(legal_name), Some(email)) = (name, legal_name, email) else {
        return Err(ConnectError::Invalid(invalid));
    };
    Ok(blank(cx, &account.id, name, legal_name, email.as_str()))
}

/// An organizer who has connected nothing yet and is registered for no tax.
fn blank(
    cx: &mut Cx,
    user: &AccountId,
    name: String,
    legal_name: String,
    email: &str,
) -> Organizer {
    Organizer {
        id: cx.mint(OrganizerId::mint),
        user_id: user.clone(),
        name,
        legal_name,
        address: String::new(),
        support_email: email.to_owned(),
        stripe_account_id: None,
        status: OrganizerStatus::NotStarted,
        stripe_account_json: None,
        stripe_checked_at: None,
        charge_model: ChargeModel::Destination,
        tax: TaxProfile::default(),
        brand_color: String::new(),
        brand_footer: String::new(),
        logo: None,
        refund_policy: String::new(),
        fee_mode: FeeMode::Pass,
        created_at: cx.now,
        updated_at: cx.now,
    }
}

/// Stripe is called outside of any transaction; its idempotency key is the organizer's id, so that two
/// requests at once get one account.
async fn ensure_stripe_account(
    house: &House,
    cx: &Cx,
    organizer: Organizer,
    account: &Account,
) -> Result<Organizer, ConnectError> {
    if organizer.stripe_account_id.is_some() {
        return Ok(organizer);
    }
    let facts = house
        .payments
        .create_account(&organizer.id, &account.email)
        .await?;
    let mut tx = house.write().await?;
    store::organizers::set_stripe_account(&mut tx, &organizer.id, &facts.id, cx.now).await?;
    store::organizers::set_stripe_status(
        &mut tx,
        &organizer.id,
        facts.status,
        &facts.raw_json,
        cx.now,
    )
    .await?;
    tx.commit().await?;
    let fresh = store::organizers::by_id(&mut *house.read().await?, &organizer.id).await?;
    fresh.ok_or_else(|| Fault::Inconsistent("an organizer vanished".to_owned()).into())
}
