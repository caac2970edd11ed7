use super::keep::PageSearch;
use super::zone_here;
use crate::api::iso_maybe;
use crate::api::words::{OrderIdText, TicketIdText, TicketStatusWord, TierIdText};
use crate::extract::{Context, Search};
use crate::problem::Problem;
use crate::state::WebState;
use app::door::people;
use app::records::Person;
use axum::Json;
use axum::extract::State;
use model::time::Zone;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Who is looked for.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeopleSearch {
    /// How the name of a holder or a buyer (first or last), or the buyer's address begins; or a whole serial or
    /// order code.
    #[param(min_length = 2, max_length = 200, required = true)]
    q: Option<String>,
}

/// Somebody with a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonOut {
    /// The ticket.
    #[schema(value_type = TicketIdText)]
    ticket_id: String,
    /// Its name on devices.
    #[schema(required = true)]
    door_id: Option<String>,
    /// Its serial.
    serial: String,
    /// Whose it is.
    name: String,
    /// Whoever bought it can be written to there.
    email: String,
    /// Its tier.
    #[schema(value_type = TierIdText)]
    tier_id: String,
    /// Where it is in its life.
    #[schema(value_type = TicketStatusWord)]
    status: &'static str,
    /// When somebody came in with it.
    #[schema(format = DateTime, required = true)]
    used_at: Option<String>,
    /// By which device.
    #[schema(required = true)]
    used_by: Option<String>,
    /// The order, so that its tickets can be let in together.
    #[schema(value_type = OrderIdText)]
    order_id: String,
    /// Who bought it.
    order_name: String,
}

impl PersonOut {
    fn of(person: Person, zone: &Zone) -> Self {
        Self {
            ticket_id: person.ticket_id.into(),
            door_id: person.door_id,
            serial: person.serial,
            name: person.holder_name,
            email: person.buyer_email,
            tier_id: person.tier_id.into(),
            status: person.status.code(),
            used_at: iso_maybe(person.used_at, zone),
            used_by: person.used_by,
            order_id: person.order_id.into(),
            order_name: person.buyer_name,
        }
    }
}

/// People who were found.
#[derive(Debug, Serialize, ToSchema)]
pub struct PeopleOut {
    /// At most 50.
    people: Vec<PersonOut>,
}

/// Finds people of the device's event by name, address or serial; for supervisors.
#[utoipa::path(get, path = "/api/tickets/check-in/people", tag = "door", params(PeopleSearch),
    responses((status = 200, description = "Who was found.", body = PeopleOut)))]
pub async fn find_people(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<PeopleSearch>,
) -> Result<Json<PeopleOut>, Problem> {
    let q = search.q.unwrap_or_default();
    let found = people::search(&state.house, &cx, &q).await?;
    let zone = zone_here(&state, &cx).await?;
    let people = found.into_iter().map(|person| PersonOut::of(person, &zone));
    Ok(Json(PeopleOut {
        people: people.collect(),
    }))
}

/// A page of everybody, sealed.
#[derive(Debug, Serialize, ToSchema)]
pub struct SealedPeopleOut {
    /// Which lock opens it.
    generation: i64,
    /// Nonce, AES-256-GCM and tag, base64url, of a JSON array of `[door_id, name, email, serial, tier_index]`.
    sealed: String,
    /// The next page; null after the last.
    #[schema(required = true)]
    next_page: Option<String>,
}

/// Gives a supervisor's device a page of everybody, sealed under the key that the passphrase opens; 404 while the
/// organizer has set none.
#[utoipa::path(get, path = "/api/tickets/check-in/people/sealed", tag = "door", params(PageSearch),
    responses((status = 200, description = "A page of 2,500 people at most.", body = SealedPeopleOut)))]
pub async fn seal_people(
    State(state): State<WebState>,
    Context(cx): Context,
    Search(search): Search<PageSearch>,
) -> Result<Json<SealedPeopleOut>, Problem> {
    let page = search.page.unwrap_or_default();
    let sealed = people::sealed(&state.house, &cx, &page).await?;
    let page = sealed.ok_or_else(Problem::not_found)?;
    Ok(Json(SealedPeopleOut {
        generation: page.generation,
        sealed: page.sealed,
        next_page: page.next.map(String::from),
    }))
}
