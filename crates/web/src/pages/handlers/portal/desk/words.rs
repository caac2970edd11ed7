//! What the desk's pages say in several places: moments, tickets, the pages about an event.

use crate::pages::views::portal::parts::Input;
use crate::when::moment;
use app::error::Invalid;
use app::records::Event;
use model::time::{Time, Zone};

/// Where most organizers are: times over all events are told by its clock.
pub(super) fn home_zone() -> Zone {
    Zone::parse("America/Vancouver").unwrap_or_else(|_| Zone::utc())
}

/// An event's zone; one that is no longer known falls back to UTC.
pub(super) fn zone_of(event: &Event) -> Zone {
    Zone::parse(&event.timezone).unwrap_or_else(|_| Zone::utc())
}

/// A moment, shortly: `Dec 5, 7:00 p.m.`, with the year if it is another one.
pub(super) fn short(at: Time, now: Time, zone: &Zone) -> String {
    let (Some(then), Some(today)) = (at.in_zone(zone), now.in_zone(zone)) else {
        return moment(at, zone);
    };
    let day = if then.year() == today.year() {
        then.strftime("%b %-d")
    } else {
        then.strftime("%b %-d, %Y")
    };
    format!("{day}, {}", crate::when::clock(at, zone))
}

/// A day: `Dec 5, 2026`.
pub(super) fn day(at: Time, zone: &Zone) -> String {
    at.in_zone(zone).map_or_else(
        || moment(at, zone),
        |at| at.strftime("%b %-d, %Y").to_string(),
    )
}

/// So many tickets, in words.
pub(super) fn tickets(count: i64) -> String {
    match count {
        1 => "1 ticket".to_owned(),
        n => format!("{n} tickets"),
    }
}

/// The lines of a text that have something in them.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What is wrong with a field, if anything is.
pub(super) fn fault_of(invalid: Option<&Invalid>, field: &str) -> Option<String> {
    let faults = &invalid?.0;
    faults
        .iter()
        .find(|fault| fault.field == field)
        .map(|fault| fault.message.clone())
}

/// A choice that may be left open: its first option is everything.
pub(super) fn narrowing(
    name: &str,
    label: &str,
    all: &str,
    options: &[(String, String)],
    chosen: &str,
) -> Input {
    let mut all_options = vec![("", all)];
    all_options.extend(
        options
            .iter()
            .map(|(value, words)| (value.as_str(), words.as_str())),
    );
    Input::choice(name, label, &all_options)
        .required()
        .value(chosen)
}
