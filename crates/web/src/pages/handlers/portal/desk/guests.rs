//! GET `/tickets/organizer/events/{id}/guests`, on paper and as a file.

use super::words::{fault_of, narrowing, short, zone_of};
use crate::api::desk::{GuestsSearch, guest_sheet};
use crate::api::reports::Format;
use crate::extract::{PathId, Search};
use crate::pages::handlers::html;
use crate::pages::handlers::portal::Portal;
use crate::pages::handlers::portal::events::event_tabs;
use crate::pages::views::portal::desk::guests::{GuestLine, GuestsPage, GuestsPrintPage};
use crate::pages::views::portal::parts::{Badge, Empty, Input, Pager, Tone};
use crate::pages::views::portal::shell::Section;
use crate::problem::Problem;
use crate::state::WebState;
use crate::when::{When, moment};
use app::catalogue;
use app::desk::{GuestPage, GuestSearch, GuestsError, list_guests};
use app::records::{Event, Guest};
use axum::extract::State;
use axum::response::Response;
use model::ids::EventId;
use model::ticket::TicketStatus;
use model::time::{Time, Zone};

/// How many guests a printed part of the list has.
const PRINTED: i64 = 500;

/// The list.
pub async fn guests_page(
    State(state): State<WebState>,
    PathId(event): PathId<EventId>,
    portal: Portal,
    Search(asked): Search<GuestsSearch>,
) -> Result<Response, Problem> {
    let asked = asked.read()?;
    let (found, invalid) = match list_guests(&state.house, &portal.cx, &event, &asked).await {
        Ok(found) => (Some(found), None),
        Err(GuestsError::Invalid(invalid)) => (None, Some(invalid)),
        Err(error) => return Err(error.into()),
    };
    let listing = catalogue::fresh(&state.house, &event).await?;
    let listing = listing.ok_or_else(Problem::not_found)?;
    let zone = zone_of(&listing.event);
    let tiers: Vec<_> = listing
        .tiers
        .iter()
        .map(|tier| (tier.id.to_string(), tier.name.clone()))
        .collect();
    let tier = asked.tier.as_ref().map(ToString::to_string);
    let tier = tier.unwrap_or_default();
    let status = asked.status.map_or("", TicketStatus::code);
    let filters = vec![
        narrowing("tier", "Tickets", "Any", &tiers, &tier),
        states(status),
    ];
    let urls = &state.urls;
    let to = |cursor: &str| {
        urls.desk_guests(&event, (asked.q.trim(), &tier, status), cursor)
            .to_string()
    };
    html(&GuestsPage {
        frame: portal.frame(&state, Section::Events),
        event: listing.event.title.clone(),
        tabs: Some(event_tabs(&state, &listing.event, "guests")),
        action: urls.desk_guests(&event, ("", "", ""), "").to_string(),
        q: asked.q.trim().to_owned(),
        narrowed: filters.iter().filter(|f| f.is_set()).count(),
        filters,
        wrong: fault_of(invalid.as_ref(), "cursor"),
        count: found.as_ref().map_or_else(String::new, count),
        files: vec![
            ("Print", urls.desk_guests_print(&event).to_string()),
            ("Excel", urls.desk_guests_file(&event, "xlsx").to_string()),
            ("CSV", urls.desk_guests_file(&event, "csv").to_string()),
        ],
        comps: urls.desk_comps(&event).to_string(),
        guests: found
            .iter()
            .flat_map(|page| &page.guests)
            .map(|guest| line(&state, guest, portal.cx.now, &zone))
            .collect(),
        empty: empty(&state, &event, &asked),
        pager: Pager {
            first: (!asked.cursor.is_empty()).then(|| to("")),
            next: found.and_then(|page| page.next).map(|next| to(&next)),
        },
    })
}

fn states(chosen: &str) -> Input {
    let states = [
        (TicketStatus::Valid, "Not here yet"),
        (TicketStatus::Used, "Here"),
        (TicketStatus::Refunded, "Refunded"),
        (TicketStatus::Canceled, "Not valid"),
    ];
    let states = states.map(|(status, words)| (status.code().to_owned(), words.to_owned()));
    narrowing(
        "status",
        "State",
        "Everybody who may come in",
        &states,
        chosen,
    )
}

