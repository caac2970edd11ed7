use super::OrganizerOut;
use crate::extract::{Context, MaybeBody};
use crate::problem::Problem;
use crate::state::WebState;
use app::organizers::{self, ConnectOrganizer};
use app::rate;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Links for onboarding that one account may ask for in a minute: each is several calls to Stripe.
const LINKS_A_MINUTE: i64 = 10;

/// What an organizer says about themselves when connecting; all of it may be left out.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct ConnectIn {
    /// The name that buyers read; the account's name if absent.
    #[schema(max_length = 120, min_length = 1)]
    name: Option<String>,
    /// The legal name, if it differs.
    #[schema(max_length = 200)]
    legal_name: Option<String>,
    /// Where buyers' questions go; the account's address if absent.
    #[schema(format = Email)]
    support_email: Option<String>,
}

/// A link to Stripe's onboarding: single use, good for a few minutes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectOut {
    /// Where to send the organizer now.
    #[schema(format = "uri")]
    url: String,
    /// The organizer.
    organizer: OrganizerOut,
}

/// Begins to take payments, or goes on with it. Asking again is safe and gives a fresh link.
#[utoipa::path(post, path = "/api/tickets/organizers/connect", tag = "organizers", request_body = Option<ConnectIn>,
    responses((status = 200, description = "The link.", body = ConnectOut)))]
pub async fn connect_organizer(
    State(state): State<WebState>,
    Context(mut cx): Context,
    MaybeBody(input): MaybeBody<ConnectIn>,
) -> Result<Json<ConnectOut>, Problem> {
    if let Some(seconds) = rate::hit(
        &state.house,
        &cx,
        &format!("connect:{}", cx.actor.label()),
        LINKS_A_MINUTE,
    )
    .await?
    {
        return Err(crate::limits::too_many(seconds));
    }
    let input = ConnectOrganizer {
        name: input.name,
        legal_name: input.legal_name,
        support_email: input.support_email,
    };
    let connected = organizers::connect(&state.house, &mut cx, input).await?;
    Ok(Json(ConnectOut {
        url: connected.url,
        organizer: OrganizerOut::of(connected.organizer, &state.urls),
    }))
}
