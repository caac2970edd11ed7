use super::OrganizerOut;
use crate::api::words::{FeeModeWord, TaxAccountWord};
use crate::extract::{Body, Context};
use crate::problem::Problem;
use crate::state::WebState;
use app::organizers::{ProfileFields, RegistrationFields, set_profile};
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

/// A tax registration.
#[derive(Debug, Deserialize, ToSchema)]
pub struct TaxRegistrationIn {
    /// For which tax.
    #[schema(value_type = TaxAccountWord)]
    tax: String,
    /// Its number, as it stands on receipts.
    #[schema(max_length = 40, min_length = 1)]
    number: String,
    /// Its first day, such as 2026-04-01; null is since ever. A sale before it carries no such tax.
    #[schema(format = Date)]
    from: Option<String>,
    /// Its last day; null is until further notice.
    #[schema(format = Date)]
    until: Option<String>,
}

impl From<TaxRegistrationIn> for RegistrationFields {
    fn from(input: TaxRegistrationIn) -> Self {
        Self {
            tax: input.tax,
            number: input.number,
            from: input.from,
            until: input.until,
        }
    }
}

/// What an organizer says about themselves; what is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ProfileIn {
    /// The name that buyers read.
    #[schema(max_length = 120, min_length = 1)]
    name: Option<String>,
    /// The legal name, if it differs.
    #[schema(max_length = 200)]
    legal_name: Option<String>,
    /// The address on receipts.
    #[schema(max_length = 300)]
    address: Option<String>,
    /// Where buyers' questions go.
    #[schema(format = Email)]
    support_email: Option<String>,
    /// All tax registrations, in place of the ones before; they decide which taxes are charged.
    #[schema(max_items = 5)]
    tax_registrations: Option<Vec<TaxRegistrationIn>>,
    /// Registered for GST and HST, with `gst_hst_number`: one registration without the list.
    registered_gst_hst: Option<bool>,
    /// Registered for the provincial sales tax of British Columbia or Saskatchewan, whose number it is.
    registered_pst: Option<bool>,
    /// Registered for QST, with `qst_number`.
    registered_qst: Option<bool>,
    /// The GST/HST number: nine digits, RT and four digits.
    #[schema(max_length = 40)]
    gst_hst_number: Option<String>,
    /// The PST number: PST-1234-5678 of British Columbia, seven digits of Saskatchewan.
    #[schema(max_length = 40)]
    pst_number: Option<String>,
    /// The QST number: ten digits, TQ and four digits.
    #[schema(max_length = 40)]
    qst_number: Option<String>,
    /// The colour of tickets, like #f6a91c; empty for ours.
    #[schema(max_length = 7)]
    brand_color: Option<String>,
    /// A line at the foot of each ticket.
    #[schema(max_length = 200)]
    brand_footer: Option<String>,
    /// The refund policy in the organizer's own words; stands on their events' pages.
    #[schema(max_length = 2_000)]
    refund_policy: Option<String>,
    /// Who bears the service fee of a new event.
    #[schema(value_type = Option<FeeModeWord>)]
    fee_mode: Option<String>,
}

impl From<ProfileIn> for ProfileFields {
    fn from(input: ProfileIn) -> Self {
        Self {
            name: input.name,
            legal_name: input.legal_name,
            address: input.address,
            support_email: input.support_email,
            tax_registrations: input
                .tax_registrations
                .map(|all| all.into_iter().map(RegistrationFields::from).collect()),
            registered_gst_hst: input.registered_gst_hst,
            registered_pst: input.registered_pst,
            registered_qst: input.registered_qst,
            gst_hst_number: input.gst_hst_number,
            pst_number: input.pst_number,
            qst_number: input.qst_number,
            brand_color: input.brand_color,
            brand_footer: input.brand_footer,
            refund_policy: input.refund_policy,
            fee_mode: input.fee_mode,
        }
    }
}

/// Changes what the caller's organizer says about themselves: legal entity, tax numbers, brand.
#[utoipa::path(patch, path = "/api/tickets/organizers/me", tag = "organizers", request_body = ProfileIn,
    responses((status = 200, description = "The organizer as it is now.", body = OrganizerOut)))]
pub async fn change_me(
    State(state): State<WebState>,
    Context(mut cx): Context,
    Body(input): Body<ProfileIn>,
) -> Result<Json<OrganizerOut>, Problem> {
    let organizer = set_profile(&state.house, &mut cx, &input.into()).await?;
    Ok(Json(OrganizerOut::of(organizer, &state.urls)))
}
