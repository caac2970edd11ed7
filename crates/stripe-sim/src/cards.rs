//! The test cards and what each of them does, after docs.stripe.com/testing (numbers as of November 2026, from memory
//! where STRIPE does not list them next to the API reference).
//!
//! Any expiry in the future and any three or four digits of CVC will do.

use serde::{Deserialize, Serialize};

use crate::error::ApiError;

/// Whether the buyer passes the 3-D Secure step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThreeDs {
    /// The buyer authorises.
    Pass,
    /// The buyer fails, or the bank says no.
    Fail,
}

/// What a buyer types into the hosted page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// The card number, spaces allowed; or `async_success` and `async_failure` for a method that settles later.
    pub card: String,
    /// `MM / YY`; unchecked when empty.
    #[serde(default)]
    pub expiry: String,
    /// Three or four digits; unchecked when empty.
    #[serde(default)]
    pub cvc: String,
    /// The buyer's address, unless the session names one.
    #[serde(default)]
    pub email: Option<String>,
    /// The name on the card.
    #[serde(default)]
    pub name: Option<String>,
    /// The outcome of the 3-D Secure step, when it is known beforehand.
    #[serde(default)]
    pub three_ds: Option<ThreeDs>,
}

impl Submission {
    /// A submission with nothing but a card.
    pub fn card(number: &str) -> Self {
        Self {
            card: number.to_owned(),
            ..Self::default()
        }
    }

    pub(crate) fn digits(&self) -> String {
        self.card
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect()
    }
}

/// What a card does when it is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Behaviour {
    Succeeds,
    /// Succeeds, and the money is available at once.
    SucceedsAtOnce,
    /// Code, decline code and message.
    Declines(&'static str, Option<&'static str>, &'static str),
    /// Blocked by the platform's rules as fraud.
    Blocked,
    NeedsAuthentication,
    NeedsAuthenticationThenDeclines,
    /// Succeeds and is disputed at once, for this reason.
    Disputed(&'static str),
    /// Succeeds and is inquired about at once.
    Inquiry,
    /// Succeeds and draws an early fraud warning.
    FraudWarning,
    SettlesLater {
        succeeds: bool,
    },
}

const DECLINED: &str = "Your card was declined.";

/// What the card with these digits does.
pub(crate) fn behaviour(digits: &str) -> Behaviour {
    use Behaviour as B;
    match digits {
        "async_success" => B::SettlesLater { succeeds: true },
        "async_failure" => B::SettlesLater { succeeds: false },
        "4000000000000077" => B::SucceedsAtOnce,
        "4242424242424242" | "4000001240000000" | "4000000000007726" | "4000000000005126"
        | "5555555555554444" | "378282246310005" => B::Succeeds,
        "4000000000000002" | "4000000000000341" => {
            B::Declines("card_declined", Some("generic_decline"), DECLINED)
        }
        "4000000000009995" => B::Declines(
            "card_declined",
            Some("insufficient_funds"),
            "Your card has insufficient funds.",
        ),
        "4000000000009987" => B::Declines("card_declined", Some("lost_card"), DECLINED),
        "4000000000009979" => B::Declines("card_declined", Some("stolen_card"), DECLINED),
        "4000000000000069" => B::Declines("expired_card", None, "Your card has expired."),
        "4000000000000127" => B::Declines(
            "incorrect_cvc",
            None,
            "Your card's security code is incorrect.",
        ),
        "4000000000000119" => B::Declines(
            "processing_error",
            None,
            "An error occurred while processing your card. Try again in a little bit.",
        ),
        "4100000000000019" => B::Blocked,
        "4000002760003184" | "4000000000003220" => B::NeedsAuthentication,
        "4000008400001629" => B::NeedsAuthenticationThenDeclines,
        "4000000000000259" => B::Disputed("fraudulent"),
        "4000000000002685" => B::Disputed("product_not_received"),
        "4000000000001976" => B::Inquiry,
        "4000000000005423" => B::FraudWarning,
        other if !is_luhn(other) => {
            B::Declines("incorrect_number", None, "Your card number is incorrect.")
        }
        _ => B::Declines(
            "card_declined",
            Some("test_mode_live_card"),
            "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://docs.stripe.com/testing.",
        ),
    }
}

impl Behaviour {
    /// The decline that this behaviour is, if it is one.
    pub(crate) fn decline(self) -> Option<ApiError> {
        match self {
            Self::Declines(code, decline_code, message) => {
                Some(ApiError::card(code, decline_code, message))
            }
            Self::Blocked => Some(ApiError::card(
                "card_declined",
                Some("fraudulent"),
                DECLINED,
            )),
            Self::NeedsAuthenticationThenDeclines => Some(ApiError::card(
                "card_declined",
                Some("generic_decline"),
                DECLINED,
            )),
            _ => None,
        }
    }

    pub(crate) fn needs_authentication(self) -> bool {
        matches!(
            self,
            Self::NeedsAuthentication | Self::NeedsAuthenticationThenDeclines
        )
    }
}

fn is_luhn(digits: &str) -> bool {
    let numbers: Option<Vec<u32>> = digits.chars().map(|c| c.to_digit(10)).collect();
    let Some(numbers) = numbers.filter(|numbers| (12..=19).contains(&numbers.len())) else {
        return false;
    };
    let sum: u32 = numbers
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            if place % 2 == 1 {
                digit * 2 / 10 + digit * 2 % 10
            } else {
                *digit
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The month and year of `MM / YY` or `MM/YYYY`.
pub(crate) fn parse_expiry(text: &str) -> Option<(i64, i64)> {
    let (month, year) = text.split_once('/').or_else(|| text.split_at_checked(2))?;
    let (month, year) = (
        month.trim().parse::<i64>().ok()?,
        year.trim().parse::<i64>().ok()?,
    );
    let year = if year < 100 { 2000 + year } else { year };
    (1..=12).contains(&month).then_some((month, year))
}

/// Year and month of a Unix second, UTC (days to civil date, H. Hinnant's algorithm).
pub(crate) fn year_month(unix: i64) -> (i64, i64) {
    let days = unix.div_euclid(86_400) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    (era * 400 + year_of_era + i64::from(month <= 2), month)
}

/// Brand and country of a card, as a charge shows them.
pub(crate) fn brand_and_country(digits: &str) -> (&'static str, &'static str) {
    match digits.get(..2) {
        Some("55") => ("mastercard", "US"),
        Some("37") => ("amex", "US"),
        _ if digits == "4000001240000000" => ("visa", "CA"),
        _ => ("visa", "US"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_expiries_and_dates_are_read_as_a_bank_reads_them() {
        assert_eq!(behaviour("4242424242424242"), Behaviour::Succeeds);
        let code = |digits| {
            behaviour(digits)
                .decline()
                .and_then(|e| e.body["code"].as_str().map(str::to_owned))
        };
        assert_eq!(
            code("4242424242424241").as_deref(),
            Some("incorrect_number")
        );
        assert_eq!(code("4111111111111111").as_deref(), Some("card_declined"));
        assert_eq!(parse_expiry("12 / 34"), Some((12, 2034)));
        assert_eq!(parse_expiry("1234"), Some((12, 2034)));
        assert_eq!(parse_expiry("13/34"), None);
        assert_eq!(year_month(1_709_164_800), (2024, 2));
        assert_eq!(year_month(0), (1970, 1));
    }
}
