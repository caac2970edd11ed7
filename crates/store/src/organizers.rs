//! Legal entities that sell tickets, and where each stands with Stripe.

use crate::db::{Row, Session, WriteTx};
use crate::error::StoreError;
use crate::words::words;
use crate::{args, statement::statements};
use model::ids::{AccountId, FileId, OrganizerId};
use model::organizer::{ChargeModel, OrganizerStatus};
use model::pricing::FeeMode;
use model::tax::TaxProfile;
use model::time::Time;

words! {
    /// What a logo needs behind it on a dark page.
    LogoGround {
        /// Something as light as paper.
        Paper = "paper",
        /// Nothing: it fills its own edges.
        Own = "own",
    }
}

/// The columns that a new organizer is written with.
macro_rules! first_columns {
    () => {
        "id, user_id, name, legal_name, address, support_email, stripe_account_id, status,
         stripe_account_json, stripe_checked_at, charge_model, tax_profile_json, brand_color,
         brand_footer, refund_policy, fee_mode, created_at, updated_at"
    };
}

macro_rules! columns {
    () => {
        concat!(
            first_columns!(),
            ", logo_file, logo_width, logo_height, logo_ground"
        )
    };
}

statements! {
    INSERT = concat!("
        insert into tickets_organizers (", first_columns!(), ")
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)");
    BY_ID = concat!("select ", columns!(), "
        from tickets_organizers
        where id = $1");
    BY_USER = concat!("select ", columns!(), "
        from tickets_organizers
        where user_id = $1");
    BY_STRIPE_ACCOUNT = concat!("select ", columns!(), "
        from tickets_organizers
        where stripe_account_id = $1");
    SET_STRIPE_ACCOUNT = "
        update tickets_organizers
        set stripe_account_id = $2, updated_at = $3
        where id = $1
          and stripe_account_id is null";
    SET_STRIPE_STATUS = "
        update tickets_organizers
        set status = $2, stripe_account_json = $3, stripe_checked_at = $4, updated_at = $4
        where id = $1";
    UPDATE_PROFILE = "
        update tickets_organizers
        set name = $2, legal_name = $3, address = $4, support_email = $5, charge_model = $6,
            tax_profile_json = $7, brand_color = $8, brand_footer = $9, refund_policy = $10,
            fee_mode = $11, updated_at = $12
        where id = $1";
    SET_LOGO = "
        update tickets_organizers
        set logo_file = $3, logo_width = $4, logo_height = $5, logo_ground = $6, updated_at = $7
        where id = $1
          and coalesce(logo_file, '') = $2";
    WITH_ACCOUNT = concat!("select ", columns!(), "
        from tickets_organizers
        where id > $1
          and stripe_account_id is not null
        order by id
        limit $2");
    IN_ONBOARDING = concat!("select ", columns!(), "
        from tickets_organizers
        where stripe_account_id is not null
          and status not in ('active', 'disconnected')
          and coalesce(stripe_checked_at, 0) < $1
        order by coalesce(stripe_checked_at, 0), id
        limit $2");
}

/// A logo, as its organizer knows it; its bytes are a file's.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Logo {
    pub file: FileId,
    /// Of the one for print and pages, in pixels.
    pub width: i64,
    /// Of the one for print and pages, in pixels.
    pub height: i64,
    pub ground: LogoGround,
}

/// A legal entity that sells tickets.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Organizer {
    pub id: OrganizerId,
    /// The account that owns it; one organizer an account.
    pub user_id: AccountId,
    pub name: String,
    pub legal_name: String,
    pub address: String,
    pub support_email: String,
    pub stripe_account_id: Option<String>,
    pub status: OrganizerStatus,
    /// The account as Stripe last showed it.
    pub stripe_account_json: Option<String>,
    pub stripe_checked_at: Option<Time>,
    pub charge_model: ChargeModel,
    /// What they are registered for; it decides which taxes they charge.
    pub tax: TaxProfile,
    pub brand_color: String,
    pub brand_footer: String,
    /// Their logo, if they gave us one; a new organizer has none.
    pub logo: Option<Logo>,
    /// In their own words, for buyers to read before they buy; may be empty.
    pub refund_policy: String,
    /// Who bears the service fee of a new event.
    pub fee_mode: FeeMode,
    pub created_at: Time,
    pub updated_at: Time,
}

fn logo(row: &Row) -> Result<Option<Logo>, StoreError> {
    if row.opt_text("logo_file")?.is_none() {
        return Ok(None);
    }
    Ok(Some(Logo {
        file: row.parsed("logo_file", FileId::parse)?,
        width: row.int("logo_width")?,
        height: row.int("logo_height")?,
        ground: row.word("logo_ground", LogoGround::parse)?,
    }))
}

fn organizer(row: &Row) -> Result<Organizer, StoreError> {
    Ok(Organizer {
        id: row.parsed("id", OrganizerId::parse)?,
        user_id: row.parsed("user_id", AccountId::parse)?,
        name: row.text("name")?,
        legal_name: row.text("legal_name")?,
        address: row.text("address")?,
        support_email: row.text("support_email")?,
        stripe_account_id: row.opt_text("stripe_account_id")?,
        status: row.word("status", OrganizerStatus::parse)?,
        stripe_account_json: row.opt_text("stripe_account_json")?,
        stripe_checked_at: row.opt_time("stripe_checked_at")?,
        charge_model: row.word("charge_model", ChargeModel::parse)?,
        tax: row.parsed("tax_profile_json", |json| serde_json::from_str(json))?,
        brand_color: row.text("brand_color")?,
        brand_footer: row.text("brand_footer")?,
        logo: logo(row)?,
        refund_policy: row.text("refund_policy")?,
        fee_mode: row.word("fee_mode", FeeMode::parse)?,
        created_at: row.time("created_at")?,
        updated_at: row.time("updated_at")?,
    })
}

/// Writes a new organizer, without a logo; a constraint refuses a second one of the same account.
pub async fn insert(tx: &mut WriteTx, o: &Organizer) -> Result<(), StoreError> {
    let profile = serde_json::to_string(&o.tax).map_err(StoreError::inconsistent)?;
    let args = args![
        o.id.as_str(),
        o.user_id.as_str(),
        &o.name,
        &o.legal_name,
        &o.address,
        &o.support_email,
        o.stripe_account_id.as_deref(),
        o.status.code(),
        o.stripe_account_json.as_deref(),
        o.stripe_checked_at,
        o.charge_model.code(),
        profile,
        &o.brand_color,
        &o.brand_footer,
        &o.refund_policy,
        o.fee_mode.code(),
        o.created_at,
        o.updated_at,
    ];
    tx.run_one(&INSERT, args).await
}

/// The organizer of an id.
pub async fn by_id(s: &mut Session, id: &OrganizerId) -> Result<Option<Organizer>, StoreError> {
    s.maybe(&BY_ID, args![id.as_str()])
        .await?
        .as_ref()
        .map(organizer)
        .transpose()
}

/// The organizer that an account owns.
pub async fn by_user(s: &mut Session, user: &AccountId) -> Result<Option<Organizer>, StoreError> {
    s.maybe(&BY_USER, args![user.as_str()])
        .await?
        .as_ref()
        .map(organizer)
        .transpose()
}

/// The organizer of a Stripe account.
pub async fn by_stripe_account(
    s: &mut Session,
    account: &str,
) -> Result<Option<Organizer>, StoreError> {
    s.maybe(&BY_STRIPE_ACCOUNT, args![account])
        .await?
        .as_ref()
        .map(organizer)
        .transpose()
}

/// Connects a Stripe account; false if there is one already.
pub async fn set_stripe_account(
    tx: &mut WriteTx,
    id: &OrganizerId,
    account: &str,
    now: Time,
) -> Result<bool, StoreError> {
    tx.changed(&SET_STRIPE_ACCOUNT, args![id.as_str(), account, now])
        .await
}

/// Records what Stripe said about the account, and that it was asked now.
pub async fn set_stripe_status(
    tx: &mut WriteTx,
    id: &OrganizerId,
    status: OrganizerStatus,
    json: &str,
    now: Time,
) -> Result<(), StoreError> {
    tx.run_one(
        &SET_STRIPE_STATUS,
        args![id.as_str(), status.code(), json, now],
    )
    .await
}

/// Writes everything that the organizer edits: not the owner, not what Stripe says.
pub async fn update_profile(tx: &mut WriteTx, o: &Organizer) -> Result<(), StoreError> {
    let profile = serde_json::to_string(&o.tax).map_err(StoreError::inconsistent)?;
    let args = args![
        o.id.as_str(),
        &o.name,
        &o.legal_name,
        &o.address,
        &o.support_email,
        o.charge_model.code(),
        profile,
        &o.brand_color,
        &o.brand_footer,
        &o.refund_policy,
        o.fee_mode.code(),
        o.updated_at,
    ];
    tx.run_one(&UPDATE_PROFILE, args).await
}

/// Gives an organizer a logo, or takes it away; false if `old` is not the file of the one that they have.
pub async fn set_logo(
    tx: &mut WriteTx,
    id: &OrganizerId,
    old: Option<&FileId>,
    logo: Option<&Logo>,
    now: Time,
) -> Result<bool, StoreError> {
    let args = args![
        id.as_str(),
        old.map_or("", FileId::as_str),
        logo.map(|l| l.file.as_str()),
        logo.map(|l| l.width),
        logo.map(|l| l.height),
        logo.map(|l| l.ground.code()),
        now,
    ];
    tx.changed(&SET_LOGO, args).await
}

/// Organizers after one of an id that have a Stripe account, by id.
pub async fn with_account(
    s: &mut Session,
    after: &str,
    limit: i64,
) -> Result<Vec<Organizer>, StoreError> {
    s.rows(&WITH_ACCOUNT, args![after, limit])
        .await?
        .iter()
        .map(organizer)
        .collect()
}

/// Organizers with a Stripe account that is not usable yet and that nobody asked about since
/// `checked_before`; the longest unasked first.
pub async fn in_onboarding(
    s: &mut Session,
    checked_before: Time,
    limit: i64,
) -> Result<Vec<Organizer>, StoreError> {
    s.rows(&IN_ONBOARDING, args![checked_before, limit])
        .await?
        .iter()
        .map(organizer)
        .collect()
}
