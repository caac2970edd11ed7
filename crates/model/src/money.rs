//! Money: whole minor units of one currency, and the two ways in which it is ever divided.
//!
//! Every amount is an `i64` in the currency's smallest unit (cents), every rate an integer in parts
//! per million, and every product is taken in `i128`. Rounding happens in [`round_half_up`] and
//! [`largest_remainder`] only, so that each place that rounds says so by name. Deliberately not
//! here: fractions of any other kind, exchange rates, and words that depend on a reader's language.

use serde::{Deserialize, Serialize};
use std::fmt;

mod currency;
mod split;
#[cfg(test)]
mod tests;

pub use currency::{BadCurrency, Currency};
pub use split::{SplitError, largest_remainder, round_half_up};

/// An amount in the smallest unit of its currency (cents); negative when it flows back.
#[derive(Copy, Clone, Eq, PartialEq, Hash, Debug, Serialize, Deserialize)]
pub struct Money {
    /// The amount in minor units.
    pub minor: i64,
    /// The currency that the units are of.
    pub currency: Currency,
}

/// Why two amounts could not be combined.
#[derive(Copy, Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum MoneyError {
    /// The result lies outside of 64 bits.
    #[error("The amount is too large.")]
    Overflow,
    /// The amounts are of two currencies.
    #[error("The amounts are in two currencies.")]
    CurrencyMismatch,
}

impl MoneyError {
    /// A stable name for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Overflow => "overflow",
            Self::CurrencyMismatch => "currency-mismatch",
        }
    }
}

impl Money {
    /// So many minor units of a currency.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// True for an amount of nothing.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// True below nothing.
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The sum; refuses a second currency and overflow.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_add)
    }

    /// The difference; refuses a second currency and overflow.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    /// This amount `qty` times; refuses overflow.
    pub fn checked_mul(self, qty: i64) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(qty).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    fn combine(self, other: Self, op: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        let minor = op(self.minor, other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// The bare number (`-1234.50`), without symbol and separators: for files and machines.
    pub fn amount_text(self) -> String {
        let sign = if self.is_negative() { "-" } else { "" };
        let (whole, fraction) = self.parts();
        format!("{sign}{whole}{fraction}")
    }

    /// The whole units, and the fraction with its point (empty where the currency has none).
    fn parts(self) -> (u64, String) {
        let decimals = self.currency.decimals();
        let scale = 10_u64.pow(decimals);
        let minor = self.minor.unsigned_abs();
        let width = decimals as usize;
        let fraction = if width == 0 {
            String::new()
        } else {
            format!(".{:0width$}", minor % scale)
        };
        (minor / scale, fraction)
    }
}

/// For people, the same in every language: `$1,234.50`, `−$0.05`, `USD 12.50`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "\u{2212}" } else { "" };
        let (whole, fraction) = self.parts();
        let whole = grouped(whole);
        if self.currency == Currency::CAD {
            write!(f, "{sign}${whole}{fraction}")
        } else {
            write!(f, "{sign}{} {whole}{fraction}", self.currency)
        }
    }
}

/// Digits in groups of three, with commas between them.
fn grouped(whole: u64) -> String {
    let digits = whole.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A rate in parts per million: 5 % is 50 000.
#[derive(
    Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Ppm(pub u32);

impl Ppm {
    /// The whole: 100 %.
    pub const ONE: i128 = 1_000_000;

    /// This share of an amount in minor units, rounded half up; refuses overflow.
    pub fn of(self, minor: i64) -> Result<i64, MoneyError> {
        let share = round_half_up(i128::from(minor) * i128::from(self.0), Self::ONE);
        i64::try_from(share).map_err(|_| MoneyError::Overflow)
    }

    /// As French writes a percentage: `5 %`, `9,975 %`, with a space that does not break.
    pub fn french(self) -> String {
        format!("{}\u{a0}%", self.digits(','))
    }

    /// Reads a percentage as programs write it (`5`, `9.975`), with at most four digits after the
    /// point besides zeros; `None` for anything else, and above 100.
    pub fn from_percentage(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        let short = fraction.trim_end_matches('0');
        if !digits(whole) || !digits(fraction) || short.len() > 4 {
            return None;
        }
        let whole: u32 = whole.parse().ok().filter(|w| *w <= 100)?;
        let parts: u32 = format!("{short:0<4}").parse().ok()?;
        let ppm = whole * 10_000 + parts;
        (i128::from(ppm) <= Self::ONE).then_some(Self(ppm))
    }

    fn digits(self, point: char) -> String {
        let (whole, fraction) = (self.0 / 10_000, self.0 % 10_000);
        if fraction == 0 {
            return whole.to_string();
        }
        let digits = format!("{fraction:04}");
        format!("{whole}{point}{}", digits.trim_end_matches('0'))
    }
}

/// As English writes a percentage, without needless digits: `5%`, `9.975%`.
impl fmt::Display for Ppm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", self.digits('.'))
    }
}
