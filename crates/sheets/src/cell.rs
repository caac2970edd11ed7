//! One cell: a text, a number, a moment on a wall clock, or nothing.

use std::borrow::Cow;

/// One cell of a row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A text; whatever it begins with, it is shown and never computed.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(i64),
    /// An amount of money: whole minor units, and how many digits stand behind the point.
    Amount {
        /// Minor units: cents.
        minor: i64,
        /// Digits behind the point: 2 for cents.
        decimals: u32,
    },
    /// A rate in parts per million, written in percent: 99,750 is `9.975`.
    Percent(u32),
    /// A moment on a wall clock, to the minute.
    Clock {
        /// The year.
        year: i16,
        /// The month, from 1.
        month: u8,
        /// The day, from 1.
        day: u8,
        /// The hour, from 0.
        hour: u8,
        /// The minute.
        minute: u8,
    },
}

impl<'a> Cell<'a> {
    /// A text.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// An amount in cents.
    pub const fn cents(minor: i64) -> Self {
        Self::Amount { minor, decimals: 2 }
    }

    /// The digits of a number, exactly as both kinds of file carry them; `None` for what is none.
    pub(crate) fn digits(&self) -> Option<String> {
        match self {
            Self::Whole(number) => Some(number.to_string()),
            Self::Amount { minor, decimals } => Some(decimal(*minor, *decimals)),
            Self::Percent(ppm) => {
                let text = decimal(i64::from(*ppm), 4);
                Some(text.trim_end_matches('0').trim_end_matches('.').to_owned())
            }
            Self::Empty | Self::Text(_) | Self::Clock { .. } => None,
        }
    }
}

/// Whole units with a point before their last digits: `-5` with two decimals is `-0.05`.
fn decimal(units: i64, decimals: u32) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let width = decimals as usize;
    if width == 0 {
        return units.to_string();
    }
    let digits = format!("{:0>least$}", units.unsigned_abs(), least = width + 1);
    let (whole, fraction) = digits.split_at(digits.len() - width);
    format!("{sign}{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_to_the_last_digit_and_no_further() {
        let digits = |cell: Cell<'_>| cell.digits().unwrap();
        assert_eq!(digits(Cell::cents(-5)), "-0.05");
        assert_eq!(digits(Cell::cents(123_450)), "1234.50");
        assert_eq!(digits(Cell::cents(i64::MIN)), "-92233720368547758.08");
        assert_eq!(
            digits(Cell::Amount {
                minor: 7,
                decimals: 0
            }),
            "7"
        );
        assert_eq!(digits(Cell::Percent(99_750)), "9.975");
        assert_eq!(digits(Cell::Percent(50_000)), "5");
        assert_eq!(digits(Cell::Percent(0)), "0");
        assert_eq!(digits(Cell::Percent(100_000)), "10");
    }
}
