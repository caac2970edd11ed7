//! A connected account: whether an organizer may be paid yet, and what Stripe still wants to know.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::Metadata;
use crate::lenient::or_default;
use crate::open_enum::open_enum;

open_enum! {
    /// Whether a capability may be used.
    CapabilityStatus {
        Active = "active",
        Inactive = "inactive",
        Pending = "pending",
    }
}

/// A connected account.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(remote = "Self")]
pub struct Account {
    /// `acct_…`
    pub id: String,
    /// Whether it can take charges of its own; destination charges do not need that.
    #[serde(default, deserialize_with = "or_default")]
    pub charges_enabled: bool,
    /// Whether its balance can reach a bank.
    #[serde(default, deserialize_with = "or_default")]
    pub payouts_enabled: bool,
    /// Whether the onboarding form was sent in.
    #[serde(default, deserialize_with = "or_default")]
    pub details_submitted: bool,
    /// What it may do.
    #[serde(default, deserialize_with = "or_default")]
    pub capabilities: AccountCapabilities,
    /// What Stripe wants to know now.
    #[serde(default, deserialize_with = "or_default")]
    pub requirements: Requirements,
    /// What Stripe will want to know later.
    #[serde(default, deserialize_with = "or_default")]
    pub future_requirements: Requirements,
    /// Two letters, such as `CA`.
    pub country: Option<String>,
    /// The currency it is settled in.
    pub default_currency: Option<String>,
    /// The organizer's address, where it is known.
    pub email: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub metadata: Metadata,
    /// The whole answer as it came, for the record: its requirements grow without notice.
    #[serde(skip)]
    pub raw: Value,
}

/// The capabilities that a ticket seller asks for; one that was never requested is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct AccountCapabilities {
    pub transfers: Option<CapabilityStatus>,
    pub card_payments: Option<CapabilityStatus>,
}

/// What stands between an account and its use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Requirements {
    #[serde(default, deserialize_with = "or_default")]
    pub currently_due: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub eventually_due: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub past_due: Vec<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub pending_verification: Vec<String>,
    /// By when, in seconds since 1970.
    pub current_deadline: Option<i64>,
    /// Why the account is switched off, such as `requirements.past_due` or `rejected.fraud`.
    pub disabled_reason: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub errors: Vec<Requirement>,
}

/// One requirement that was answered wrongly.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Requirement {
    pub requirement: String,
    pub code: String,
    /// Stripe's sentence for the organizer.
    #[serde(default, deserialize_with = "or_default")]
    pub reason: String,
}

impl Account {
    /// Whether a destination charge to this account would be taken.
    pub fn can_receive_transfers(&self) -> bool {
        self.capabilities.transfers == Some(CapabilityStatus::Active)
    }
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Value::deserialize(deserializer)?;
        // This is the derived reader (`remote = "Self"`), not a call of this function.
        let mut account = Self::deserialize(&raw).map_err(serde::de::Error::custom)?;
        account.raw = raw;
        Ok(account)
    }
}
