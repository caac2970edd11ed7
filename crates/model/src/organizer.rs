//! Where an organizer stands with Stripe, and how money is charged on their behalf.

use crate::order::words;
use serde::{Deserialize, Serialize};

/// How far an organizer's Stripe account has come.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganizerStatus {
    /// They never opened Stripe's form.
    NotStarted,
    /// They opened the form and have not finished it.
    InProgress,
    /// They finished the form and Stripe is looking at it.
    Pending,
    /// They can take money.
    Active,
    /// Stripe wants something more before they can take money.
    Restricted,
    /// They cut the connection, or Stripe closed the account.
    Disconnected,
}

words!(OrganizerStatus {
    NotStarted = "not_started",
    InProgress = "in_progress",
    Pending = "pending",
    Active = "active",
    Restricted = "restricted",
    Disconnected = "disconnected",
});

impl OrganizerStatus {
    /// Whether tickets that cost money can be sold for them.
    pub const fn can_charge(self) -> bool {
        matches!(self, Self::Active)
    }
}

/// Whose charge a payment is.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChargeModel {
    /// The platform charges and transfers the organizer's part.
    Destination,
    /// The organizer's own account charges; the platform takes its fee.
    Direct,
}

words!(ChargeModel { Destination = "destination", Direct = "direct" });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_active_organizer_can_charge() {
        let able: Vec<_> = OrganizerStatus::ALL
            .iter()
            .filter(|s| s.can_charge())
            .collect();
        assert_eq!(able, [&OrganizerStatus::Active]);
    }

    #[test]
    fn the_words_of_every_state_read_back() {
        for &status in OrganizerStatus::ALL {
            assert_eq!(OrganizerStatus::parse(status.code()), Some(status));
        }
        for &charge in ChargeModel::ALL {
            assert_eq!(ChargeModel::parse(charge.code()), Some(charge));
        }
        assert_eq!(OrganizerStatus::parse("Active"), None);
    }
}
