//! The names on an order's tickets: asked for by the organizer, or given by whoever buys for others.
//!
//! They wait in the order's lines until the tickets are made, which may be minutes later and on another
//! server. After that a ticket's own name is what counts, and it can be changed.

use super::pricing::Quote;
use crate::error::Invalid;
use model::ids::TierId;
use model::text;
use store::events::Event;

/// The longest name, in characters.
pub(crate) const NAME_MOST: usize = 120;

/// The tiers and names as they came in; a tier that is none is passed over, since it has no tickets either.
pub(super) fn read(given: &[(String, Vec<String>)]) -> Vec<(TierId, Vec<String>)> {
    let read = given
        .iter()
        .filter_map(|(tier, names)| Some((TierId::parse(tier).ok()?, names.clone())));
    read.collect()
}

/// For each line of a quote the names of its tickets as JSON; empty where nobody was asked and none was given.
///
/// Where the organizer asks, each ticket must have one; elsewhere a missing one is the buyer's.
pub(super) fn of_order(
    event: &Event,
    quote: &Quote,
    given: &[(TierId, Vec<String>)],
) -> Result<Vec<String>, Invalid> {
    let mut invalid = Invalid::default();
    let mut lines = Vec::with_capacity(quote.lines.len());
    for (tier, qty) in &quote.lines {
        let typed = given.iter().find(|(id, _)| *id == tier.id);
        let typed = typed.map_or(&[][..], |(_, names)| names.as_slice());
        if typed.is_empty() && !event.ask_names {
            lines.push(String::new());
            continue;
        }
        let qty = usize::try_from(*qty).unwrap_or_default();
        let names: Vec<String> = (0..qty)
            .map(|at| one(event, tier.id.as_str(), at, typed, &mut invalid))
            .collect();
        lines.push(serde_json::to_string(&names).unwrap_or_default());
    }
    if invalid.is_fine() {
        Ok(lines)
    } else {
        Err(invalid)
    }
}

fn one(event: &Event, tier: &str, at: usize, named: &[String], invalid: &mut Invalid) -> String {
    let typed = named.get(at).map_or("", String::as_str);
    if typed.trim().is_empty() && !event.ask_names {
        return String::new();
    }
    let field = format!("holders[{tier}][{at}]");
    invalid
        .check(&field, text::line(typed, NAME_MOST))
        .unwrap_or_default()
}

/// The name on a line's ticket, counted from nothing; the buyer's where there is none.
pub(super) fn name_of(holders_json: &str, at: usize, buyer: &str) -> String {
    let names: Vec<String> = serde_json::from_str(holders_json).unwrap_or_default();
    names
        .into_iter()
        .nth(at)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| buyer.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_without_a_name_of_its_own_has_the_buyers() {
        assert_eq!(name_of("", 0, "Ana"), "Ana");
        assert_eq!(name_of("[\"Ben\",\"\"]", 0, "Ana"), "Ben");
        assert_eq!(name_of("[\"Ben\",\"\"]", 1, "Ana"), "Ana");
        assert_eq!(name_of("[\"Ben\"]", 5, "Ana"), "Ana");
    }
}
