//! A day of the calendar, for what begins and ends by date and not by the hour.
//!
//! A registration for a tax holds from a date on its letter, wherever its holder sells. So it is kept
//! as that date, and compared with the day that a sale has where the event takes place.

use crate::time::{Time, Zone};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the calendar, in no zone.
#[derive(Copy, Clone, Debug, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub struct Day(jiff::civil::Date);

/// Why a text is not a day.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("This is not a date: write it like 2026-12-31.")]
pub struct BadDay;

impl Day {
    /// Reads `2026-12-31`, between 1970 and 2199.
    pub fn parse(text: &str) -> Result<Self, BadDay> {
        let day: jiff::civil::Date = text.parse().map_err(|_| BadDay)?;
        let plain = text.len() == 10 && (1970..2200).contains(&day.year());
        plain.then_some(Self(day)).ok_or(BadDay)
    }

    /// The day that a time has in a zone; outside of the calendar's range, the first or the last one.
    pub fn of(time: Time, zone: &Zone) -> Self {
        let edge = if time.micros() < 0 {
            jiff::civil::Date::MIN
        } else {
            jiff::civil::Date::MAX
        };
        Self(time.in_zone(zone).map_or(edge, |t| t.date()))
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_day_of_the_place() {
        let midnight = Time::parse_iso("2026-07-01T02:00:00-04:00").unwrap();
        let day = |zone| Day::of(midnight, &Zone::parse(zone).unwrap()).to_string();
        assert_eq!(day("America/Toronto"), "2026-07-01");
        assert_eq!(day("America/Vancouver"), "2026-06-30");
    }

    #[test]
    fn a_day_is_read_in_one_form_only() {
        assert_eq!(Day::parse("2026-02-28").unwrap().to_string(), "2026-02-28");
        for text in [
            "2026-02-30",
            "2026-2-3",
            "20260203",
            "2026-02-28T00:00:00",
            "",
            "1969-12-31",
            "2200-01-01",
        ] {
            assert_eq!(Day::parse(text), Err(BadDay), "{text}");
        }
    }
}
