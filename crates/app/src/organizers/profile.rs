//! What an organizer says about themselves: legal entity, tax numbers, brand.

use super::registrations::{self, RegistrationFields, Single};
use crate::access;
use crate::catalogue;
use crate::cx::Cx;
use crate::error::{Fault, Invalid, faults};
use crate::events::FEE_MODES;
use crate::house::House;
use model::email::Email;
use model::pricing::FeeMode;
use model::tax::TaxAccount;
use model::text;
use store::organizers::Organizer;

/// What may be said; absent means "as it is".
#[derive(Clone, Debug, Default)]
pub struct ProfileFields {
    pub name: Option<String>,
    pub legal_name: Option<String>,
    pub address: Option<String>,
    pub support_email: Option<String>,
    /// All registrations, in place of the ones before.
    pub tax_registrations: Option<Vec<RegistrationFields>>,
    pub registered_gst_hst: Option<bool>,
    pub registered_pst: Option<bool>,
    pub registered_qst: Option<bool>,
    pub gst_hst_number: Option<String>,
    pub pst_number: Option<String>,
    pub qst_number: Option<String>,
    pub brand_color: Option<String>,
    pub brand_footer: Option<String>,
    pub refund_policy: Option<String>,
    /// `pass` or `absorb`, for new events.
    pub fee_mode: Option<String>,
}

/// The most characters of a refund policy: more is not read by anybody who buys a ticket.
const POLICY_MOST: usize = 2_000;

/// Why a profile was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// Whoever asks is no organizer.
    #[error("Connect your organizer account first: POST /api/tickets/organizers/connect.")]
    NotAnOrganizer,
    /// Fields are wrong.
    #[error("Some fields need another look.")]
    Invalid(Invalid),
    /// Nobody's input.
    #[error(transparent)]
    Fault(#[from] Fault),
}
faults!(ProfileError: store::StoreError);

/// Changes what was said and leaves the rest.
pub async fn set_profile(
    house: &House,
    cx: &mut Cx,
    fields: &ProfileFields,
) -> Result<Organizer, ProfileError> {
    let mut organizer = access::own_organizer(house, cx)
        .await?
        .ok_or(ProfileError::NotAnOrganizer)?;
    let mut invalid = Invalid::default();
    apply(fields, &mut organizer, &mut invalid);
    if !invalid.is_fine() {
        return Err(ProfileError::Invalid(invalid));
    }
    organizer.updated_at = cx.now;
    let line = access::audit_line(cx, "organizer.changed", "organizer", organizer.id.as_str());
    let mut tx = house.write().await?;
    store::organizers::update_profile(&mut tx, &organizer).await?;
    store::audit::write(&mut tx, &[line], cx.now).await?;
    tx.commit().await?;
    // The next order is priced by the new registrations.
    catalogue::forget_all(house);
    Ok(organizer)
}

fn apply(fields: &ProfileFields, organizer: &mut Organizer, invalid: &mut Invalid) {
    apply_words(fields, organizer, invalid);
    if let Some(name) = fields
        .name
        .as_deref()
        .and_then(|n| invalid.check("name", text::line(n, 120)))
    {
        organizer.name = name;
    }
    if let Some(email) = fields
        .support_email
        .as_deref()
        .and_then(|e| invalid.check("support_email", Email::parse(e)))
    {
        email.as_str().clone_into(&mut organizer.support_email);
    }
    match &fields.brand_color {
        Some(color) if color.is_empty() || is_color(color) => {
            organizer.brand_color.clone_from(color);
        }
        Some(_) => invalid.note("brand_color", "Write a colour like #f5a300."),
        None => {}
    }
    if let Some(policy) = fields
        .refund_policy
        .as_deref()
        .and_then(|p| invalid.check("refund_policy", text::paragraphs(p, POLICY_MOST)))
    {
        organizer.refund_policy = policy;
    }
    match fields.fee_mode.as_deref().map(FeeMode::parse) {
        Some(Some(mode)) => organizer.fee_mode = mode,
        Some(None) => invalid.note("fee_mode", FEE_MODES),
        None => {}
    }
    apply_registrations(fields, organizer, invalid);
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|c| c.len() == 6 && c.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn apply_words(fields: &ProfileFields, organizer: &mut Organizer, invalid: &mut Invalid) {
    let mut line = |field: &str, given: &Option<String>, max: usize, into: &mut String| {
        if let Some(text) = given
            .as_deref()
            .and_then(|t| invalid.check(field, text::optional_line(t, max)))
        {
            *into = text;
        }
    };
    line(
        "legal_name",
        &fields.legal_name,
        200,
        &mut organizer.legal_name,
    );
    line("address", &fields.address, 300, &mut organizer.address);
    line(
        "brand_footer",
        &fields.brand_footer,
        200,
        &mut organizer.brand_footer,
    );
}

/// The registrations: the list, then what the single fields say.
fn apply_registrations(fields: &ProfileFields, organizer: &mut Organizer, invalid: &mut Invalid) {
    if let Some(given) = &fields.tax_registrations {
        organizer.tax = registrations::read_all(given, invalid);
    }
    let singles = [
        Single {
            names: ("registered_gst_hst", "gst_hst_number"),
            taxes: &[TaxAccount::GstHst],
            registered: fields.registered_gst_hst,
            number: fields.gst_hst_number.as_deref(),
        },
        Single {
            names: ("registered_pst", "pst_number"),
            taxes: &[TaxAccount::BcPst, TaxAccount::SkPst],
            registered: fields.registered_pst,
            number: fields.pst_number.as_deref(),
        },
        Single {
            names: ("registered_qst", "qst_number"),
            taxes: &[TaxAccount::Qst],
            registered: fields.registered_qst,
            number: fields.qst_number.as_deref(),
        },
    ];
    for single in singles {
        single.apply(&mut organizer.tax, invalid);
    }
}