fn count(page: &GuestPage) -> String {
    match (page.issued, page.came) {
        (0, _) => "Nobody has a ticket yet.".to_owned(),
        (issued, 0) => format!("{issued} may come in; nobody is here yet."),
        (issued, came) => format!("{came} of {issued} are here."),
    }
}

fn badge(status: TicketStatus) -> Badge {
    match status {
        TicketStatus::Valid => Badge::new(Tone::Plain, "Not here yet"),
        TicketStatus::Used => Badge::new(Tone::Good, "Here"),
        TicketStatus::Refunded => Badge::new(Tone::Bad, "Refunded"),
        TicketStatus::Canceled => Badge::new(Tone::Bad, "Not valid"),
    }
}

fn line(state: &WebState, guest: &Guest, now: Time, zone: &Zone) -> GuestLine {
    let by = guest.used_by.as_deref().unwrap_or("the door");
    GuestLine {
        holder: guest.holder_name.clone(),
        buyer: if guest.buyer_name == guest.holder_name {
            String::new()
        } else {
            guest.buyer_name.clone()
        },
        tier: guest.tier_name.clone(),
        serial: guest.serial.clone(),
        href: state.urls.desk_order(&guest.order_id).to_string(),
        badge: badge(guest.status),
        used: guest.used_at.map_or_else(String::new, |at| {
            format!("{} at {by}", short(at, now, zone))
        }),
    }
}

fn empty(state: &WebState, event: &EventId, asked: &GuestSearch) -> Empty {
    if asked.q.trim().is_empty() && asked.tier.is_none() && asked.status.is_none() {
        Empty::new(
            "No guests yet",
            "Everybody with a ticket stands here, by last name, from the moment it is paid.",
        )
        .step("Give tickets away", state.urls.desk_comps(event))
    } else {
        Empty::new(
            "Nobody fits",
            "Names are found by how the first or the last of them begins; a ticket or an order by its whole number.",
        )
        .step(
            "Show everybody",
            state.urls.desk_guests(event, ("", "", ""), ""),
        )
    }
}

/// Everybody on paper.
pub async fn guests_print_page(
    State(state): State<WebState>,
    PathId(event): PathId<EventId>,
    portal: Portal,
    Search(asked): Search<GuestsSearch>,
) -> Result<Response, Problem> {
    let asked = GuestSearch {
        limit: PRINTED,
        ..asked.read()?
    };
    let found = list_guests(&state.house, &portal.cx, &event, &asked).await?;
    let zone = zone_of(&found.event);
    let now = portal.cx.now;
    let address = state.urls.desk_guests_print(&event).to_string();
    html(&GuestsPrintPage {
        frame: portal.frame(&state, Section::Events),
        event: found.event.title.clone(),
        facts: vec![
            event_when(&found.event, &zone),
            format!("{} As of {}.", count(&found), moment(now, &zone)),
        ],
        guests: found
            .guests
            .iter()
            .map(|guest| line(&state, guest, now, &zone))
            .collect(),
        back: state.urls.desk_guests(&event, ("", "", ""), "").to_string(),
        more: found.next.map(|next| format!("{address}?cursor={next}")),
    })
}

fn event_when(event: &Event, zone: &Zone) -> String {
    let when = When {
        start: event.start_at,
        end: event.end_at,
        zone: zone.clone(),
    };
    when.line()
}

/// GET `/tickets/organizer/events/{id}/guests/file?format=`: everybody as a sheet.
pub async fn guests_file(
    State(state): State<WebState>,
    PathId(event): PathId<EventId>,
    portal: Portal,
    Search(asked): Search<GuestsSearch>,
) -> Result<Response, Problem> {
    let format = match asked.format {
        Format::Json => Format::Csv,
        sheet => sheet,
    };
    guest_sheet(&state, &portal.cx, &event, format).await
}
