//! A name for each ticket, where the organizer asks for them: fields named by tier and number.

use crate::pages::views::checkout::HolderField;
use crate::pages::views::parts::Field;
use crate::problem::FieldProblem;
use crate::words;
use app::catalogue::Listing;
use app::checkout::Quote;
use model::ids::TierId;

/// The names that were typed, by tier and number of the ticket (from 1), each with what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Holders(Vec<(TierId, usize, Field)>);

/// The name of a field: `holder-tier_…-2`.
fn field_name(tier: &TierId, number: usize) -> String {
    format!("holder-{tier}-{number}")
}

fn read_name(name: &str) -> Option<(TierId, usize)> {
    let (tier, number) = name.strip_prefix("holder-")?.rsplit_once('-')?;
    Some((
        TierId::parse(tier).ok()?,
        number.parse().ok().filter(|n| (1..=100).contains(n))?,
    ))
}

impl Holders {
    /// Reads a form's fields.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let read = pairs.iter().filter_map(|(name, value)| {
            let (tier, number) = read_name(name)?;
            let value = value.chars().take(300).collect();
            Some((tier, number, Field { value, error: None }))
        });
        Self(read.collect())
    }

    /// The names as the use case takes them: by tier, in the order of the tickets.
    pub fn names(&self) -> Vec<(String, Vec<String>)> {
        let mut by_tier: Vec<(String, Vec<String>)> = Vec::new();
        for (tier, number, field) in &self.0 {
            let tier = tier.to_string();
            let at = by_tier
                .iter()
                .position(|(t, _)| *t == tier)
                .unwrap_or_else(|| {
                    by_tier.push((tier, Vec::new()));
                    by_tier.len() - 1
                });
            if let Some((_, names)) = by_tier.get_mut(at) {
                if names.len() < *number {
                    names.resize(*number, String::new());
                }
                names[number - 1].clone_from(&field.value);
            }
        }
        by_tier
    }

    /// The same with what the use case found wrong: its fields are named `holders[tier_…][0]`.
    pub fn with_errors(mut self, problems: &[FieldProblem]) -> Self {
        for (tier, number, field) in &mut self.0 {
            let name = format!("holders[{tier}][{}]", *number - 1);
            field.error = problems.iter().find(|p| p.field == name).map(words::field);
        }
        self
    }

    /// Whether any name needs another look.
    pub fn any_wrong(&self) -> bool {
        self.0.iter().any(|(_, _, field)| field.error.is_some())
    }

    fn field(&self, tier: &TierId, number: usize) -> Field {
        let found = self.0.iter().find(|(t, n, _)| t == tier && *n == number);
        found.map_or_else(Field::default, |(_, _, field)| field.clone())
    }
}

/// The fields of a form; none where the organizer does not ask.
pub(super) fn fields(listing: &Listing, quote: &Quote, typed: &Holders) -> Vec<HolderField> {
    if !listing.event.ask_names {
        return Vec::new();
    }
    let tickets = quote.lines.iter().flat_map(|(tier, qty)| {
        let qty = usize::try_from(*qty).unwrap_or_default();
        (1..=qty).map(move |number| (tier, number))
    });
    tickets
        .map(|(tier, number)| HolderField {
            id: field_name(&tier.id, number),
            tier: tier.name.clone(),
            number,
            field: typed.field(&tier.id, number),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Time;

    #[test]
    fn names_come_back_by_tier_in_the_order_of_the_tickets() {
        let tier = |n| TierId::mint(Time::from_seconds(1), n);
        let pair = |n, number: usize, value: &str| (field_name(&tier(n), number), value.to_owned());
        let pairs = [
            pair(2, 2, "Ben"),
            pair(1, 1, "ਹਰਪ੍ਰੀਤ"),
            pair(2, 1, "Ana"),
            ("holder-tier_x-1".to_owned(), "nobody".to_owned()),
            (format!("holder-{}-101", tier(1)), "too many".to_owned()),
        ];
        let names = Holders::of(&pairs).names();
        assert_eq!(names.len(), 2);
        assert!(names.contains(&(tier(1).to_string(), vec!["ਹਰਪ੍ਰੀਤ".to_owned()])));
        assert!(names.contains(&(
            tier(2).to_string(),
            vec!["Ana".to_owned(), "Ben".to_owned()]
        )));
    }
}
