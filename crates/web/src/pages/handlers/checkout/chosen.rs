//! What was chosen: fields named by tiers, with quantities, as the event's page sends them.

use model::ids::TierId;

/// Tiers with how many of each.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Chosen(pub Vec<(TierId, i64)>);

impl Chosen {
    /// Reads the fields; an untouched tier has a zero or nothing, and a field that is no tier is another
    /// one's. What is no number becomes a quantity that no tier allows, so that it is not passed over.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let tiers = pairs
            .iter()
            .filter_map(|(name, value)| TierId::parse(name).ok().map(|id| (id, value.trim())));
        let read = tiers.map(|(id, value)| {
            (
                id,
                if value.is_empty() {
                    0
                } else {
                    value.parse().unwrap_or(i64::MAX)
                },
            )
        });
        Self(read.filter(|(_, qty)| *qty != 0).collect())
    }

    /// The same as the use case takes it.
    pub fn items(&self) -> Vec<(String, i64)> {
        self.0
            .iter()
            .map(|(id, qty)| (id.to_string(), *qty))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::time::Time;

    #[test]
    fn untouched_tiers_are_left_out_and_nonsense_is_not_passed_over() {
        let tier = |n| TierId::mint(Time::from_seconds(1), n);
        let pair = |n: u128, value: &str| (tier(n).to_string(), value.to_owned());
        let pairs = [
            pair(1, "0"),
            pair(2, " 2 "),
            pair(3, ""),
            pair(4, "many"),
            pair(5, "-1"),
            ("name".to_owned(), "2".to_owned()),
        ];
        assert_eq!(
            Chosen::of(&pairs).0,
            [(tier(2), 2), (tier(4), i64::MAX), (tier(5), -1)]
        );
    }
}
