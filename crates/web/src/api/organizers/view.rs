//! An organizer, as they see themselves.

use crate::api::words::{FeeModeWord, OrganizerIdText, OrganizerStatusWord, TaxAccountWord};
use crate::urls::Urls;
use app::records::Organizer;
use model::tax::TaxRegistration;
use serde::Serialize;
use utoipa::ToSchema;

/// A tax registration.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaxRegistrationOut {
    /// For which tax.
    #[schema(value_type = TaxAccountWord)]
    tax: &'static str,
    /// Its name for people.
    name: &'static str,
    /// Its number, as it stands on receipts.
    number: String,
    /// Its first day; null is since ever.
    #[schema(format = Date, required = true)]
    from: Option<String>,
    /// Its last day; null is until further notice.
    #[schema(format = Date, required = true)]
    until: Option<String>,
}

fn registration(registration: &TaxRegistration) -> TaxRegistrationOut {
    TaxRegistrationOut {
        tax: registration.tax.code(),
        name: registration.tax.name(),
        number: registration.number.clone(),
        from: registration.from.map(|day| day.to_string()),
        until: registration.until.map(|day| day.to_string()),
    }
}

/// An organizer.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganizerOut {
    /// The organizer.
    #[schema(value_type = OrganizerIdText)]
    id: String,
    /// The name that buyers read.
    name: String,
    /// The legal name, if it differs; may be empty.
    legal_name: String,
    /// Where buyers' questions go.
    support_email: String,
    /// What they are registered for; it decides which taxes are charged.
    tax_registrations: Vec<TaxRegistrationOut>,
    /// The address of their logo on our site; null without one.
    #[schema(required = true)]
    logo_url: Option<String>,
    /// Their refund policy in their own words; may be empty.
    refund_policy: String,
    /// Who bears the service fee of a new event.
    #[schema(value_type = FeeModeWord)]
    fee_mode: &'static str,
    /// How far their Stripe account has come.
    #[schema(value_type = OrganizerStatusWord)]
    status: &'static str,
    /// Whether tickets that cost money can be sold for them.
    can_charge: bool,
    /// Their account at Stripe.
    #[schema(required = true)]
    stripe_account_id: Option<String>,
    /// When they began with us.
    #[schema(format = DateTime)]
    created_at: String,
}

impl OrganizerOut {
    /// An organizer, with addresses as `urls` says.
    pub fn of(organizer: Organizer, urls: &Urls) -> Self {
        Self {
            logo_url: organizer.logo.map(|logo| urls.file(&logo.file).to_string()),
            id: organizer.id.into(),
            name: organizer.name,
            legal_name: organizer.legal_name,
            support_email: organizer.support_email,
            tax_registrations: organizer.tax.all().iter().map(registration).collect(),
            refund_policy: organizer.refund_policy,
            fee_mode: organizer.fee_mode.code(),
            status: organizer.status.code(),
            can_charge: organizer.status.can_charge(),
            stripe_account_id: organizer.stripe_account_id,
            created_at: organizer.created_at.to_iso(),
        }
    }
}
