//! The switches: one for the whole house, one for each of its doors.
//!
//! The environment sets them; an admin can switch one off while we run, never on beyond the
//! environment. A granular flag counts only while the global one is on.

use serde::{Deserialize, Serialize};

/// A switch.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Hash, Ord, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Everything of ours.
    Ticketing,
    /// Buying: holds, checkout sessions, the checkout page, the widget.
    Checkout,
    /// Money that goes back to buyers.
    Refunds,
    /// The door: validating tickets and the check-in app.
    Scanning,
    /// Connecting Stripe accounts, showing payouts and paying out.
    Payouts,
}

impl Flag {
    /// Every flag, the global one first.
    pub const ALL: &'static [Self] = &[
        Self::Ticketing,
        Self::Checkout,
        Self::Refunds,
        Self::Scanning,
        Self::Payouts,
    ];

    /// The environment variable that sets it.
    pub const fn env(self) -> &'static str {
        match self {
            Self::Ticketing => "ENABLE_TICKETING",
            Self::Checkout => "ENABLE_TICKETING_CHECKOUT",
            Self::Refunds => "ENABLE_TICKETING_REFUNDS",
            Self::Scanning => "ENABLE_TICKETING_SCANNING",
            Self::Payouts => "ENABLE_TICKETING_PAYOUTS",
        }
    }

    /// The word kept in the database and used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ticketing => "ticketing",
            Self::Checkout => "checkout",
            Self::Refunds => "refunds",
            Self::Scanning => "scanning",
            Self::Payouts => "payouts",
        }
    }

    /// What it means that it is off, in sentences: for operators, and for `docs/flags.md`.
    pub const fn off_means(self) -> &'static str {
        match self {
            Self::Ticketing => {
                "Every page and route of ours answers 404, no job runs, the widget shows nothing, and the host's pages are what they were. \
                 Three things stay: health, the intake of Stripe's webhooks (stored, acted on later), and the admin's flags. **Off unless it is set.**"
            }
            Self::Checkout => {
                "Nobody can begin to buy, and the widget shows nothing. Orders that exist stay visible, and those that are being paid are confirmed when the money comes."
            }
            Self::Refunds => {
                "No refund is begun or made. What was begun before, and money that could not be taken (late or doubled payments), waits in the queue and goes back when the flag is on again."
            }
            Self::Scanning => "The door gets no answers, and no new keys for devices are made.",
            Self::Payouts => {
                "Organizers cannot connect to Stripe, onboardings under way are not asked about, and payouts are neither shown nor read nor made."
            }
        }
    }

    /// The table of `docs/flags.md`: every flag with what it means that it is off.
    pub fn markdown() -> String {
        let head = "| variable | name in the API | off means |\n|---|---|---|\n".to_owned();
        Self::ALL.iter().fold(head, |table, flag| {
            let (env, code, off) = (flag.env(), flag.code(), flag.off_means());
            format!("{table}| `{env}` | `{code}` | {off} |\n")
        })
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|f| f.code() == word)
    }
}

/// Which flags are on, as one immutable value that a request carries through its life.
#[derive(Copy, Clone, Debug, Default, Eq, PartialEq)]
pub struct FlagSet(u8);

impl FlagSet {
    /// Every flag on.
    pub fn all_on() -> Self {
        Flag::ALL
            .iter()
            .fold(Self::default(), |set, f| set.with(*f, true))
    }

    /// This set with one flag set or cleared.
    #[must_use]
    pub fn with(self, flag: Flag, on: bool) -> Self {
        let bit = 1u8 << (flag as u8);
        Self(if on { self.0 | bit } else { self.0 & !bit })
    }

    /// Whether a flag counts as on: itself and the global one.
    pub fn is_on(self, flag: Flag) -> bool {
        let bit = |f: Flag| self.0 & (1u8 << (f as u8)) != 0;
        bit(Flag::Ticketing) && bit(flag)
    }

    /// The flags that are on both here and in `ceiling`.
    #[must_use]
    pub fn within(self, ceiling: Self) -> Self {
        Self(self.0 & ceiling.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_the_global_switch_off_every_flag_is_off() {
        let set = FlagSet::all_on().with(Flag::Ticketing, false);
        assert!(Flag::ALL.iter().all(|f| !set.is_on(*f)));
    }

    #[test]
    fn each_flag_switches_only_itself() {
        for flag in &Flag::ALL[1..] {
            let set = FlagSet::all_on().with(*flag, false);
            let on: Vec<Flag> = Flag::ALL
                .iter()
                .copied()
                .filter(|f| set.is_on(*f))
                .collect();
            assert_eq!(on.len(), Flag::ALL.len() - 1);
            assert!(!on.contains(flag));
        }
    }

    #[test]
    fn nothing_is_switched_on_beyond_the_ceiling() {
        let ceiling = FlagSet::default().with(Flag::Ticketing, true);
        assert!(!FlagSet::all_on().within(ceiling).is_on(Flag::Checkout));
    }
}
