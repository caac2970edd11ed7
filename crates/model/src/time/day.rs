//! A day of the calendar, such as a report begins and ends with; when it begins depends on the zone.

use super::{Time, Zone};
use std::fmt;

/// A day of the calendar.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd)]
pub struct Day(jiff::civil::Date);

/// Why a text is not a day.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("This is not a day: write it like 2026-12-31, between 1970 and 2199.")]
pub struct BadDay;

impl Day {
    /// Reads `2026-12-31`, between 1970 and 2199.
    pub fn parse(text: &str) -> Result<Self, BadDay> {
        let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let date: jiff::civil::Date = text.parse().map_err(|_| BadDay)?;
        if plain && (1970..2200).contains(&date.year()) {
            Ok(Self(date))
        } else {
            Err(BadDay)
        }
    }

    /// The day on the wall clock of a zone.
    pub fn at(time: Time, zone: &Zone) -> Result<Self, BadDay> {
        Ok(Self(time.in_zone(zone).ok_or(BadDay)?.date()))
    }

    /// The Monday of its week.
    pub fn monday(self) -> Result<Self, BadDay> {
        let back = i64::from(self.0.weekday().to_monday_zero_offset());
        let monday = self.0.checked_sub(jiff::Span::new().days(back));
        monday.map(Self).map_err(|_| BadDay)
    }

    /// So many days later.
    pub fn plus_days(self, days: i32) -> Result<Self, BadDay> {
        let later = self.0.checked_add(jiff::Span::new().days(days));
        later.map(Self).map_err(|_| BadDay)
    }

    /// Its first moment in a zone: midnight, or what comes after it where a clock skips midnight.
    pub fn begins(self, zone: &Zone) -> Result<Time, BadDay> {
        let start = self.0.to_zoned(zone.0.clone()).map_err(|_| BadDay)?;
        Ok(Time::from_micros(start.timestamp().as_microsecond()))
    }

    /// The day after it.
    pub fn next(self) -> Result<Self, BadDay> {
        self.0.tomorrow().map(Self).map_err(|_| BadDay)
    }

    /// How many days after `earlier` it is.
    pub fn days_since(self, earlier: Self) -> i32 {
        (self.0 - earlier.0).get_days()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_the_midnight_of_its_own_zone() {
        let day = Day::parse("2026-03-08").unwrap();
        let vancouver = Zone::parse("America/Vancouver").unwrap();
        let begins = day.begins(&vancouver).unwrap();
        assert_eq!(begins.to_iso(), "2026-03-08T08:00:00Z");
        // The clocks went forward that night, so the day has 23 hours.
        let ends = day.next().unwrap().begins(&vancouver).unwrap();
        assert_eq!(ends.seconds_since(begins), 23 * 3_600);
        assert_eq!(day.to_string(), "2026-03-08");
        assert_eq!(day.days_since(Day::parse("2026-03-01").unwrap()), 7);
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2026-13-01",
            "2026-02-30",
            "26-01-01",
            "2026-01-01T00:00:00",
            "1969-12-31",
            "2200-01-01",
            "+002026-01-01",
        ] {
            assert_eq!(Day::parse(text), Err(BadDay), "{text}");
        }
    }
}
