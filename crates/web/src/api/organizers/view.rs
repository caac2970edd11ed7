//! An organizer, as they see themselves.

use crate::api::words::{OrganizerIdText, OrganizerStatusWord};
use app::records::Organizer;
use serde::Serialize;
use utoipa::ToSchema;

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

impl From<Organizer> for OrganizerOut {
    fn from(organizer: Organizer) -> Self {
        Self {
            id: organizer.id.into(),
            name: organizer.name,
            legal_name: organizer.legal_name,
            support_email: organizer.support_email,
            status: organizer.status.code(),
            can_charge: organizer.status.can_charge(),
            stripe_account_id: organizer.stripe_account_id,
            created_at: organizer.created_at.to_iso(),
        }
    }
}
