//! Buckets of time as people count: hours, days and weeks on the wall clock of a zone.
//!
//! A day is as long as its zone says: 23 hours when the clocks go forward, 25 when they go back. An hour that
//! comes twice in that night is two buckets, since two hours went by.

use super::{BadDay, Day, Time, Zone};

/// How long a bucket is.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Bucket {
    /// From full hour to full hour.
    Hour,
    /// From midnight to midnight.
    Day,
    /// From Monday to Monday.
    Week,
}

/// Why a text names no bucket.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("Write hour, day or week.")]
pub struct BadBucket;

impl Bucket {
    /// The word for it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Result<Self, BadBucket> {
        match word {
            "hour" => Ok(Self::Hour),
            "day" => Ok(Self::Day),
            "week" => Ok(Self::Week),
            _ => Err(BadBucket),
        }
    }

    /// When the bucket begins in which a time lies.
    pub fn begin_of(self, time: Time, zone: &Zone) -> Result<Time, BadDay> {
        match self {
            Self::Hour => {
                let clock = time.in_zone(zone).ok_or(BadDay)?;
                let into = i64::from(clock.minute()) * 60 + i64::from(clock.second());
                let whole = Time::from_seconds(time.seconds());
                Ok(whole.plus_seconds(-into))
            }
            Self::Day => Day::at(time, zone)?.begins(zone),
            Self::Week => Day::at(time, zone)?.monday()?.begins(zone),
        }
    }

    /// When the bucket after the one that begins at `begin` begins.
    pub fn after(self, begin: Time, zone: &Zone) -> Result<Time, BadDay> {
        match self {
            Self::Hour => Ok(begin.plus_seconds(3_600)),
            Self::Day => Day::at(begin, zone)?.next()?.begins(zone),
            Self::Week => Day::at(begin, zone)?.plus_days(7)?.begins(zone),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vancouver() -> Zone {
        Zone::parse("America/Vancouver").unwrap()
    }

    fn at(text: &str) -> Time {
        Time::parse_iso(text).unwrap()
    }

    fn hours(bucket: Bucket, time: &str, zone: &Zone) -> i64 {
        let begin = bucket.begin_of(at(time), zone).unwrap();
        bucket.after(begin, zone).unwrap().seconds_since(begin) / 3_600
    }

    #[test]
    fn days_are_as_long_as_the_clock_makes_them() {
        let zone = vancouver();
        for (noon, long) in [
            ("2026-10-31T12:00:00-07:00", 24),
            ("2026-11-01T12:00:00-08:00", 25),
            ("2027-03-14T12:00:00-07:00", 23),
        ] {
            assert_eq!(hours(Bucket::Day, noon, &zone), long, "{noon}");
        }
        assert_eq!(hours(Bucket::Week, "2026-11-01T12:00:00-08:00", &zone), 169);
        assert_eq!(hours(Bucket::Week, "2027-03-14T12:00:00-07:00", &zone), 167);
    }

    #[test]
    fn the_hour_that_comes_twice_is_two_buckets() {
        let zone = vancouver();
        let first = Bucket::Hour.begin_of(at("2026-11-01T01:30:00-07:00"), &zone);
        let second = Bucket::Hour.begin_of(at("2026-11-01T01:30:00-08:00"), &zone);
        assert_eq!(first, Ok(at("2026-11-01T01:00:00-07:00")));
        assert_eq!(second, Ok(at("2026-11-01T01:00:00-08:00")));
    }

    #[test]
    fn weeks_begin_on_monday_and_half_hour_zones_have_their_own_hours() {
        let begin = Bucket::Week.begin_of(at("2026-11-29T23:59:00-08:00"), &vancouver());
        assert_eq!(begin, Ok(at("2026-11-23T00:00:00-08:00")));
        let newfoundland = Zone::parse("America/St_Johns").unwrap();
        let hour = Bucket::Hour.begin_of(at("2026-11-29T12:40:00-03:30"), &newfoundland);
        assert_eq!(hour, Ok(at("2026-11-29T12:00:00-03:30")));
    }
}
